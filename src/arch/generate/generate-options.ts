import { type Diagnostic, error } from '../../base/index.js';
import type { Reading } from './reading.js';

/** One training sample: inputs and targets [V], one for each column (without the bias) and row. */
export interface AnalogSample {
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
}

/** States of memristors at the start, 0 (on) to 1 (off); 0.5 is the weight 0. */
export type InitialStates =
  | number
  /** Uniform in 0.5 ± spread, by seed and place. */
  | { readonly spread: number; readonly seed: number }
  /** By layer, row and column; the bias is the last column. */
  | readonly (readonly (readonly number[])[])[];

/** What decks of grids, layers and networks have in common. */
export interface GenerateOptions {
  /** Whether each row has a further synapse with a constant input of vbias. */
  readonly bias: boolean;
  /** Cards of the transistors: predictive 180 nm BSIM3, or level 1 (three times as fast). */
  readonly transistors: 'bsim3' | 'level1';
  /** The TEAM device, or its equations as behavioural sources (for other simulators). */
  readonly memristor: 'team' | 'behavioural';
  /** What stands round the grid: behavioural sources, or transistors. */
  readonly periphery: 'ideal' | 'transistor';
  /**
   * The transistor that synapses are read through. Grids and layers take the paper's, the p-channel
   * one; networks of several layers the n-channel one, whose inverted read loses less.
   */
  readonly reading: Reading;
  /** Length of the synapses' channels [m] at the width over length of table 1. */
  readonly length: number;
  /** Shock capacitor of each synapse [F]; 0 for none. */
  readonly shock: number;
  readonly states: InitialStates;
  /** Path of the folder that has the libraries (`circuits/analog-network`), as decks are to name it. */
  readonly library: string;
}

export const generateDefaults: GenerateOptions = {
  bias: true,
  transistors: 'bsim3',
  memristor: 'team',
  periphery: 'ideal',
  reading: 'p-channel',
  length: 0.25e-6,
  shock: 1e-12,
  states: 0.5,
  library: 'circuits/analog-network',
};

/** What is wrong with options, whatever they are for. */
export function checkOptions(
  options: GenerateOptions,
  layers: readonly number[],
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  if (layers.length < 2 || layers.some((size) => !Number.isInteger(size) || size < 1))
    found.push(
      error('A401', `a network of the sizes ${layers.join(', ')} cannot be built`, undefined, {
        help: ['it takes a positive number of inputs, then one of rows for each layer'],
      }),
    );
  if (!(options.length >= 0.18e-6))
    found.push(
      error('A402', `channels of ${options.length} m are below 0.18 um, what the cards are for`),
    );
  if (!(options.shock >= 0))
    found.push(error('A403', `a shock capacitor of ${options.shock} F cannot be built`));
  if (found.length === 0) found.push(...checkStates(options, layers));
  return found;
}

function checkStates(
  { states, bias }: GenerateOptions,
  layers: readonly number[],
): readonly Diagnostic[] {
  if (typeof states === 'number') return range([states]);
  if ('spread' in states) return range([0.5 - states.spread, 0.5 + states.spread]);
  const fits = layers.slice(1).every((rows, k) => {
    const columns = layers[k] + (bias ? 1 : 0);
    return states[k]?.length === rows && states[k].every((row) => row.length === columns);
  });
  if (fits && states.length === layers.length - 1) return range(states.flat(2));
  const sizes = layers.slice(1).map((rows, k) => `${rows} x ${layers[k] + (bias ? 1 : 0)}`);
  return [
    error('A404', 'the initial states do not have the sizes of the grids', undefined, {
      help: [`rows by columns${bias ? ', with the bias as the last' : ''}: ${sizes.join(', ')}`],
    }),
  ];
}

function range(states: readonly number[]): readonly Diagnostic[] {
  const outside = states.find((s) => !(s >= 0 && s <= 1));
  if (outside === undefined) return [];
  return [error('A405', `an initial state of ${outside} is outside 0 (on) to 1 (off)`)];
}

/** What is wrong with samples, for so many inputs and outputs. */
export function checkSamples(
  samples: readonly AnalogSample[],
  inputs: number,
  outputs: number,
): readonly Diagnostic[] {
  if (samples.length === 0) return [error('A406', 'there is no sample to train on')];
  return samples.flatMap((sample, k) => [
    ...count(sample.inputs, inputs, `inputs of sample ${k + 1}`),
    ...count(sample.targets, outputs, `targets of sample ${k + 1}`),
  ]);
}

/** One number for each of `expected` places, all finite. */
export function count(
  values: readonly number[],
  expected: number,
  what: string,
): readonly Diagnostic[] {
  if (values.length === expected && values.every(Number.isFinite)) return [];
  return [error('A407', `the ${what} are ${values.length} values, not ${expected} finite numbers`)];
}
