import { copyVector } from './copy-vector.js';

/**
 * The accepted points that integration looks back at: times, unknowns and charges, newest first.
 * Plain arrays, rotated without copying; index 0 is the newest point.
 */
export class StepHistory {
  static readonly depth = 4;
  readonly time = new Float64Array(StepHistory.depth);
  /** [depth][n + 1] unknowns, [depth][charges] charges. */
  readonly x: Float64Array[];
  readonly q: Float64Array[];
  /** Number of points since integration was restarted, `depth` at most. */
  count = 0;

  constructor(unknowns: number, charges: number) {
    const rows = (size: number): Float64Array[] =>
      Array.from({ length: StepHistory.depth }, () => new Float64Array(size));
    this.x = rows(unknowns);
    this.q = rows(charges);
  }

  /** Adds a point in front. */
  push(time: number, x: Float64Array, q: Float64Array): void {
    const { time: t } = this;
    t[3] = t[2];
    t[2] = t[1];
    t[1] = t[0];
    t[0] = time;
    rotate(this.x);
    rotate(this.q);
    copyVector(this.x[0], x);
    copyVector(this.q[0], q);
    if (this.count < StepHistory.depth) this.count++;
  }

  /** Takes the newest point back. */
  pop(): void {
    this.time.copyWithin(0, 1);
    this.x.push(this.x.shift()!);
    this.q.push(this.q.shift()!);
    this.count--;
  }

  /** Forgets all but the newest point: what lies before a corner says nothing about after. */
  restart(): void {
    this.count = 1;
  }

  copyFrom(other: StepHistory): void {
    this.time.set(other.time);
    this.count = other.count;
    for (let k = 0; k < StepHistory.depth; k++) {
      this.x[k].set(other.x[k]);
      this.q[k].set(other.q[k]);
    }
  }
}

/** Puts the last of the four first. */
function rotate(rows: Float64Array[]): void {
  const last = rows[3];
  rows[3] = rows[2];
  rows[2] = rows[1];
  rows[1] = rows[0];
  rows[0] = last;
}
