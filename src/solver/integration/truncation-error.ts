/**
 * The local truncation error of a step, as its ratio to what is tolerated.
 *
 * An integration formula of order k errs in a charge by C·[q(n+1), …, q(n−k)], a divided difference
 * over k + 2 points. The same holds for every unknown that charges depend on. Three tests:
 *
 *     charges    error ≤ trtol · max(h·(abstol + reltol·|qdot|), reltol·max(|q|, chgtol))
 *     voltages   error ≤ lvltol · slack · (reltol·peak + vntol), currents of inductors with abstol
 *     states     error ≤ reltol_s·max(|s|, range/10) + abstol_s, without any factor
 *
 * The first is SPICE's (Nagel 1975, section 4.6), charge by charge. The second test sees every voltage
 * that charges depend on, relative to its own peak (of a device's internal node: to the largest of the
 * device's terminals), and bounds what trtol = 7 and chgtol leave open
 * for small capacitances; what is no charge but a rate's argument (Meyer's model) is left to it.
 *
 * After a corner there are no points to look back at. The first two steps are backward Euler steps
 * of one size, judged together by the three points they make; the unknowns at the corner itself are
 * left out, since they may jump there where charges cannot.
 */
import type { CompiledCharge } from '../../devices/language/compiled.js';
import type { SolverOptions } from '../options.js';
import type { StepMemory } from '../system/step-memory.js';
import type { System } from '../system/system.js';
import type { StepCounts } from './step-kernel.js';
import type { IntegrationMethod } from './method.js';
import type { StepHistory } from './step-history.js';

/** And by this many tolerances of its absolute error: a jump of noise is none. */
export const jumpFloor = 1e4;

/**
 * A prediction that is wrong by this part of an unknown's peak missed a jump: a twentieth, or a hundred
 * times what a step may err by, where that is more.
 */
export function jumpPart({ lvltol, reltol }: SolverOptions): number {
  return Math.min(1, Math.max(0.05, 100 * lvltol * reltol));
}

/**
 * An unknown that rests most of the time errs only while it moves: what it may be off by then grows
 * with the time that it has rested for, as the rms of its error over the run does not. One that moves
 * during this part of the time, or longer, has no slack: an oscillator sums its errors up.
 */
export const restingPart = 0.15;
export const mostSlack = 4;
/** Part of the run after which the memory of a steep slope has faded to 1/e. */
const memoryOfSlopes = 0.1;
/** Far below every way that an unknown goes. */
export const smallestWay = 1e-30;

/** What is left of the memory of slopes after h seconds of a run of `stop` seconds. */
export function fadingOver(h: number, stop: number): number {
  return 1 / (1 + h / (memoryOfSlopes * stop));
}

/** A step that has been solved but not yet accepted. */
export interface CandidateStep {
  readonly time: number;
  readonly h: number;
  readonly method: IntegrationMethod;
  readonly x: Float64Array;
  readonly q: Float64Array;
  readonly qdot: Float64Array;
}

interface StateTolerance {
  readonly unknown: number;
  readonly reltol: number;
  readonly abstol: number;
  /** Part of its range that the tolerance refers to at least. */
  readonly nominal: number;
}

export class TruncationError {
  /** Unknown with the largest ratio at the last call, 0 if it was a charge. */
  worst = 0;
  /** [n + 1] largest magnitude of every unknown so far. */
  readonly peak: Float64Array;
  /** [charges] the same for every charge. */
  readonly chargePeak: Float64Array;
  readonly #system: System;
  readonly #charges: Int32Array;
  readonly #states: Int32Array;
  /** [charges] what a state's tolerance is made of. */
  readonly #stateTolerances: readonly StateTolerance[];
  readonly #columns: Int32Array;
  readonly #abstol: Float64Array;
  readonly #reltol: Float64Array;
  /** [n + 1] by how much the tolerance of an unknown may be exceeded. */
  readonly #slack: Float64Array;
  /** Internal nodes of devices, each as often as its device has terminals, and these. */
  readonly #inside: Int32Array;
  readonly #around: Int32Array;
  readonly #weights = new Float64Array(4);
  readonly #jumpPart: number;

  constructor(system: System) {
    this.#system = system;
    this.#jumpPart = jumpPart(system.options);
    const { unknowns, linkage, memory } = system;
    const kinds = chargeKinds(system);
    const ofKind = (kind: CompiledCharge['kind']): Int32Array =>
      Int32Array.from([...kinds.keys()].filter((k) => kinds[k] === kind));
    const { steps } = memory;
    this.peak = steps.peak.fill(0);
    this.chargePeak = steps.chargePeak.fill(0);
    steps.travelled.fill(0);
    steps.steepest.fill(0);
    this.#slack = steps.slack.fill(1);
    this.#charges = ofKind('charge');
    this.#states = ofKind('state');
    this.#stateTolerances = stateTolerances(system);
    const columns = [...linkage.dynamicColumn.keys()].filter(
      (u) => linkage.dynamicColumn[u] === 1 && !isState(unknowns[u].kind),
    );
    this.#columns = Int32Array.from(columns);
    this.#abstol = steps.abstol;
    this.#reltol = steps.reltol;
    [this.#inside, this.#around] = surroundings(system);
    this.#fill(steps);
  }

  /** How long the lists in the step memory are. */
  get counts(): StepCounts {
    return {
      charges: this.#charges.length,
      states: this.#states.length,
      columns: this.#columns.length,
      inside: this.#inside,
      around: this.#around,
    };
  }

  #fill(steps: StepMemory): void {
    steps.charges.set(this.#charges);
    steps.states.set(this.#states);
    steps.columns.set(this.#columns);
    this.#system.unknowns.forEach(({ abstol, reltol }, u) => {
      steps.abstol[u] = abstol;
      steps.reltol[u] = reltol;
    });
    this.#stateTolerances.forEach(({ abstol, reltol, nominal }, i) => {
      steps.stateAbstol[i] = abstol;
      steps.stateReltol[i] = reltol;
      steps.stateNominal[i] = nominal;
    });
  }

  /** Raises the peaks at an accepted point. */
  observe(x: Float64Array, q: Float64Array): void {
    const { peak, chargePeak } = this;
    for (let u = 1; u < peak.length; u++) {
      const magnitude = Math.abs(x[u]);
      if (magnitude > peak[u]) peak[u] = magnitude;
    }
    for (let k = 0; k < q.length; k++) {
      const magnitude = Math.abs(q[k]);
      if (magnitude > chargePeak[k]) chargePeak[k] = magnitude;
    }
  }

  /**
   * Notes how far the unknowns went in an accepted step, where no kernel does.
   * @param before [n + 1] at the point before
   * @param time since the begin
   */
  follow(x: Float64Array, before: Float64Array, h: number, time: number, stop: number): void {
    const { travelled, steepest, slack } = this.#system.memory.steps;
    const fading = fadingOver(h, stop);
    const perSecond = 1 / h;
    const part = restingPart * time;
    for (let k = 0; k < this.#columns.length; k++) {
      const u = this.#columns[k];
      const way = Math.abs(x[u] - before[u]);
      travelled[u] += way;
      steepest[u] = Math.max(steepest[u] * fading, way * perSecond);
      const rest = (part * steepest[u]) / (travelled[u] + smallestWay);
      slack[u] = Math.min(mostSlack, Math.max(1, rest));
    }
  }

  /**
   * Raises the peaks of devices' internal nodes to those of their terminals: millivolts across the
   * substrate of a transistor matter as much as they move the volts around it.
   */
  spreadPeaks(): void {
    const { peak } = this;
    const inside = this.#inside;
    const around = this.#around;
    for (let k = 0; k < inside.length; k++) {
      const size = peak[around[k]];
      if (size > peak[inside[k]]) peak[inside[k]] = size;
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
    let ratio = this.#stateRatio(candidate, history, order);
    ratio = Math.max(ratio, this.#chargeRatio(candidate, history, order, starting, ratio));
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
      const bound = this.#jumpPart * size + jumpFloor * this.#abstol[u];
      if (Math.abs(x[u] - predicted[u]) > bound) {
        this.worst = u;
        return true;
      }
    }
    return false;
  }

  /** Weights of the divided difference over `points` points, times the error constant. */
  #setWeights(time: number, past: Float64Array, points: number, constant: number): void {
    differenceWeights(this.#weights, time, past, points, constant);
  }

  #error(now: Float64Array, past: readonly Float64Array[], u: number, order: number): number {
    const w = this.#weights;
    const sum = w[0] * now[u] + w[1] * past[0][u] + w[2] * past[1][u];
    return Math.abs(order === 2 ? sum + w[3] * past[2][u] : sum);
  }

  /**
   * The whole change of charges and states in a step over their tolerances: an upper bound for its
   * error where there is nothing else to judge it by.
   */
  changeRatio(candidate: CandidateStep, history: StepHistory): number {
    const { q } = candidate;
    const before = history.q[0];
    let largest = 0;
    for (let i = 0; i < this.#states.length; i++) {
      const k = this.#states[i];
      largest = Math.max(largest, Math.abs(q[k] - before[k]) / this.#stateTolerance(i, q[k]));
    }
    for (let i = 0; i < this.#charges.length; i++) {
      const k = this.#charges[i];
      const tolerance = this.#startingTolerance(k, candidate, before);
      largest = Math.max(largest, Math.abs(q[k] - before[k]) / tolerance);
    }
    return largest;
  }

  #stateTolerance(i: number, value: number): number {
    const { reltol, abstol, nominal } = this.#stateTolerances[i];
    return reltol * Math.max(Math.abs(value), nominal) + abstol;
  }

  #stateRatio({ q }: CandidateStep, history: StepHistory, order: number): number {
    let largest = 0;
    for (let i = 0; i < this.#states.length; i++) {
      const k = this.#states[i];
      const ratio = this.#error(q, history.q, k, order) / this.#stateTolerance(i, q[k]);
      if (ratio > largest) {
        largest = ratio;
        this.worst = this.#stateTolerances[i].unknown;
      }
    }
    return largest;
  }

  #chargeRatio(
    candidate: CandidateStep,
    history: StepHistory,
    order: number,
    starting: boolean,
    above: number,
  ): number {
    const { trtol } = this.#system.options;
    const before = history.q[0];
    let largest = above;
    for (let i = 0; i < this.#charges.length; i++) {
      const k = this.#charges[i];
      const tolerance = starting
        ? this.#startingTolerance(k, candidate, before)
        : trtol * this.#chargeTolerance(k, candidate, before);
      const ratio = this.#error(candidate.q, history.q, k, order) / tolerance;
      if (ratio > largest) {
        largest = ratio;
        this.worst = 0;
      }
    }
    return largest;
  }

  #chargeTolerance(k: number, { q, qdot, h }: CandidateStep, before: Float64Array): number {
    const { reltol, abstol, chgtol } = this.#system.options;
    const charge = Math.max(Math.abs(q[k]), Math.abs(before[k]), chgtol);
    const current = h * (abstol + reltol * Math.abs(qdot[k]));
    return Math.max(current, reltol * charge);
  }

  /** Behind a corner a charge may start from nothing: there its voltage's tolerance counts. */
  #startingTolerance(k: number, candidate: CandidateStep, before: Float64Array): number {
    const { reltol, vntol } = this.#system.options;
    const peak = Math.max(this.chargePeak[k], Math.abs(candidate.q[k]));
    const ofVoltage = reltol * peak + this.#system.memory.chargeSlope[k] * vntol;
    return Math.max(this.#chargeTolerance(k, candidate, before), ofVoltage);
  }

  #unknowns({ x }: CandidateStep, history: StepHistory, order: number, above: number): number {
    const { lvltol } = this.#system.options;
    let largest = above;
    for (let k = 0; k < this.#columns.length; k++) {
      const u = this.#columns[k];
      const size = Math.max(this.peak[u], Math.abs(x[u]));
      const tolerance = lvltol * (this.#reltol[u] * size + this.#abstol[u]) * this.#slack[u];
      const ratio = this.#error(x, history.x, u, order) / tolerance;
      if (ratio > largest) {
        largest = ratio;
        this.worst = u;
      }
    }
    return largest;
  }
}

/** [charges] in the order of memory: group, charge, instance. */
function chargeKinds({ groups }: System): CompiledCharge['kind'][] {
  return groups.flatMap(({ model, instances }) =>
    model.charges.flatMap(({ kind }) => instances.map(() => kind)),
  );
}

/** Of the charges that are states, in their order. */
function stateTolerances({ groups, numbering, unknowns }: System): StateTolerance[] {
  return groups.flatMap(({ model, instances }, g) => {
    const rows = [...model.unknowns.keys()].filter((row) => isState(model.unknowns[row].kind));
    return rows.flatMap((row) =>
      instances.map((_, i) => {
        const unknown = numbering.tables[g][row * instances.length + i];
        const { reltol, abstol, bounds } = unknowns[unknown];
        const range = bounds ? bounds[1] - bounds[0] : 0;
        return { unknown, reltol, abstol, nominal: Number.isFinite(range) ? range / 10 : 0 };
      }),
    );
  });
}

/** Internal nodes that charges depend on, with each of their devices' terminals but ground. */
function surroundings({ groups, numbering, unknowns, linkage }: System): [Int32Array, Int32Array] {
  const inside: number[] = [];
  const around: number[] = [];
  groups.forEach(({ model, instances }, g) => {
    const rowsOfKind = (kind: string): number[] =>
      [...model.unknowns.keys()].filter((row) => model.unknowns[row].kind === kind);
    const terminals = rowsOfKind('terminal');
    const number = (row: number, i: number): number =>
      numbering.tables[g][row * instances.length + i];
    for (const row of rowsOfKind('node'))
      for (let i = 0; i < instances.length; i++) {
        const node = number(row, i);
        if (unknowns[node].kind !== 'internal' || linkage.dynamicColumn[node] !== 1) continue;
        for (const terminal of new Set(terminals.map((t) => number(t, i)))) {
          if (terminal === 0) continue;
          inside.push(node);
          around.push(terminal);
        }
      }
  });
  return [Int32Array.from(inside), Int32Array.from(around)];
}

function isState(kind: string): boolean {
  return kind === 'state' || kind === 'integral';
}

/**
 * Weights of the divided difference over `points` points, the candidate and those before it, times
 * the error constant of a formula.
 *
 * @param w [4] written
 */
export function differenceWeights(
  w: Float64Array,
  time: number,
  past: Float64Array,
  points: number,
  constant: number,
): void {
  const a = time - past[0];
  const b = time - past[1];
  const c = past[0] - past[1];
  if (points === 3) {
    w[0] = constant / (a * b);
    w[1] = -constant / (a * c);
    w[2] = constant / (b * c);
    w[3] = 0;
    return;
  }
  const d = time - past[2];
  const e = past[0] - past[2];
  const g = past[1] - past[2];
  w[0] = constant / (a * b * d);
  w[1] = -constant / (a * c * e);
  w[2] = constant / (b * c * g);
  w[3] = -constant / (d * e * g);
}
