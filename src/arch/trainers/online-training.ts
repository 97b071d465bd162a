/**
 * Training sample by sample: passes over the training samples, each in an order of its own, and after
 * each pass a judgement. What learns is a `OnlineLearner`.
 */
import { z } from 'zod';
import { shuffled } from '../datasets/index.js';
import { argmax, Confusion } from './confusion.js';
import type { Samples, SplitSamples } from './split-samples.js';
import type { Training, TrainingReport, TrainingResult } from './trainer.js';

/** A network that learns from one sample after the other. */
export interface OnlineLearner {
  /** Outputs for a sample, one a class; valid until the next call. */
  respond(samples: Samples, index: number): Float64Array;
  /** Learns from a sample; `iteration` counts from 0, `pass` too. Returns the sum of squared errors. */
  learn(samples: Samples, index: number, iteration: number, pass: number): number;
  /** Unit of the root of the mean squared error in learning curves, in units of the outputs. */
  readonly errorUnit: number;
  /** Measures beside the errors, and details of the result. */
  finish(samples: number): TrainingResult;
  save(): unknown;
  restore(state: unknown): void;
}

const orderStream = 2;

/** Measures that every training of this kind has. */
export const onlineMeasures = [
  { name: 'error', unit: '%', doc: 'test samples with a wrong answer' },
  { name: 'trainingError', unit: '%', doc: 'training samples with a wrong answer' },
];

/** Settings of every training of this kind. */
export const onlineSettings = {
  /** Training iterations, one sample each. */
  samples: z.int().positive(),
  /** Whether each pass takes the samples in an order of its own, as where absent, or all in one. */
  reorder: z.boolean().optional(),
};

export class OnlineTraining implements Training {
  readonly #split: SplitSamples;
  readonly #learner: OnlineLearner;
  readonly #seed: number;
  readonly #samples: number;
  readonly #reorder: boolean;
  #step = 0;

  constructor(
    split: SplitSamples,
    learner: OnlineLearner,
    { samples, reorder = true }: z.output<z.ZodObject<typeof onlineSettings>>,
    seed: number,
  ) {
    this.#split = split;
    this.#learner = learner;
    this.#samples = samples;
    this.#reorder = reorder;
    this.#seed = seed;
  }

  /** Passes over the training samples, the last one perhaps cut short. */
  get steps(): number {
    return Math.ceil(this.#samples / this.#split.training.count);
  }

  get step(): number {
    return this.#step;
  }

  advance(): TrainingReport {
    const { training, test, classes } = this.#split;
    const done = this.#step * training.count;
    const samples = Math.min(training.count, this.#samples - done);
    const round = this.#reorder ? this.#step : 0;
    const order = shuffled(training.count, this.#seed, orderStream, round);
    let square = 0;
    for (let k = 0; k < samples; k++)
      square += this.#learner.learn(training, order[k], done + k, this.#step);
    this.#step++;
    return {
      samples,
      values: {
        error: 100 * this.#judge(test).error,
        trainingError: 100 * this.#judge(training).error,
        rmsError: Math.sqrt(square / (samples * classes.length)) / this.#learner.errorUnit,
      },
    };
  }

  save(): unknown {
    return { step: this.#step, learner: this.#learner.save() };
  }

  restore(state: unknown): void {
    const { step, learner } = state as { step: number; learner: unknown };
    this.#step = step;
    this.#learner.restore(learner);
  }

  finish(): TrainingResult {
    const { training, test, classes } = this.#split;
    const judged = this.#judge(test);
    const error = 100 * judged.error;
    const trainingError = 100 * this.#judge(training).error;
    const { measures, details } = this.#learner.finish(this.#samples);
    return {
      measures: { error, trainingError, ...measures },
      details: { classes, confusion: judged.rows, ...details },
    };
  }

  #judge(samples: Samples): Confusion {
    const confusion = new Confusion(this.#split.classes.length);
    for (let i = 0; i < samples.count; i++)
      confusion.add(samples.labels[i], argmax(this.#learner.respond(samples, i)));
    return confusion;
  }
}
