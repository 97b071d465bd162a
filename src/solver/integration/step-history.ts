import { historyDepth, rowsOf } from '../system/step-memory.js';

/**
 * The accepted points that integration looks back at: times, unknowns and charges, newest first.
 * Rows stand one behind the other in one array each, which moves on by a row with every point.
 */
export class StepHistory {
  readonly time: Float64Array;
  /** [depth][n + 1] unknowns, [depth][charges] charges. */
  readonly x: readonly Float64Array[];
  readonly q: readonly Float64Array[];
  /** Number of points since integration was restarted, `historyDepth` at most. */
  count = 0;
  readonly #x: Float64Array;
  readonly #q: Float64Array;

  /** @param x [depth · (n + 1)] @param q [depth · charges] @param time [depth] */
  constructor(
    x: Float64Array,
    q: Float64Array,
    time: Float64Array = new Float64Array(historyDepth),
  ) {
    this.time = time;
    this.#x = x;
    this.#q = q;
    this.x = rowsOf(x);
    this.q = rowsOf(q);
  }

  /** Adds a point in front. */
  push(time: number, x: Float64Array, q: Float64Array): void {
    this.#x.copyWithin(x.length, 0);
    this.#q.copyWithin(q.length, 0);
    this.x[0].set(x);
    this.q[0].set(q);
    this.pushTime(time);
  }

  /** The same where x and q have moved on already. */
  pushTime(time: number): void {
    const { time: t } = this;
    t[3] = t[2];
    t[2] = t[1];
    t[1] = t[0];
    t[0] = time;
    if (this.count < historyDepth) this.count++;
  }

  /** Takes the newest point back. */
  pop(): void {
    this.time.copyWithin(0, 1);
    this.#x.copyWithin(0, this.x[0].length);
    this.#q.copyWithin(0, this.q[0].length);
    this.count--;
  }

  /** Forgets all but the newest point: what lies before a corner says nothing about after. */
  restart(): void {
    this.count = 1;
  }

  copyFrom(other: Pick<StepHistory, 'time' | 'count' | 'x' | 'q'>): void {
    this.time.set(other.time);
    this.count = other.count;
    this.x.forEach((row, k) => {
      row.set(other.x[k]);
    });
    this.q.forEach((row, k) => {
      row.set(other.q[k]);
    });
  }

  /** A copy with memory of its own. */
  copy(): StepHistory {
    const history = new StepHistory(this.#x.slice(), this.#q.slice(), this.time.slice());
    history.count = this.count;
    return history;
  }
}
