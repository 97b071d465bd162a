/**
 * The normalization block between two machines (Parmar and Suri, section III-D, fig. 7): an OxRAM sets
 * its transconductance, and with that its gain at the frequency at which neurons decide.
 */
import type { TransferCharacteristic } from '../../characterize/index.js';

/** Names of the inputs that its characteristic has: the frequency [Hz] and the OxRAM [Ω]. */
const inputNames = ['frequency', 'rox'];

export interface NormalizationState {
  /** Of the OxRAM [Ω]. */
  readonly resistance: number;
  /** The resistance that stands for a gain of 1 [Ω]. */
  readonly reference: number;
  /** Of decisions [Hz]. */
  readonly frequency: number;
}

/** Why a characteristic has no gain at a state, if it has none. */
export function normalizationProblem(
  of: TransferCharacteristic,
  { resistance, reference, frequency }: NormalizationState,
): string | undefined {
  const inputs = of.inputs.map(({ name }) => name);
  if (inputs.join() !== inputNames.join() || of.inputs.some(({ kind }) => kind !== 'continuous'))
    return `'${of.name}' is no function of ${inputNames.join(' and ')}`;
  if (of.output().unit !== 'dB') return `'${of.name}' has no gain in dB`;
  const [frequencies, resistances] = of.function().domain;
  const outside = (x: number, [from, to]: readonly [number, number]): boolean => x < from || x > to;
  if (outside(frequency, frequencies))
    return `'${of.name}' goes from ${frequencies[0]} to ${frequencies[1]} Hz`;
  if (outside(resistance, resistances) || outside(reference, resistances))
    return `'${of.name}' goes from ${resistances[0]} to ${resistances[1]} Ω`;
  return undefined;
}

/**
 * The gain of the block relative to that with the reference: what is common to all layers is in the
 * unit of sums.
 */
export function normalizationGain(of: TransferCharacteristic, state: NormalizationState): number {
  const decibels = of.function();
  const { frequency, resistance, reference } = state;
  const difference = decibels.value(frequency, resistance) - decibels.value(frequency, reference);
  return 10 ** (difference / 20);
}
