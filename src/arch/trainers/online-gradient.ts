/**
 * Online gradient descent in floating point: the software that Rosenthal et al., ISCAS 2016, compare
 * their circuit with (section V, "MATLAB", η = 0.1). One layer, tanh outputs read as
 *
 *     r = W u        y = d − r        W ← W + η y uᵀ                                    (1), (2)
 *
 * sample by sample, from W = 0, with a bias input. A sample's class is the largest output.
 */
import { z } from 'zod';
import { shuffled } from '../datasets/index.js';
import { argmax, Confusion } from './confusion.js';
import {
  checkSplit,
  type Samples,
  splitSamples,
  type SplitSamples,
  splitSettings,
} from './split-samples.js';
import type { Trainer, Training, TrainingReport, TrainingResult } from './trainer.js';

const settings = z.strictObject({
  ...splitSettings,
  /** Training iterations, one sample each. */
  samples: z.int().positive(),
  learningRate: z.number().positive().default(0.1),
  /** Value of the bias input. */
  bias: z.number().default(1),
  /** What the output of the true class should be, and that of the others. */
  target: z.tuple([z.number(), z.number()]).default([1, -1]),
});
type Settings = z.output<typeof settings>;

const orderStream = 2;

export const onlineGradient: Trainer<Settings> = {
  name: 'online-gradient',
  title: 'One layer, online gradient descent in floating point',
  settings,
  measures: [
    { name: 'error', unit: '%', doc: 'test samples with a wrong answer' },
    { name: 'trainingError', unit: '%', doc: 'training samples with a wrong answer' },
  ],
  needs: ({ data }) => ({ data: [data], characteristics: [] }),
  check: checkSplit,
  start: (own, world, seed) => new OnlineGradient(own, splitSamples(own, world, seed), seed),
};

class OnlineGradient implements Training {
  readonly #settings: Settings;
  readonly #split: SplitSamples;
  readonly #seed: number;
  readonly #inputs: number;
  readonly #outputs: number;
  /** Row by row: output, input; the bias is the last input. */
  readonly #weights: Float64Array;
  readonly #r: Float64Array;
  #step = 0;

  constructor(own: Settings, split: SplitSamples, seed: number) {
    this.#settings = own;
    this.#split = split;
    this.#seed = seed;
    this.#inputs = split.training.features + 1;
    this.#outputs = split.classes.length;
    this.#weights = new Float64Array(this.#outputs * this.#inputs);
    this.#r = new Float64Array(this.#outputs);
  }

  /** Passes over the training samples, the last one perhaps cut short. */
  get steps(): number {
    return Math.ceil(this.#settings.samples / this.#split.training.count);
  }

  get step(): number {
    return this.#step;
  }

  advance(): TrainingReport {
    const { training } = this.#split;
    const done = this.#step * training.count;
    const samples = Math.min(training.count, this.#settings.samples - done);
    const order = shuffled(training.count, this.#seed, orderStream, this.#step);
    for (let k = 0; k < samples; k++) this.#learn(order[k]);
    this.#step++;
    const { error: trainingError } = this.#judge(training);
    return {
      samples,
      values: {
        error: 100 * this.#judge(this.#split.test).error,
        trainingError: 100 * trainingError,
      },
    };
  }

  save(): unknown {
    return { step: this.#step, weights: this.#weights };
  }

  restore(state: unknown): void {
    const { step, weights } = state as { step: number; weights: Float64Array };
    this.#step = step;
    this.#weights.set(weights);
  }

  finish(): TrainingResult {
    const test = this.#judge(this.#split.test);
    const { error } = this.#judge(this.#split.training);
    return {
      measures: { error: 100 * test.error, trainingError: 100 * error },
      details: { classes: this.#split.classes, confusion: test.rows, weights: [...this.#weights] },
    };
  }

  #learn(index: number): void {
    const { training } = this.#split;
    const { learningRate, target, bias } = this.#settings;
    this.#respond(training, index);
    const offset = index * training.features;
    for (let n = 0; n < this.#outputs; n++) {
      const y = (n === training.labels[index] ? target[0] : target[1]) - this.#r[n];
      const row = n * this.#inputs;
      for (let m = 0; m < training.features; m++)
        this.#weights[row + m] += learningRate * y * training.inputs[offset + m];
      this.#weights[row + training.features] += learningRate * y * bias;
    }
  }

  /** r = W u. */
  #respond({ inputs, features }: Samples, index: number): void {
    for (let n = 0; n < this.#outputs; n++) {
      const row = n * this.#inputs;
      let sum = this.#weights[row + features] * this.#settings.bias;
      for (let m = 0; m < features; m++)
        sum += this.#weights[row + m] * inputs[index * features + m];
      this.#r[n] = sum;
    }
  }

  #judge(samples: Samples): Confusion {
    const confusion = new Confusion(this.#outputs);
    for (let i = 0; i < samples.count; i++) {
      this.#respond(samples, i);
      confusion.add(samples.labels[i], argmax(this.#r));
    }
    return confusion;
  }
}
