/**
 * Delayed and filtered values in a transient analysis.
 *
 *     before a step to t is solved:   past(k) = value(k) at t − delay(k), from accepted points
 *                                     of a filter, weight(k) and past(k) (`filter-memory.ts`)
 *     a point is accepted:            it joins the history; what is older than the longest delay goes
 *     a value has a corner at t:      so has what it drives, at t + delay(k): steps land there
 *
 * No step is longer than half the shortest delay, so that the past is always known. Where it is
 * curved, steps are kept short enough for the polynomial that is laid through it (`errorRatio`).
 *
 * Every start of integration is a corner of all values as far as the clock knows, but few of them
 * have one: a line whose ends do not reflect must not pass on echoes for ever. So a corner is judged
 * for each value by its slopes on both sides, as soon as there are points enough behind it.
 */
import { delaysOf, type Delay } from '../system/delays.js';
import type { SlotPlace } from '../system/slot-table.js';
import type { System } from '../system/system.js';
import { DelayHistory, mark, type DelayHistoryCheckpoint, type Mark } from './delay-history.js';
import { FilterMemory } from './filter-memory.js';
import type { StepHistory } from './step-history.js';

/** Part of the largest step after which a corner is judged. */
const judgingPart = 1 / 16;

/** Of the largest step: what filters make of shorter times need not be right. */
const resolvedPart = 1e-4;

/** What a step may add to the error of a filtered value; such errors have one sign along a bend. */
const partOfTolerance = 0.25;

/** Parts of the tolerance: what is less is no jump, and no corner over the largest step. */
const leastJump = 0.1;
const leastKink = 0.5;

export interface DelayLinesCheckpoint {
  readonly history: DelayHistoryCheckpoint;
  readonly before: Float64Array;
  readonly unjudged: readonly number[];
  readonly echoes: readonly number[];
  readonly filters: readonly Float64Array[];
}

export class DelayLines {
  /** No step is longer [s]. */
  readonly maxStep: number;
  readonly #system: System;
  readonly #peak: Float64Array;
  readonly #delays: readonly Delay[];
  readonly #unknowns: Int32Array;
  readonly #longest: number;
  readonly #history: DelayHistory;
  /** Of the delays that are filters, by their numbers. */
  readonly #filters = new Map<number, FilterMemory>();
  /** [delays] values before time 0. */
  readonly #before: Float64Array;
  /** Times of corners that are not judged yet, ascending. */
  #unjudged: number[] = [];
  /** Times at which corners leave the delays, ascending. */
  #echoes: number[] = [];

  /**
   * @param maxStep of the analysis [s]
   * @param stop its end [s]
   * @param peak [n + 1] largest magnitude of every unknown so far
   */
  constructor(system: System, maxStep: number, stop: number, peak: Float64Array) {
    this.#system = system;
    this.#peak = peak;
    this.#delays = delaysOf(system);
    this.#unknowns = Int32Array.from(this.#delays, ({ unknown }) => unknown);
    const times = this.#delays.map(({ time }) => time);
    this.#longest = times.reduce((a, b) => Math.max(a, b), 0);
    const elapsing = times.filter((time) => time > 0);
    this.maxStep = elapsing.reduce((a, b) => Math.min(a, b / 2), maxStep);
    this.#history = new DelayHistory(this.#delays.length);
    this.#before = new Float64Array(this.#delays.length);
    this.#delays.forEach(({ filter }, k) => {
      if (!filter) return;
      const memory = new FilterMemory(filter.response, k, stop, resolvedPart * this.maxStep);
      this.#filters.set(k, memory);
    });
  }

  get any(): boolean {
    return this.#delays.length > 0;
  }

  /** The past before time 0 is what the operating point in x says. */
  startAtRest(): void {
    const { x } = this.#system.memory;
    this.#delays.forEach(({ unknown }, k) => {
      this.#before[k] = x[unknown];
    });
    this.#forgetAll();
  }

  /** The past before time 0 is what the models say. */
  startAsGiven(): void {
    this.#delays.forEach(({ start }, k) => {
      this.#before[k] = start;
    });
    this.#forgetAll();
  }

  #forgetAll(): void {
    this.#history.clear();
    this.#unjudged = [];
    this.#echoes = [];
    for (const [k, filter] of this.#filters) filter.start(this.#before[k]);
    this.apply(0);
  }

  /** Fills in what the delayed values were, for a step to `time`. */
  apply(time: number): void {
    for (let k = 0; k < this.#delays.length; k++) {
      const { past, time: delay, filter } = this.#delays[k];
      const then = time - delay;
      if (filter) this.#applyFilter(k, time, past, filter.weight);
      else
        past.memory.instance[past.position] =
          then <= 0 ? this.#before[k] : this.#history.interpolate(k, then);
    }
  }

  #applyFilter(k: number, time: number, past: SlotPlace, weight: SlotPlace): void {
    const step =
      time > 0
        ? this.#filters.get(k)!.step(this.#history, time)
        : { weight: 0, past: this.#delays[k].filter!.response.rest * this.#before[k] };
    weight.memory.instance[weight.position] = step.weight;
    past.memory.instance[past.position] = step.past;
  }

  /** Adds the x in memory as a point. */
  push(time: number): void {
    if (!this.any) return;
    this.#history.push(time, this.#system.memory.x, this.#unknowns);
    for (const filter of this.#filters.values()) filter.push(this.#history);
  }

  /** Takes the newest point back. */
  pop(): void {
    if (!this.any) return;
    this.#history.pop();
    for (const filter of this.#filters.values()) filter.pop();
  }

  /** The newest point is there to stay: corners that lie far enough back are judged. */
  settle(): void {
    if (!this.any) return;
    const time = this.#newest;
    const ripe = time - judgingPart * this.maxStep;
    while (this.#unjudged.length > 0 && this.#unjudged[0] <= ripe) this.#judge(this.#unjudged[0]);
    while (this.#echoes.length > 0 && this.#echoes[0] <= time) this.#echoes.shift();
    this.#history.forgetBefore(time - this.#longest);
  }

  /** Integration starts anew at the newest point. */
  turnCorner(as: Mark = mark.corner): void {
    if (!this.any) return;
    const time = this.#newest;
    this.#history.markNewest(as);
    if (this.#unjudged.at(-1) !== time) this.#unjudged.push(time);
  }

  /** The first time after `time` at which a corner leaves a delay; Infinity if there is none. */
  nextEcho(time: number): number {
    return this.#echoes.find((echo) => echo > time) ?? Infinity;
  }

  /**
   * How far a parabola through the points before a step would miss the values in it, over what is
   * tolerated: an upper bound for what the cubic misses later.
   */
  errorRatio(time: number, x: Float64Array, history: StepHistory): number {
    if (!this.any || history.count < 2) return 0;
    const straight = this.#straightRatio(time, x, history);
    if (history.count < 3) return straight;
    const { time: t, x: past } = history;
    const h = time - t[0];
    const furthest = ((h * h) / 4) * (time - t[1]);
    let largest = straight;
    for (const u of this.#unknowns) {
      const first = (x[u] - past[0][u]) / h;
      const second = (past[0][u] - past[1][u]) / (t[0] - t[1]);
      const third = (past[1][u] - past[2][u]) / (t[1] - t[2]);
      const near = (first - second) / (time - t[1]);
      const far = (second - third) / (t[0] - t[2]);
      const miss = (Math.abs(near - far) / (time - t[2])) * furthest;
      largest = Math.max(largest, miss / this.#tolerance(u));
    }
    return largest;
  }

  /** How far the mean of a filtered value in a step is from that of the straight line it is taken as. */
  #straightRatio(time: number, x: Float64Array, { time: t, x: past }: StepHistory): number {
    const h = time - t[0];
    let largest = 0;
    for (const k of this.#filters.keys()) {
      const u = this.#unknowns[k];
      const first = (x[u] - past[0][u]) / h;
      const second = (past[0][u] - past[1][u]) / (t[0] - t[1]);
      const bend = Math.abs(first - second) / (time - t[1]);
      largest = Math.max(largest, (bend * h * h) / (6 * partOfTolerance * this.#tolerance(u)));
    }
    return largest;
  }

  checkpoint(): DelayLinesCheckpoint {
    return {
      history: this.#history.checkpoint(),
      before: this.#before.slice(),
      unjudged: [...this.#unjudged],
      echoes: [...this.#echoes],
      filters: [...this.#filters.values()].map(({ z }) => z.slice()),
    };
  }

  restore({ history, before, unjudged, echoes, filters }: DelayLinesCheckpoint): void {
    this.#history.restore(history);
    this.#before.set(before);
    [...this.#filters].forEach(([k, filter], i) => {
      filter.start(before[k]);
      filter.z.set(filters[i]);
    });
    this.#unjudged = [...unjudged];
    this.#echoes = [...echoes];
  }

  get #newest(): number {
    return this.#history.time(this.#history.length - 1);
  }

  #tolerance(unknown: number): number {
    const { reltol, abstol } = this.#system.unknowns[unknown];
    return reltol * this.#peak[unknown] + abstol;
  }

  /** Sends the first unjudged corner through every delay whose value has one. */
  #judge(time: number): void {
    this.#unjudged.shift();
    const point = this.#history.pointBefore(time);
    this.#delays.forEach(({ unknown, time: delay }, k) => {
      if (delay === 0) return;
      const reach = this.#reach(point, k, this.#tolerance(unknown));
      if (reach < this.maxStep) this.#addEcho(time + delay, reach);
    });
  }

  /**
   * Steps land on an echo unless they land closer than `reach` to it anyway: where lines of many
   * lengths meet, weak echoes are too many to land on each.
   */
  #addEcho(time: number, reach: number): void {
    const echoes = this.#echoes;
    let after = 0;
    for (let end = echoes.length; after < end;) {
      const middle = (after + end) >> 1;
      if (echoes[middle] < time) after = middle + 1;
      else end = middle;
    }
    const same = Math.max(reach, 1e-9 * this.maxStep);
    if (after > 0 && time - echoes[after - 1] <= same) return;
    if (after < echoes.length && echoes[after] - time <= same) return;
    echoes.splice(after, 0, time);
  }

  /** The longest step over a value's corner that misses it by no more than is tolerated [s]. */
  #reach(point: number, k: number, tolerance: number): number {
    const history = this.#history;
    if (point === 0 && Math.abs(history.value(0, k) - this.#before[k]) > leastJump * tolerance)
      return 0;
    const isJump = history.mark(point) === mark.jump;
    const jump = isJump ? point : point + 1;
    if (history.mark(jump) === mark.jump && this.#jumps(jump, k, tolerance)) return 0;
    if (isJump) return Infinity;
    const kink = Math.abs(this.#slope(point, k, 1) - this.#slope(point, k, -1));
    return (leastKink * tolerance) / kink;
  }

  /** Whether a value changed from a corner to the point close behind, and did not go on like that. */
  #jumps(point: number, k: number, tolerance: number): boolean {
    const history = this.#history;
    if (point === 0) return false;
    const change = history.value(point, k) - history.value(point - 1, k);
    const width = history.time(point) - history.time(point - 1);
    const goesOn = this.#slope(point, k, 1) * width;
    return (
      Math.abs(change) > leastJump * tolerance && Math.abs(goesOn - change) > 0.5 * Math.abs(change)
    );
  }

  /**
   * Slope of a value at a point to one side of it: of a parabola through two points about half and
   * all of the judging distance away, if the next corner is not closer.
   */
  #slope(point: number, k: number, side: 1 | -1): number {
    const history = this.#history;
    const far = this.#pointAt(point, side, judgingPart * this.maxStep);
    if (far === point) return 0;
    const chord = (to: number): number =>
      (history.value(to, k) - history.value(point, k)) / (history.time(to) - history.time(point));
    const reach = Math.abs(history.time(far) - history.time(point));
    const near = this.#pointAt(point, side, 0.4 * reach);
    if (near === far) return chord(far);
    const close = Math.abs(history.time(near) - history.time(point));
    return (chord(near) * reach - chord(far) * close) / (reach - close);
  }

  /** The first point at least `distance` away, or the last one before the next corner or the end. */
  #pointAt(point: number, side: 1 | -1, distance: number): number {
    const history = this.#history;
    const start = history.time(point);
    for (let to = point; ;) {
      const next = to + side;
      if (next < 0 || next >= history.length) return to;
      to = next;
      const stops =
        history.mark(to) === mark.corner || (side < 0 && history.mark(to) === mark.jump);
      if (stops || Math.abs(history.time(to) - start) >= distance) return to;
    }
  }
}
