import { shuffled } from '../datasets/index.js';
import type { HiddenDecisions } from '../networks/deep/index.js';
import { DeepNeurons } from './deep-neurons.js';
import { saltAndPepper } from './deep-denoising.js';
import { deepResult } from './deep-results.js';
import { deepSamples, type DeepSamples } from './deep-samples.js';
import { type DeepSettings, tunedGain, tuningOf } from './deep-settings.js';
import { DeepStack } from './deep-stack.js';
import { type GainChoice, type TunedGain, tuneGain } from './gain-tuning.js';
import { gather } from './mini-batches.js';
import type { Training, TrainingReport, TrainingResult, World } from './trainer.js';

const streams = { order: 2, readoutOrder: 6, tuningNoise: 9 };

/** Layer by layer from below, then the layer on top, then all together: a step is an epoch of one. */
export class DeepTraining implements Training {
  readonly #settings: DeepSettings;
  readonly #seed: number;
  readonly #samples: DeepSamples;
  readonly #neurons: DeepNeurons;
  readonly #stack: DeepStack;
  /** What each layer sees, as far as the layers below are trained. */
  readonly #inputs: Float32Array[];
  /** What was found so far, where gains are found. */
  readonly #gains: GainChoice[] = [];
  #step = 0;

  /** Hidden units follow `neurons`, and `decisions` may decide for some of them. */
  constructor(
    own: DeepSettings,
    world: World,
    seed: number,
    neurons = new DeepNeurons(own, world),
    decisions?: HiddenDecisions,
  ) {
    this.#settings = own;
    this.#seed = seed;
    this.#samples = deepSamples(own, world, seed);
    this.#neurons = neurons;
    const { features, classes, training } = this.#samples;
    this.#stack = new DeepStack(own, seed, neurons, features, classes.length, decisions);
    this.#inputs = [training.inputs];
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
    const report = this.#carryOut();
    this.#step++;
    return report;
  }

  #carryOut(): TrainingReport {
    const tuned = this.#step - this.#greedySteps - this.#readoutSteps;
    if (tuned >= 0) return this.#tune(tuned);
    const { layer, epoch } = this.#place();
    if (layer < this.#stack.machines.length) return this.#learnLayer(layer, epoch);
    return this.#learnTop(epoch);
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
    const { batch } = this.#settings;
    const tuned = tunedGain(this.#settings);
    // Within the first epoch's step, so that a training which is restored has it whole or not at all.
    const tried = tuned && epoch === 0 ? this.#tuneGain(tuned, layer) : 0;
    const machine = this.#stack.machines[layer];
    const { visible } = machine.size;
    const inputs = this.#inputsOf(layer);
    const count = inputs.length / visible;
    const order = shuffled(count, this.#seed, streams.order, this.#step);
    const samples = new Float32Array(batch * visible);
    let error = 0;
    for (let from = 0, round = this.#firstRound(count); from < count; from += batch, round++) {
      const rows = Math.min(batch, count - from);
      gather(inputs, order, from, rows, visible, samples);
      error += machine.learn(samples, rows, epoch, this.#seed, round);
    }
    const values = { layer: layer + 1, reconstruction: error / (count * visible), topError: 1 };
    return { samples: count + tried, values };
  }

  /** Finds the gain of a machine that is still untrained; returns how many samples that took. */
  #tuneGain(of: TunedGain, layer: number): number {
    const choice = tuneGain({
      of,
      settings: tuningOf(this.#settings),
      layer,
      machine: this.#stack.machines[layer],
      inputs: this.#inputsOf(layer),
      seed: this.#seed,
      apply: (gain) => {
        this.#neurons.setGain(of, layer, gain);
      },
    });
    this.#gains[layer] = choice;
    return choice.samples;
  }

  #learnTop(epoch: number): TrainingReport {
    const { batch } = this.#settings;
    const { top, machines } = this.#stack;
    const inputs = this.#inputsOf(machines.length);
    const count = inputs.length / top.inputs;
    const order = shuffled(count, this.#seed, streams.readoutOrder, epoch);
    const samples = new Float32Array(batch * top.inputs);
    let wrong = 0;
    for (let from = 0; from < count; from += batch) {
      const rows = Math.min(batch, count - from);
      gather(inputs, order, from, rows, top.inputs, samples);
      wrong += top.learn(samples, this.#labelsOf(order, from, rows), rows, epoch);
    }
    const values = { layer: machines.length + 1, reconstruction: 0, topError: wrong / count };
    return { samples: count, values };
  }

  #tune(epoch: number): TrainingReport {
    const { batch, task } = this.#settings;
    const { machines, tuning, top } = this.#stack;
    const { visible } = machines[0].size;
    const [inputs] = this.#inputs;
    const count = inputs.length / visible;
    const order = shuffled(count, this.#seed, streams.order, this.#step);
    const samples = new Float32Array(batch * visible);
    let [loss, error] = [0, 0];
    for (let from = 0, round = this.#firstRound(count); from < count; from += batch, round++) {
      const rows = Math.min(batch, count - from);
      gather(inputs, order, from, rows, visible, samples);
      if (task === 'denoise') {
        const place = { seed: this.#seed, stream: streams.tuningNoise, round };
        const noisy = saltAndPepper(samples, this.#settings.noise, place);
        error += tuning.reconstruct(noisy, samples, rows, epoch);
        continue;
      }
      const labels = this.#labelsOf(order, from, rows);
      loss += tuning.classify(samples, rows, epoch, (values, of, errors) =>
        top.descend(values, labels, of, epoch, errors),
      );
    }
    // What layers see has changed with those below.
    this.#inputs.length = 1;
    const layer = machines.length + 2;
    const reconstruction = error / (count * visible);
    return { samples: count, values: { layer, reconstruction, topError: loss / count } };
  }

  #labelsOf(order: Uint32Array, from: number, rows: number): Uint8Array {
    const { labels } = this.#samples.training;
    return Uint8Array.from({ length: rows }, (_, i) => labels[order[from + i]]);
  }

  /** Number of the first mini-batch of a step, for draws: no two of a training share one. */
  #firstRound(count: number): number {
    return this.#step * Math.max(4096, Math.ceil(count / this.#settings.batch));
  }

  /** What a layer sees of the training samples: probabilities of the layer below. */
  #inputsOf(layer: number): Float32Array {
    for (let k = this.#inputs.length; k <= layer; k++)
      this.#inputs[k] = this.#stack.up(k - 1, this.#inputs[k - 1]);
    return this.#inputs[layer];
  }

  save(): unknown {
    return { step: this.#step, gains: this.#gains, stack: this.#stack.save() };
  }

  restore(state: unknown): void {
    const { step, gains, stack } = state as {
      step: number;
      gains: readonly GainChoice[];
      stack: unknown;
    };
    this.#step = step;
    this.#gains.splice(0, Infinity, ...gains);
    gains.forEach(({ of, gain }, layer) => {
      this.#neurons.setGain(of, layer, gain);
    });
    this.#stack.restore(stack);
    this.#inputs.length = 1;
  }

  finish(): TrainingResult {
    return deepResult({
      settings: this.#settings,
      seed: this.#seed,
      samples: this.#samples,
      neurons: this.#neurons,
      stack: this.#stack,
      gains: this.#gains,
    });
  }
}
