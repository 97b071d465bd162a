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
import {
  characteristicSynapse,
  GridNetwork,
  gridSettings,
  synapseMismatch,
  type SynapseModel,
  teamSynapse,
} from '../networks/synapse-grid/index.js';
import { drawStreams, normalDraw, uniformDraw } from './draws.js';
import {
  type OnlineLearner,
  onlineMeasures,
  onlineSettings,
  OnlineTraining,
} from './online-training.js';
import {
  checkSplit,
  type Samples,
  splitSamples,
  type SplitSamples,
  splitSettings,
} from './split-samples.js';
import type { SettingProblem, Trainer, TrainingResult, World } from './trainer.js';
import { histogramFigure, type TrainingFigure } from './training-figure.js';

const settings = z.strictObject({
  ...splitSettings,
  ...gridSettings,
  /**
   * Characteristics of the synapse's circuit while read and written: paths of their files, or of the
   * specifications (`.characterize.json`) that they are made from. Left out: TEAM as its equations.
   */
  synapse: z.strictObject({ read: z.string(), write: z.string() }).optional(),
  ...onlineSettings,
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
  /** Factors of the lengths of writing pulses, one a layer; 1 where absent. */
  writeFactors: z.array(z.number().positive()).optional(),
  /** What a write sees of an input: the input itself, or its root beyond the synapse's threshold. */
  writeShape: z.enum(['linear', 'square-root']).optional(),
  /** Multiplies the lengths of pulses after each so many passes over the training samples. */
  decay: z
    .strictObject({ every: z.int().positive(), factor: z.number().positive().max(1) })
    .optional(),
});
type Settings = z.output<typeof settings>;

export const synapseGrid: Trainer<Settings> = {
  name: 'synapse-grid',
  title: '2T1M synapses, online gradient descent by voltages and pulses',
  settings,
  measures: [
    ...onlineMeasures,
    { name: 'circuitTime', unit: 's', doc: 'time that the circuit needs for the training' },
  ],
  needs: ({ data, synapse }) => ({
    data: [data],
    characteristics: synapse ? [synapse.read, synapse.write] : [],
  }),
  check: (own, world) => [
    ...checkSplit(own, world),
    ...checkSynapse(own, world),
    ...checkLayers(own),
  ],
  start: (own, world, seed) => {
    const split = splitSamples(own, world, seed);
    return new OnlineTraining(split, new GridLearner(own, split, world, seed), own, seed);
  },
};

function checkSynapse({ synapse }: Settings, world: World): SettingProblem[] {
  if (!synapse) return [];
  const [read, write] = [synapse.read, synapse.write].map((path) => world.characteristic(path));
  const unfit = synapseMismatch(read, write);
  return unfit === undefined ? [] : [{ setting: 'synapse', message: unfit }];
}

function checkLayers({ hidden, writeFactors }: Settings): SettingProblem[] {
  const layers = hidden.length + 1;
  if (!writeFactors || writeFactors.length === layers) return [];
  const message = `${layers} layers take as many factors, not ${writeFactors.length}`;
  return [{ setting: 'writeFactors', message }];
}

/** A synapse, and what the file of results says of where it comes from. */
interface SynapseSource {
  readonly synapse: SynapseModel;
  /** Of characteristics: their circuits. */
  readonly circuits?: readonly { readonly name: string; readonly circuitHash: string }[];
  /** How often characteristics have been asked beyond their domain. */
  readonly outside: () => number;
}

function synapseOf(own: Settings, world: World): SynapseSource {
  if (!own.synapse) return { synapse: teamSynapse(own), outside: () => 0 };
  const reading = world.characteristic(own.synapse.read);
  const writing = world.characteristic(own.synapse.write);
  const synapse = characteristicSynapse(reading, writing, own.rref);
  const circuits = [reading, writing].map(({ name, circuitHash }) => ({ name, circuitHash }));
  return { synapse, circuits, outside: synapse.outside };
}

/** What a continuation needs. */
interface LearnerState {
  readonly states: readonly Float64Array[];
  readonly outside: number;
}

class GridLearner implements OnlineLearner {
  /** Learning curves are in millivolts. */
  readonly errorUnit = 1e-3;
  readonly #settings: Settings;
  readonly #seed: number;
  readonly #network: GridNetwork;
  readonly #source: SynapseSource;
  readonly #target: readonly [number, number];
  readonly #errors: Float64Array;
  /** Of the thermal noise of rout, standard deviation [V]. */
  readonly #thermal: number;
  /** Values outside of the domain before the training was restored. */
  #outsideBefore = 0;

  constructor(own: Settings, { training, classes }: SplitSamples, world: World, seed: number) {
    this.#settings = own;
    this.#seed = seed;
    this.#source = synapseOf(own, world);
    const { features } = training;
    this.#network = new GridNetwork(features, classes.length, own, this.#source.synapse);
    this.#errors = new Float64Array(classes.length);
    this.#spreadStates();
    // −d for two classes, 0 otherwise: docs/networks/synapse-grids.md has what the other choice does.
    this.#target = own.target ?? [8e-3, classes.length === 2 ? -8e-3 : 0];
    const kelvin = (own.noiseTemperature ?? -273.15) + 273.15;
    this.#thermal = Math.sqrt(4 * boltzmann * kelvin * own.rout * own.noiseBandwidth);
  }

  #spreadStates(): void {
    const { spread } = this.#settings;
    for (const [layer, { grid }] of this.#network.layers.entries())
      for (let k = 0; k < grid.states.length; k++)
        grid.states[k] += spread * (2 * uniformDraw(this.#seed, drawStreams.initial, layer, k) - 1);
  }

  respond(samples: Samples, index: number): Float64Array {
    const { inputScale } = this.#settings;
    const { inputs } = this.#network;
    const { features, inputs: all } = samples;
    for (let m = 0; m < features; m++) inputs[m] = inputScale * all[index * features + m];
    return this.#network.respond();
  }

  /** One iteration: read, error, inverted read, write. Returns the sum of the squared errors [V²]. */
  learn(samples: Samples, index: number, iteration: number, pass: number): number {
    const outputs = this.#respondNoisily(samples, index, iteration);
    let square = 0;
    for (let n = 0; n < outputs.length; n++) {
      this.#errors[n] = this.#target[n === samples.labels[index] ? 0 : 1] - outputs[n];
      square += this.#errors[n] ** 2;
    }
    this.#network.propagateBack(this.#errors);
    const { decay } = this.#settings;
    this.#network.write(decay ? decay.factor ** Math.floor(pass / decay.every) : 1);
    return square;
  }

  /** Noise is drawn for an iteration of training only. */
  #respondNoisily(samples: Samples, index: number, iteration: number): Float64Array {
    const { inputScale, inputNoise } = this.#settings;
    const { inputs } = this.#network;
    const { features, inputs: all } = samples;
    for (let m = 0; m < features; m++) {
      const noise =
        inputNoise > 0
          ? inputNoise * (2 * uniformDraw(this.#seed, drawStreams.inputNoise, iteration, m) - 1)
          : 0;
      inputs[m] = inputScale * all[index * features + m] * (1 + noise);
    }
    if (this.#thermal === 0) return this.#network.respond();
    return this.#network.respond((outputs, layer) => {
      this.#addNoise(outputs, iteration, layer);
    });
  }

  /** Of rout, and amplified as the signal is. */
  #addNoise(outputs: Float64Array, iteration: number, layer: number): void {
    for (let n = 0; n < outputs.length; n++) {
      const draw = normalDraw(this.#seed, drawStreams.thermalNoise, iteration, layer * 65536 + n);
      outputs[n] += this.#settings.a * this.#thermal * draw;
    }
  }

  save(): unknown {
    const states = this.#network.layers.map(({ grid }) => grid.states);
    return { states, outside: this.#outside() } satisfies LearnerState;
  }

  restore(state: unknown): void {
    const { states, outside } = state as LearnerState;
    this.#outsideBefore += outside - this.#outside();
    this.#network.layers.forEach(({ grid }, k) => {
      grid.states.set(states[k]);
    });
  }

  #outside(): number {
    return this.#outsideBefore + this.#source.outside();
  }

  finish(samples: number): TrainingResult {
    const { layers } = this.#network;
    const { circuits: characteristics } = this.#source;
    return {
      measures: { circuitTime: samples * this.#iterationTime() },
      details: {
        states: layers.map(({ grid }) => [...grid.states]),
        figures: layers.map(({ grid }, k) => stateFigure(k, grid.states)),
        devices: this.#devices(),
        ...(characteristics ? { characteristics, outside: this.#outside() } : {}),
      },
    };
  }

  /** Read, inverted read where there are hidden layers, write (table 1): [s]. */
  #iterationTime(): number {
    const { hidden, writeTime, writeFactors = [1] } = this.#settings;
    return 5e-6 * (hidden.length > 0 ? 2 : 1) + Math.max(1, ...writeFactors) * writeTime;
  }

  /** What each synapse is made of: two transistors, memristor, capacitor, reference with its switch. */
  #devices(): Record<string, number> {
    const synapses = this.#network.layers.reduce((sum, { grid }) => sum + grid.states.length, 0);
    return {
      synapses,
      memristors: synapses,
      transistors: 3 * synapses,
      capacitors: synapses,
      resistors: synapses,
    };
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
