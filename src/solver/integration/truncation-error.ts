/**
 * The local truncation error of a step, as its ratio to what is tolerated.
 *
 * An integration formula of order k errs in a charge by C·[q(n+1), …, q(n−k)], a divided difference
 * over k + 2 points. The same holds for every unknown that charges depend on. Three tests:
 *
 *     charges    error ≤ trtol · max(h·(abstol + reltol·|qdot|), reltol·max(|q|, chgtol))
 *     voltages   error ≤ lvltol · (reltol·peak + vntol), currents of inductors with abstol
 *     states     error ≤ reltol_s·max(|s|, range/10) + abstol_s, without any factor
 *
 * The first is SPICE's (Nagel 1975, section 4.6), row by row. A row's charge is what Kirchhoff's law
 * uses, so charges that cancel in a row do so in the error, too; but a small node beside a large
 * coupling charge would be lost in it. The second test sees every such voltage itself, relative to
 * its own peak, and bounds what trtol = 7 and chgtol leave open for small capacitances.
 *
 * After a corner there are no points to look back at. The first two steps are backward Euler steps
 * of one size, judged together by the three points they make; the unknowns at the corner itself are
 * left out, since they may jump there where charges cannot.
 */
import type { System } from '../system/system.js';
import type { IntegrationMethod } from './method.js';
import type { StepHistory } from './step-history.js';

/** A prediction that is wrong by this part of an unknown's peak, and not only by noise, missed a jump. */
const jumpPart = 0.05;
const jumpFloor = 1e4;

/** A step that has been solved but not yet accepted. */
export interface CandidateStep {
  readonly time: number;
  readonly h: number;
  readonly method: IntegrationMethod;
  readonly x: Float64Array;
  readonly q: Float64Array;
  readonly qdot: Float64Array;
}

export class TruncationError {
  /** Unknown or row with the largest ratio at the last call. */
  worst = 0;
  /** [n + 1] largest magnitude of every unknown so far. */
  readonly peak: Float64Array;
  /** [n + 1] the same for every charge. */
  readonly chargePeak: Float64Array;
  readonly #system: System;
  readonly #chargeRows: Int32Array;
  readonly #stateRows: Int32Array;
  readonly #columns: Int32Array;
  readonly #abstol: Float64Array;
  readonly #reltol: Float64Array;
  /** [n + 1] part of a state's range that its tolerance refers to at least. */
  readonly #nominal: Float64Array;
  /** [n + 1] 1 for rows that define a derivative, mostly of a voltage: no charge stands in them. */
  readonly #derivative: Uint8Array;
  readonly #weights = new Float64Array(5);

  constructor(system: System) {
    this.#system = system;
    const { unknowns, linkage } = system;
    this.peak = new Float64Array(unknowns.length);
    this.chargePeak = new Float64Array(unknowns.length);
    this.#derivative = Uint8Array.from(unknowns, ({ kind }) => (kind === 'derivative' ? 1 : 0));
    const isState = (u: number): boolean =>
      unknowns[u].kind === 'state' || unknowns[u].kind === 'integral';
    const dynamic = (flags: Uint8Array): number[] =>
      [...flags.keys()].filter((u) => flags[u] === 1 && !isState(u));
    this.#chargeRows = Int32Array.from(dynamic(linkage.dynamicRow));
    this.#columns = Int32Array.from(dynamic(linkage.dynamicColumn));
    this.#stateRows = Int32Array.from([...unknowns.keys()].filter(isState));
    this.#abstol = Float64Array.from(unknowns, (u) => u.abstol);
    this.#reltol = Float64Array.from(unknowns, (u) => u.reltol);
    this.#nominal = Float64Array.from(unknowns, ({ bounds }) => {
      const range = bounds ? bounds[1] - bounds[0] : 0;
      return Number.isFinite(range) ? range / 10 : 0;
    });
  }

  /** Raises the peaks at an accepted point. */
  observe(x: Float64Array, q: Float64Array): void {
    const { peak, chargePeak } = this;
    for (let u = 1; u < peak.length; u++) {
      peak[u] = Math.max(peak[u], Math.abs(x[u]));
      chargePeak[u] = Math.max(chargePeak[u], Math.abs(q[u]));
    }
  }

  /**
   * Error over tolerance of the worst unknown; 0 where there are not enough points to tell.
   * @param starting true for the second of the two steps behind a corner
   */
  ratio(candidate: CandidateStep, history: StepHistory, starting: boolean): number {
    const { order } = candidate.method;
    this.worst = 0;
    if (history.count < order + 1) return 0;
    const constant = candidate.method.errorConstant(candidate.h, history.time[0] - history.time[1]);
    this.#setWeights(candidate.time, history.time, order + 2, constant);
    let ratio = this.#states(candidate, history, order);
    ratio = Math.max(ratio, this.#charges(candidate, history, order, starting, ratio));
    // The oldest point is the corner itself as long as it has just come into the history.
    if (history.count > order + 1)
      ratio = Math.max(ratio, this.#unknowns(candidate, history, order, ratio));
    return ratio;
  }

  /**
   * Whether an unknown that charges depend on went somewhere else altogether than predicted. Error
   * estimates cannot tell: over steps of very unequal size they take a jump for something small.
   * @param predicted [n + 1] from points without a corner between them
   */
  jumps(x: Float64Array, predicted: Float64Array): boolean {
    for (let k = 0; k < this.#columns.length; k++) {
      const u = this.#columns[k];
      const size = Math.max(this.peak[u], Math.abs(x[u]));
      const bound = jumpPart * size + jumpFloor * this.#abstol[u];
      if (Math.abs(x[u] - predicted[u]) > bound) {
        this.worst = u;
        return true;
      }
    }
    return false;
  }

  /** Weights of the divided difference over `points` points, times the error constant. */
  #setWeights(time: number, past: Float64Array, points: number, constant: number): void {
    const at = (k: number): number => (k === 0 ? time : past[k - 1]);
    for (let k = 0; k < points; k++) {
      let weight = constant;
      for (let j = 0; j < points; j++) if (j !== k) weight /= at(k) - at(j);
      this.#weights[k] = weight;
    }
  }

  #error(now: Float64Array, past: readonly Float64Array[], u: number, order: number): number {
    const w = this.#weights;
    let sum = w[0] * now[u] + w[1] * past[0][u] + w[2] * past[1][u];
    if (order === 2) sum += w[3] * past[2][u];
    return Math.abs(sum);
  }

  /**
   * The whole change of charges and states in a step over their tolerances: an upper bound for its
   * error where there is nothing else to judge it by.
   */
  changeRatio({ q, qdot, h }: CandidateStep, history: StepHistory): number {
    const before = history.q[0];
    let largest = 0;
    for (let k = 0; k < this.#stateRows.length; k++) {
      const u = this.#stateRows[k];
      largest = Math.max(largest, Math.abs(q[u] - before[u]) / this.#stateTolerance(u, q));
    }
    for (let k = 0; k < this.#chargeRows.length; k++) {
      const u = this.#chargeRows[k];
      const tolerance = this.#startingTolerance(u, h, q, qdot, history);
      largest = Math.max(largest, Math.abs(q[u] - before[u]) / tolerance);
    }
    return largest;
  }

  #stateTolerance(u: number, q: Float64Array): number {
    return this.#reltol[u] * Math.max(Math.abs(q[u]), this.#nominal[u]) + this.#abstol[u];
  }

  #states({ q }: CandidateStep, history: StepHistory, order: number): number {
    let largest = 0;
    for (let k = 0; k < this.#stateRows.length; k++) {
      const u = this.#stateRows[k];
      const ratio = this.#error(q, history.q, u, order) / this.#stateTolerance(u, q);
      if (ratio > largest) {
        largest = ratio;
        this.worst = u;
      }
    }
    return largest;
  }

  #charges(
    { q, qdot, h }: CandidateStep,
    history: StepHistory,
    order: number,
    starting: boolean,
    above: number,
  ): number {
    const { trtol } = this.#system.options;
    let largest = above;
    for (let k = 0; k < this.#chargeRows.length; k++) {
      const u = this.#chargeRows[k];
      const tolerance = starting
        ? this.#startingTolerance(u, h, q, qdot, history)
        : trtol * this.#chargeTolerance(u, h, q, qdot, history);
      const ratio = this.#error(q, history.q, u, order) / tolerance;
      if (ratio > largest) {
        largest = ratio;
        this.worst = u;
      }
    }
    return largest;
  }

  #chargeTolerance(
    u: number,
    h: number,
    q: Float64Array,
    qdot: Float64Array,
    history: StepHistory,
  ): number {
    const { reltol, abstol, chgtol, vntol } = this.#system.options;
    if (this.#derivative[u] === 1) return reltol * this.chargePeak[u] + vntol;
    const charge = Math.max(Math.abs(q[u]), Math.abs(history.q[0][u]), chgtol);
    const current = h * (abstol + reltol * Math.abs(qdot[u]));
    return Math.max(current, reltol * charge);
  }

  /** Behind a corner a charge may start from nothing: there its voltage's tolerance counts. */
  #startingTolerance(
    u: number,
    h: number,
    q: Float64Array,
    qdot: Float64Array,
    history: StepHistory,
  ): number {
    const { reltol, vntol } = this.#system.options;
    const { jq, x } = this.#system.memory;
    const capacitance = Math.abs(jq[this.#system.linkage.diagonal[u]]);
    const peak = Math.max(this.peak[u], Math.abs(x[u]));
    return Math.max(
      this.#chargeTolerance(u, h, q, qdot, history),
      capacitance * (reltol * peak + vntol),
    );
  }

  #unknowns({ x }: CandidateStep, history: StepHistory, order: number, above: number): number {
    const { lvltol } = this.#system.options;
    let largest = above;
    for (let k = 0; k < this.#columns.length; k++) {
      const u = this.#columns[k];
      const size = Math.max(this.peak[u], Math.abs(x[u]));
      const tolerance = lvltol * (this.#reltol[u] * size + this.#abstol[u]);
      const ratio = this.#error(x, history.x, u, order) / tolerance;
      if (ratio > largest) {
        largest = ratio;
        this.worst = u;
      }
    }
    return largest;
  }
}
