/**
 * A restricted Boltzmann machine: visible units v and hidden units h with the energy
 *
 *     E(v, h) = −vᵀ W h − cᵀ v − bᵀ h
 *
 * trained by contrastive divergence with one step (CD-1; Hinton, Neural Computation 14, 1771, 2002):
 *
 *     ΔW ∝ ⟨v h⟩ − ⟨v′ h′⟩        h ~ P(h|v)   v′ = P(v|h)   h′ = P(h|v′)
 */
import type { MatrixKernels } from '../../tensor/index.js';
import type { HiddenDecisions } from './hidden-decisions.js';
import type { LearntArray } from './learnt-array.js';
import type { TabulatedNeuron } from './neuron.js';
import { StateDevices } from './state-devices.js';
import { fillUniform, type DrawPlace } from './uniform-numbers.js';

export interface MachineSize {
  readonly visible: number;
  readonly hidden: number;
  /** Most samples at a time. */
  readonly batch: number;
}

export interface MachineParts {
  /** Visible × hidden, row by row. */
  readonly weights: LearntArray;
  readonly visibleBias: LearntArray;
  readonly hiddenBias: LearntArray;
  /** Of the hidden units, and of the visible ones. */
  readonly hiddenNeuron: TabulatedNeuron;
  readonly visibleNeuron: TabulatedNeuron;
  /** Decides for some of the hidden units while the machine learns. */
  readonly decisions?: HiddenDecisions | undefined;
}

/** Streams of random numbers. */
const hiddenStream = 1;
const visibleStream = 2;
const secondHiddenStream = 3;

export class BoltzmannMachine {
  readonly size: MachineSize;
  readonly parts: MachineParts;
  /** What keeps the states of the units, where states are drawn. */
  readonly visibleStates: StateDevices;
  readonly hiddenStates: StateDevices;
  readonly #states: boolean;
  readonly #kernels: MatrixKernels;
  readonly #v: Float32Array;
  readonly #h: Float32Array;
  readonly #v1: Float32Array;
  readonly #h1: Float32Array;
  readonly #positive: Float32Array;
  readonly #negative: Float32Array;
  readonly #uniform: Float32Array;
  readonly #visibleSums: readonly [Float32Array, Float32Array];
  readonly #hiddenSums: readonly [Float32Array, Float32Array];

  /**
   * With `states` the sums are formed from what fired, as stochastic neurons of a circuit give it;
   * without, from probabilities, and only the hidden units of the first half are drawn.
   */
  constructor(kernels: MatrixKernels, size: MachineSize, parts: MachineParts, states: boolean) {
    const { visible, hidden, batch } = size;
    this.size = size;
    this.parts = parts;
    this.#states = states;
    this.visibleStates = new StateDevices(visible);
    this.hiddenStates = new StateDevices(hidden);
    this.#kernels = kernels;
    this.#v = kernels.array(batch * visible);
    this.#v1 = kernels.array(batch * visible);
    this.#h = kernels.array(batch * hidden);
    this.#h1 = kernels.array(batch * hidden);
    this.#positive = kernels.array(visible * hidden);
    this.#negative = kernels.array(visible * hidden);
    this.#uniform = new Float32Array(batch * Math.max(visible, hidden));
    this.#visibleSums = [new Float32Array(visible), new Float32Array(visible)];
    this.#hiddenSums = [new Float32Array(hidden), new Float32Array(hidden)];
  }

  /** Bytes that a machine of this size needs. */
  static bytes({ visible, hidden, batch }: MachineSize): number {
    return 4 * (2 * batch * (visible + hidden) + 3 * visible * hidden + 1024);
  }

  /** Probabilities of the hidden units of `rows` samples. */
  up(visible: Float32Array, rows: number, hidden: Float32Array): void {
    const { visible: inputs, hidden: outputs } = this.size;
    const { weights, hiddenBias, hiddenNeuron } = this.parts;
    this.#v.set(visible.subarray(0, rows * inputs));
    this.#kernels.multiply({
      a: this.#v,
      b: weights.values,
      c: this.#h,
      m: rows,
      n: outputs,
      k: inputs,
    });
    addRows(this.#h, hiddenBias.values, rows);
    hiddenNeuron.apply(this.#h, rows * outputs);
    hidden.set(this.#h.subarray(0, rows * outputs));
  }

  /** Probabilities of the visible units. */
  down(hidden: Float32Array, rows: number, visible: Float32Array): void {
    const { visible: outputs, hidden: inputs } = this.size;
    this.#h.set(hidden.subarray(0, rows * inputs));
    this.#reconstruct(rows);
    visible.set(this.#v1.subarray(0, rows * outputs));
  }

  /**
   * One update from a mini-batch. Returns the squared difference of the samples and their
   * reconstructions, summed over samples and units.
   */
  learn(samples: Float32Array, rows: number, epoch: number, seed: number, round: number): number {
    const { visible } = this.size;
    const { weights, visibleBias, hiddenBias } = this.parts;
    this.up(samples, rows, this.#h);
    if (!this.#states) this.#collect(this.#v, this.#h, rows, this.#positive, 0);
    this.#drawHidden(this.#v, this.#h, rows, { seed, stream: hiddenStream, round });
    if (this.#states) this.#collect(this.#v, this.#h, rows, this.#positive, 0);
    this.#reconstruct(rows);
    let error = 0;
    for (let k = 0; k < rows * visible; k++) error += (samples[k] - this.#v1[k]) ** 2;
    if (this.#states) this.#draw(this.#v1, rows * visible, { seed, stream: visibleStream, round });
    this.#upInPlace(rows);
    if (this.#states) {
      this.#drawHidden(this.#v1, this.#h1, rows, { seed, stream: secondHiddenStream, round });
      this.visibleStates.follow(this.#v, this.#v1, rows);
      this.hiddenStates.follow(this.#h, this.#h1, rows);
    }
    this.#collect(this.#v1, this.#h1, rows, this.#negative, 1);
    weights.learn(this.#positive, this.#negative, rows, epoch);
    visibleBias.learn(this.#visibleSums[0], this.#visibleSums[1], rows, epoch);
    hiddenBias.learn(this.#hiddenSums[0], this.#hiddenSums[1], rows, epoch);
    return error;
  }

  /** h′ from v′, both in their places. */
  #upInPlace(rows: number): void {
    const { visible, hidden } = this.size;
    const { weights, hiddenBias, hiddenNeuron } = this.parts;
    this.#kernels.multiply({
      a: this.#v1,
      b: weights.values,
      c: this.#h1,
      m: rows,
      n: hidden,
      k: visible,
    });
    addRows(this.#h1, hiddenBias.values, rows);
    hiddenNeuron.apply(this.#h1, rows * hidden);
  }

  /** All that a continuation needs. */
  save(): unknown {
    const { weights, visibleBias, hiddenBias } = this.parts;
    return {
      arrays: [weights, visibleBias, hiddenBias].map((each) => each.save()),
      states: [this.visibleStates, this.hiddenStates].map((each) => each.save()),
    };
  }

  restore(state: unknown): void {
    const { arrays, states } = state as { arrays: unknown[]; states: unknown[] };
    const { weights, visibleBias, hiddenBias } = this.parts;
    [weights, visibleBias, hiddenBias].forEach((each, k) => {
      each.restore(arrays[k]);
    });
    [this.visibleStates, this.hiddenStates].forEach((each, k) => {
      each.restore(states[k]);
    });
  }

  /** v′ from h, both in their places. */
  #reconstruct(rows: number): void {
    const { visible, hidden } = this.size;
    const { weights, visibleBias, visibleNeuron } = this.parts;
    this.#kernels.multiply({
      a: this.#h,
      b: weights.values,
      c: this.#v1,
      m: rows,
      n: visible,
      k: hidden,
      transposeB: true,
    });
    addRows(this.#v1, visibleBias.values, rows);
    visibleNeuron.apply(this.#v1, rows * visible);
  }

  /** Σ v h, Σ v and Σ h over the samples. */
  #collect(v: Float32Array, h: Float32Array, rows: number, sums: Float32Array, place: 0 | 1): void {
    const { visible: m, hidden: n } = this.size;
    this.#kernels.multiply({ a: v, b: h, c: sums, m, n, k: rows, transposeA: true });
    sumRows(v, rows, this.#visibleSums[place]);
    sumRows(h, rows, this.#hiddenSums[place]);
  }

  #drawHidden(v: Float32Array, h: Float32Array, rows: number, place: DrawPlace): void {
    const { visible: m, hidden: n } = this.size;
    const { weights, hiddenBias, decisions } = this.parts;
    this.#draw(h, rows * n, place);
    decisions?.decide(h, rows * n, place, (index) => {
      const [i, j] = [Math.floor(index / n), index % n];
      let sum = hiddenBias.values[j];
      for (let k = 0; k < m; k++) sum += v[i * m + k] * weights.values[k * n + j];
      return sum;
    });
  }

  #draw(probabilities: Float32Array, count: number, place: DrawPlace): void {
    fillUniform(this.#uniform, count, place);
    for (let k = 0; k < count; k++) probabilities[k] = this.#uniform[k] < probabilities[k] ? 1 : 0;
  }
}

function addRows(values: Float32Array, bias: Float32Array, rows: number): void {
  const n = bias.length;
  for (let i = 0; i < rows; i++) for (let j = 0; j < n; j++) values[i * n + j] += bias[j];
}

function sumRows(values: Float32Array, rows: number, sums: Float32Array): void {
  const n = sums.length;
  sums.fill(0);
  for (let i = 0; i < rows; i++) for (let j = 0; j < n; j++) sums[j] += values[i * n + j];
}
