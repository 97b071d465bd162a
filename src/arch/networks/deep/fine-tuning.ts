/**
 * Fine-tuning by back-propagation through a stack of machines, whose weights serve both directions:
 * up to classes, or up and down again to images (Hinton and Salakhutdinov, Science 313, 504, 2006).
 *
 *     up     a_k+1 = σ(a_k W_k + b_k)        down     d_k = σ(d_k+1 W_kᵀ + c_k)
 *
 * The loss is the cross-entropy in both cases, so that the error at the output is output − target.
 */
import type { MatrixKernels } from '../../tensor/index.js';
import type { BoltzmannMachine } from './boltzmann-machine.js';
import type { LearntArray } from './learnt-array.js';

/** What learns the numbers of one machine, in the order of its parts. */
export interface TunedMachine {
  readonly machine: BoltzmannMachine;
  readonly weights: LearntArray;
  readonly visibleBias: LearntArray;
  readonly hiddenBias: LearntArray;
}

/** The layer above the top, with its own error: gives back what it sends down. */
export interface TopLayer {
  /** From the top's values [rows × inputs]; writes the error with respect to them, returns the loss. */
  (top: Float32Array, rows: number, errors: Float32Array): number;
}

/** Values, slopes and errors of one layer of units. */
interface Units {
  readonly values: Float32Array;
  readonly slopes: Float32Array;
  readonly errors: Float32Array;
  readonly width: number;
}

export class FineTuning {
  readonly #kernels: MatrixKernels;
  readonly #machines: readonly TunedMachine[];
  /** Layer 0 is the input. */
  readonly #up: readonly Units[];
  /** Layer 0 is the output; the top's values are those of the way up. */
  readonly #down: readonly Units[];
  readonly #gradients: readonly Float32Array[];

  constructor(kernels: MatrixKernels, machines: readonly TunedMachine[], batch: number) {
    this.#kernels = kernels;
    this.#machines = machines;
    const widths = widthsOf(machines.map(({ machine }) => machine));
    const units = (width: number): Units => ({
      values: kernels.array(batch * width),
      slopes: new Float32Array(batch * width),
      errors: kernels.array(batch * width),
      width,
    });
    this.#up = widths.map(units);
    this.#down = widths.slice(0, -1).map(units);
    this.#gradients = machines.map(({ weights }) => kernels.array(weights.values.length));
  }

  static bytes(
    machines: readonly { readonly visible: number; readonly hidden: number }[],
    batch: number,
  ): number {
    const widths = [machines[0].visible, ...machines.map(({ hidden }) => hidden)];
    const units = widths.reduce((sum, width) => sum + 4 * batch * (width + 8), 0);
    const weights = machines.reduce((sum, { visible, hidden }) => sum + visible * hidden + 8, 0);
    return 4 * (units + weights);
  }

  /** One update towards what the layer above the top wants. Returns the loss, summed over samples. */
  classify(samples: Float32Array, rows: number, epoch: number, top: TopLayer): number {
    this.#forward(samples, rows);
    const last = this.#up[this.#up.length - 1];
    const loss = top(last.values, rows, last.errors);
    scale(last, rows);
    this.#gradients.forEach((gradient) => gradient.fill(0));
    this.#backward(rows);
    this.#learn(rows, epoch, false);
    return loss;
  }

  /** One update towards images. Returns the squared difference, summed over samples and pixels. */
  reconstruct(samples: Float32Array, targets: Float32Array, rows: number, epoch: number): number {
    this.#forward(samples, rows);
    this.#decode(rows);
    const [output] = this.#down;
    let square = 0;
    for (let k = 0; k < rows * output.width; k++) {
      const difference = output.values[k] - targets[k];
      output.errors[k] = difference;
      square += difference * difference;
    }
    this.#gradients.forEach((gradient) => gradient.fill(0));
    this.#backwardDown(rows);
    this.#backward(rows);
    this.#learn(rows, epoch, true);
    return square;
  }

  #forward(samples: Float32Array, rows: number): void {
    this.#up[0].values.set(samples.subarray(0, rows * this.#up[0].width));
    this.#machines.forEach(({ machine, weights, hiddenBias }, k) => {
      const [from, to] = [this.#up[k], this.#up[k + 1]];
      this.#kernels.multiply({
        a: from.values,
        b: weights.values,
        c: to.values,
        m: rows,
        n: to.width,
        k: from.width,
      });
      fire(to, hiddenBias.values, rows, machine.parts.hiddenNeuron);
    });
  }

  #decode(rows: number): void {
    for (let k = this.#machines.length - 1; k >= 0; k--) {
      const { machine, weights, visibleBias } = this.#machines[k];
      const to = this.#down[k];
      const from = this.#below(k);
      this.#kernels.multiply({
        a: from.values,
        b: weights.values,
        c: to.values,
        m: rows,
        n: to.width,
        k: from.width,
        transposeB: true,
      });
      fire(to, visibleBias.values, rows, machine.parts.visibleNeuron);
    }
  }

  /** What the way down of machine k begins with. */
  #below(k: number): Units {
    return k === this.#machines.length - 1 ? this.#up[k + 1] : this.#down[k + 1];
  }

  /** Errors of the outputs to those of the top, and gradients of the way down. */
  #backwardDown(rows: number): void {
    this.#machines.forEach(({ weights }, k) => {
      const to = this.#down[k];
      const from = this.#below(k);
      this.#accumulate(to.errors, from.values, k, rows);
      this.#kernels.multiply({
        a: to.errors,
        b: weights.values,
        c: from.errors,
        m: rows,
        n: from.width,
        k: to.width,
      });
      scale(from, rows);
    });
  }

  /** Errors of the top down to the first layer, and gradients of the way up. */
  #backward(rows: number): void {
    for (let k = this.#machines.length - 1; k >= 0; k--) {
      const [from, to] = [this.#up[k], this.#up[k + 1]];
      this.#accumulate(from.values, to.errors, k, rows);
      if (k === 0) return;
      this.#kernels.multiply({
        a: to.errors,
        b: this.#machines[k].weights.values,
        c: from.errors,
        m: rows,
        n: from.width,
        k: to.width,
        transposeB: true,
      });
      scale(from, rows);
    }
  }

  /** Adds Σ visible·hidden over the samples. */
  #accumulate(visible: Float32Array, hidden: Float32Array, k: number, rows: number): void {
    const { visible: m, hidden: n } = this.#machines[k].machine.size;
    const c = this.#gradients[k];
    this.#kernels.multiply({
      a: visible,
      b: hidden,
      c,
      m,
      n,
      k: rows,
      transposeA: true,
      accumulate: true,
    });
  }

  #learn(rows: number, epoch: number, down: boolean): void {
    this.#machines.forEach(({ weights, hiddenBias, visibleBias }, k) => {
      descend(weights, this.#gradients[k], rows, epoch);
      descend(hiddenBias, columnSums(this.#up[k + 1], rows), rows, epoch);
      if (down) descend(visibleBias, columnSums(this.#down[k], rows), rows, epoch);
    });
  }
}

function widthsOf(machines: readonly BoltzmannMachine[]): number[] {
  return [machines[0].size.visible, ...machines.map(({ size }) => size.hidden)];
}

function fire(
  { values, slopes, width }: Units,
  bias: Float32Array,
  rows: number,
  neuron: BoltzmannMachine['parts']['hiddenNeuron'],
): void {
  for (let i = 0; i < rows; i++) for (let j = 0; j < width; j++) values[i * width + j] += bias[j];
  neuron.applyWithSlopes(values, slopes, rows * width);
}

/** Errors of what fired become errors of the sums. */
function scale({ errors, slopes, width }: Units, rows: number): void {
  for (let k = 0; k < rows * width; k++) errors[k] *= slopes[k];
}

function columnSums({ errors, width }: Units, rows: number): Float32Array {
  const sums = new Float32Array(width);
  for (let i = 0; i < rows; i++) for (let j = 0; j < width; j++) sums[j] += errors[i * width + j];
  return sums;
}

/** Against the gradient, which is a sum over the samples. */
function descend(array: LearntArray, gradient: Float32Array, rows: number, epoch: number): void {
  array.learn(new Float32Array(gradient.length), gradient, rows, epoch);
}
