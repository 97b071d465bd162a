import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cosimSettings } from '../../../src/arch/cosim/cosim-settings.js';
import { signalsOf } from '../../../src/arch/cosim/network-block.js';
import { openNetwork } from '../../../src/arch/cosim/open-network.js';
import type { World } from '../../../src/arch/index.js';

const circuits = join(import.meta.dirname, '..', '..', '..', 'circuits');
const world = {
  circuit: (path: string) => readFileSync(join(circuits, path), 'utf8'),
} as unknown as World;
const sizes = [{ columns: 2, rows: 2 }];
const settings = cosimSettings.parse({ data: '', training: 1, test: 1, samples: 9 });

/** States behind one write of 10 µs that raises (first row) and lowers the weights. */
function written(level: 'circuit' | 'quasi-static', states: readonly number[]): Float64Array {
  const network = openNetwork(level, sizes, settings, world, 1);
  network.setStates(Float64Array.from(states));
  const signals = signalsOf(sizes);
  signals.inputs.set([0.45, -0.3]);
  expect(network.read(signals, 0)).toBeUndefined();
  signals.pulses[0].set([9.9e-6, -9.9e-6]);
  expect(network.write(signals, 0)).toBeUndefined();
  return network.states();
}

test('a write that moves a memristor of 24 kΩ far is taken in parts', () => {
  const states = [0.16, 0.5, 0.12, 0.5];
  const [time, rest] = (['circuit', 'quasi-static'] as const).map((each) => written(each, states));
  // The first goes down, faster and faster, by 0.106; the third goes up by 0.050.
  expect(states[0] - time[0]).toBeGreaterThan(0.1);
  expect(time[2] - states[2]).toBeGreaterThan(0.045);
  // Parts in which a resistance changes by a tenth at most: a twentieth of the way. One midpoint for
  // the whole pulse misses the first by 31 % of it, the third by 12 %.
  for (const k of [0, 2])
    expect(Math.abs(rest[k] - time[k])).toBeLessThan(0.05 * Math.abs(time[k] - states[k]));
});
