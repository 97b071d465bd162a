/**
 * Synapses of two weak-RESET devices each (2T2R): the hidden weight is ln(R_BL/R_BLb), and a step of
 * learning is a number of pulses to one device of the pair (Majumdar et al. 2021, (9), Fig. 7).
 *
 * Random numbers are functions of seed, device and pulse number, so that a pair is the same whoever
 * computes it. A device takes 8 bytes: number of pulses with the state of its telegraph noise, and ln R.
 */
import { philoxInto } from '../../../base/index.js';
import { compileModule, instantiate, type WasmFunction } from '../../../base/wasm/engine.js';
import { kasdinTap } from '../../../devices/memristive/kasdin-tap.js';
import { weakResetNoise, weakResetSpread } from '../../../devices/memristive/weak-reset-table.js';
import type { MatrixKernels } from '../../tensor/index.js';
import {
  afterPulses,
  occupancy,
  type WeakResetOptions,
  weakResetTelegraph,
} from '../../weak-reset/index.js';
import {
  lawLength,
  parameterTables,
  tabledParameters,
  type TabledParameter,
  whiteTable,
} from './law-tables.js';
import {
  blocksInReach,
  pairModule,
  type PairTables,
  pairPurpose,
  type TypicalParameters,
  whiteBlock,
} from './pair-kernel.js';
import { type PulseRule, pulsesOf, type Synapses, type SynapseStatistics } from './synapses.js';

export interface PairSettings extends Omit<WeakResetOptions, 'keep' | 'firstDevice'>, PulseRule {
  /** Each device begins with a random number of pulses up to this one. */
  readonly initialPulses: number;
  /** A device with so many pulses gets no more. */
  readonly budget: number;
}

const highBit = 0x80000000;
/** Below every t*: the tables end 4.0 standard deviations of ln t* below the median, at 21. */
const leastKnee = 17;

/** Kernels and tables for pairs of one kind, in the memory of the matrices. */
export class PairKernels {
  readonly settings: PairSettings;
  readonly #kernels: MatrixKernels;
  readonly #tables: Record<TabledParameter, Float32Array> | undefined;
  readonly #functions: Readonly<Record<string, WasmFunction>>;

  constructor(kernels: MatrixKernels, settings: PairSettings) {
    this.settings = settings;
    this.#kernels = kernels;
    const { spread, mostPulses } = settings;
    this.#tables = spread === 'none' ? undefined : parameterTables(spread);
    const placed = (values: Float32Array): number => {
      const array = kernels.array(values.length);
      array.set(values);
      return array.byteOffset;
    };
    const own = tabledParameters.map((name) => [
      name,
      this.#tables ? placed(this.#tables[name]) : 0,
    ]);
    const tables: PairTables = {
      parameters: Object.fromEntries(own) as Record<TabledParameter, number>,
      white: placed(whiteTable(settings.noise)),
      coefficients: placed(new Float32Array(pinkRows(settings.taps).buffer)),
      chances: placed(new Float32Array(chanceWords(mostPulses).buffer)),
      mostPulses,
    };
    const module = pairModule(
      kernels.memory.buffer.byteLength / 65536,
      settings,
      tables,
      typicalParameters(),
    );
    this.#functions = instantiate(compileModule(module.build()), kernels.memory);
  }

  /** Bytes of the tables. */
  static bytes(mostPulses: number): number {
    return 4 * lawLength * 6 + 8 * pinkRows(15).length + 8 * (mostPulses + 1) + 256;
  }

  /** Bytes of so many pairs, with their weights. */
  static bytesOfPairs(pairs: number): number {
    return pairs * 20 + 64;
  }

  /** Pairs behind new weights; `first`, an even number, is that of their first device. */
  pairs(count: number, first: number): DevicePairs {
    const memory = {
      weights: this.#kernels.array(count),
      words: this.#kernels.array(2 * count),
      gaps: this.#kernels.array(2 * count),
    };
    return new DevicePairs(this.settings, this.#functions, memory, first, (device) =>
      this.#knee(device),
    );
  }

  /** t* of a device. */
  #knee(device: number): number {
    if (!this.#tables) return weakResetSpread.tstar.median;
    philoxInto(drawn, device, 0, 0, pairPurpose.parameters, this.settings.seed, this.settings.run);
    return this.#tables.tstar[drawn[1] & (lawLength - 1)];
  }
}

interface PairMemory {
  readonly weights: Float32Array;
  /** Read as words. */
  readonly words: Float32Array;
  readonly gaps: Float32Array;
}

export class DevicePairs implements Synapses {
  readonly weights: Float32Array;
  /** [devices] pulses so far, and in the highest bit the telegraph noise. */
  readonly words: Uint32Array;
  /** [devices] ln(R/mean of R₀); the program's amplitudes come on top at each reading. */
  readonly gaps: Float32Array;
  readonly #settings: PairSettings;
  readonly #functions: Readonly<Record<string, WasmFunction>>;
  readonly #first: number;
  readonly #knee: (device: number) => number;
  #step = 0;

  constructor(
    settings: PairSettings,
    functions: Readonly<Record<string, WasmFunction>>,
    memory: PairMemory,
    first: number,
    knee: (device: number) => number,
  ) {
    this.#settings = settings;
    this.#functions = functions;
    this.#first = first;
    this.#knee = knee;
    this.weights = memory.weights;
    this.gaps = memory.gaps;
    this.words = new Uint32Array(memory.words.buffer, memory.words.byteOffset, memory.words.length);
    this.#start();
    this.#renew();
  }

  /** Pulses and telegraph state before the first step. */
  #start(): void {
    const { seed, run, start, telegraph } = this.#settings;
    this.words.set(startingPulses(this.#settings, this.#first, this.words.length));
    if (start !== 'stationary' || telegraph === 'none') return;
    const share = occupancy(weakResetTelegraph) * 4294967296;
    for (let k = 0; k < this.words.length; k++) {
      philoxInto(drawn, this.#first + k, 0, 0, pairPurpose.start, seed, run);
      if (drawn[1] < share) this.words[k] += highBit;
    }
  }

  /** Gaps and weights from the words. */
  #renew(): void {
    const { words, gaps } = this;
    this.#functions.begin(words.byteOffset, gaps.byteOffset, this.#first, words.length);
    this.readSigns();
  }

  /** Steps of learning so far. */
  get step(): number {
    return this.#step;
  }

  /** Weights from ln R. */
  readSigns(): void {
    const { words, gaps, weights } = this;
    const [a, b, c] = [words, gaps, weights].map(({ byteOffset }) => byteOffset);
    this.#functions.read(a, b, c, this.#first, 0, weights.length, this.#step);
  }

  update(steps: Float32Array): void {
    this.apply(pulsesOf(steps, this.#settings));
  }

  /**
   * One step of learning: `pulses[i]` to BL of pair i where positive, to BLb where negative, at most
   * the settings' `mostPulses`. The array lies in the memory of the matrices.
   */
  apply(pulses: Int32Array): void {
    this.#step++;
    const { words, gaps, weights } = this;
    const [p, a, b, c] = [pulses, words, gaps, weights].map(({ byteOffset }) => byteOffset);
    this.#functions.pulse(p, a, b, c, this.#first, 0, weights.length, this.#settings.budget);
    const { noise, telegraph } = this.#settings;
    if (noise === 'program' && telegraph !== 'none') this.readSigns();
  }

  statistics(): SynapseStatistics {
    let [pulses, mostPulses, behindKnee] = [0, 0, 0];
    for (let k = 0; k < this.words.length; k++) {
      const own = this.words[k] & 0x7fffffff;
      pulses += own;
      mostPulses = Math.max(mostPulses, own);
      if (own >= leastKnee && own >= this.#knee(this.#first + k)) behindKnee++;
    }
    return { devices: this.words.length, pulses, mostPulses, behindKnee };
  }

  save(): unknown {
    return { step: this.#step, words: this.words.slice() };
  }

  restore(state: unknown): void {
    const { step, words } = state as { step: number; words: Uint32Array };
    this.#step = step;
    this.words.set(words);
    this.#renew();
  }
}

const drawn = new Uint32Array(4);

/** Random numbers of pulses from 0 to `initialPulses`, of `count` devices from `first` on. */
export function startingPulses(
  { seed, run, initialPulses }: Pick<PairSettings, 'seed' | 'run' | 'initialPulses'>,
  first: number,
  count: number,
): Uint32Array {
  const pulses = new Uint32Array(count);
  if (initialPulses === 0) return pulses;
  for (let k = 0; k < count; k++) {
    philoxInto(drawn, first + k, 0, 0, pairPurpose.start, seed, run);
    pulses[k] = (drawn[0] / 4294967296) * (initialPulses + 1);
  }
  return pulses;
}

/** By the place of the newest number in its block, coefficients α·h_r of the numbers in reach. */
function pinkRows(taps: number): Float64Array {
  const reach = whiteBlock * blocksInReach;
  const rows = new Float64Array(whiteBlock * reach);
  for (let place = 0; place < whiteBlock; place++)
    for (let r = 0; r < taps; r++)
      rows[place * reach + reach - whiteBlock + place - r] = weakResetNoise.alpha * kasdinTap(r);
  return rows;
}

/** Chances of a change after n pulses as words: from low, then from high. */
function chanceWords(mostPulses: number): Uint32Array {
  const all = Array.from({ length: mostPulses + 1 }, (_, n) => afterPulses(weakResetTelegraph, n));
  return Uint32Array.from([...all.map(({ up }) => up), ...all.map(({ down }) => down)], (p) =>
    Math.round(p * 4294967296),
  );
}

/** Means of Table I; of the knee the median. */
function typicalParameters(): TypicalParameters {
  const { m1, c1, tstar, m2, a } = weakResetSpread;
  const growth = { m1: m1.offset + m1.scale, m2: m2.offset + m2.scale };
  return { ...growth, c1: c1.mean, tstar: tstar.median, r0: 0, a: a.most / 2 };
}
