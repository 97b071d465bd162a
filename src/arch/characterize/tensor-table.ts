/**
 * A table over d axes with a smooth function through it: the tensor product of monotone cubics.
 *
 *     every knot has 2^d numbers: the value and its mixed derivatives, bit k for a derivative along
 *     axis k, each estimated along grid lines by `monotoneSlopes`
 *     within a cell: Hermite's polynomials of all axes, multiplied
 *
 * Along grid lines the function is as monotone as the data; in one dimension it is everywhere. Its
 * first derivatives are continuous. The error is of fourth order in the distance of knots, of second
 * order where the limiter of the slopes acts.
 */
import { KnotFinder } from './knot-finder.js';
import { monotoneSlopes } from './monotone-slopes.js';

export class TensorTable {
  /** One for each axis, in coordinates of interpolation. */
  readonly axes: readonly KnotFinder[];
  /** [knots × 2^d], the last axis varies fastest, then the derivatives. */
  readonly #numbers: Float64Array;
  /** How many knots further the neighbour along an axis stands. */
  readonly #strides: readonly number[];
  /** [d × 4] weights of value and slope at the left end, then at the right one. */
  readonly #weights: Float64Array;
  /** [d × 4] their derivatives. */
  readonly #rates: Float64Array;
  readonly #chosen: Float64Array;

  private constructor(axes: readonly KnotFinder[], numbers: Float64Array) {
    this.axes = axes;
    this.#numbers = numbers;
    this.#strides = stridesOf(axes);
    this.#weights = new Float64Array(4 * axes.length);
    this.#rates = new Float64Array(4 * axes.length);
    this.#chosen = new Float64Array(4 * axes.length);
  }

  /**
   * @param knots of each axis, in coordinates of interpolation, ascending, two at least
   * @param values [Π knots], the last axis varies fastest
   */
  static through(knots: readonly ArrayLike<number>[], values: ArrayLike<number>): TensorTable {
    const axes = knots.map((each) => new KnotFinder(each));
    const parts = 1 << axes.length;
    const strides = stridesOf(axes);
    const numbers = new Float64Array(values.length * parts);
    let known: Float64Array[] = [Float64Array.from(values)];
    axes.forEach((axis, k) => {
      known = known.flatMap((each) => [each, slopesAlong(axis.knots, each, strides[k])]);
    });
    // The first axis was split first: its bit is the highest.
    known.forEach((each, part) => {
      each.forEach((value, i) => (numbers[i * parts + part] = value));
    });
    return new TensorTable(axes, numbers);
  }

  /** The function at coordinates within the domain; with its gradient, if that is given a place. */
  evaluate(at: ArrayLike<number>, gradient?: Float64Array | Float32Array): number {
    const d = this.axes.length;
    let corner = 0;
    for (let k = 0; k < d; k++) {
      const { knots } = this.axes[k];
      const i = this.axes[k].interval(at[k]);
      corner += i * this.#strides[k];
      const h = knots[i + 1] - knots[i];
      hermite(this.#weights, 4 * k, (at[k] - knots[i]) / h, h);
      if (gradient) hermiteRates(this.#rates, 4 * k, (at[k] - knots[i]) / h, h);
    }
    if (gradient) {
      for (let k = 0; k < d; k++) {
        this.#chosen.set(this.#weights);
        this.#chosen.set(this.#rates.subarray(4 * k, 4 * k + 4), 4 * k);
        gradient[k] = this.#sum(corner, this.#chosen, 0, 0);
      }
    }
    return this.#sum(corner, this.#weights, 0, 0);
  }

  /** Σ over corners and derivatives from axis k on. `part` has the derivatives of the axes before. */
  #sum(knot: number, weights: Float64Array, k: number, part: number): number {
    const d = this.axes.length;
    if (k === d) return this.#numbers[(knot << d) + part];
    const next = knot + this.#strides[k];
    const bit = 1 << (d - 1 - k);
    const w = 4 * k;
    if (k === d - 1) {
      const left = (knot << d) + part;
      const right = (next << d) + part;
      const y = this.#numbers;
      return (
        weights[w] * y[left] +
        weights[w + 1] * y[left + bit] +
        weights[w + 2] * y[right] +
        weights[w + 3] * y[right + bit]
      );
    }
    return (
      weights[w] * this.#sum(knot, weights, k + 1, part) +
      weights[w + 1] * this.#sum(knot, weights, k + 1, part | bit) +
      weights[w + 2] * this.#sum(next, weights, k + 1, part) +
      weights[w + 3] * this.#sum(next, weights, k + 1, part | bit)
    );
  }

  /** The same function with one of its coordinates fixed. */
  slice(axis: number, at: number): TensorTable {
    const d = this.axes.length;
    const { knots } = this.axes[axis];
    const i = this.axes[axis].interval(at);
    const h = knots[i + 1] - knots[i];
    const w = new Float64Array(4);
    hermite(w, 0, (at - knots[i]) / h, h);
    const others = this.axes.filter((_, k) => k !== axis);
    const parts = 1 << (d - 1);
    const bit = 1 << (d - 1 - axis);
    const stride = this.#strides[axis];
    const count = this.#numbers.length / (knots.length << d);
    const numbers = new Float64Array(count * parts);
    const y = this.#numbers;
    for (let knot = 0; knot < count; knot++) {
      const inner = knot % stride;
      const left = (knot - inner) * knots.length + inner + i * stride;
      for (let part = 0; part < parts; part++) {
        const low = part & (bit - 1);
        const l = (left << d) + (((part - low) << 1) | low);
        const r = l + (stride << d);
        numbers[knot * parts + part] =
          w[0] * y[l] + w[1] * y[l + bit] + w[2] * y[r] + w[3] * y[r + bit];
      }
    }
    return new TensorTable(others, numbers);
  }

  /** Of a function of one coordinate: [intervals × 4] coefficients of 1, s, s², s³, s from the left. */
  coefficients(): Float64Array {
    const [{ knots }] = this.axes;
    const y = this.#numbers;
    const result = new Float64Array(4 * (knots.length - 1));
    for (let i = 0; i < knots.length - 1; i++) {
      const h = knots[i + 1] - knots[i];
      const secant = (y[2 * i + 2] - y[2 * i]) / h;
      const [left, right] = [y[2 * i + 1], y[2 * i + 3]];
      const bend = left + right - 2 * secant;
      result.set([y[2 * i], left, (secant - left - bend) / h, bend / (h * h)], 4 * i);
    }
    return result;
  }
}

function stridesOf(axes: readonly KnotFinder[]): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (let k = axes.length - 1; k >= 0; k--) {
    strides[k] = stride;
    stride *= axes[k].knots.length;
  }
  return strides;
}

/** Slopes along one axis, of all lines of a table. */
function slopesAlong(knots: Float64Array, values: Float64Array, stride: number): Float64Array {
  const slopes = new Float64Array(values.length);
  const block = stride * knots.length;
  for (let outer = 0; outer < values.length; outer += block)
    for (let inner = 0; inner < stride; inner++)
      monotoneSlopes(knots, values, slopes, outer + inner, stride);
  return slopes;
}

/** Weights of value and slope at both ends of an interval of width h, t of it from the left. */
function hermite(weights: Float64Array, at: number, t: number, h: number): void {
  const u = 1 - t;
  weights[at] = u * u * (1 + 2 * t);
  weights[at + 1] = h * t * u * u;
  weights[at + 2] = t * t * (1 + 2 * u);
  weights[at + 3] = -h * t * t * u;
}

function hermiteRates(rates: Float64Array, at: number, t: number, h: number): void {
  const u = 1 - t;
  rates[at] = (-6 * t * u) / h;
  rates[at + 1] = u * (u - 2 * t);
  rates[at + 2] = (6 * t * u) / h;
  rates[at + 3] = t * (t - 2 * u);
}
