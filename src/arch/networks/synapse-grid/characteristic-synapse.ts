import type { TransferCharacteristic } from '../../characterize/index.js';
import type { SynapseModel } from './synapse-model.js';

/** A synapse of which circuits say how it is read and written. */
export interface CharacterizedSynapse extends SynapseModel {
  /** How often a characteristic was asked beyond its domain, where its edge counts. */
  readonly outside: () => number;
}

/** Inputs below this have the conductance that they have at it [V]. */
const smallest = 1e-3;

/** Why two characteristics are not those of a synapse, if they are not. */
export function synapseMismatch(
  reading: TransferCharacteristic,
  writing: TransferCharacteristic,
): string | undefined {
  return (
    mismatch(reading, 'read', 'current', ['u', 'state']) ??
    mismatch(writing, 'write', 'change', ['u', 'length', 'state'], 'sign')
  );
}

/** Arguments are known by their order, so that it counts too. */
function mismatch(
  { name, inputs, outputs }: TransferCharacteristic,
  use: string,
  output: string,
  expected: readonly string[],
  fixed = '',
): string | undefined {
  const own = inputs.filter((input) => input.name !== fixed).map((input) => input.name);
  const complete = fixed === '' || own.length < inputs.length;
  const asked = fixed === '' ? expected : [...expected, fixed];
  if (complete && own.join() === expected.join() && outputs.some((each) => each.name === output))
    return undefined;
  const has = `${outputs.map((each) => each.name).join(', ')} of ${inputs.map((each) => each.name).join(', ')}`;
  return `'${use}' takes a characteristic of ${output} of ${asked.join(', ')}, and '${name}' is one of ${has}`;
}

/**
 * From the characteristics `current(u, state)` of reading and `change(u, length, state)` of writing in
 * both directions. A pulse that is shorter than those that were measured writes in proportion.
 *
 * The current of a read has its reference subtracted, and a grid subtracts 1/`rref` [1/Ω] itself: it
 * is put back here, so that the difference, which is all that a read shows, is the measured one.
 */
export function characteristicSynapse(
  reading: TransferCharacteristic,
  writing: TransferCharacteristic,
  rref: number,
): CharacterizedSynapse {
  const clamped = { outside: 'clamp' } as const;
  const current = reading.function('current', clamped);
  const changes = [-1, 1].map((sign) =>
    writing.function('change', { ...clamped, fixed: { sign } }),
  );
  const [[least, most]] = current.domain;
  const shortest = changes[0].inputs.find(({ name }) => name === 'length')!.knots[0];
  return {
    conductance(state, voltage) {
      // The transistors are nearly linear: beyond reading voltages their conductance there counts.
      const bounded = Math.min(most, Math.max(least, voltage));
      const u = Math.abs(bounded) < smallest ? smallest : bounded;
      return current.value(u, state) / u + 1 / rref;
    },
    writing: {
      kind: 'pulse',
      change(state, u, length, sign) {
        const own = changes[sign > 0 ? 1 : 0];
        if (length >= shortest) return own.value(u, length, state);
        return (length / shortest) * own.value(u, shortest, state);
      },
    },
    outside: () => current.outside + changes[0].outside + changes[1].outside,
  };
}
