/** Which devices put how much into one equation: for messages, not for speed. */
import type { Instance } from '../../netlist/circuit.js';
import type { System } from './system.js';

export interface Contribution {
  readonly instance: Instance;
  /** What it adds to the row's residual at x, charges with their rates. */
  readonly value: number;
}

/**
 * Contributions of all devices to the row of an unknown in time, largest first. Overwrites residual
 * and matrix in memory.
 */
export function contributionsTo(system: System, unknown: number): Contribution[] {
  const { f } = system.memory;
  const found: Contribution[] = [];
  system.groups.forEach(({ model, instances }, k) => {
    const memory = system.memory.groups[k];
    const touches = (i: number): boolean =>
      model.unknowns.some((_, row) => memory.index[row * instances.length + i] === unknown);
    instances.forEach((instance, i) => {
      if (!touches(i)) return;
      f[unknown] = 0;
      model.kernels.evaluateTransient(memory, i, i + 1);
      found.push({ instance, value: f[unknown] });
    });
  });
  const size = ({ value }: Contribution): number =>
    Number.isNaN(value) ? Infinity : Math.abs(value);
  return found.sort((a, b) => size(b) - size(a));
}
