/** Finds the interval of a coordinate among knots, by a table of bins: no search for most. */
export class KnotFinder {
  /** [n] ascending. */
  readonly knots: Float64Array;
  readonly first: number;
  readonly last: number;
  readonly #bins: Int32Array;
  readonly #perUnit: number;

  constructor(knots: ArrayLike<number>) {
    this.knots = Float64Array.from(knots);
    const n = knots.length;
    this.first = this.knots[0];
    this.last = this.knots[n - 1];
    this.#bins = new Int32Array(4 * n);
    this.#perUnit = this.#bins.length / (this.last - this.first);
    let interval = 0;
    for (let b = 0; b < this.#bins.length; b++) {
      const left = this.first + b / this.#perUnit;
      while (interval < n - 2 && this.knots[interval + 1] <= left) interval++;
      this.#bins[b] = interval;
    }
  }

  /** The k with knots[k] ≤ u ≤ knots[k + 1]; u must lie between the first and the last knot. */
  interval(u: number): number {
    const { knots } = this;
    const bin = Math.min(((u - this.first) * this.#perUnit) | 0, this.#bins.length - 1);
    let k = this.#bins[bin];
    // Rounding may put u one bin off.
    while (k > 0 && knots[k] > u) k--;
    while (k < knots.length - 2 && knots[k + 1] <= u) k++;
    return k;
  }
}
