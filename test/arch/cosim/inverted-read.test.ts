import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cosimSettings } from '../../../src/arch/cosim/cosim-settings.js';
import { signalsOf } from '../../../src/arch/cosim/network-block.js';
import { openNetwork } from '../../../src/arch/cosim/open-network.js';
import type { World } from '../../../src/arch/index.js';

const circuits = join(import.meta.dirname, '..', '..', '..', 'circuits');
const world: World = {
  data: () => {
    throw new Error('not used');
  },
  characteristic: () => {
    throw new Error('not used');
  },
  circuit: (path) => readFileSync(join(circuits, path), 'utf8'),
};

// 2 inputs and a bias, 4 hidden neurons, 3 outputs. The first grid has weights of 0, so that the
// neurons stand where their slope is 500.
const sizes = [
  { columns: 3, rows: 4 },
  { columns: 5, rows: 3 },
];
const hidden = 4;
const rows = 3;
const columns = 5;
// States of the second grid from 0.4 to 0.6.
const second = Array.from({ length: rows * columns }, (_, k) => 0.5 + 0.1 * Math.sin(1 + 2.3 * k));
const states = Float64Array.from([...Array.from({ length: 12 }, () => 0.5), ...second]);
const [rout, rref, ron, roff] = [1e3, 100.05e3, 100, 200e3];
const conductance = (n: number, m: number): number =>
  1 / (ron + (roff - ron) * second[n * columns + m]);

/** δ = y·Wᵀ as columns give it: the weights' currents and those of the references, each with its load. */
function product(y: readonly number[], m: number): number {
  const g = y.map((_, n) => conductance(n, m));
  const current = (of: (n: number) => number): number =>
    y.reduce((sum, v, n) => sum + v * of(n), 0);
  const load = g.reduce((sum, each) => sum + each, 0);
  return (
    (rout * current((n) => g[n])) / (1 + rout * load) -
    (rout * current(() => 1 / rref)) / (1 + (rout * rows) / rref)
  );
}

const errorsOf = (level: 'circuit' | 'quasi-static', neuron: 'ideal' | 'circuit') => {
  const settings = cosimSettings.parse({
    ...{ data: '', training: 1, test: 1, samples: 9, grid: level, neuron, hidden: [hidden] },
  });
  const network = openNetwork(level, sizes, settings, world, 1);
  network.setStates(states);
  return (y: readonly number[]): Float64Array => {
    const signals = signalsOf(sizes);
    expect(network.read(signals, 0)).toBeUndefined();
    signals.errors[1].set(y);
    expect(network.readInverted(signals, 0)).toBeUndefined();
    // Ends the iteration, with no pulse.
    expect(network.write(signals, 0)).toBeUndefined();
    return signals.errors[0].map((error) => error / 500);
  };
};

// Ends and middle of |y| ≤ 15 mV, with all signs.
const patterns = [
  [15e-3, 15e-3, 15e-3],
  [15e-3, -15e-3, 15e-3],
  [-15e-3, 7e-3, 2e-3],
  [3e-3, -1e-3, -9e-3],
];

describe.each([
  ['circuit', 'ideal'],
  ['quasi-static', 'ideal'],
  ['quasi-static', 'circuit'],
] as const)('the inverted read of a %s with %s neurons', (level, neuron) => {
  test('is within 2 % of full scale of the loaded matrix product', () => {
    const back = errorsOf(level, neuron);
    let largest = 0;
    // The transient takes 1/8 s an iteration.
    for (const y of level === 'circuit' ? patterns.slice(1, 3) : patterns) {
      const deltas = back(y);
      // Full scale: all of |y| through the resistance of a reference (circuits' header).
      const full = (rout / rref) * y.reduce((sum, v) => sum + Math.abs(v), 0);
      for (let m = 0; m < hidden; m++)
        expect(Math.abs(deltas[m] - product(y, m)) / full).toBeLessThan(0.02);
      largest = Math.max(largest, ...deltas.map((_, m) => Math.abs(product(y, m)) / full));
    }
    // What is compared is not nothing.
    expect(largest).toBeGreaterThan(0.08);
  });
});
