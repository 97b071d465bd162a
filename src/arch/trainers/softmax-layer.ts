/**
 * The layer on top of a deep belief network: P(class) ∝ exp(wᵀx + b), trained by the delta rule
 * Δw ∝ x (t − P). Its numbers are learnt by the rule that its maker gives.
 */
import type { LearntArray } from '../networks/deep/index.js';
import { argmax, Confusion } from './confusion.js';

export class SoftmaxLayer {
  readonly inputs: number;
  readonly classes: number;
  /** Inputs × classes, row by row. */
  readonly weights: LearntArray;
  readonly #bias: LearntArray;
  readonly #outputs: Float32Array;
  readonly #positive: Float32Array;
  readonly #negative: Float32Array;
  readonly #biasSums: readonly [Float32Array, Float32Array];

  constructor(inputs: number, classes: number, learnt: (values: Float32Array) => LearntArray) {
    this.inputs = inputs;
    this.classes = classes;
    this.weights = learnt(new Float32Array(inputs * classes));
    this.#bias = learnt(new Float32Array(classes));
    this.#outputs = new Float32Array(classes);
    this.#positive = new Float32Array(inputs * classes);
    this.#negative = new Float32Array(inputs * classes);
    this.#biasSums = [new Float32Array(classes), new Float32Array(classes)];
  }

  /** One update from a mini-batch; returns how many answers were wrong. */
  learn(samples: Float32Array, labels: Uint8Array, rows: number, epoch: number): number {
    const { inputs, classes } = this;
    const [hits, sums] = this.#biasSums;
    for (const array of [this.#positive, this.#negative, hits, sums]) array.fill(0);
    let wrong = 0;
    for (let i = 0; i < rows; i++) {
      const sample = samples.subarray(i * inputs, (i + 1) * inputs);
      this.#respond(sample);
      const label = labels[i];
      if (argmax(this.#outputs) !== label) wrong++;
      for (let n = 0; n < classes; n++) sums[n] += this.#outputs[n];
      hits[label]++;
      for (let m = 0; m < inputs; m++) {
        const x = sample[m];
        this.#positive[m * classes + label] += x;
        for (let n = 0; n < classes; n++) this.#negative[m * classes + n] += x * this.#outputs[n];
      }
    }
    this.weights.learn(this.#positive, this.#negative, rows, epoch);
    this.#bias.learn(hits, sums, rows, epoch);
    return wrong;
  }

  /**
   * One update, and the error with respect to the samples for what lies below. Returns the
   * cross-entropy, summed over the samples.
   */
  descend(
    samples: Float32Array,
    labels: Uint8Array,
    rows: number,
    epoch: number,
    errors: Float32Array,
  ): number {
    const { inputs, classes } = this;
    let loss = 0;
    for (let i = 0; i < rows; i++) {
      this.#respond(samples.subarray(i * inputs, (i + 1) * inputs));
      loss -= Math.log(Math.max(this.#outputs[labels[i]], 1e-30));
      this.#outputs[labels[i]] -= 1;
      for (let m = 0; m < inputs; m++) {
        let sum = 0;
        for (let n = 0; n < classes; n++)
          sum += this.weights.values[m * classes + n] * this.#outputs[n];
        errors[i * inputs + m] = sum;
      }
    }
    this.learn(samples, labels, rows, epoch);
    return loss;
  }

  /** Parts of the samples whose class is among the k largest outputs, for each of `places`. */
  judge(
    samples: Float32Array,
    labels: Uint8Array,
    places: readonly number[],
  ): { readonly hits: number[]; readonly confusion: Confusion } {
    const confusion = new Confusion(this.classes);
    const counts = places.map(() => 0);
    const rows = samples.length / this.inputs;
    for (let i = 0; i < rows; i++) {
      this.#respond(samples.subarray(i * this.inputs, (i + 1) * this.inputs));
      const rank = rankOf(this.#outputs, labels[i]);
      places.forEach((most, k) => {
        if (rank < most) counts[k]++;
      });
      confusion.add(labels[i], argmax(this.#outputs));
    }
    return { hits: counts.map((count) => count / rows), confusion };
  }

  save(): unknown {
    return [this.weights.save(), this.#bias.save()];
  }

  restore(state: unknown): void {
    const [weights, bias] = state as unknown[];
    this.weights.restore(weights);
    this.#bias.restore(bias);
  }

  #respond(sample: Float32Array): void {
    const { classes } = this;
    const outputs = this.#outputs;
    outputs.set(this.#bias.values);
    for (let m = 0; m < sample.length; m++) {
      const x = sample[m];
      for (let n = 0; n < classes; n++) outputs[n] += x * this.weights.values[m * classes + n];
    }
    const most = outputs.reduce((a, b) => Math.max(a, b));
    let sum = 0;
    for (let n = 0; n < classes; n++) sum += outputs[n] = Math.exp(outputs[n] - most);
    for (let n = 0; n < classes; n++) outputs[n] /= sum;
  }
}

/** Place of an answer in the order of the outputs; of equals the first comes first, as in `argmax`. */
function rankOf(outputs: Float32Array, label: number): number {
  const own = outputs[label];
  // What is no number is no answer.
  if (Number.isNaN(own)) return Infinity;
  return outputs.filter((value, k) => value > own || (value === own && k < label)).length;
}
