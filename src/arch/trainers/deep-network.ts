/**
 * Deep networks of restricted Boltzmann machines, layer by layer (Parmar and Suri, "Design exploration
 * of hybrid CMOS-OxRAM deep generative architectures"): a deep belief network that classifies by a
 * softmax layer on top, or a stacked denoising autoencoder that takes noise off images. In floating
 * point, or with eight binary OxRAM devices for each weight, updates of ±1 step, and stochastic neurons
 * whose thresholds follow the cycle-to-cycle distribution.
 */
import { z } from 'zod';
import type { TransferCharacteristic } from '../characterize/index.js';
import { firstSamples, type LabelledData, shuffled } from '../datasets/index.js';
import {
  BoltzmannMachine,
  characteristicNeuron,
  CodedArray,
  type DrawPlace,
  FineTuning,
  FloatArray,
  fillUniform,
  type LearntArray,
  logisticNeuron,
  type Neuron,
  oxramNeuron,
  TabulatedNeuron,
  type TunedMachine,
} from '../networks/deep/index.js';
import { MatrixKernels } from '../tensor/index.js';
import { deepFigures } from './deep-figures.js';
import { endurance } from './endurance.js';
import { normalDraw } from './draws.js';
import { type GainChoice, gainTuningSettings, tuneGain } from './gain-tuning.js';
import { SoftmaxLayer } from './softmax-layer.js';
import { imagesFigure, type TrainingFigure } from './training-figure.js';
import type {
  SettingProblem,
  Trainer,
  Training,
  TrainingReport,
  TrainingResult,
  World,
} from './trainer.js';

const perLayer = z.union([z.number().positive(), z.array(z.number().positive())]);

const settings = z.strictObject({
  data: z.string().default('mnist'),
  /** Samples that are learnt from, and samples that judge: the first ones of each part. */
  training: z.int().positive().default(5000),
  test: z.int().positive().default(1000),
  task: z.enum(['classify', 'denoise']),
  /** Hidden units of each machine. */
  layers: z.array(z.int().positive()).min(1),
  /** Of each machine. */
  epochs: z.array(z.int().positive()).min(1),
  batch: z.int().positive().default(100),
  /** Floating point, or codes of eight OxRAM devices. */
  weights: z.enum(['float', 'oxram']).default('float'),
  neurons: z.enum(['logistic', 'oxram', 'circuit']).default('logistic'),
  /**
   * Of neurons of the kind 'circuit': the characteristic of the probability to fire, or the
   * specification (`.characterize.json`) that it is made from.
   */
  neuron: z.string().optional(),
  /** What one step of a code stands for. */
  leastStep: z
    .number()
    .positive()
    .default(1 / 64),
  /** A difference of the sums ⟨v h⟩ of a mini-batch up to this moves no code. */
  deadBand: z.number().min(0).default(0),
  learningRate: z.number().positive().default(0.1),
  momentum: z.tuple([z.number(), z.number()]).default([0.5, 0.9]),
  penalty: z.number().min(0).default(2e-4),
  /**
   * Gain of V_OxRAM: one for all layers, or one for each. `auto`: before a machine is trained it is
   * the one of some candidates with which short trainings reconstruct best.
   */
  gain: z.union([perLayer, z.literal('auto')]).default(1),
  /** How gains are found. */
  gainTuning: gainTuningSettings.optional(),
  /** Gain of the normalization block before the neurons of each layer. */
  normalization: perLayer.default(1),
  /** Threshold of the OxRAM neuron at gain 1, relative to the swing of its sigmoid. */
  thresholdMedian: z.number().positive().default(0.5),
  /** Spread of ln(threshold): the cycle-to-cycle distribution. */
  thresholdSpread: z.number().positive().default(0.4),
  /** Density of salt and pepper on the images of a denoising test. */
  noise: z.number().min(0).max(1).default(0.05),
  readout: z
    .strictObject({
      epochs: z.int().min(0).default(50),
      learningRate: z.number().positive().default(0.1),
    })
    .prefault({}),
  /** Back-propagation through all layers after the layer-by-layer training. */
  fineTuning: z
    .strictObject({
      epochs: z.int().min(0).default(0),
      learningRate: z.number().positive().default(0.1),
    })
    .prefault({}),
});
type Settings = z.output<typeof settings>;

const streams = { order: 2, readoutOrder: 6, noise: 7, initial: 8, tuningNoise: 9 };
/** Standard deviation of the weights at the beginning (Hinton 2010, section 8). */
const initialDeviation = 0.01;

export const deepNetwork: Trainer<Settings> = {
  name: 'deep-network',
  title: 'Boltzmann machines layer by layer, by contrastive divergence',
  settings: settings
    .refine(({ layers, epochs }) => layers.length === epochs.length, {
      message: "'epochs' has a number for each of the layers",
      path: ['epochs'],
    })
    .refine(({ neurons, neuron }) => (neurons === 'circuit') === (neuron !== undefined), {
      message: "neurons of the kind 'circuit', and only these, have a characteristic",
      path: ['neuron'],
    })
    .refine(({ gain, gainTuning }) => gain === 'auto' || gainTuning === undefined, {
      message: "only a gain that is 'auto' is tuned",
      path: ['gainTuning'],
    }),
  measures: [
    { name: 'top1', unit: '%', doc: 'test samples whose class has the largest output' },
    { name: 'top3', unit: '%', doc: 'test samples whose class is among the largest three' },
    { name: 'top5', unit: '%', doc: 'test samples whose class is among the largest five' },
    { name: 'mse', unit: '', doc: 'mean square error of the images that noise was taken off' },
    { name: 'mostSwitches', unit: '', doc: 'changes of the device of a weight that changed most' },
  ],
  needs: ({ data, neuron }) => ({
    data: [data],
    characteristics: neuron === undefined ? [] : [neuron],
  }),
  check: checkDeepNetwork,
  start: (own, world, seed) => new DeepTraining(own, world, seed),
};

/** What the settings ask of data and layers that these do not have. */
function checkDeepNetwork(own: Settings, world: World): SettingProblem[] {
  const { training, test } = world.data(own.data);
  const left = test ? test.count : training.count - own.training;
  const perLayer = ['gain', 'normalization'] as const;
  const found: (SettingProblem | false)[] = [
    own.training > training.count && {
      setting: 'training',
      message: `'${own.data}' has ${training.count} samples to learn from, not ${own.training}`,
    },
    own.training <= training.count &&
      own.test > left && {
        setting: 'test',
        message: `'${own.data}' has ${left} samples left that can judge, not ${own.test}`,
      },
    training.inputs instanceof Float64Array &&
      training.inputs.some((x) => x < 0) && {
        setting: 'data',
        message: `'${own.data}' has negative numbers, and units of a Boltzmann machine go from 0 to 1`,
      },
    own.neurons !== 'oxram' &&
      own.gain !== 1 && {
        setting: 'gain',
        message: `'gain' is of V_OxRAM, which neurons of the kind '${own.neurons}' do not have`,
      },
    ...perLayer.map((setting) => {
      const values = own[setting];
      if (typeof values !== 'object' || values.length === own.layers.length) return false;
      return {
        setting,
        message: `'${setting}' has a number for each of the layers, or one for all`,
      };
    }),
  ];
  return found.filter((each) => each !== false);
}

class DeepTraining implements Training {
  readonly #settings: Settings;
  readonly #seed: number;
  readonly #kernels: MatrixKernels;
  readonly #machines: readonly BoltzmannMachine[];
  readonly #softmax: SoftmaxLayer;
  readonly #tuning: FineTuning;
  readonly #tuned: readonly TunedMachine[];
  /** Inputs from 0 to 1 of each layer; that of the first are the samples. */
  readonly #inputs: Float32Array[];
  readonly #labels: Uint8Array;
  readonly #tested: Float32Array;
  readonly #testedLabels: Uint8Array;
  readonly #classes: readonly string[];
  /** Which circuit the neurons are taken from. */
  readonly #circuit: TransferCharacteristic | undefined;
  /** Of images. */
  readonly #shape: LabelledData['shape'];
  /** Of the hidden units of each machine, which are what the next machine sees. */
  readonly #neurons: readonly TabulatedNeuron[];
  /** What was found so far, where gains are found. */
  readonly #gains: GainChoice[] = [];
  #step = 0;

  constructor(own: Settings, world: World, seed: number) {
    this.#settings = own;
    this.#seed = seed;
    const { training: all, test } = world.data(own.data);
    if (own.neuron !== undefined) this.#circuit = world.characteristic(own.neuron);
    const training = firstSamples(all, own.training);
    // A set without a test part is judged by the samples that follow.
    const tested = test
      ? firstSamples(test, own.test)
      : {
          ...all,
          inputs: all.inputs.subarray(training.count * all.features),
          labels: all.labels.subarray(training.count, training.count + own.test),
          count: Math.min(own.test, all.count - training.count),
        };
    const full = all.full ?? largest(all.inputs);
    const scaled = (part: typeof training): Float32Array =>
      Float32Array.from(part.inputs.subarray(0, part.count * part.features), (x) => x / full);
    this.#inputs = [scaled(training)];
    this.#labels = training.labels;
    this.#tested = scaled(tested);
    this.#testedLabels = tested.labels;
    this.#classes = all.classes;
    this.#shape = all.shape;
    this.#neurons = own.layers.map((_, k) => new TabulatedNeuron(this.#neuron(k)));
    const sizes = [all.features, ...own.layers].map((visible, k, list) => ({
      visible,
      hidden: list[k + 1],
      batch: own.batch,
    }));
    sizes.pop();
    const columns = Math.max(...sizes.flatMap(({ visible, hidden }) => [visible, hidden]));
    const bytes =
      sizes.reduce((sum, size) => sum + BoltzmannMachine.bytes(size), 0) +
      FineTuning.bytes(sizes, own.batch);
    this.#kernels = new MatrixKernels(bytes + MatrixKernels.reservedBytes(columns));
    this.#kernels.reserve(columns);
    this.#machines = sizes.map((size, k) => {
      const parts = {
        weights: this.#learnt(this.#initial(size.visible * size.hidden, k)),
        visibleBias: this.#learnt(new Float32Array(size.visible), 0),
        hiddenBias: this.#learnt(new Float32Array(size.hidden), 0),
        hiddenNeuron: this.#neurons[k],
        // The samples themselves are probabilities; hidden layers are what fires.
        visibleNeuron: k === 0 ? logisticTable : this.#neurons[k - 1],
      };
      return new BoltzmannMachine(this.#kernels, size, parts, own.weights === 'oxram');
    });
    this.#tuned = this.#machines.map((machine) => this.#tunedBy(machine));
    this.#tuning = new FineTuning(this.#kernels, this.#tuned, own.batch);
    const top = own.layers[own.layers.length - 1];
    this.#softmax = new SoftmaxLayer(top, this.#classes.length, (values) =>
      this.#learnt(values, own.penalty, own.readout.learningRate),
    );
  }

  /** Codes go on with theirs; numbers in floating point get a learning rate and momentum of their own. */
  #tunedBy(machine: BoltzmannMachine): TunedMachine {
    const { weights, visibleBias, hiddenBias } = machine.parts;
    const { learningRate } = this.#settings.fineTuning;
    const tuned = (array: LearntArray): LearntArray =>
      array instanceof CodedArray ? array : this.#learnt(array.values, 0, learningRate);
    return {
      machine,
      weights: tuned(weights),
      visibleBias: tuned(visibleBias),
      hiddenBias: tuned(hiddenBias),
    };
  }

  #initial(length: number, layer: number): Float32Array {
    const values = this.#kernels.array(length);
    for (let k = 0; k < length; k++)
      values[k] = initialDeviation * normalDraw(this.#seed, streams.initial, k, layer);
    return values;
  }

  #learnt(
    values: Float32Array,
    penalty = this.#settings.penalty,
    learningRate = this.#settings.learningRate,
  ): LearntArray {
    const { weights, leastStep, deadBand, momentum } = this.#settings;
    if (weights === 'oxram') return new CodedArray(values, { leastStep, deadBand });
    return new FloatArray(values, { learningRate, momentum, penalty });
  }

  #neuron(layer: number, gain = this.#gainOf(layer)): Neuron {
    const { neurons, normalization, thresholdMedian, thresholdSpread } = this.#settings;
    const slope = ofLayer(normalization, layer);
    if (neurons === 'logistic') return logisticNeuron(slope);
    const neuron = this.#circuit
      ? characteristicNeuron(this.#circuit)
      : oxramNeuron(gain, thresholdMedian, thresholdSpread);
    return { probability: (sum) => neuron.probability(slope * sum) };
  }

  /** 1 before it is found. */
  #gainOf(layer: number): number {
    const { gain } = this.#settings;
    return gain === 'auto' ? (this.#gains[layer]?.gain ?? 1) : ofLayer(gain, layer);
  }

  /** Finds the gain of a machine that is still untrained; returns how many samples that took. */
  #tuneGain(layer: number): number {
    const choice = tuneGain({
      settings: this.#settings.gainTuning ?? gainTuningSettings.parse({}),
      layer,
      machine: this.#machines[layer],
      inputs: this.#inputsOf(layer),
      seed: this.#seed,
      apply: (gain) => {
        this.#neurons[layer].follow(this.#neuron(layer, gain));
      },
    });
    this.#gains[layer] = choice;
    return choice.samples;
  }

  get steps(): number {
    return this.#greedySteps + this.#readoutSteps + this.#settings.fineTuning.epochs;
  }

  get #greedySteps(): number {
    return this.#settings.epochs.reduce((a, b) => a + b, 0);
  }

  get #readoutSteps(): number {
    const { task, readout } = this.#settings;
    return task === 'classify' ? readout.epochs : 0;
  }

  get step(): number {
    return this.#step;
  }

  advance(): TrainingReport {
    const tuned = this.#step - this.#greedySteps - this.#readoutSteps;
    if (tuned >= 0) {
      const tuning = this.#tune(tuned);
      this.#step++;
      return tuning;
    }
    const { layer, epoch } = this.#place();
    const report =
      layer < this.#machines.length ? this.#learnLayer(layer, epoch) : this.#learnTop(epoch);
    this.#step++;
    return report;
  }

  /** Which layer this step trains, and its epoch; beyond the machines it is the top. */
  #place(): { readonly layer: number; readonly epoch: number } {
    let epoch = this.#step;
    for (const [layer, epochs] of this.#settings.epochs.entries()) {
      if (epoch < epochs) return { layer, epoch };
      epoch -= epochs;
    }
    return { layer: this.#settings.epochs.length, epoch };
  }

  #learnLayer(layer: number, epoch: number): TrainingReport {
    const { batch, gain } = this.#settings;
    // Within the first epoch's step, so that a training which is restored has it whole or not at all.
    const tried = gain === 'auto' && epoch === 0 ? this.#tuneGain(layer) : 0;
    const machine = this.#machines[layer];
    const { visible } = machine.size;
    const inputs = this.#inputsOf(layer);
    const count = inputs.length / visible;
    const order = shuffled(count, this.#seed, streams.order, this.#step);
    const samples = new Float32Array(batch * visible);
    let error = 0;
    for (let from = 0, round = 0; from < count; from += batch, round++) {
      const rows = Math.min(batch, count - from);
      gather(inputs, order, from, rows, visible, samples);
      const place = this.#firstRound(count) + round;
      error += machine.learn(samples, rows, epoch, this.#seed, place);
    }
    const values = { layer: layer + 1, reconstruction: error / (count * visible), topError: 1 };
    return { samples: count + tried, values };
  }

  #learnTop(epoch: number): TrainingReport {
    const { batch } = this.#settings;
    const top = this.#machines.length;
    const { inputs: features } = this.#softmax;
    const inputs = this.#inputsOf(top);
    const count = inputs.length / features;
    const order = shuffled(count, this.#seed, streams.readoutOrder, epoch);
    const samples = new Float32Array(batch * features);
    const labels = new Uint8Array(batch);
    let wrong = 0;
    for (let from = 0; from < count; from += batch) {
      const rows = Math.min(batch, count - from);
      gather(inputs, order, from, rows, features, samples);
      for (let i = 0; i < rows; i++) labels[i] = this.#labels[order[from + i]];
      wrong += this.#softmax.learn(samples, labels, rows, epoch);
    }
    return {
      samples: count,
      values: { layer: top + 1, reconstruction: 0, topError: wrong / count },
    };
  }

  #tune(epoch: number): TrainingReport {
    const { batch, task } = this.#settings;
    const { visible } = this.#machines[0].size;
    const [inputs] = this.#inputs;
    const count = inputs.length / visible;
    const order = shuffled(count, this.#seed, streams.order, this.#step);
    const samples = new Float32Array(batch * visible);
    const labels = new Uint8Array(batch);
    let [loss, error] = [0, 0];
    for (let from = 0, round = this.#firstRound(count); from < count; from += batch, round++) {
      const rows = Math.min(batch, count - from);
      gather(inputs, order, from, rows, visible, samples);
      if (task === 'denoise') {
        const place = { seed: this.#seed, stream: streams.tuningNoise, round };
        const noisy = saltAndPepper(samples, this.#settings.noise, place);
        error += this.#tuning.reconstruct(noisy, samples, rows, epoch);
        continue;
      }
      for (let i = 0; i < rows; i++) labels[i] = this.#labels[order[from + i]];
      loss += this.#tuning.classify(samples, rows, epoch, (top, of, errors) =>
        this.#softmax.descend(top, labels, of, epoch, errors),
      );
    }
    // What layers see has changed with those below.
    this.#inputs.length = 1;
    const layer = this.#machines.length + 2;
    const reconstruction = error / (count * visible);
    return { samples: count, values: { layer, reconstruction, topError: loss / count } };
  }

  /** Number of the first mini-batch of a step, for draws: no two of a training share one. */
  #firstRound(count: number): number {
    return this.#step * Math.max(4096, Math.ceil(count / this.#settings.batch));
  }

  /** What a layer sees of the training samples: probabilities of the layer below. */
  #inputsOf(layer: number): Float32Array {
    for (let k = this.#inputs.length; k <= layer; k++)
      this.#inputs[k] = this.#upward(this.#machines[k - 1], this.#inputs[k - 1]);
    return this.#inputs[layer];
  }

  #upward(machine: BoltzmannMachine, inputs: Float32Array): Float32Array {
    return inBatches(
      machine.size.visible,
      machine.size.hidden,
      machine.size.batch,
      inputs,
      (v, rows, h) => {
        machine.up(v, rows, h);
      },
    );
  }

  save(): unknown {
    return {
      step: this.#step,
      machines: this.#machines.map((machine) => machine.save()),
      softmax: this.#softmax.save(),
      tuned: this.#tuned.map(partsOf).map((parts) => parts.map((each) => each.save())),
      gains: this.#gains,
    };
  }

  restore(state: unknown): void {
    const { step, machines, softmax, tuned, gains } = state as {
      step: number;
      machines: unknown[];
      softmax: unknown;
      tuned: unknown[][];
      gains: readonly GainChoice[];
    };
    this.#step = step;
    this.#gains.splice(0, Infinity, ...gains);
    this.#neurons.forEach((neuron, k) => {
      neuron.follow(this.#neuron(k));
    });
    this.#machines.forEach((machine, k) => {
      machine.restore(machines[k]);
    });
    this.#softmax.restore(softmax);
    this.#tuned.map(partsOf).forEach((parts, k) => {
      parts.forEach((each, p) => {
        each.restore(tuned[k][p]);
      });
    });
    this.#inputs.length = 1;
  }

  finish(): TrainingResult {
    const { task } = this.#settings;
    const judged = task === 'classify' ? this.#classify() : this.#denoise();
    const switching = this.#switching();
    const { figures: pictures = [], ...details } = judged.details as {
      figures?: readonly TrainingFigure[];
    };
    return {
      measures: {
        ...judged.measures,
        ...(switching ? { mostSwitches: switching.most } : {}),
      },
      details: {
        ...this.#provenance(),
        ...details,
        ...(switching ? { switching: switching.details } : {}),
        ...(this.#gains.length > 0 ? { gains: this.#gains } : {}),
        figures: [...pictures, ...deepFigures(this.#machines, this.#shape, this.#gains)],
      },
    };
  }

  #provenance(): Record<string, unknown> {
    if (!this.#circuit) return {};
    const { name, circuitHash } = this.#circuit;
    return { characteristics: [{ name, circuitHash }] };
  }

  #classify(): TrainingResult {
    let features = this.#tested;
    for (const machine of this.#machines) features = this.#upward(machine, features);
    const { hits, confusion } = this.#softmax.judge(features, this.#testedLabels, [1, 3, 5]);
    const [top1, top3, top5] = hits.map((part) => 100 * part);
    return {
      measures: { top1, top3, top5 },
      details: { classes: this.#classes, confusion: confusion.rows },
    };
  }

  /** Noisy test images up to the top and down again, beside the clean ones. */
  #denoise(): TrainingResult {
    const place = { seed: this.#seed, stream: streams.noise, round: 0 };
    const noisy = saltAndPepper(this.#tested, this.#settings.noise, place);
    let values = noisy;
    for (const machine of this.#machines) values = this.#upward(machine, values);
    for (const machine of [...this.#machines].reverse()) {
      const { visible, hidden, batch } = machine.size;
      values = inBatches(hidden, visible, batch, values, (h, rows, v) => {
        machine.down(h, rows, v);
      });
    }
    const parts = { clean: this.#tested, noisy, denoised: values };
    const title = `Images with ${Number((100 * this.#settings.noise).toPrecision(3))} % of salt and pepper`;
    const figures = this.#shape ? [imagesFigure('images', title, this.#shape, parts)] : [];
    return {
      measures: { mse: meanSquare(values, this.#tested) },
      details: {
        noisyMse: meanSquare(noisy, this.#tested),
        figures,
      },
    };
  }

  #switching(): ReturnType<typeof endurance> | undefined {
    if (this.#settings.weights !== 'oxram') return undefined;
    const { training, batch, epochs, readout, fineTuning } = this.#settings;
    const weightFlips = this.#machines.map(({ parts }) => flipsOf(parts.weights));
    return endurance({
      weights: [...weightFlips, flipsOf(this.#softmax.weights)],
      states: this.#machines.map(({ stateFlips }) => stateFlips),
      batches: Math.ceil(training / batch),
      batch,
      epochs: [...epochs, readout.epochs],
      tuning: fineTuning.epochs,
    });
  }
}

const logisticTable = new TabulatedNeuron(logisticNeuron());

function ofLayer(value: number | readonly number[], layer: number): number {
  return typeof value === 'number' ? value : value[Math.min(layer, value.length - 1)];
}

function gather(
  inputs: Float32Array,
  order: Uint32Array,
  from: number,
  rows: number,
  width: number,
  samples: Float32Array,
): void {
  for (let i = 0; i < rows; i++) {
    const at = order[from + i] * width;
    samples.set(inputs.subarray(at, at + width), i * width);
  }
}

/** Carries rows through a function that takes a batch at a time. */
function inBatches(
  from: number,
  to: number,
  batch: number,
  inputs: Float32Array,
  carry: (inputs: Float32Array, rows: number, outputs: Float32Array) => void,
): Float32Array {
  const count = inputs.length / from;
  const outputs = new Float32Array(count * to);
  for (let k = 0; k < count; k += batch) {
    const rows = Math.min(batch, count - k);
    carry(inputs.subarray(k * from, (k + rows) * from), rows, outputs.subarray(k * to));
  }
  return outputs;
}

/** Sets a part of the pixels to 0 or 1. */
function saltAndPepper(images: Float32Array, density: number, place: DrawPlace): Float32Array {
  const noisy = images.slice();
  const uniform = new Float32Array(images.length);
  fillUniform(uniform, images.length, place);
  for (let k = 0; k < noisy.length; k++)
    if (uniform[k] < density) noisy[k] = uniform[k] < density / 2 ? 0 : 1;
  return noisy;
}

function partsOf({ weights, visibleBias, hiddenBias }: TunedMachine): LearntArray[] {
  return [weights, visibleBias, hiddenBias];
}

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let k = 0; k < values.length; k++) most = Math.max(most, values[k]);
  return most;
}

function flipsOf(array: LearntArray): Uint32Array {
  return array instanceof CodedArray ? array.flips : new Uint32Array();
}

function meanSquare(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] - b[k]) ** 2;
  return sum / a.length;
}
