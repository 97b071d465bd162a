import type { TransferCharacteristic } from '../characterize/index.js';
import { characteristicSynapse, type SynapseModel } from '../networks/synapse-grid/index.js';

/** Inputs below this have the conductance that they have at it [V]. */
const smallest = 1e-3;

/**
 * A synapse by its characteristics, as grids of equations take it. `current(u, state)` is what a read
 * gives with its reference subtracted, and a grid subtracts 1/rref itself: it is put back here, so that
 * the difference, which is all that a read shows, is the measured one.
 */
export function measuredSynapse(
  reading: TransferCharacteristic,
  writing: TransferCharacteristic,
  rref: number,
): SynapseModel {
  const current = reading.function('current', { outside: 'clamp' });
  const [[least, most]] = current.domain;
  return {
    conductance(state, voltage) {
      const bounded = Math.min(most, Math.max(least, voltage));
      const u = Math.abs(bounded) < smallest ? smallest : bounded;
      return current.value(u, state) / u + 1 / rref;
    },
    writing: characteristicSynapse(reading, writing).writing,
  };
}
