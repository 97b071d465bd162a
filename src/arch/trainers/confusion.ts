/** Counts of samples by their class (row) and the answer of a network (column). */
export class Confusion {
  readonly classes: number;
  readonly counts: Float64Array;

  constructor(classes: number) {
    this.classes = classes;
    this.counts = new Float64Array(classes * classes);
  }

  add(label: number, answer: number): void {
    this.counts[label * this.classes + answer]++;
  }

  /** Part of the samples whose answer is wrong; NaN without samples. */
  get error(): number {
    let right = 0;
    for (let k = 0; k < this.classes; k++) right += this.counts[k * this.classes + k];
    return 1 - right / this.counts.reduce((sum, count) => sum + count, 0);
  }

  /** Row by row. */
  get rows(): number[][] {
    return Array.from({ length: this.classes }, (_, k) => [
      ...this.counts.subarray(k * this.classes, (k + 1) * this.classes),
    ]);
  }
}

/** Index of the largest value among `count` from `from` on; of equals the first. */
export function argmax(
  values: Float64Array | Float32Array,
  from = 0,
  count = values.length,
): number {
  let best = from;
  for (let k = from + 1; k < from + count; k++) if (values[k] > values[best]) best = k;
  return best - from;
}
