/**
 * Pairs of devices whose signs sense amplifiers read (Majumdar et al. 2021, fig. 7). A circuit says how
 * often its amplifier decides for +1 at a logarithm x of the ratio of the resistances, over amplifiers
 * whose transistors do not match: P(+1 | x). An amplifier's mismatch does not change from one reading
 * to the next, so that it is an offset o of its own, and
 *
 *     weight = +1 where ln(R_BL/R_BLb) ≥ o        o of the quantile function P⁻¹, one draw an amplifier
 *
 * gives P back over amplifiers. All cells of a column have the same offset. `read` draws anew at each
 * reading of each cell: what noise of the same size would do.
 */
import { philoxInto } from '../../../base/index.js';
import type { CharacteristicFunction, TransferCharacteristic } from '../../characterize/index.js';
import type { DevicePairs } from './device-pairs.js';
import { lawLength } from './law-tables.js';
import { pairPurpose } from './pair-kernel.js';
import type { Synapses, SynapseStatistics } from './synapses.js';

export interface SenseSettings {
  /** When amplifiers err; otherwise signs are read rightly. */
  readonly during: 'both' | 'training' | 'evaluation';
  readonly errors: 'offset' | 'read';
  /** What a column, and with it an amplifier, belongs to: the cells of one input, or of one neuron. */
  readonly column: 'input' | 'neuron';
  /** Cells of a column; all where absent. */
  readonly rows?: number | undefined;
  readonly seed: number;
}

export type ReadingPhase = 'training' | 'evaluation';

/** Why a characteristic is not that of a sense amplifier, if it is not. */
export function senseMismatch(own: TransferCharacteristic): string | undefined {
  const [output] = own.outputs;
  const single = own.inputs.length === 1 && own.inputs[0].kind === 'continuous';
  if (!single || own.outputs.length !== 1 || output.kind !== 'probability')
    return `a sense amplifier is a probability of one input, and '${own.name}' is something else`;
  const chance = own.function(output.name, { outside: 'clamp' });
  const [[least, most]] = chance.domain;
  if (chance.value(least) < 0.5 && chance.value(most) > 0.5) return undefined;
  return `the probability of '${own.name}' does not rise through one half`;
}

/** Offsets by their quantiles: entry k is where P reaches (k + ½)/2¹⁴, or the end of the domain. */
export function senseQuantiles(chance: CharacteristicFunction): Float64Array {
  const [[least, most]] = chance.domain;
  const knots = 4096;
  const at = (k: number): number => least + ((most - least) * k) / knots;
  // Finite numbers of runs leave dents: the largest so far counts.
  let highest = 0;
  const rising = Float64Array.from({ length: knots + 1 }, (_, k) => {
    highest = Math.max(highest, chance.value(at(k)));
    return highest;
  });
  let k = 0;
  return Float64Array.from({ length: lawLength }, (_, number) => {
    const wanted = (number + 0.5) / lawLength;
    while (k < knots && rising[k] < wanted) k++;
    if (k === 0 || rising[k] < wanted) return at(k);
    const part = (wanted - rising[k - 1]) / (rising[k] - rising[k - 1]);
    return at(k - 1 + part);
  });
}

export class SensedPairs implements Synapses {
  readonly pairs: DevicePairs;
  #quantiles: Float64Array;
  readonly #settings: SenseSettings;
  /** Inputs of a neuron. */
  readonly #width: number;
  /** Number of the first amplifier, and of the first pair. */
  readonly #first: number;
  /** [amplifiers] of fixed offsets. */
  readonly #offsets: Float64Array;
  #phase: ReadingPhase = 'training';

  /** `first` is the number of the first pair; amplifiers are numbered alike. */
  constructor(
    pairs: DevicePairs,
    width: number,
    quantiles: Float64Array,
    settings: SenseSettings,
    first: number,
  ) {
    this.pairs = pairs;
    this.#width = width;
    this.#quantiles = quantiles;
    this.#settings = settings;
    this.#first = first;
    const amplifiers =
      settings.errors === 'read' ? 0 : this.#amplifierOf(pairs.weights.length - 1) + 1;
    this.#offsets = new Float64Array(amplifiers);
    this.follow(quantiles);
    this.look('training');
  }

  /** Amplifiers get offsets of another distribution, at the same quantiles; what they read stays. */
  follow(quantiles: Float64Array): void {
    this.#quantiles = quantiles;
    for (let k = 0; k < this.#offsets.length; k++)
      this.#offsets[k] = this.#drawn(this.#first + k, 0);
  }

  get weights(): Float32Array {
    return this.pairs.weights;
  }

  /** Which amplifier reads a pair: blocks of rows one after the other, the columns of each together. */
  #amplifierOf(pair: number): number {
    const { column, rows = Infinity } = this.#settings;
    const neurons = this.weights.length / this.#width;
    const [neuron, input] = [Math.floor(pair / this.#width), pair % this.#width];
    const [columns, own, row] =
      column === 'input' ? [this.#width, input, neuron] : [neurons, neuron, input];
    // Blocks that are never reached have no amplifiers; the last pair is in the last block.
    return own + columns * Math.floor(row / rows);
  }

  /** An offset; 14 bits choose a quantile. */
  #drawn(number: number, reading: number): number {
    philoxInto(words, number, reading, 0, pairPurpose.amplifier, this.#settings.seed, 0);
    return this.#quantiles[words[0] & (lawLength - 1)];
  }

  /** Reads all signs as it is done in training, or in evaluation. */
  look(phase: ReadingPhase): void {
    this.#phase = phase;
    const { during } = this.#settings;
    if (during !== 'both' && during !== phase) this.pairs.readSigns();
    else this.#sense();
  }

  #sense(): void {
    const { gaps, weights, step } = this.pairs;
    const anew = this.#settings.errors === 'read';
    // Readings of training and of evaluation alternate.
    const reading = 2 * step + (this.#phase === 'training' ? 0 : 1);
    for (let k = 0; k < weights.length; k++) {
      const offset = anew
        ? this.#drawn(this.#first + k, reading)
        : this.#offsets[this.#amplifierOf(k)];
      weights[k] = gaps[2 * k] - gaps[2 * k + 1] >= offset ? 1 : -1;
    }
  }

  /** Weights that are not read as they are. */
  misread(): number {
    const { gaps, weights } = this.pairs;
    let wrong = 0;
    for (let k = 0; k < weights.length; k++)
      if (gaps[2 * k] >= gaps[2 * k + 1] !== weights[k] > 0) wrong++;
    return wrong;
  }

  update(steps: Float32Array): void {
    this.pairs.update(steps);
    this.look('training');
  }

  statistics(): SynapseStatistics {
    return this.pairs.statistics();
  }

  save(): unknown {
    return this.pairs.save();
  }

  restore(state: unknown): void {
    this.pairs.restore(state);
    this.look('training');
  }
}

const words = new Uint32Array(4);
