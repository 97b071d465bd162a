/**
 * A table over d axes with a smooth function through it: the tensor product of monotone cubics.
 *
 *     every knot has 2^d numbers: the value and its mixed derivatives, bit k for a derivative along
 *     axis k, each estimated along grid lines by `monotoneSlopes`
 *     within a cell: Hermite's polynomials of all axes, multiplied; kept as 4^d coefficients of
 *     powers of the distances from the cell's lower corner
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
  /** [cells × 4^d], made when they are first needed. */
  #cells: Float64Array | undefined;
  /** How many cells further the neighbour along an axis stands. */
  readonly #cellStrides: readonly number[];
  /** [d] distances from the lower corner of the cell at hand. */
  readonly #distances: Float64Array;
  /** [d + 1 × 4^(d−1)] what is left of a cell when its last axes are done, and of its derivatives. */
  readonly #scratch: Float64Array;

  private constructor(axes: readonly KnotFinder[], numbers: Float64Array) {
    const d = axes.length;
    this.axes = axes;
    this.#numbers = numbers;
    this.#strides = stridesOf(axes.map(({ knots }) => knots.length));
    this.#cellStrides = stridesOf(axes.map(({ knots }) => knots.length - 1));
    this.#distances = new Float64Array(d);
    this.#scratch = new Float64Array((d + 1) * 4 ** Math.max(0, d - 1));
  }

  /**
   * @param knots of each axis, in coordinates of interpolation, ascending, two at least
   * @param values [Π knots], the last axis varies fastest
   */
  static through(knots: readonly ArrayLike<number>[], values: ArrayLike<number>): TensorTable {
    const axes = knots.map((each) => new KnotFinder(each));
    const parts = 1 << axes.length;
    const strides = stridesOf(knots.map(({ length }) => length));
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
    const s = this.#distances;
    let cell = 0;
    for (let k = 0; k < d; k++) {
      const axis = this.axes[k];
      const i = axis.interval(at[k]);
      cell += i * this.#cellStrides[k];
      s[k] = at[k] - axis.knots[i];
    }
    const cells = (this.#cells ??= this.#makeCells());
    const first = cell << (2 * d);
    if (d === 2) return planeValue(cells, first, s[0], s[1], gradient);
    return this.#contract(cells, first, gradient);
  }

  /** [intervals × 4] coefficients of a function of one coordinate, by powers from the left knot. */
  coefficients(): Float64Array {
    return (this.#cells ??= this.#makeCells());
  }

  /**
   * Sums powers axis by axis from the last one: a cell of 4^d coefficients becomes one of 4^(d−1),
   * its derivative along that axis another one.
   */
  #contract(cells: Float64Array, first: number, gradient?: Float64Array | Float32Array): number {
    const d = this.axes.length;
    const s = this.#distances;
    const work = this.#scratch;
    const plane = 4 ** Math.max(0, d - 1);
    if (d === 0) return cells[first];
    let count = plane;
    for (let g = 0; g < count; g++) {
      const c = first + 4 * g;
      work[g] = horner(cells, c, s[d - 1]);
      if (gradient) work[d * plane + g] = hornerSlope(cells, c, s[d - 1]);
    }
    for (let k = d - 2; k >= 0; k--) {
      count /= 4;
      if (gradient) {
        // Derivatives along the axes that are done, then the one along this axis.
        for (let j = d; j > k + 1; j--)
          for (let g = 0; g < count; g++)
            work[j * plane + g] = horner(work, j * plane + 4 * g, s[k]);
        for (let g = 0; g < count; g++) work[(k + 1) * plane + g] = hornerSlope(work, 4 * g, s[k]);
      }
      for (let g = 0; g < count; g++) work[g] = horner(work, 4 * g, s[k]);
    }
    if (gradient) for (let k = 0; k < d; k++) gradient[k] = work[(k + 1) * plane];
    return work[0];
  }

  #makeCells(): Float64Array {
    const d = this.axes.length;
    const lengths = this.axes.map(({ knots }) => knots.length - 1);
    const count = lengths.reduce((product, length) => product * length, 1);
    const size = 4 ** d;
    const cells = new Float64Array(count * size);
    const places = new Array<number>(d).fill(0);
    for (let cell = 0; cell < count; cell++) {
      for (let k = 0, rest = cell; k < d; k++) {
        places[k] = Math.floor(rest / this.#cellStrides[k]);
        rest -= places[k] * this.#cellStrides[k];
      }
      this.#makeCell(cells.subarray(cell * size, (cell + 1) * size), places);
    }
    return cells;
  }

  /** Collects value and derivatives at all corners, then turns them into powers, axis by axis. */
  #makeCell(into: Float64Array, places: readonly number[]): void {
    const d = this.axes.length;
    for (let c = 0; c < into.length; c++) {
      let knot = 0;
      let part = 0;
      for (let k = 0; k < d; k++) {
        // Of an axis's four numbers: value and slope at the lower end, then at the upper one.
        const own = (c >> (2 * (d - 1 - k))) & 3;
        knot += (places[k] + (own >> 1)) * this.#strides[k];
        part |= (own & 1) << (d - 1 - k);
      }
      into[c] = this.#numbers[(knot << d) + part];
    }
    for (let k = 0; k < d; k++) {
      const { knots } = this.axes[k];
      const h = knots[places[k] + 1] - knots[places[k]];
      const stride = 4 ** (d - 1 - k);
      for (let c = 0; c < into.length; c++)
        if ((Math.floor(c / stride) & 3) === 0) toPowers(into, c, stride, h);
    }
  }

  /** The same function with one of its coordinates fixed. */
  slice(axis: number, at: number): TensorTable {
    const d = this.axes.length;
    const { knots } = this.axes[axis];
    const i = this.axes[axis].interval(at);
    const h = knots[i + 1] - knots[i];
    const w = hermite((at - knots[i]) / h, h);
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
}

function horner(c: Float64Array, at: number, s: number): number {
  return c[at] + s * (c[at + 1] + s * (c[at + 2] + s * c[at + 3]));
}

function hornerSlope(c: Float64Array, at: number, s: number): number {
  return c[at + 1] + s * (2 * c[at + 2] + s * 3 * c[at + 3]);
}

/** Two axes, the usual case of several. */
function planeValue(
  c: Float64Array,
  at: number,
  s: number,
  t: number,
  gradient: Float64Array | Float32Array | undefined,
): number {
  const c0 = horner(c, at, t);
  const c1 = horner(c, at + 4, t);
  const c2 = horner(c, at + 8, t);
  const c3 = horner(c, at + 12, t);
  if (gradient) {
    const d0 = hornerSlope(c, at, t);
    const d1 = hornerSlope(c, at + 4, t);
    const d2 = hornerSlope(c, at + 8, t);
    const d3 = hornerSlope(c, at + 12, t);
    gradient[0] = c1 + s * (2 * c2 + s * 3 * c3);
    gradient[1] = d0 + s * (d1 + s * (d2 + s * d3));
  }
  return c0 + s * (c1 + s * (c2 + s * c3));
}

/** From values and slopes at both ends of an interval of width h to coefficients of 1, s, s², s³. */
function toPowers(c: Float64Array, at: number, stride: number, h: number): void {
  const [left, leftSlope] = [c[at], c[at + stride]];
  const [right, rightSlope] = [c[at + 2 * stride], c[at + 3 * stride]];
  const secant = (right - left) / h;
  const bend = leftSlope + rightSlope - 2 * secant;
  c[at + 2 * stride] = (secant - leftSlope - bend) / h;
  c[at + 3 * stride] = bend / (h * h);
}

/** How much further the neighbour along each axis stands; the last axis varies fastest. */
function stridesOf(lengths: readonly number[]): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (let k = lengths.length - 1; k >= 0; k--) {
    strides[k] = stride;
    stride *= lengths[k];
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
function hermite(t: number, h: number): readonly [number, number, number, number] {
  const u = 1 - t;
  return [u * u * (1 + 2 * t), h * t * u * u, t * t * (1 + 2 * u), -h * t * t * u];
}
