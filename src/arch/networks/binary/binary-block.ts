/**
 * One layer of a binarized network: sums of inputs by binary weights (dense, or a convolution), perhaps
 * max-pooling, then batch normalization. Hidden layers go on with the sign of the hard tanh; its
 * gradient is that of the hard tanh (straight-through estimator; Hubara et al., NIPS 2016).
 */
import type { MatrixKernels } from '../../tensor/index.js';
import { Adam, type AdamState } from './adam.js';
import { type Affine, BatchNormalization } from './batch-normalization.js';
import { type BlockShape, fanIn, numbersOf, outputShape, places } from './block-shape.js';
import { maxPool, unpool } from './max-pool.js';
import { gatherPatches, scatterPatches, type Values } from './patches.js';
import type { Synapses } from './synapses.js';

/** Arrays in the memory of the matrices that layers use one after the other. */
export interface Workspace {
  readonly kernels: MatrixKernels;
  readonly patches: Float32Array;
  readonly sums: Float32Array;
  /** Of the weights. */
  readonly gradient: Float32Array;
}

/** Numbers that patches, or sums, take at most at a time. */
const chunkNumbers = 1 << 22;
/** A multiple of the depth in which products are summed, so that the order is that of one product. */
const leastRows = 256;

/** Rows that are computed at a time. */
export function chunkRows(shape: BlockShape): number {
  const widest = Math.max(fanIn(shape), shape.outputs);
  return Math.max(1, Math.floor(chunkNumbers / widest / leastRows)) * leastRows;
}

interface BlockState {
  readonly synapses: unknown;
  readonly adam: AdamState;
  readonly normalization: unknown;
}

export class BinaryBlock {
  readonly shape: BlockShape;
  readonly synapses: Synapses;
  readonly normalization: BatchNormalization;
  readonly #workspace: Workspace;
  readonly #adam: Adam;
  /** Of the last batch: what came in, the sums that were normalized, which were the largest. */
  #inputs: Values = new Int8Array();
  #sums: Float32Array = new Float32Array();
  #chosen = new Uint8Array();
  #count = 0;

  constructor(shape: BlockShape, synapses: Synapses, workspace: Workspace) {
    this.shape = shape;
    this.synapses = synapses;
    this.#workspace = workspace;
    this.normalization = new BatchNormalization(shape.outputs);
    this.#adam = new Adam(synapses.weights.length);
  }

  /** Rows that are normalized, for so many samples. */
  rows(count: number): number {
    const { rows, columns } = outputShape(this.shape);
    return count * rows * columns;
  }

  /** Sums, pooled where the layer pools: [rows × outputs]. `inputs` must live until `backward`. */
  forward(inputs: Values, count: number): Float32Array {
    const { shape } = this;
    this.#inputs = inputs;
    this.#count = count;
    const whole = this.#multiply(inputs, count * places(shape));
    this.#sums = whole;
    if (shape.pool) {
      const length = count * numbersOf(outputShape(shape));
      this.#sums = new Float32Array(length);
      this.#chosen = new Uint8Array(length);
      maxPool({ ...shape.input, planes: shape.outputs }, count, whole, this.#sums, this.#chosen);
    }
    return this.#sums;
  }

  #multiply(inputs: Values, rows: number): Float32Array {
    const { kernels, patches, sums } = this.#workspace;
    const { outputs: n } = this.shape;
    const k = fanIn(this.shape);
    const step = chunkRows(this.shape);
    const all = new Float32Array(rows * n);
    for (let from = 0; from < rows; from += step) {
      const to = Math.min(rows, from + step);
      gatherPatches(this.shape, inputs, from, to, patches);
      const b = this.synapses.weights;
      kernels.multiply({ a: patches, b, c: sums, m: to - from, n, k, transposeB: true });
      all.set(sums.subarray(0, (to - from) * n), from * n);
    }
    return all;
  }

  /** Normalizes by the last batch. */
  normalize(): Affine {
    this.normalization.observe(this.#sums, this.rows(this.#count));
    return this.normalization.ofBatch();
  }

  /** Zeroes the gradient of a hidden layer's outputs where the hard tanh is flat. */
  gate(gradient: Float32Array, { scale, shift }: Affine): void {
    const { outputs } = this.shape;
    const sums = this.#sums;
    for (let i = 0; i < gradient.length;)
      for (let j = 0; j < outputs; j++, i++)
        if (Math.abs(scale[j] * sums[i] + shift[j]) > 1) gradient[i] = 0;
  }

  /**
   * From the gradient of the normalized sums, which is written over, to that of the weights, which is
   * in the workspace then, and to that of the inputs where it is asked for.
   */
  backward(gradient: Float32Array, ofInputs: boolean): Float32Array | undefined {
    const { shape } = this;
    const count = this.#count;
    this.normalization.backward(gradient, this.#sums, this.rows(count));
    if (!shape.pool) return this.#backwardSums(gradient, ofInputs);
    const whole = new Float32Array(count * places(shape) * shape.outputs);
    const sums = { ...shape.input, planes: shape.outputs };
    unpool(sums, count, gradient, this.#chosen, whole);
    return this.#backwardSums(whole, ofInputs);
  }

  #backwardSums(gradient: Float32Array, ofInputs: boolean): Float32Array | undefined {
    const { shape } = this;
    const { kernels, patches, sums } = this.#workspace;
    const { outputs } = shape;
    const width = fanIn(shape);
    const rows = this.#count * places(shape);
    const step = chunkRows(shape);
    const { weights } = this.synapses;
    const ofWeights = this.weightGradient;
    const result = ofInputs ? new Float32Array(this.#count * numbersOf(shape.input)) : undefined;
    ofWeights.fill(0);
    for (let from = 0; from < rows; from += step) {
      const to = Math.min(rows, from + step);
      const m = to - from;
      sums.set(gradient.subarray(from * outputs, to * outputs));
      gatherPatches(shape, this.#inputs, from, to, patches);
      const product = { m: outputs, n: width, k: m, transposeA: true, accumulate: true };
      kernels.multiply({ a: sums, b: patches, c: ofWeights, ...product });
      if (!result) continue;
      kernels.multiply({ a: sums, b: weights, c: patches, m, n: width, k: outputs });
      scatterPatches(shape, patches, from, to, result);
    }
    return result;
  }

  /** Where `backward` leaves the gradient of the weights, [outputs × inputs]. */
  get weightGradient(): Float32Array {
    return this.#workspace.gradient.subarray(0, this.synapses.weights.length);
  }

  /** Moves hidden weights, γ and β by the gradients of the last `backward`. */
  learn(learningRate: number, digitalRate: number): void {
    const gradient = this.weightGradient;
    this.#adam.steps(gradient, learningRate);
    this.synapses.update(gradient);
    this.normalization.learn(digitalRate);
  }

  save(): unknown {
    const state: BlockState = {
      synapses: this.synapses.save(),
      adam: this.#adam.save(),
      normalization: this.normalization.save(),
    };
    return state;
  }

  restore(state: unknown): void {
    const { synapses, adam, normalization } = state as BlockState;
    this.synapses.restore(synapses);
    this.#adam.restore(adam);
    this.normalization.restore(normalization);
  }
}
