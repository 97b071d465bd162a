/**
 * What delayed values were: accepted points as far back as the longest delay reaches, with marks
 * where something has a corner. Between points a cubic is laid through the two on either side of the
 * place, but never across a corner.
 */

/** Points kept beyond the longest delay, for the cubic that begins there. */
const margin = 8;

/** Parts of the interval: a point closer than this to its end amplifies noise and is passed over. */
const nearest = 1 / 8;

/** What is known of a point besides its values. */
export const mark = {
  none: 0,
  /** Integration started anew here. */
  corner: 1,
  /** Close behind a corner: what has no memory has jumped. */
  jump: 2,
} as const;
export type Mark = (typeof mark)[keyof typeof mark];

export interface DelayHistoryCheckpoint {
  readonly times: Float64Array;
  readonly marks: Uint8Array;
  readonly values: Float64Array;
}

export class DelayHistory {
  readonly #width: number;
  /** Points [first, end) are alive. */
  #first = 0;
  #end = 0;
  #times = new Float64Array(64);
  #marks = new Uint8Array(64);
  /** [point][column] */
  #values: Float64Array;
  readonly #stencil = new Int32Array(4);

  /** @param width number of values that each point has */
  constructor(width: number) {
    this.#width = width;
    this.#values = new Float64Array(64 * width);
  }

  /** Number of points; they are counted from the oldest. */
  get length(): number {
    return this.#end - this.#first;
  }

  time(point: number): number {
    return this.#times[this.#first + point];
  }

  mark(point: number): number {
    return this.#marks[this.#first + point];
  }

  value(point: number, column: number): number {
    return this.#values[(this.#first + point) * this.#width + column];
  }

  clear(): void {
    this.#first = 0;
    this.#end = 0;
  }

  /** @param x where the values stand, at `unknowns` [width] */
  push(time: number, x: Float64Array, unknowns: Int32Array): void {
    if (this.#end === this.#times.length) this.#makeRoom();
    this.#times[this.#end] = time;
    this.#marks[this.#end] = mark.none;
    const at = this.#end * this.#width;
    for (let k = 0; k < this.#width; k++) this.#values[at + k] = x[unknowns[k]];
    this.#end++;
  }

  /** Takes the newest point back. */
  pop(): void {
    this.#end--;
  }

  /** Marks the newest point; a jump that is a corner, too, stays a corner. */
  markNewest(value: Mark): void {
    const newest = this.#end - 1;
    if (this.#marks[newest] !== mark.corner) this.#marks[newest] = value;
  }

  /** Drops what no time from `time` on needs. */
  forgetBefore(time: number): void {
    while (this.#end - this.#first > margin && this.#times[this.#first + margin] < time)
      this.#first++;
  }

  /** The last point that is not behind `time`; the oldest if all are. */
  pointBefore(time: number): number {
    let low = this.#first;
    let high = this.#end - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#times[middle] <= time) low = middle;
      else high = middle - 1;
    }
    return low - this.#first;
  }

  /** The value of a column at a time between the oldest and the newest point. */
  interpolate(column: number, time: number): number {
    const left = this.#first + this.pointBefore(time);
    const at = (point: number): number => this.#values[point * this.#width + column];
    if (time <= this.#times[left] || left === this.#end - 1) return at(left);
    const points = this.#chooseStencil(left);
    const t = this.#times;
    const s = this.#stencil;
    // Newton's form over at most four points; the first two enclose the place.
    const [a, b] = [at(s[0]), at(s[1])];
    const ab = (b - a) / (t[s[1]] - t[s[0]]);
    let value = a + (time - t[s[0]]) * ab;
    if (points < 3) return value;
    const c = at(s[2]);
    const bc = (c - b) / (t[s[2]] - t[s[1]]);
    const abc = (bc - ab) / (t[s[2]] - t[s[0]]);
    const basis = (time - t[s[0]]) * (time - t[s[1]]);
    value += basis * abc;
    if (points < 4) return value;
    const cd = (at(s[3]) - c) / (t[s[3]] - t[s[2]]);
    const bcd = (cd - bc) / (t[s[3]] - t[s[1]]);
    const abcd = (bcd - abc) / (t[s[3]] - t[s[0]]);
    return value + basis * (time - t[s[2]]) * abcd;
  }

  checkpoint(): DelayHistoryCheckpoint {
    const [from, to] = [this.#first, this.#end];
    return {
      times: this.#times.slice(from, to),
      marks: this.#marks.slice(from, to),
      values: this.#values.slice(from * this.#width, to * this.#width),
    };
  }

  restore({ times, marks, values }: DelayHistoryCheckpoint): void {
    this.clear();
    while (this.#times.length < times.length) this.#grow();
    this.#times.set(times);
    this.#marks.set(marks);
    this.#values.set(values);
    this.#end = times.length;
  }

  /** The interval behind `left` and up to two more points without a corner between; their number. */
  #chooseStencil(left: number): number {
    const right = left + 1;
    const least = nearest * (this.#times[right] - this.#times[left]);
    const s = this.#stencil;
    s[0] = left;
    s[1] = right;
    const before = this.#outward(left, -1, least);
    const behind = this.#outward(right, 1, least);
    const first = before >= 0 ? before : behind;
    if (first < 0) return 2;
    s[2] = first;
    const second =
      before >= 0 && behind >= 0 ? behind : this.#outward(first, before >= 0 ? -1 : 1, least);
    if (second < 0) return 3;
    s[3] = second;
    return 4;
  }

  /** The first point at least `least` beyond `from`, on this side of the next corner; or −1. */
  #outward(from: number, step: 1 | -1, least: number): number {
    for (let point = from; this.#marks[point] === mark.none;) {
      point += step;
      if (point < this.#first || point >= this.#end) return -1;
      if (Math.abs(this.#times[point] - this.#times[from]) >= least) return point;
    }
    return -1;
  }

  #makeRoom(): void {
    if (this.#first < this.#times.length / 2) {
      this.#grow();
      return;
    }
    this.#times.copyWithin(0, this.#first, this.#end);
    this.#marks.copyWithin(0, this.#first, this.#end);
    this.#values.copyWithin(0, this.#first * this.#width, this.#end * this.#width);
    this.#end -= this.#first;
    this.#first = 0;
  }

  #grow(): void {
    const size = 2 * this.#times.length;
    const larger = <T extends Float64Array | Uint8Array>(target: T, from: T): T => {
      target.set(from);
      return target;
    };
    this.#times = larger(new Float64Array(size), this.#times);
    this.#marks = larger(new Uint8Array(size), this.#marks);
    this.#values = larger(new Float64Array(size * this.#width), this.#values);
  }
}
