/**
 * Batch normalization (Ioffe and Szegedy, ICML 2015) of rows of features:
 *
 *     y = γ (z − μ)/√(σ² + ε) + β
 *
 * μ and σ² are those of the batch while learning, and their running means afterwards. γ and β are
 * digital numbers, learnt by Adam.
 */
import { Adam, type AdamState } from './adam.js';

const epsilon = 1e-5;
/** Weight of the newest batch in the running means. */
const momentum = 0.1;

/** y = scale·z + shift, for each feature. */
export interface Affine {
  readonly scale: Float64Array;
  readonly shift: Float64Array;
}

interface NormalizationState {
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly adam: readonly [AdamState, AdamState];
}

export class BatchNormalization {
  readonly features: number;
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
  /** Running mean and variance. */
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  /** Of the last batch. */
  readonly #batchMean: Float64Array;
  readonly #inverseDeviation: Float64Array;
  readonly #gradients: readonly [Float32Array, Float32Array];
  readonly #adam: readonly [Adam, Adam];

  constructor(features: number) {
    this.features = features;
    this.gamma = new Float32Array(features).fill(1);
    this.beta = new Float32Array(features);
    this.mean = new Float64Array(features);
    this.variance = new Float64Array(features).fill(1);
    this.#batchMean = new Float64Array(features);
    this.#inverseDeviation = new Float64Array(features);
    this.#gradients = [new Float32Array(features), new Float32Array(features)];
    this.#adam = [new Adam(features), new Adam(features)];
  }

  /** Takes mean and variance of a batch of sums, [rows × features], into the running ones. */
  observe(sums: Float32Array, rows: number): void {
    const { features } = this;
    const mean = this.#batchMean.fill(0);
    for (let k = 0, i = 0; k < rows; k++) for (let j = 0; j < features; j++) mean[j] += sums[i++];
    for (let j = 0; j < features; j++) mean[j] /= rows;
    const squares = this.#inverseDeviation.fill(0);
    for (let k = 0, i = 0; k < rows; k++)
      for (let j = 0; j < features; j++) {
        const away = sums[i++] - mean[j];
        squares[j] += away * away;
      }
    for (let j = 0; j < features; j++) {
      this.mean[j] += momentum * (mean[j] - this.mean[j]);
      // The running variance is the unbiased one.
      const unbiased = squares[j] / Math.max(1, rows - 1);
      this.variance[j] += momentum * (unbiased - this.variance[j]);
      squares[j] = 1 / Math.sqrt(squares[j] / rows + epsilon);
    }
  }

  /** By the last batch that was observed. */
  ofBatch(): Affine {
    return this.#affine(this.#batchMean, this.#inverseDeviation);
  }

  /** By the running mean and variance. */
  ofAll(): Affine {
    return this.#affine(
      this.mean,
      this.variance.map((value) => 1 / Math.sqrt(value + epsilon)),
    );
  }

  #affine(mean: Float64Array, inverse: Float64Array): Affine {
    const scale = inverse.map((value, j) => value * this.gamma[j]);
    return { scale, shift: scale.map((value, j) => this.beta[j] - value * mean[j]) };
  }

  /**
   * Writes the gradient of the sums over that of y; `sums` are those that were observed. The
   * gradients of γ and β are kept for `learn`.
   */
  backward(gradient: Float32Array, sums: Float32Array, rows: number): void {
    const { features } = this;
    const mean = this.#batchMean;
    const inverse = this.#inverseDeviation;
    const total = new Float64Array(features);
    const along = new Float64Array(features);
    for (let k = 0, i = 0; k < rows; k++)
      for (let j = 0; j < features; j++, i++) {
        total[j] += gradient[i];
        along[j] += gradient[i] * (sums[i] - mean[j]) * inverse[j];
      }
    this.#gradients[0].set(along);
    this.#gradients[1].set(total);
    // Constants of each feature: dz = p·dy + q·z + r.
    const p = inverse.map((value, j) => value * this.gamma[j]);
    const q = p.map((value, j) => (-value * along[j] * inverse[j]) / rows);
    const r = p.map((value, j) => (-value * total[j]) / rows - q[j] * mean[j]);
    for (let k = 0, i = 0; k < rows; k++)
      for (let j = 0; j < features; j++, i++)
        gradient[i] = p[j] * gradient[i] + q[j] * sums[i] + r[j];
  }

  /** Gradients of γ and β by the last `backward`. */
  get gradients(): readonly [gamma: Float32Array, beta: Float32Array] {
    return this.#gradients;
  }

  learn(learningRate: number): void {
    [this.gamma, this.beta].forEach((values, k) => {
      const steps = this.#gradients[k];
      this.#adam[k].steps(steps, learningRate);
      for (let j = 0; j < values.length; j++) values[j] += steps[j];
    });
  }

  save(): unknown {
    const { gamma, beta, mean, variance } = this;
    const adam = [this.#adam[0].save(), this.#adam[1].save()] as const;
    return { gamma, beta, mean, variance, adam } satisfies NormalizationState;
  }

  restore(state: unknown): void {
    const { gamma, beta, mean, variance, adam } = state as NormalizationState;
    this.gamma.set(gamma);
    this.beta.set(beta);
    this.mean.set(mean);
    this.variance.set(variance);
    adam.forEach((each, k) => {
      this.#adam[k].restore(each);
    });
  }
}
