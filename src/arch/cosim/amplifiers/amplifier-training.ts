/**
 * A binarized network with circuits of sense amplifiers in its loop. Offsets of some amplifiers are
 * measured before the training, and all columns of the network draw theirs from them; after each step
 * other amplifiers read pairs of the network as circuits, and these weights are what they read. Their
 * own offsets are measured too, and join those that columns draw from at the next step.
 */
import { type Diagnostic, DiagnosticError, warning } from '../../../base/index.js';
import { weakResetSpread } from '../../../devices/memristive/weak-reset-table.js';
import type { CharacteristicFunction, TransferCharacteristic } from '../../characterize/index.js';
import type { DevicePairs } from '../../networks/binary/index.js';
import { BinarizedTraining } from '../../trainers/binarized-network.js';
import { binarizedSettings } from '../../trainers/binarized-settings.js';
import { uniformDraw } from '../../trainers/draws.js';
import type { Training, TrainingReport, TrainingResult, World } from '../../trainers/trainer.js';
import { cosimStreams } from '../cosim-draws.js';
import { AmplifierCircuit, offsetOf } from './amplifier-circuit.js';
import type { AmplifierCircuitSettings } from './amplifier-levels.js';
import { distributionBound, offsetCharacteristic } from './offset-characteristic.js';
import { ReadErrors } from './read-errors.js';

/** Of a fresh device [Ω]: where offsets are measured. */
const nominal = weakResetSpread.r0.mean;
/** So many pairs are looked at for one of a wanted size. */
const mostTries = 60;

interface Saved {
  readonly training: unknown;
  readonly errors: unknown;
  readonly failed: number;
  readonly offsets: readonly number[];
  readonly drawnFrom: number;
  /** Weights of each layer. */
  readonly read: readonly Float32Array[];
}

export class AmplifierTraining implements Training {
  readonly #settings: AmplifierCircuitSettings;
  readonly #world: World;
  readonly #seed: number;
  #offsets: readonly number[];
  /** So many of them are what columns draw from. */
  #drawnFrom: number;
  /** How likely an amplifier reads +1. */
  #chance: CharacteristicFunction | undefined;
  readonly #training: BinarizedTraining;
  readonly #errors = new ReadErrors();
  #failed = 0;

  /** @throws DiagnosticError for a circuit that cannot be simulated */
  constructor(own: AmplifierCircuitSettings, world: World, seed: number) {
    this.#settings = own;
    this.#world = world;
    this.#seed = seed;
    this.#offsets = own.amplifier === 'ideal' ? [] : measuredOffsets(own.amplifiers, world, seed);
    this.#drawnFrom = this.#offsets.length;
    const sensed = this.#offsets.length > 0 ? offsetCharacteristic(this.#offsets) : undefined;
    this.#chance = sensed && chanceOf(sensed);
    const inner: World = { ...world, characteristic: () => sensed! };
    this.#training = new BinarizedTraining(binarizedOf(own), inner, seed);
  }

  get steps(): number {
    return this.#training.steps;
  }

  get step(): number {
    return this.#training.step;
  }

  advance(): TrainingReport {
    if (this.#offsets.length > this.#drawnFrom) this.#draw(this.#offsets.length);
    const report = this.#training.advance();
    if (this.#settings.amplifier !== 'circuit') return report;
    const problem = this.#readByCircuits();
    const told = problem && warning('A468', `a pair could not be read: ${problem.message}`);
    return { ...report, ...(told ? { diagnostics: [told] } : {}) };
  }

  /** Other amplifiers at each step: none of those that the characteristic was made of. */
  #readByCircuits(): Diagnostic | undefined {
    const { amplifiers, reads, readers } = this.#settings;
    let problem: Diagnostic | undefined;
    const joining: number[] = [];
    for (let reader = 0; reader < readers; reader++) {
      const run = 1 + amplifiers + (this.step - 1) * readers + reader;
      const circuit = new AmplifierCircuit(this.#world, this.#seed, run);
      for (let k = reader; k < reads; k += readers) {
        const unread = this.#read(circuit, k);
        if (unread) this.#failed++;
        problem ??= unread;
      }
      const offset = offsetOf(circuit, nominal);
      if (typeof offset === 'object') problem ??= offset;
      else joining.push(offset);
    }
    this.#offsets = [...this.#offsets, ...joining];
    return problem;
  }

  /** From the first offsets on; reads are judged by them, too. */
  #draw(from: number): void {
    this.#drawnFrom = from;
    this.#chance = chanceOf(offsetCharacteristic(this.#offsets.slice(0, from)));
    this.#training.followAmplifiers(this.#chance);
  }

  #read(circuit: AmplifierCircuit, number: number): Diagnostic | undefined {
    const { pairs, at } = this.#chosen(number);
    const [first, second] = [pairs.gaps[2 * at], pairs.gaps[2 * at + 1]];
    const logRatio = first - second;
    const positive = circuit.read(logRatio, nominal * Math.exp((first + second) / 2));
    if (typeof positive === 'object') return positive;
    const chance = this.#chance!.value(logRatio);
    this.#errors.add(logRatio, positive !== logRatio >= 0, logRatio >= 0 ? 1 - chance : chance);
    pairs.weights[at] = positive ? 1 : -1;
    return undefined;
  }

  /** A random pair; sizes of the logarithm take turns as far as there are such pairs. */
  #chosen(number: number): { readonly pairs: DevicePairs; readonly at: number } {
    const layers = this.#training.pairs;
    const total = layers.reduce((sum, { weights }) => sum + weights.length, 0);
    const wanted = (number + this.step) % this.#errors.bins;
    let chosen = { pairs: layers[0], at: 0 };
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const key = number * mostTries + attempt;
      let at = Math.floor(total * uniformDraw(this.#seed, cosimStreams.sampled, key, this.step));
      let layer = 0;
      while (at >= layers[layer].weights.length) at -= layers[layer++].weights.length;
      chosen = { pairs: layers[layer], at };
      if (this.#errors.binOf(logRatioOf(chosen)) === wanted) break;
    }
    return chosen;
  }

  save(): unknown {
    return {
      training: this.#training.save(),
      errors: this.#errors.save(),
      failed: this.#failed,
      offsets: this.#offsets,
      drawnFrom: this.#drawnFrom,
      read: this.#training.pairs.map(({ weights }) => weights.slice()),
    } satisfies Saved;
  }

  restore(state: unknown): void {
    const { training, errors, failed, offsets, drawnFrom, read } = state as Saved;
    this.#offsets = offsets;
    if (this.#chance) this.#draw(drawnFrom);
    this.#training.restore(training);
    // Weights that circuits have read are in use until they are read again.
    this.#training.pairs.forEach(({ weights }, k) => {
      weights.set(read[k]);
    });
    this.#errors.restore(errors);
    this.#failed = failed;
  }

  finish(): TrainingResult {
    const { measures, details } = this.#training.finish();
    const { amplifier } = this.#settings;
    const result = { ...details, levels: { amplifier }, trajectory: [] };
    if (!this.#chance) return { measures, details: result };
    const readErrors = this.#errors.result(this.#shares());
    const reads = readErrors.reduce((sum, bin) => sum + bin.reads, 0);
    const rate = (of: 'rate' | 'predicted'): number =>
      100 * readErrors.reduce((sum, bin) => sum + bin.share * bin[of], 0);
    const spread = Math.sqrt(this.#offsets.reduce((s, o) => s + o * o, 0) / this.#offsets.length);
    return {
      measures: {
        ...measures,
        offsetSpread: spread,
        ...(reads > 0
          ? { circuitReads: reads, failed: this.#failed, readError: rate('rate') }
          : {}),
        ...(reads > 0 ? { predictedReadError: rate('predicted') } : {}),
      },
      details: {
        ...result,
        offsets: this.#offsets,
        offsetBound: distributionBound(this.#offsets.length),
        ...(reads > 0 ? { readErrors } : {}),
      },
    };
  }

  /** Parts of all pairs, by the size of their logarithms. */
  #shares(): number[] {
    const counts = Array<number>(this.#errors.bins).fill(0);
    let total = 0;
    for (const pairs of this.#training.pairs)
      for (let at = 0; at < pairs.weights.length; at++, total++)
        counts[this.#errors.binOf(logRatioOf({ pairs, at }))]++;
    return counts.map((count) => count / total);
  }
}

function logRatioOf({ pairs, at }: { readonly pairs: DevicePairs; readonly at: number }): number {
  return pairs.gaps[2 * at] - pairs.gaps[2 * at + 1];
}

function chanceOf(sensed: TransferCharacteristic): CharacteristicFunction {
  return sensed.function(undefined, { outside: 'clamp' });
}

function measuredOffsets(amplifiers: number, world: World, seed: number): number[] {
  return Array.from({ length: amplifiers }, (_, k) => {
    const offset = offsetOf(new AmplifierCircuit(world, seed, 1 + k), nominal);
    if (typeof offset === 'object') throw new DiagnosticError([offset]);
    return offset;
  });
}

function binarizedOf(own: AmplifierCircuitSettings): ReturnType<typeof binarizedSettings.parse> {
  const { data, training, test, layers, epochs, batch, learningRate, column } = own;
  const shared = { data, training, test, layers, epochs, batch, learningRate };
  if (own.amplifier === 'ideal') return binarizedSettings.parse(shared);
  return binarizedSettings.parse({ ...shared, senseAmplifier: { characteristic: '', column } });
}
