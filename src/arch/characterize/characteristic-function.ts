import {
  type CharacteristicOutput,
  type ContinuousInput,
  coordinate,
  type InputScale,
} from './characteristic-data.js';
import { OutsideDomain, type OutsidePolicy } from './outside-domain.js';
import type { TensorTable } from './tensor-table.js';

/** An array that functions read from or write to. */
export type NumberArray = Float64Array | Float32Array;

/** Inputs this close to the domain [of its width] lie in it: rounding put them out. */
const rounding = 1e-12;

/**
 * One output of a circuit as a function of its continuous inputs, discrete ones being chosen: what
 * networks call. Knows its domain and its error; `outside` counts where it was asked beyond.
 */
export class CharacteristicFunction {
  readonly inputs: readonly ContinuousInput[];
  readonly output: CharacteristicOutput;
  readonly policy: OutsidePolicy;
  /** How many points lay outside of the domain so far. */
  outside = 0;
  readonly #table: TensorTable;
  /** Of one input: [intervals × 4]. */
  readonly #cubics: Float64Array | undefined;
  readonly #scales: readonly InputScale[];
  /** [inputs] where the point at hand stands, in coordinates of interpolation. */
  readonly #at: Float64Array;
  readonly #gradient: Float64Array;
  readonly #clamped: Uint8Array;

  constructor(
    output: CharacteristicOutput,
    inputs: readonly ContinuousInput[],
    table: TensorTable,
    policy: OutsidePolicy,
  ) {
    this.output = output;
    this.inputs = inputs;
    this.policy = policy;
    this.#table = table;
    this.#cubics = inputs.length === 1 ? table.coefficients() : undefined;
    this.#scales = inputs.map(({ scale }) => scale);
    this.#at = new Float64Array(inputs.length);
    this.#gradient = new Float64Array(inputs.length);
    this.#clamped = new Uint8Array(inputs.length);
  }

  /** First and last value of each input. */
  get domain(): readonly (readonly [number, number])[] {
    return this.inputs.map(({ knots }) => [knots[0], knots[knots.length - 1]]);
  }

  /** The output at one point, inputs in their order. Throws `OutsideDomain` where it refuses. */
  value(...point: readonly number[]): number {
    this.#expect(point.length);
    return this.#place(point, undefined, 0) ? this.#table.evaluate(this.#at) : NaN;
  }

  /** The output at one point; its derivative along each input goes to `gradient`. */
  valueWithGradient(point: ArrayLike<number>, gradient: NumberArray): number {
    this.#expect(point.length);
    if (!this.#place(point, undefined, 0)) {
      gradient.fill(NaN);
      return NaN;
    }
    return this.#withGradient(point, gradient);
  }

  /** The derivative of a function of one input. */
  derivative(x: number): number {
    if (this.inputs.length !== 1) throw new Error('a derivative needs a function of one input');
    this.valueWithGradient([x], this.#single);
    return this.#single[0];
  }

  readonly #single = new Float64Array(1);

  /**
   * The output at many points.
   *
   * @param points one array for each input, of equal length
   * @param values where the outputs go, of that length
   * @param gradients where the derivatives go, one array for each input; left out: none
   * @returns how many points lay outside of the domain
   */
  evaluate(
    points: readonly NumberArray[],
    values: NumberArray,
    gradients?: readonly NumberArray[],
  ): number {
    this.#expect(points.length);
    const before = this.outside;
    if (this.#cubics) this.#evaluateCurve(this.#cubics, points[0], values, gradients?.[0]);
    else this.#evaluatePoints(points, values, gradients);
    return this.outside - before;
  }

  /** One input: the inner loop of networks. */
  #evaluateCurve(
    cubics: Float64Array,
    points: NumberArray,
    values: NumberArray,
    slopes: NumberArray | undefined,
  ): void {
    const [axis] = this.#table.axes;
    const { knots, first, last } = axis;
    const logarithmic = this.#scales[0] === 'logarithmic';
    for (let p = 0; p < points.length; p++) {
      const u = logarithmic ? Math.log(points[p]) : points[p];
      if (!(u >= first && u <= last)) {
        this.#evaluateOutside(points, p, values, slopes);
        continue;
      }
      const k = axis.interval(u);
      const s = u - knots[k];
      const [c1, c2, c3] = [cubics[4 * k + 1], cubics[4 * k + 2], cubics[4 * k + 3]];
      values[p] = cubics[4 * k] + s * (c1 + s * (c2 + s * c3));
      if (!slopes) continue;
      const slope = c1 + s * (2 * c2 + s * 3 * c3);
      slopes[p] = logarithmic ? slope / points[p] : slope;
    }
  }

  #evaluateOutside(
    points: NumberArray,
    p: number,
    values: NumberArray,
    slopes: NumberArray | undefined,
  ): void {
    if (!this.#place([points[p]], undefined, 0)) {
      values[p] = NaN;
      if (slopes) slopes[p] = NaN;
      return;
    }
    values[p] = this.#withGradient([points[p]], this.#single);
    if (slopes) slopes[p] = this.#single[0];
  }

  #evaluatePoints(
    points: readonly NumberArray[],
    values: NumberArray,
    gradients: readonly NumberArray[] | undefined,
  ): void {
    const d = this.inputs.length;
    const point = new Float64Array(d);
    const gradient = new Float64Array(d);
    for (let p = 0; p < values.length; p++) {
      const inside = this.#place(undefined, points, p);
      if (!gradients) {
        values[p] = inside ? this.#table.evaluate(this.#at) : NaN;
        continue;
      }
      for (let k = 0; k < d; k++) point[k] = points[k][p];
      values[p] = inside ? this.#withGradient(point, gradient) : NaN;
      for (let k = 0; k < d; k++) gradients[k][p] = inside ? gradient[k] : NaN;
    }
  }

  /** Where `#at` is, with derivatives along the inputs themselves. */
  #withGradient(point: ArrayLike<number>, gradient: NumberArray): number {
    const value = this.#table.evaluate(this.#at, this.#gradient);
    for (let k = 0; k < this.inputs.length; k++) {
      const along = this.#scales[k] === 'logarithmic' ? 1 / point[k] : 1;
      gradient[k] = this.#clamped[k] === 1 ? 0 : this.#gradient[k] * along;
    }
    return value;
  }

  /** Takes a point (or number p of many) to `#at`; false where it lies outside and gives NaN. */
  #place(
    point: ArrayLike<number> | undefined,
    points: readonly NumberArray[] | undefined,
    p: number,
  ): boolean {
    let outside = false;
    for (let k = 0; k < this.inputs.length; k++) {
      const value = point ? point[k] : points![k][p];
      const { first, last } = this.#table.axes[k];
      const u = coordinate(this.#scales[k], value);
      this.#at[k] = Math.min(Math.max(u, first), last);
      const slack = rounding * (last - first);
      const beyond = !(u >= first - slack && u <= last + slack);
      this.#clamped[k] = beyond ? 1 : 0;
      if (!beyond) continue;
      outside = true;
      if (this.policy === 'refuse') throw this.#refusal(k, value);
      // Nothing is near to what is no number.
      if (Number.isNaN(u)) this.#at[k] = NaN;
    }
    if (!outside) return true;
    this.outside++;
    return this.policy === 'clamp' && !this.#at.some(Number.isNaN);
  }

  #refusal(k: number, value: number): OutsideDomain {
    const { name, unit, knots } = this.inputs[k];
    return new OutsideDomain(name, unit, value, [knots[0], knots[knots.length - 1]]);
  }

  #expect(count: number): void {
    if (count === this.inputs.length) return;
    const names = this.inputs.map(({ name }) => name).join(', ');
    throw new Error(`'${this.output.name}' is a function of (${names}); it was given ${count}`);
  }
}
