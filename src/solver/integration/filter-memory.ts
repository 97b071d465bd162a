/**
 * What a filter (`line-responses.ts`) remembers of a value: one number for each of its exponentials,
 *
 *     z(t) = ∫ exp(−p·(t − s))·u(s) ds,   u(s) = x(s − delay) − x₀
 *
 * Between two accepted points the value is taken as a straight line, so that the integral over a step
 * is exact; where there is a delay, over the pieces that accepted points cut it into.
 */
import type { Exponentials, LineResponse } from '../../devices/language/line-responses.js';
import type { DelayHistory } from './delay-history.js';

/** What a filter gives at the end of a step: weight·x + past. */
export interface FilterStep {
  readonly weight: number;
  readonly past: number;
}

export class FilterMemory {
  readonly #response: LineResponse;
  readonly #exponentials: Exponentials;
  readonly #column: number;
  /** [exponentials] at the newest point, and at the one before. */
  readonly z: Float64Array;
  readonly #before: Float64Array;
  readonly #candidate: Float64Array;
  /** [exponentials] of a straight line over `#h`. */
  readonly #fall: Float64Array;
  readonly #atStart: Float64Array;
  readonly #atEnd: Float64Array;
  #h = NaN;
  #rest = 0;

  /** @param column of the value in the history @param longest, shortest times that count [s] */
  constructor(response: LineResponse, column: number, longest: number, shortest: number) {
    this.#response = response;
    this.#exponentials = response.exponentials(longest, shortest);
    this.#column = column;
    this.z = new Float64Array(this.#exponentials.poles.length);
    this.#before = new Float64Array(this.z.length);
    this.#candidate = new Float64Array(this.z.length);
    this.#fall = new Float64Array(this.z.length);
    this.#atStart = new Float64Array(this.z.length);
    this.#atEnd = new Float64Array(this.z.length);
  }

  /** Nothing ever changed; the value was `rest`. */
  start(rest: number): void {
    this.#rest = rest;
    this.z.fill(0);
  }

  /** A step from the newest point of the history to `time`. */
  step(history: DelayHistory, time: number): FilterStep {
    const newest = history.length - 1;
    const from = history.time(newest);
    const { delay, rest } = this.#response;
    const { direct, slope, weights } = this.#exponentials;
    if (delay > 0) {
      const z = this.#candidate;
      z.set(this.z);
      this.#carry(z, history, from, time);
      let past = rest * this.#rest + direct * this.#value(history, time - delay);
      for (let j = 0; j < z.length; j++) past += weights[j] * z[j];
      return { weight: 0, past };
    }
    const h = time - from;
    const u = history.value(newest, this.#column) - this.#rest;
    let weight = direct + slope / h;
    let past = -(slope / h) * u;
    this.#layOut(h);
    for (let j = 0; j < weights.length; j++) {
      weight += weights[j] * this.#atEnd[j];
      past += weights[j] * (this.#fall[j] * this.z[j] + this.#atStart[j] * u);
    }
    return { weight, past: past + (rest - weight) * this.#rest };
  }

  /** The newest point joined the history. */
  push(history: DelayHistory): void {
    this.#before.set(this.z);
    const newest = history.length - 1;
    if (newest > 0) this.#carry(this.z, history, history.time(newest - 1), history.time(newest));
  }

  /** The newest point leaves the history. */
  pop(): void {
    this.z.set(this.#before);
  }

  /** u at a time before the newest point. */
  #value(history: DelayHistory, time: number): number {
    return time <= 0 ? 0 : history.interpolate(this.#column, time) - this.#rest;
  }

  /** Carries z from one time to another; the delayed value is known up to then. */
  #carry(z: Float64Array, history: DelayHistory, from: number, to: number): void {
    const { delay } = this.#response;
    const end = to - delay;
    if (end <= 0) return;
    let start = Math.max(from - delay, 0);
    let point = history.pointBefore(start);
    let left = this.#value(history, start);
    while (start < end) {
      const next = point + 1 < history.length ? Math.min(history.time(point + 1), end) : end;
      const right = this.#value(history, next);
      this.#layOut(next - start);
      for (let j = 0; j < z.length; j++)
        z[j] = this.#fall[j] * z[j] + this.#atStart[j] * left + this.#atEnd[j] * right;
      [start, left] = [next, right];
      point++;
    }
  }

  /** Fills in exp(−p·h), and what the values at both ends of a straight line count in the integral. */
  #layOut(h: number): void {
    if (h === this.#h) return;
    this.#h = h;
    const { poles } = this.#exponentials;
    for (let j = 0; j < poles.length; j++) {
      const x = poles[j] * h;
      const fall = Math.exp(-x);
      // (1 − exp(−x))/x, and the rest of it to 1 over x.
      const mean = x > 1e-2 ? (1 - fall) / x : 1 - (x / 2) * (1 - (x / 3) * (1 - x / 4));
      const end = x > 1e-2 ? (1 - mean) / x : 0.5 - (x / 6) * (1 - (x / 4) * (1 - x / 5));
      this.#fall[j] = fall;
      this.#atStart[j] = h * (mean - end);
      this.#atEnd[j] = h * end;
    }
  }
}
