import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cosimSettings } from '../../../src/arch/cosim/cosim-settings.js';
import { signalsOf } from '../../../src/arch/cosim/network-block.js';
import { NodeNoise } from '../../../src/arch/cosim/node-noise.js';
import { openNetwork } from '../../../src/arch/cosim/open-network.js';
import type { World } from '../../../src/arch/index.js';

const bandwidth = 1e6;
const kelvin = 363.15;
const boltzmann = 1.380649e-23;
const settings = { noiseTemperature: 90, noiseBandwidth: bandwidth };
const resistors = { rout: 1e3, rref: 100.05e3, ron: 100, roff: 200e3 };
const sizes = [{ columns: 3, rows: 2 }];
const noise = new NodeNoise(sizes, { ...settings, ...resistors }, 1);
// A row: 1 kΩ, three memristors of 100.05 kΩ and three references.
const conductance = 1 / 1e3 + 6 / 100.05e3;

test('a node has the mean square current of its conductance, by Nyquist', () => {
  const squares = noise.squares(new Float64Array(6).fill(0.5));
  expect(squares.map((each) => each.length)).toEqual([2]);
  const expected = 4 * boltzmann * kelvin * conductance * bandwidth;
  // Simulators have k to five digits.
  expect(squares[0][0] / expected).toBeCloseTo(1, 5);
});

test('a path has that mean square, and at low frequencies the density of the resistors', () => {
  const period = 15e-6;
  const iterations = 1500;
  let square = 0;
  let low = 0;
  for (let k = 0; k < iterations; k++) {
    const path = noise.path(1, k, 0, period);
    let area = 0;
    for (let i = 1; i < path.length; i++) {
      const [[t0, a], [t1, b]] = [path[i - 1], path[i]];
      square += ((t1 - t0) * (a * a + a * b + b * b)) / 3;
      area += ((t1 - t0) * (a + b)) / 2;
    }
    low += area * area;
  }
  // 1500·44 draws: their mean square has a standard error of 0.6 %; both ends of an iteration are 0,
  // which takes a pause of 1/45 of the whole.
  expect(square / (iterations * period)).toBeCloseTo(1 - 1 / 45, 1.5);
  // The square of an integral over T has the mean S(0)/2·T, with S(0) = 1/B: one-sided, 4kT·G over
  // 4kT·G·B. 1500 squares of normal numbers have a standard error of 3.7 %.
  expect(low / iterations / period / (1 / (2 * bandwidth))).toBeGreaterThan(0.85);
  expect(low / iterations / period / (1 / (2 * bandwidth))).toBeLessThan(1.1);
});

test('draws are those of an iteration and node, and of no step', () => {
  expect(noise.path(1, 3, 1, 15e-6)).toEqual(noise.path(1, 3, 1, 15e-6));
  expect(noise.path(1, 3, 1, 15e-6)).not.toEqual(noise.path(1, 4, 1, 15e-6));
  expect(noise.path(1, 3, 1, 15e-6)).not.toEqual(noise.path(1, 3, 0, 15e-6));
});

test('the rows of a circuit carry it when they are sampled', () => {
  const circuits = join(import.meta.dirname, '..', '..', '..', 'circuits');
  const world = {
    circuit: (path: string) => readFileSync(join(circuits, path), 'utf8'),
  } as unknown as World;
  const own = cosimSettings.parse({
    ...{ data: '', training: 1, test: 1, samples: 9, transistors: 'level1', ...settings },
  });
  const network = openNetwork('circuit', sizes, own, world, 1);
  const signals = signalsOf(sizes);
  const states = new Float64Array(6).fill(0.5);
  const squares = noise.squares(states)[0];
  for (const number of [0, 1, 2]) {
    network.setStates(states);
    expect(network.read(signals, number)).toBeUndefined();
    signals.outputs[0].forEach((r, n) => {
      // Inputs are 0: all that a row has is the current of its noise at 4.8 µs, between two draws,
      // through its conductance, in which transistors in series take some percent of 6 %.
      const path = noise.path(squares[n], number, n, 15e-6);
      const k = path.findIndex(([time]) => time > 4.8e-6);
      const [[t0, a], [t1, b]] = [path[k - 1], path[k]];
      const current = a + ((b - a) * (4.8e-6 - t0)) / (t1 - t0);
      expect(Math.abs(r / 10 - current / conductance)).toBeLessThan(
        0.05e-6 + 0.02 * Math.abs(r / 10),
      );
    });
    network.write(signals, number);
  }
});
