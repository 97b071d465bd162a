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
    this.time.copyWithin(1, 0);
    this.time[0] = time;
    this.x.unshift(this.x.pop()!);
    this.q.unshift(this.q.pop()!);
    this.x[0].set(x);
    this.q[0].set(q);
    this.count = Math.min(this.count + 1, StepHistory.depth);
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
