/**
 * Online gradient descent in floating point: the software that Rosenthal et al., ISCAS 2016, compare
 * their circuit with (section V, "MATLAB", η = 0.1). One layer begins at W = 0, as theirs; hidden
 * layers, which they leave to the future, begin at random. A sample's class is the largest output.
 */
import { z } from 'zod';
import { Perceptron } from '../networks/perceptron/index.js';
import { drawStreams, uniformDraw } from './draws.js';
import {
  type OnlineLearner,
  onlineMeasures,
  onlineSettings,
  OnlineTraining,
} from './online-training.js';
import { checkSplit, type Samples, splitSamples, splitSettings } from './split-samples.js';
import type { Trainer, TrainingResult } from './trainer.js';

const settings = z.strictObject({
  ...splitSettings,
  ...onlineSettings,
  learningRate: z.number().positive().default(0.1),
  /** Value of the bias input. */
  bias: z.number().default(1),
  /** What the output of the true class should be, and that of the others. */
  target: z.tuple([z.number(), z.number()]).default([1, -1]),
  /** Neurons of hidden layers; none for a single layer. */
  hidden: z.array(z.int().positive()).optional(),
  /** Weights begin within ± so much over the root of a layer's inputs; default: 1 with hidden layers. */
  spread: z.number().min(0).optional(),
});
type Settings = z.output<typeof settings>;

export const onlineGradient: Trainer<Settings> = {
  name: 'online-gradient',
  title: 'Online gradient descent in floating point',
  settings,
  measures: onlineMeasures,
  needs: ({ data }) => ({ data: [data], characteristics: [] }),
  check: checkSplit,
  start: (own, world, seed) => {
    const split = splitSamples(own, world, seed);
    const { hidden = [] } = own;
    const sizes = [split.training.features, ...hidden, split.classes.length];
    return new OnlineTraining(split, new SoftwareLearner(own, sizes, seed), own, seed);
  },
};

class SoftwareLearner implements OnlineLearner {
  readonly errorUnit = 1;
  readonly #settings: Settings;
  readonly #network: Perceptron;
  readonly #errors: Float64Array;

  constructor(own: Settings, sizes: readonly number[], seed: number) {
    this.#settings = own;
    this.#network = new Perceptron(sizes, own.bias);
    this.#errors = new Float64Array(sizes[sizes.length - 1]);
    const { spread = sizes.length > 2 ? 1 : 0 } = own;
    for (const [layer, weights] of this.#network.weights.entries()) {
      const most = spread / Math.sqrt(sizes[layer] + 1);
      for (let k = 0; k < weights.length; k++)
        weights[k] = most * (2 * uniformDraw(seed, drawStreams.initial, layer, k) - 1);
    }
  }

  respond({ inputs, features }: Samples, index: number): Float64Array {
    return this.#network.respond(inputs, index * features);
  }

  learn(samples: Samples, index: number): number {
    const { target, learningRate } = this.#settings;
    const outputs = this.respond(samples, index);
    let square = 0;
    for (let n = 0; n < outputs.length; n++) {
      const y = target[n === samples.labels[index] ? 0 : 1] - outputs[n];
      this.#errors[n] = y;
      square += y * y;
    }
    this.#network.learn(this.#errors, learningRate);
    return square;
  }

  save(): unknown {
    return this.#network.weights;
  }

  restore(state: unknown): void {
    this.#network.weights.forEach((weights, k) => {
      weights.set((state as Float64Array[])[k]);
    });
  }

  finish(): TrainingResult {
    const weights = this.#network.weights.map((layer) => [...layer]);
    return { measures: {}, details: { weights: weights.length === 1 ? weights[0] : weights } };
  }
}
