/**
 * Binarized networks whose hidden weights are pairs of weak-RESET devices (Majumdar et al., "Model of
 * the weak RESET process in HfOx resistive memory for deep learning frameworks", IEEE TED 68(10),
 * 4925, 2021, sections IV and V), whole numbers, or floating-point numbers. Conditions that the paper
 * leaves open are those of its authors' program: batch normalization after each layer, Adam whose
 * steps times the learning rate are rounded and held within ±14 pulses, cross-entropy.
 */
import { z } from 'zod';
import { shuffled } from '../datasets/index.js';
import {
  BinaryNetwork,
  type BlockShape,
  chainShapes,
  FloatSynapses,
  IntegerSynapses,
  numbersOf,
  PackedNetwork,
  PairKernels,
  type PairSettings,
  type Shape,
  startingPulses,
  type Synapses,
  weightsOf,
} from '../networks/binary/index.js';
import type { MatrixKernels } from '../tensor/index.js';
import {
  type Augmentation,
  gatherBatch,
  type IntegerSamples,
  integerSamples,
} from './binarized-samples.js';
import { checkBinarized } from './binarized-check.js';
import { binarizedFigures } from './binarized-figures.js';
import { argmax, Confusion } from './confusion.js';
import { uniformDraw } from './draws.js';
import type { Trainer, Training, TrainingReport, TrainingResult, World } from './trainer.js';

const layer = z.union([
  z.int().positive(),
  z.strictObject({
    /** Planes of a convolution of 3 × 3. */
    conv: z.int().positive(),
    /** Whether the largest of 2 × 2 goes on. */
    pool: z.boolean().default(false),
  }),
]);

const settings = z.strictObject({
  data: z.string().default('mnist'),
  /** Samples that are learnt from, and that judge: the first ones; all where absent. */
  training: z.int().positive().optional(),
  test: z.int().positive().optional(),
  /** Takes the mean off the inputs, rounded to a whole number. */
  centre: z.boolean().default(false),
  /** Shifts images by up to so many pixels, and mirrors half of them; 0: neither. */
  augment: z.int().min(0).default(0),
  /** Hidden layers: neurons, or convolutions. */
  layers: z.array(layer).default([3000]),
  epochs: z.int().positive().default(20),
  batch: z.int().positive().default(1000),
  /** What hidden weights are: pairs of devices, whole numbers (of pulses), floating point. */
  synapses: z.enum(['devices', 'integers', 'floats']).default('devices'),
  /** Factor of Adam's steps, in pulses (or, for floats, in weights between ±1). */
  learningRate: z.number().positive().default(100),
  /** Multiplies the learning rate after each so many epochs. */
  decay: z
    .strictObject({
      every: z.int().positive().default(7),
      factor: z.number().positive().default(0.5),
    })
    .prefault({}),
  /** Learning rate of batch normalization, which is digital. */
  digitalRate: z.number().min(0).default(8e-3),
  rounding: z.enum(['nearest', 'truncate', 'floor']).default('nearest'),
  /** Most pulses of one step. */
  mostPulses: z.int().min(1).max(4095).default(14),
  /** Pulses after which a device gets no more; no limit where absent. */
  budget: z.int().positive().max(0x7fffffff).default(0x7fffffff),
  /** Devices begin with a random number of pulses up to this one. */
  initialPulses: z.int().min(0).max(65535).default(0),
  /** Device to device: Table I with the ends of the authors' program, as printed, or none. */
  spread: z.enum(['truncated', 'printed', 'none']).default('truncated'),
  telegraph: z.enum(['everywhere', 'behind-knee', 'none']).default('everywhere'),
  pink: z.boolean().default(true),
  /** Noise by the printed equations, or as in the authors' program. */
  noise: z.enum(['printed', 'program']).default('printed'),
  taps: z.literal([15, 16]).default(15),
  start: z.enum(['low', 'stationary']).default('low'),
});
type Settings = z.output<typeof settings>;

const streams = { order: 2, initial: 3, augmentation: 9 };

/** Whether all synapses begin with the same weight, so that nothing can be learnt. */
function beginsAlike(own: Settings): boolean {
  if (own.synapses === 'floats' || own.initialPulses > 0) return false;
  const drawnState = own.telegraph === 'everywhere' && own.start === 'stationary';
  return own.synapses === 'integers' || (own.spread === 'none' && !own.pink && !drawnState);
}

export const binarizedNetwork: Trainer<Settings> = {
  name: 'binarized-network',
  title: 'Binarized networks on pairs of weak-RESET devices',
  settings: settings.refine((own) => !beginsAlike(own), {
    message: "without spread and noise all weights begin alike: 'initialPulses' has to be above 0",
    path: ['initialPulses'],
  }),
  measures: [
    { name: 'error', unit: '%', doc: 'test samples with a wrong answer after the last epoch' },
    { name: 'bestError', unit: '%', doc: 'the least such error after any epoch' },
    { name: 'bestEpoch', unit: '', doc: 'the epoch it was reached in' },
    { name: 'meanPulses', unit: '', doc: 'pulses of a device, the mean' },
    { name: 'mostPulses', unit: '', doc: 'pulses of the device that had most' },
    { name: 'behindKnee', unit: '%', doc: 'devices with more pulses than their t*' },
  ],
  needs: ({ data }) => ({ data: [data], characteristics: [] }),
  check: checkBinarized,
  start: (own, world, seed) => new BinarizedTraining(own, world, seed),
};

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

class BinarizedTraining implements Training {
  readonly steps: number;
  readonly #settings: Settings;
  readonly #seed: number;
  readonly #training: IntegerSamples;
  readonly #test: IntegerSamples;
  readonly #classes: readonly string[];
  readonly #network: BinaryNetwork;
  readonly #batches: number;
  /** Steps of an epoch. */
  readonly #parts: number;
  #order: Uint32Array | undefined;
  #progress: Progress;

  constructor(own: Settings, world: World, seed: number) {
    this.#settings = own;
    this.#seed = seed;
    const { training, test, classes } = integerSamples(own, world);
    this.#training = training;
    this.#test = test;
    this.#classes = classes;
    this.#network = networkOf(own, training.shape, classes.length, seed);
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
    progress.error = 100 * this.#judge(this.#network).error;
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
    const confusion = this.#judge(new PackedNetwork(this.#network));
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
      },
      details: {
        classes: this.#classes,
        confusion: confusion.rows,
        weights: this.#network.shapes.reduce((sum, shape) => sum + weightsOf(shape), 0),
        devices,
        pulses,
        stepsPerEpoch: this.#parts,
        figures: binarizedFigures(this.#network.blocks),
      },
    };
  }
}

function networkOf(own: Settings, input: Shape, classes: number, seed: number): BinaryNetwork {
  const layers = [...own.layers, classes].map((each): Omit<BlockShape, 'input'> =>
    typeof each === 'number'
      ? { outputs: each, kernel: 0, pool: false }
      : { outputs: each.conv, kernel: 3, pool: each.pool },
  );
  const shapes = chainShapes(input, layers);
  const pairs: PairSettings = { ...own, seed, run: 0 };
  const count = shapes.reduce((sum, shape) => sum + weightsOf(shape), 0);
  const bytes = PairKernels.bytesOfPairs(count) + 64 * shapes.length;
  let kernels: PairKernels | undefined;
  let first = 0;
  const make = (memory: MatrixKernels, length: number, width: number, at: number): Synapses => {
    const device = first;
    first += 2 * length;
    if (own.synapses === 'devices') {
      kernels ??= new PairKernels(memory, pairs);
      return kernels.pairs(length, device);
    }
    const weights = memory.array(length);
    if (own.synapses === 'integers') {
      const start = startingPulses(pairs, device, 2 * length);
      const hidden = Int32Array.from(weights, (_, k) => start[2 * k] - start[2 * k + 1]);
      return new IntegerSynapses(weights, hidden, own);
    }
    const half = 1 / Math.sqrt(width);
    const drawn = (_: number, k: number): number =>
      half * (2 * uniformDraw(seed, streams.initial, k, at) - 1);
    return new FloatSynapses(weights, Float32Array.from(weights, drawn));
  };
  return new BinaryNetwork(shapes, bytes + PairKernels.bytes(own.mostPulses), make);
}
