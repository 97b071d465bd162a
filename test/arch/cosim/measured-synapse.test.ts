import { expect, test } from 'vitest';
import type { TransferCharacteristic } from '../../../src/arch/index.js';
import { measuredSynapse } from '../../../src/arch/cosim/measured-synapse.js';
import {
  gridSettings,
  SynapseGrid,
  teamSynapse,
} from '../../../src/arch/networks/synapse-grid/index.js';
import { z } from 'zod';

// A read of the ideal synapse with its reference subtracted: u·(1/R(s) − 1/rref).
const current = (u: number, s: number): number => u * (1 / (100 + 199.9e3 * s) - 1 / 100.05e3);
const characteristic = (value: (...at: number[]) => number): TransferCharacteristic =>
  ({
    function: () => ({
      domain: [[-0.1, 0.1]],
      inputs: [{ name: 'u' }, { name: 'length', knots: [1e-9] }, { name: 'state' }],
      outside: 0,
      value,
    }),
  }) as unknown as TransferCharacteristic;

test('a grid of a synapse that was measured with its reference reads as one of equations', () => {
  const settings = z.object(gridSettings).parse({});
  const measured = measuredSynapse(
    characteristic(current),
    characteristic(() => 0),
    settings.rref,
  );
  const outputs = [measured, teamSynapse(settings)].map((synapse) => {
    const grid = new SynapseGrid(3, 1, settings, synapse);
    grid.states.set([0.3, 0.5, 0.8]);
    const out = new Float64Array(1);
    grid.read(Float64Array.of(0.6, -0.4, 0.18), out);
    return out[0];
  });
  expect(Math.abs(outputs[1])).toBeGreaterThan(1e-4);
  expect(outputs[0]).toBeCloseTo(outputs[1], 12);
});
