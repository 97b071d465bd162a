import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  GridNetwork,
  type GridNetworkSettings,
  gridSettings,
  teamSynapse,
} from '../../../src/arch/networks/synapse-grid/index.js';
import { uniformDraw } from '../../../src/arch/trainers/draws.js';

const schema = z.strictObject(gridSettings);
/** S = κ, so that errors of hidden rows are gradients with respect to r. */
const network = (
  own: Partial<GridNetworkSettings> = {},
  features = 3,
  classes = 2,
): GridNetwork => {
  const base = schema.parse({ loaded: false });
  const settings = { ...base, hidden: [3, 2], neuronGain: 500, neuronScale: 0.6, backward: 0.6 };
  const made = new GridNetwork(features, classes, { ...settings, ...own }, teamSynapse(base));
  made.layers.forEach(({ grid }, layer) => {
    for (let k = 0; k < grid.states.length; k++)
      grid.states[k] += 0.5 * (uniformDraw(1, 3, layer, k) - 0.5);
  });
  return made;
};
const inputs = [0.5, -0.3, 0.2];
const desired = [8e-3, -2e-3];

const errorsOf = (own: GridNetwork): Float64Array => {
  own.inputs.set(inputs);
  const outputs = own.respond();
  return Float64Array.from(desired, (d, n) => d - outputs[n]);
};
const loss = (own: GridNetwork): number => errorsOf(own).reduce((sum, y) => sum + (y * y) / 2, 0);

describe('errors of all layers are gradients of the loss', () => {
  const own = network();
  own.propagateBack(errorsOf(own));
  // Every synapse of every layer: dL/ds = −y_n·u_m·dW/ds, and dW/ds = −rout·(roff − ron)/R².
  const cases = own.layers.flatMap(({ grid, errors, inputs: u }, layer) =>
    Array.from(grid.states, (s, k) => {
      const r = 100 + 199.9e3 * s;
      const slope = (-1e3 * 199.9e3) / r ** 2;
      const [n, m] = [Math.floor(k / grid.columns), k % grid.columns];
      return { layer, k, expected: -errors[n] * u[m] * slope };
    }),
  );
  test.each([0, 1, 2])('layer %i', (layer) => {
    const ofLayer = cases.filter((each) => each.layer === layer);
    const most = Math.max(...ofLayer.map(({ expected }) => Math.abs(expected)));
    expect(most).toBeGreaterThan(0);
    for (const { k, expected } of ofLayer) {
      const { states } = own.layers[layer].grid;
      const [before, h] = [states[k], 1e-6];
      states[k] = before + h;
      const above = loss(own);
      states[k] = before - h;
      const below = loss(own);
      states[k] = before;
      // Central differences: their error is h², rounding some 1e-16·L/h.
      expect(Math.abs((above - below) / (2 * h) - expected)).toBeLessThan(1e-5 * most);
    }
  });
});

test('a network whose weights are all zero sends no error back, and its hidden grids stay', () => {
  const own = network({ hidden: [4] });
  for (const { grid } of own.layers) grid.states.fill(0.5);
  own.propagateBack(errorsOf(own));
  own.write();
  // At s = 0.5 the resistance is rref: W = 0 up to rounding.
  expect(Math.max(...own.layers[0].errors.map(Math.abs))).toBeLessThan(1e-15);
  expect([...own.layers[0].grid.states].every((s) => s === 0.5)).toBe(true);
  // Of the last grid only the bias moves: hidden neurons give nothing.
  const moved = Array.from(own.layers[1].grid.states, (s) => s !== 0.5);
  expect(moved).toEqual([false, false, false, false, true, false, false, false, false, true]);
});

describe('writing', () => {
  const changeBy = (u: number, y: number, own: Partial<GridNetworkSettings>): number => {
    const one = network({ hidden: [], bias: 0, ...own }, 1, 1);
    one.layers[0].grid.states.fill(0.5);
    one.inputs[0] = u;
    one.respond();
    one.layers[0].errors[0] = y;
    one.write();
    return 0.5 - one.layers[0].grid.states[0];
  };

  test('by the root is in proportion to the input, whose sign it keeps', () => {
    const root = { writeShape: 'square-root' } as const;
    const whole = changeBy(0.6, 5e-4, root);
    // (0.6/0.10005 − 1)²·k/thickness·10 µs/30 at s = 0.5; the pulse is short, since the resistance falls.
    expect(whole / ((0.6 / 0.10005 - 1) ** 2 * (100 / 3) * (10e-6 / 30))).toBeCloseTo(1, 2);
    expect(changeBy(0.3, 5e-4, root) / whole).toBeCloseTo(0.5, 2);
    expect(changeBy(0.06, 5e-4, root) / whole).toBeCloseTo(0.1, 2);
    expect(changeBy(-0.3, 5e-4, root) / whole).toBeCloseTo(-0.5, 2);
    // The input itself: ((0.3 − v₀)/(0.6 − v₀))² = 0.16, and nothing below v₀.
    const plain = changeBy(0.6, 5e-4, {});
    expect(changeBy(0.3, 5e-4, {}) / plain).toBeCloseTo(((0.3 - 0.10005) / 0.49995) ** 2, 2);
    expect(changeBy(0.06, 5e-4, {})).toBe(0);
  });

  test('takes the factor of its layer', () => {
    const whole = changeBy(0.6, 1e-3, {});
    expect(changeBy(0.6, 1e-3, { writeFactors: [0.25] }) / whole).toBeCloseTo(0.25, 2);
  });
});
