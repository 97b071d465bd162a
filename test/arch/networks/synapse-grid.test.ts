import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  gridSettings,
  SynapseGrid,
  teamSynapse,
} from '../../../src/arch/networks/synapse-grid/index.js';

const schema = z.strictObject(gridSettings);
const grid = (columns: number, rows: number, own = {}): SynapseGrid => {
  const settings = schema.parse(own);
  return new SynapseGrid(columns, rows, settings, teamSynapse(settings));
};
const one = (...values: number[]): Float64Array => Float64Array.from(values);

test('TEAM moves as its equation says', () => {
  // ds = k/thickness·(1.8 − 1)²·10 µs = 2.1333e-4 where the current is 1.8 µA (Table 1 of the paper);
  // the resistance falls on the way, which raises the current a little: 1 % is left for it.
  const own = grid(1, 1, { loaded: false });
  own.write(one(1.8e-6 * 100.05e3), one(15e-3));
  expect(0.5 - own.states[0]).toBeGreaterThan(2.1333e-4);
  expect(0.5 - own.states[0]).toBeLessThan(2.1333e-4 * 1.01);
});

test('a full write is as an independent integration of the equation', () => {
  const own = grid(1, 1, { loaded: false });
  own.write(one(0.6), one(15e-3));
  // Euler with a million steps; its error is 1e-8 of the change.
  let s = 0.5;
  for (let k = 0; k < 1e6; k++)
    s -= 1e-11 * (100e-9 / 3e-9) * (0.6 / ((100 + 199.9e3 * s) * 1e-6) - 1) ** 2;
  expect(Math.abs(own.states[0] - s)).toBeLessThan(1e-6 * (0.5 - s));
});

describe('the sign of the change of the weight is that of u·y', () => {
  test.each([
    [0.6, 15e-3],
    [0.6, -15e-3],
    [-0.6, 15e-3],
    [-0.6, -15e-3],
  ])('u = %f V, y = %f V', (u, y) => {
    const own = grid(1, 1);
    own.write(one(u), one(y));
    // The weight rises as the resistance falls.
    expect(Math.sign(0.5 - own.states[0])).toBe(Math.sign(u * y));
  });
});

test('the change is linear in |y| up to the sawtooth, and ends there', () => {
  const change = (y: number): number => {
    const own = grid(1, 1);
    own.write(one(0.3), one(y));
    return 0.5 - own.states[0];
  };
  // Not exactly linear, since the resistance moves.
  expect(change(7.5e-3) / change(15e-3)).toBeCloseTo(0.5, 2);
  expect(change(40e-3)).toBe(change(15e-3));
  expect(change(0)).toBe(0);
});

test('below the threshold current nothing moves: also in reading', () => {
  const own = grid(1, 1);
  own.write(one(0.1), one(15e-3));
  own.read(one(0.99), one(0));
  expect(own.states[0]).toBe(0.5);
});

describe('reading', () => {
  const states = [0.4, 0.6, 0.45, 0.55, 0.5, 0.3];
  const inputs = one(0.6, -0.3, 0.1);
  const solve = (row: number, loaded: boolean): number => {
    // Node equation of the row by hand, at u/a.
    let current = 0;
    let conductance = 1 / 1e3;
    for (let m = 0; m < 3; m++) {
      const g = 1 / (100 + 199.9e3 * states[row * 3 + m]);
      current += (inputs[m] / 10) * (g - 1 / 100.05e3);
      conductance += g + 1 / 100.05e3;
    }
    return loaded ? (10 * current) / conductance : 10 * current * 1e3;
  };

  test.each([true, false])('gives the sum of the currents over rout (loaded: %s)', (loaded) => {
    const own = grid(3, 2, { loaded });
    own.states.set(states);
    const outputs = new Float64Array(2);
    own.read(inputs, outputs);
    expect(outputs[0]).toBeCloseTo(solve(0, loaded), 12);
    expect(outputs[1]).toBeCloseTo(solve(1, loaded), 12);
  });

  test('backwards uses the same weights', () => {
    const own = grid(3, 2, { loaded: false, a: 1 });
    own.states.set(states);
    const [r, sums] = [new Float64Array(2), new Float64Array(3)];
    const y = one(5e-3, -3e-3);
    own.read(inputs, r);
    own.readInverted(y, sums);
    // yᵀ(W u) = (Wᵀ y)ᵀ u
    const forth = y[0] * r[0] + y[1] * r[1];
    const back = sums.reduce((sum, delta, m) => sum + delta * inputs[m], 0);
    expect(back).toBeCloseTo(forth, 15);
  });
});
