/** Differences of one quantity, this level minus the other. */
export interface BlockError {
  readonly count: number;
  readonly mean: number;
  readonly rms: number;
  readonly max: number;
  /** Root mean square of the quantity itself at this level: what errors are judged by. */
  readonly scale: number;
}

export class Difference {
  #count = 0;
  #sum = 0;
  #square = 0;
  #max = 0;
  #scale = 0;

  add(own: number, other: number): void {
    const e = own - other;
    this.#count++;
    this.#sum += e;
    this.#square += e * e;
    this.#max = Math.max(this.#max, Math.abs(e));
    this.#scale += own * own;
  }

  get result(): BlockError {
    const n = Math.max(1, this.#count);
    return {
      count: this.#count,
      mean: this.#sum / n,
      rms: Math.sqrt(this.#square / n),
      max: this.#max,
      scale: Math.sqrt(this.#scale / n),
    };
  }

  save(): number[] {
    return [this.#count, this.#sum, this.#square, this.#max, this.#scale];
  }

  restore([count, sum, square, max, scale]: readonly number[]): void {
    this.#count = count;
    this.#sum = sum;
    this.#square = square;
    this.#max = max;
    this.#scale = scale;
  }
}
