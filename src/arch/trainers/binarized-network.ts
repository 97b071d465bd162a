/**
 * Binarized networks whose hidden weights are pairs of weak-RESET devices (Majumdar et al., "Model of
 * the weak RESET process in HfOx resistive memory for deep learning frameworks", IEEE TED 68(10),
 * 4925, 2021, sections IV and V), whole numbers, or floating-point numbers. Conditions that the paper
 * leaves open are those of its authors' program: batch normalization after each layer, Adam whose
 * steps times the learning rate are rounded and held within ±14 pulses, cross-entropy.
 */
import type { CharacteristicFunction } from '../characterize/index.js';
import { shuffled } from '../datasets/index.js';
import {
  type BinaryNetwork,
  DevicePairs,
  numbersOf,
  PackedNetwork,
  type ReadingPhase,
  SensedPairs,
  senseMismatch,
  senseQuantiles,
  weightsOf,
} from '../networks/binary/index.js';
import {
  type Augmentation,
  gatherBatch,
  type IntegerSamples,
  integerSamples,
} from './binarized-samples.js';
import { checkBinarized } from './binarized-check.js';
import { binarizedFigures } from './binarized-figures.js';
import { type BinarizedSettings, binarizedSettings } from './binarized-settings.js';
import { binarizedSynapses } from './binarized-synapses.js';
import { argmax, Confusion } from './confusion.js';
import type {
  SettingProblem,
  Trainer,
  Training,
  TrainingReport,
  TrainingResult,
  World,
} from './trainer.js';

const streams = { order: 2, augmentation: 9 };

export const binarizedNetwork: Trainer<BinarizedSettings> = {
  name: 'binarized-network',
  title: 'Binarized networks on pairs of weak-RESET devices',
  settings: binarizedSettings,
  measures: [
    { name: 'error', unit: '%', doc: 'test samples with a wrong answer after the last epoch' },
    { name: 'bestError', unit: '%', doc: 'the least such error after any epoch' },
    { name: 'bestEpoch', unit: '', doc: 'the epoch it was reached in' },
    { name: 'meanPulses', unit: '', doc: 'pulses of a device, the mean' },
    { name: 'mostPulses', unit: '', doc: 'pulses of the device that had most' },
    { name: 'behindKnee', unit: '%', doc: 'devices with more pulses than their t*' },
    {
      name: 'misread',
      unit: '%',
      doc: 'weights whose sign its amplifier does not read, at the end',
    },
  ],
  needs: ({ data, senseAmplifier }) => ({
    data: [data],
    characteristics: senseAmplifier ? [senseAmplifier.characteristic] : [],
  }),
  check: (own, world) => [...checkBinarized(own, world), ...checkAmplifier(own, world)],
  start: (own, world, seed) => new BinarizedTraining(own, world, seed),
};

function checkAmplifier({ senseAmplifier }: BinarizedSettings, world: World): SettingProblem[] {
  if (!senseAmplifier) return [];
  const unfit = senseMismatch(world.characteristic(senseAmplifier.characteristic));
  return unfit === undefined ? [] : [{ setting: 'senseAmplifier', message: unfit }];
}

/** Floating-point operations of a step of training: some seconds. */
const operationsPerStep = 4e10;
/** Test samples that are carried through the network at a time. */
const judgedAtOnce = 500;

interface Progress {
  step: number;
  /** After the last epoch that is done [%]. */
  error: number;
  bestError: number;
  bestEpoch: number;
  meanPulses: number;
  behindKnee: number;
}

export class BinarizedTraining implements Training {
  readonly steps: number;
  readonly #settings: BinarizedSettings;
  readonly #seed: number;
  readonly #training: IntegerSamples;
  readonly #test: IntegerSamples;
  readonly #classes: readonly string[];
  readonly #network: BinaryNetwork;
  /** Circuit of the amplifiers, where there are any. */
  readonly #amplifier: Record<string, unknown>;
  readonly #batches: number;
  /** Steps of an epoch. */
  readonly #parts: number;
  #order: Uint32Array | undefined;
  #progress: Progress;

  constructor(own: BinarizedSettings, world: World, seed: number) {
    this.#settings = own;
    this.#seed = seed;
    const { training, test, classes } = integerSamples(own, world);
    this.#training = training;
    this.#test = test;
    this.#classes = classes;
    this.#network = binarizedSynapses(own, training.shape, classes.length, world, seed);
    this.#amplifier = amplifierOf(own, world);
    this.#batches = Math.ceil(training.count / own.batch);
    const operations = 6 * this.#network.productsPerSample * training.count;
    const parts = Math.ceil(operations / operationsPerStep);
    this.#parts = Math.min(this.#batches, parts);
    this.steps = own.epochs * this.#parts;
    // What an untrained network does by chance.
    const error = 100 * (1 - 1 / classes.length);
    const pulses = { meanPulses: 0, behindKnee: 0 };
    this.#progress = { step: 0, error, bestError: 100, bestEpoch: 0, ...pulses };
  }

  get step(): number {
    return this.#progress.step;
  }

  /** Pairs of devices of all layers whose synapses are such. */
  get pairs(): readonly DevicePairs[] {
    return this.#network.blocks.flatMap(({ synapses }) => {
      if (synapses instanceof DevicePairs) return [synapses];
      return synapses instanceof SensedPairs ? [synapses.pairs] : [];
    });
  }

  /** Amplifiers get offsets of another characteristic; what they have read stays. */
  followAmplifiers(chance: CharacteristicFunction): void {
    const quantiles = senseQuantiles(chance);
    for (const pairs of this.#sensed()) pairs.follow(quantiles);
  }

  advance(): TrainingReport {
    const epoch = Math.floor(this.step / this.#parts);
    const part = this.step % this.#parts;
    const from = Math.floor((part * this.#batches) / this.#parts);
    const to = Math.floor(((part + 1) * this.#batches) / this.#parts);
    if (part === 0) this.#order = undefined;
    this.#order ??= shuffled(this.#training.count, this.#seed, streams.order, epoch);
    let [samples, loss, right] = [0, 0, 0];
    for (let batch = from; batch < to; batch++) {
      const result = this.#learn(this.#order, batch, epoch);
      samples += result.count;
      loss += result.loss;
      right += result.right;
    }
    this.#progress.step++;
    if (part === this.#parts - 1) this.#endEpoch(epoch + 1);
    const { error, meanPulses, behindKnee } = this.#progress;
    const trainingError = 100 * (1 - right / samples);
    const values = { loss: loss / samples, error, trainingError, meanPulses, behindKnee };
    return { samples, values: { ...values, epoch: this.step / this.#parts } };
  }

  #learn(
    order: Uint32Array,
    batch: number,
    epoch: number,
  ): { readonly count: number; readonly loss: number; readonly right: number } {
    const { batch: size, augment: shift, learningRate, decay, digitalRate } = this.#settings;
    const from = batch * size;
    const to = Math.min(this.#training.count, from + size);
    const augmentation: Augmentation | undefined =
      shift > 0 ? { seed: this.#seed, stream: streams.augmentation, epoch, shift } : undefined;
    const inputs = gatherBatch(this.#training, order, from, to, augmentation);
    const labels = Uint8Array.from(order.subarray(from, to), (k) => this.#training.labels[k]);
    const weights = learningRate * decay.factor ** Math.floor(epoch / decay.every);
    const rates = { weights, digital: digitalRate };
    return { count: to - from, ...this.#network.learn(inputs, labels, to - from, rates) };
  }

  #endEpoch(epoch: number): void {
    const progress = this.#progress;
    this.#look('evaluation');
    progress.error = 100 * this.#judge(this.#network).error;
    this.#look('training');
    if (progress.error < progress.bestError) {
      progress.bestError = progress.error;
      progress.bestEpoch = epoch;
    }
    const { devices, pulses, behindKnee } = this.#statistics();
    progress.meanPulses = devices > 0 ? pulses / devices : 0;
    progress.behindKnee = devices > 0 ? (100 * behindKnee) / devices : 0;
  }

  #judge(network: Pick<BinaryNetwork, 'respond'> | PackedNetwork): Confusion {
    const { count, inputs, labels, shape } = this.#test;
    const classes = this.#classes.length;
    const length = numbersOf(shape);
    const confusion = new Confusion(classes);
    for (let from = 0; from < count; from += judgedAtOnce) {
      const rows = Math.min(judgedAtOnce, count - from);
      const own = inputs.subarray(from * length, (from + rows) * length);
      const outputs = network.respond(own, rows);
      for (let i = 0; i < rows; i++)
        confusion.add(labels[from + i], argmax(outputs, i * classes, classes));
    }
    return confusion;
  }

  /** Reads all weights as amplifiers do it in training, or in evaluation. */
  #look(phase: ReadingPhase): void {
    for (const pairs of this.#sensed()) pairs.look(phase);
  }

  #sensed(): SensedPairs[] {
    const all = this.#network.blocks.map(({ synapses }) => synapses);
    return all.filter((each) => each instanceof SensedPairs);
  }

  /** Part of the weights that amplifiers read wrongly in evaluation [%]. */
  #misread(): { misread?: number } {
    const sensed = this.#sensed();
    if (sensed.length === 0) return {};
    const wrong = sensed.reduce((sum, each) => sum + each.misread(), 0);
    const all = sensed.reduce((sum, { weights }) => sum + weights.length, 0);
    return { misread: (100 * wrong) / all };
  }

  /** Of all layers together. */
  #statistics(): { devices: number; pulses: number; mostPulses: number; behindKnee: number } {
    const sum = { devices: 0, pulses: 0, mostPulses: 0, behindKnee: 0 };
    for (const { synapses } of this.#network.blocks) {
      const own = synapses.statistics();
      if (!own) continue;
      sum.devices += own.devices;
      sum.pulses += own.pulses;
      sum.mostPulses = Math.max(sum.mostPulses, own.mostPulses);
      sum.behindKnee += own.behindKnee;
    }
    return sum;
  }

  save(): unknown {
    return { progress: { ...this.#progress }, network: this.#network.save() };
  }

  restore(state: unknown): void {
    const { progress, network } = state as { progress: Progress; network: unknown };
    this.#progress = { ...progress };
    this.#order = undefined;
    this.#network.restore(network);
  }

  /** By counting bits, as hardware would. */
  finish(): TrainingResult {
    this.#look('evaluation');
    const confusion = this.#judge(new PackedNetwork(this.#network));
    const misread = this.#misread();
    this.#look('training');
    const { bestError, bestEpoch } = this.#progress;
    const { devices, pulses, mostPulses, behindKnee } = this.#statistics();
    const ofDevices = {
      meanPulses: pulses / devices,
      mostPulses,
      behindKnee: (100 * behindKnee) / devices,
    };
    return {
      measures: {
        error: 100 * confusion.error,
        bestError,
        bestEpoch,
        ...(devices > 0 ? ofDevices : {}),
        ...misread,
      },
      details: {
        classes: this.#classes,
        confusion: confusion.rows,
        weights: this.#network.shapes.reduce((sum, shape) => sum + weightsOf(shape), 0),
        devices,
        pulses,
        stepsPerEpoch: this.#parts,
        figures: binarizedFigures(this.#network.blocks),
        ...this.#amplifier,
      },
    };
  }
}

function amplifierOf({ senseAmplifier }: BinarizedSettings, world: World): Record<string, unknown> {
  if (!senseAmplifier) return {};
  const { name, circuitHash } = world.characteristic(senseAmplifier.characteristic);
  return { characteristics: [{ name, circuitHash }] };
}
