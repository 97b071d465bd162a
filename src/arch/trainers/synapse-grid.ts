/**
 * Networks of 2T1M synapses by online gradient descent at the level of voltages (Rosenthal et al.,
 * ISCAS 2016): each sample is read, its error y = d − r is formed, and written by pulses whose length
 * is proportional to |y|. With hidden layers, r goes through σ(r) = tanh(σ′(0)·r) to the next grid (6),
 * and the error comes back by an inverted read, y_k = σ′(r_k)·δ_{k+1} (7).
 *
 * The update is linear in |y|, and quadratic in the excess of the input's current over TEAM's
 * threshold: ΔW ∝ (|u|/(R·threshold) − 1)²·|y|, not u·y. Inputs below some 0.1 V do not move a synapse.
 */
import { z } from 'zod';
import { boltzmann } from '../../base/index.js';
import { shuffled } from '../datasets/index.js';
import {
  characteristicSynapse,
  gridSettings,
  SynapseGrid,
  synapseMismatch,
  type SynapseModel,
  teamSynapse,
} from '../networks/synapse-grid/index.js';
import { argmax, Confusion } from './confusion.js';
import { drawStreams, normalDraw, uniformDraw } from './draws.js';
import {
  checkSplit,
  type Samples,
  splitSamples,
  type SplitSamples,
  splitSettings,
} from './split-samples.js';
import type { Trainer, Training, TrainingReport, TrainingResult, World } from './trainer.js';
import { histogramFigure, type TrainingFigure } from './training-figure.js';

const settings = z.strictObject({
  ...splitSettings,
  ...gridSettings,
  /**
   * Characteristics of the synapse's circuit while read and written: paths of their files, or of the
   * specifications (`.characterize.json`) that they are made from. Left out: TEAM as its equations.
   */
  synapse: z.strictObject({ read: z.string(), write: z.string() }).optional(),
  /** Training iterations, one sample each. */
  samples: z.int().positive(),
  /** Neurons of hidden layers; none for a single layer. */
  hidden: z.array(z.int().positive()).default([]),
  /** Slope σ′(0) of the neurons [1/V]. */
  neuronGain: z.number().positive().default(500),
  /** Largest voltage of a hidden neuron [V]. */
  neuronScale: z.number().positive().default(0.6),
  /** Factor of the errors that go back to hidden layers. */
  backward: z.number().positive().default(1),
  /** States begin at 0.5 ± so much; hidden layers need it, or all stays zero. */
  spread: z.number().min(0).max(0.5).default(0),
  /** Error of the inputs, uniform, relative. */
  inputNoise: z.number().min(0).default(0),
  /** Temperature of the thermal noise of rout [°C]; absent: none. */
  noiseTemperature: z.number().min(-273.15).optional(),
  /** Of the thermal noise [Hz]. */
  noiseBandwidth: z.number().positive().default(1e6),
  /** Output of the true class, and of the others [V]; for two classes they are opposite. */
  target: z.tuple([z.number(), z.number()]).optional(),
});
type Settings = z.output<typeof settings>;

const orderStream = 2;

export const synapseGrid: Trainer<Settings> = {
  name: 'synapse-grid',
  title: '2T1M synapses, online gradient descent by voltages and pulses',
  settings,
  measures: [
    { name: 'error', unit: '%', doc: 'test samples with a wrong answer' },
    { name: 'trainingError', unit: '%', doc: 'training samples with a wrong answer' },
    { name: 'circuitTime', unit: 's', doc: 'time that the circuit needs for the training' },
  ],
  needs: ({ data, synapse }) => ({
    data: [data],
    characteristics: synapse ? [synapse.read, synapse.write] : [],
  }),
  check: (own, world) => {
    const { synapse } = own;
    const problems = checkSplit(own, world);
    if (!synapse) return problems;
    const [read, write] = [synapse.read, synapse.write].map((path) => world.characteristic(path));
    const unfit = synapseMismatch(read, write);
    return unfit === undefined ? problems : [...problems, { setting: 'synapse', message: unfit }];
  },
  start: (own, world, seed) => new SynapseGridTraining(own, world, seed),
};

/** One grid with what it reads and gives; the last input is the bias. */
interface Layer {
  readonly grid: SynapseGrid;
  readonly inputs: Float64Array;
  /** r [V]. */
  readonly outputs: Float64Array;
  /** y [V]. */
  readonly errors: Float64Array;
  /** δ of the layer before [V]. */
  readonly sums: Float64Array;
}

class SynapseGridTraining implements Training {
  readonly #settings: Settings;
  readonly #split: SplitSamples;
  readonly #seed: number;
  readonly #layers: readonly Layer[];
  readonly #target: readonly [number, number];
  readonly #thermal: number;
  readonly #synapse: SynapseModel;
  /** Which circuits the synapse was read from. */
  readonly #provenance: () => Record<string, unknown> = () => ({});
  /** How often the synapse's characteristics have been asked beyond their domain. */
  readonly #outside: () => number = () => 0;
  /** Of that before the training was restored. */
  #outsideBefore = 0;
  #step = 0;

  constructor(own: Settings, world: World, seed: number) {
    this.#settings = own;
    const split = splitSamples(own, world, seed);
    this.#split = split;
    this.#seed = seed;
    this.#synapse = teamSynapse(own);
    if (own.synapse) {
      const reading = world.characteristic(own.synapse.read);
      const writing = world.characteristic(own.synapse.write);
      const synapse = characteristicSynapse(reading, writing, own.rref);
      this.#synapse = synapse;
      this.#provenance = () => ({
        characteristics: [reading, writing].map(({ name, circuitHash }) => ({ name, circuitHash })),
        outside: this.#outside(),
      });
      this.#outside = () => this.#outsideBefore + synapse.outside();
    }
    const sizes = [split.training.features, ...own.hidden, split.classes.length];
    this.#layers = sizes.slice(1).map((rows, k) => this.#layer(k, sizes[k] + 1, rows));
    // −d for two classes, 0 otherwise: what the paper leaves open makes no difference to its figures.
    this.#target = own.target ?? [8e-3, split.classes.length === 2 ? -8e-3 : 0];
    const kelvin = (own.noiseTemperature ?? -273.15) + 273.15;
    this.#thermal = Math.sqrt(4 * boltzmann * kelvin * own.rout * own.noiseBandwidth);
  }

  #layer(number: number, columns: number, rows: number): Layer {
    const grid = new SynapseGrid(columns, rows, this.#settings, this.#synapse);
    const { spread } = this.#settings;
    for (let k = 0; k < grid.states.length; k++)
      grid.states[k] += spread * (2 * uniformDraw(this.#seed, drawStreams.initial, number, k) - 1);
    return {
      grid,
      inputs: new Float64Array(columns),
      outputs: new Float64Array(rows),
      errors: new Float64Array(rows),
      sums: new Float64Array(columns),
    };
  }

  /** Passes over the training samples, the last one perhaps cut short. */
  get steps(): number {
    return Math.ceil(this.#settings.samples / this.#split.training.count);
  }

  get step(): number {
    return this.#step;
  }

  advance(): TrainingReport {
    const { training, test } = this.#split;
    const done = this.#step * training.count;
    const samples = Math.min(training.count, this.#settings.samples - done);
    const order = shuffled(training.count, this.#seed, orderStream, this.#step);
    let square = 0;
    for (let k = 0; k < samples; k++) square += this.#learn(order[k], done + k);
    this.#step++;
    const loss = square / (samples * this.#split.classes.length);
    return {
      samples,
      values: {
        error: 100 * this.#judge(test).error,
        trainingError: 100 * this.#judge(training).error,
        // Millivolts.
        rmsError: 1e3 * Math.sqrt(loss),
      },
    };
  }

  save(): unknown {
    const states = this.#layers.map(({ grid }) => grid.states);
    return { step: this.#step, states, outside: this.#outside() };
  }

  restore(state: unknown): void {
    const { step, states, outside } = state as {
      step: number;
      states: Float64Array[];
      outside: number;
    };
    this.#step = step;
    this.#outsideBefore += outside - this.#outside();
    this.#layers.forEach(({ grid }, k) => {
      grid.states.set(states[k]);
    });
  }

  finish(): TrainingResult {
    const { training, test, classes } = this.#split;
    const judged = this.#judge(test);
    const { samples, hidden, writeTime } = this.#settings;
    // Read, inverted read where there are hidden layers, write (table 1).
    const iteration = 5e-6 * (hidden.length > 0 ? 2 : 1) + writeTime;
    return {
      measures: {
        error: 100 * judged.error,
        trainingError: 100 * this.#judge(training).error,
        circuitTime: samples * iteration,
      },
      details: {
        classes,
        confusion: judged.rows,
        states: this.#layers.map(({ grid }) => [...grid.states]),
        figures: this.#layers.map(({ grid }, k) => stateFigure(k, grid.states)),
        devices: this.#devices(),
        ...this.#provenance(),
      },
    };
  }

  /** What each synapse is made of: two transistors, memristor, capacitor, reference with its switch. */
  #devices(): Record<string, number> {
    const synapses = this.#layers.reduce((sum, { grid }) => sum + grid.states.length, 0);
    return {
      synapses,
      memristors: synapses,
      transistors: 3 * synapses,
      capacitors: synapses,
      resistors: synapses,
    };
  }

  /** One iteration: read, error, write. Returns the sum of the squared errors [V²]. */
  #learn(index: number, iteration: number): number {
    const { training } = this.#split;
    this.#respond(training, index, iteration);
    const last = this.#layers[this.#layers.length - 1];
    let square = 0;
    for (let n = 0; n < last.errors.length; n++) {
      last.errors[n] = this.#target[n === training.labels[index] ? 0 : 1] - last.outputs[n];
      square += last.errors[n] ** 2;
    }
    this.#propagateBack();
    for (const { grid, inputs, errors } of this.#layers) grid.write(inputs, errors);
    return square;
  }

  /** (7), (8); σ′ by the approximation (9). */
  #propagateBack(): void {
    const { neuronGain, backward } = this.#settings;
    for (let k = this.#layers.length - 1; k > 0; k--) {
      const { grid, errors, sums } = this.#layers[k];
      const before = this.#layers[k - 1];
      grid.readInverted(errors, sums);
      for (let m = 0; m < before.errors.length; m++) {
        const slope = neuronGain * (1 - Math.tanh(neuronGain * before.outputs[m]) ** 2);
        before.errors[m] = backward * slope * sums[m];
      }
    }
  }

  /** Reads a sample through all layers. Noise is drawn for an iteration of training only. */
  #respond(samples: Samples, index: number, iteration?: number): void {
    const { inputScale, bias, neuronGain, neuronScale, inputNoise } = this.#settings;
    const { features, inputs: all } = samples;
    const first = this.#layers[0].inputs;
    for (let m = 0; m < features; m++) {
      const noise =
        iteration !== undefined && inputNoise > 0
          ? inputNoise * (2 * uniformDraw(this.#seed, drawStreams.inputNoise, iteration, m) - 1)
          : 0;
      first[m] = inputScale * all[index * features + m] * (1 + noise);
    }
    for (const [k, { grid, inputs, outputs }] of this.#layers.entries()) {
      inputs[inputs.length - 1] = bias;
      grid.read(inputs, outputs);
      if (iteration !== undefined && this.#thermal > 0) this.#addNoise(outputs, iteration, k);
      const next = this.#layers[k + 1]?.inputs;
      if (!next) return;
      for (let n = 0; n < outputs.length; n++)
        next[n] = neuronScale * Math.tanh(neuronGain * outputs[n]);
    }
  }

  /** Of rout, and amplified as the signal is. */
  #addNoise(outputs: Float64Array, iteration: number, layer: number): void {
    for (let n = 0; n < outputs.length; n++) {
      const draw = normalDraw(this.#seed, drawStreams.thermalNoise, iteration, layer * 65536 + n);
      outputs[n] += this.#settings.a * this.#thermal * draw;
    }
  }

  #judge(samples: Samples): Confusion {
    const confusion = new Confusion(this.#split.classes.length);
    const { outputs } = this.#layers[this.#layers.length - 1];
    for (let i = 0; i < samples.count; i++) {
      this.#respond(samples, i);
      confusion.add(samples.labels[i], argmax(outputs));
    }
    return confusion;
  }
}

function stateFigure(layer: number, states: Float64Array): TrainingFigure {
  const about = {
    title: `States of the synapses of layer ${layer + 1}`,
    subtitle: `${states.length} memristors; 0 is on, 1 is off, and 0.5 a weight of zero`,
    label: 'State',
    heading: 'Synapses',
  };
  return histogramFigure(`states-${layer + 1}`, about, states);
}
