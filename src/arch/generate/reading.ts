/**
 * Which transistor of a synapse passes what it is read with. The paper takes the p-channel one, whose
 * 4.5 kΩ are missing from the sum (R_mem is 40 kΩ and more); through the n-channel one, with an
 * inverted input, it is 0.65 kΩ.
 */
export type Reading = 'p-channel' | 'n-channel';

/** What decks say of a reading. */
export interface ReadingCards {
  /** Of the subcircuits that know which it is. */
  readonly suffix: '' | '_n';
  /** Enable of a row that is read; of the references while they are, and are not, subtracted. */
  readonly enable: string;
  readonly referenceOff: string;
  /** Voltage of a column that takes its input from a node. */
  readonly column: (input: string) => string;
  /** Input of a column that is read [V]. */
  readonly divided: (value: string) => string;
  /** What an inverted read gives, between a column and its inverse. */
  readonly difference: (column: string, inverse: string) => string;
}

export const readings: Readonly<Record<Reading, ReadingCards>> = {
  'p-channel': {
    suffix: '',
    enable: '{vee}',
    referenceOff: '{vdd}',
    column: (input) => `v=v(${input})*(v(rd)/a+v(wr))/vgate`,
    divided: (value) => `{${value}/a}`,
    difference: (column, inverse) => `(v(${column})-v(${inverse}))`,
  },
  'n-channel': {
    suffix: '_n',
    enable: '{vdd}',
    referenceOff: '{vee}',
    column: (input) => `v=v(${input})*(v(wr)-v(rd)/a)/vgate`,
    divided: (value) => `{-(${value})/a}`,
    difference: (column, inverse) => `(v(${inverse})-v(${column}))`,
  },
};
