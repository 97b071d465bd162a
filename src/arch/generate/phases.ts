import { card, microseconds } from './deck-lines.js';
import { type Reading, readings } from './reading.js';

/** Durations of table 1 [s]. */
export const timing = { read: 5e-6, invertedRead: 5e-6, write: 10e-6, edge: 10e-9 } as const;

/**
 * How much earlier than the write phase the sawtooth starts [s]: a pulse begins 5 ns after the phase and
 * ends 13 ns, the delay of the comparator, after the sawtooth has reached the error.
 */
const sawtoothLead = 8e-9;

/** When things happen within an iteration [s]: what begins and ends with an edge of 10 ns. */
export interface Phases {
  readonly period: number;
  /** From the start to here rows are read; errors are kept from `sampled` on. */
  readonly read: number;
  readonly sampled: number;
  /** End of the inverted read; `read` where there is none. */
  readonly inverted: number;
  readonly write: number;
}

/** An iteration: read, inverted read where there are layers to go back to, write. */
export function phasesOf(layers: number): Phases {
  const inverted = timing.read + (layers > 1 ? timing.invertedRead : 0);
  return {
    period: inverted + timing.write,
    read: timing.read,
    sampled: timing.read - 0.2e-6,
    inverted,
    write: inverted + timing.write,
  };
}

/** The sources of the phases, which repeat with every iteration; 0 and 2 V, +-5 V, clocks -1.8 and 2 V. */
export function phaseSources(
  phases: Phases,
  layers: number,
  reading: Reading = 'p-channel',
): string[] {
  const { referenceOff, enable } = readings[reading];
  const { period, read, sampled, inverted } = phases;
  const pulse = (name: string, low: string, high: string, from: number, to: number): string => {
    const width = to - from - 3 * timing.edge;
    return card(
      `v${name} ${name} 0 pulse(${low} ${high} ${microseconds(from)} 10n 10n ` +
        `${microseconds(width)} ${microseconds(period)})`,
    );
  };
  const lines = [
    pulse('rd', '0', '{vgate}', 0, read),
    pulse('smp', '{-vamp}', '{vgate}', 0, sampled),
    // Row amplifiers rest at ground while zero is high, and take back their offset.
    pulse('zero', '{vgate}', '{-vamp}', 0, read),
    pulse('use', '{-vamp}', '{vgate}', 2 * timing.edge, read - timing.edge),
    pulse('wr', '0', '{vgate}', inverted, period),
    pulse('rr', referenceOff, enable, 0, inverted),
    `vsaw saw 0 pulse(0 {vsaw} ${microseconds(inverted - sawtoothLead)} {twrite} 4n 1n ${microseconds(period)})`,
  ];
  if (layers === 1) return lines;
  return [
    ...lines,
    pulse('smpb', '{vgate}', '{-vamp}', 0, sampled),
    pulse('inv', '0', '{vgate}', read, inverted),
    // Multipliers rest before columns go back to their sources: 500 times an input is no error.
    pulse('ml', '0', '{vgate}', read, inverted - 0.1e-6),
    pulse('smi', '{-vamp}', '{vgate}', read, inverted - 0.2e-6),
    pulse('ri', '0', '{vgate}', 0, inverted),
    pulse('in', '{vee}', '{vdd}', read, inverted),
    pulse('ip', '{vdd}', '{vee}', read, inverted),
  ];
}
