/**
 * Integration in time, one accepted step after the other:
 *
 *     qdot(n+1) = a0·q(n+1) + history         method: backward Euler behind corners, else as chosen
 *     Newton on f(x, t) + qdot = 0, from the predictor          fails: step/8, start anew
 *     ratio = local truncation error / tolerance                too large: shorter step
 *     a comparator's edge inside?                               shorten to just before it
 *     events crossed zero?                                      shorten to just past the first
 *     accept; fire events; choose the next step (twice as long at most)
 *
 * A step that must be refused although it is as short as steps get is a jump: it is accepted,
 * counted in the statistics, and integration starts anew behind it. Error control is never relaxed
 * anywhere else. Corners are landed on exactly; the last two steps before one are of equal size.
 */
import { error, type Diagnostic } from '../../base/index.js';
import { environment } from '../../devices/language/compiled.js';
import type { TimeScale } from '../../devices/sources/source-waveform.js';
import type { Newton } from '../newton/iteration.js';
import { maxRounds, restless, worstNotes } from '../newton/operating-point.js';
import type { Events } from '../system/events.js';
import type { PointBlock } from '../system/point-block.js';
import type { Sources } from '../system/sources.js';
import { control } from '../system/step-memory.js';
import type { System } from '../system/system.js';
import { backwardEuler } from './backward-euler.js';
import { Breakpoints, type Landing } from './breakpoints.js';
import { mark } from './delay-history.js';
import { DelayLines } from './delay-lines.js';
import { gear2 } from './gear2.js';
import { integrationMethods } from './list.js';
import type { IntegrationMethod, IntegrationStage } from './method.js';
import { RingingDetector } from './ringing.js';
import { noConvergence, standstill } from './stall-notes.js';
import { goodPart, growth, sameDistance } from './step-growth.js';
import { StepEvents, type Location } from './step-events.js';
import { StepHistory } from './step-history.js';
import { StepLog, type StepVerdict } from './step-log.js';
import { StepSolver } from './step-solver.js';
import { breakSymmetry, freeNodes } from './symmetry-breaking.js';
import { TransientState, type TransientCheckpoint } from './transient-state.js';
import { TruncationError } from './truncation-error.js';

/** The times of a transient analysis. */
export interface TransientPlan {
  /** Suggested step: default of source parameters, and of the first step [s]. */
  readonly step: number;
  /** Where it ends [s]. */
  readonly stop: number;
  /** Results are wanted from here on [s]. */
  readonly start: number;
  /** No step is longer [s]. */
  readonly maxStep: number;
}

/** Told of points while the memory holds them; a captured point may still be dropped. */
export interface PointListener {
  /**
   * The point in memory; `history` has it in front of those before.
   * @param method that led there from the point before; undefined if none did
   */
  capture(time: number, history: StepHistory, method: IntegrationMethod | undefined): void;
  drop(): void;
  commit(): void;
  /**
   * Takes the first `count` points of the block, which are there to stay. Absent where points must
   * come one by one.
   */
  captureBlock?(block: PointBlock, count: number): void;
}

/** What became of a call to `advance`: one or more points, the end of time, or a failure. */
export type Advance =
  | { readonly kind: 'points'; readonly steps: number }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic };

const points: Advance = { kind: 'points', steps: 1 };
const end: Advance = { kind: 'end' };

/** Jumps that follow each other, with nothing between them, before a run is given up. */
const mostJumps = 1000;

/** A damped step is this much shorter than one of the trapezoidal rule with the same error. */
const dampedPart = Math.cbrt(3 / 8);

/** Part that the next step may take of one that errs as much, where this one or the next is damped. */
function lengthOfNext(damped: boolean, rings: boolean): number {
  if (damped === rings) return 1;
  return rings ? dampedPart : 1 / dampedPart;
}

/** Part of the first step behind a corner after which what has no memory has jumped. */
const jumpPart = 1e-3;

/**
 * A transient analysis that its caller drives: `begin` or `beginFromCharges`, then `advance` until
 * the end. Between two points it may be checkpointed, put back, and disturbed from outside.
 */
export class Transient {
  readonly state: TransientState;
  readonly plan: TransientPlan;
  readonly #system: System;
  readonly #newton: Newton;
  readonly #events: Events;
  readonly #sources: Sources;
  readonly #listener: PointListener;
  readonly #scale: TimeScale;
  readonly #breakpoints: Breakpoints;
  readonly #error: TruncationError;
  readonly #delays: DelayLines;
  readonly #method: IntegrationMethod;
  readonly #steps: StepSolver;
  /** The last steps that were tried. */
  readonly log: StepLog;
  readonly #ringing: RingingDetector | undefined;
  /** Of the newest point while there is a tentative one in front of it. */
  readonly #eventsBefore: Float64Array;
  readonly #rateBefore: Float64Array;
  readonly #within: StepEvents;
  /** Whether the newest point of the history may still be taken back. */
  #tentative = false;
  readonly #smallest: number;

  constructor(
    newton: Newton,
    events: Events,
    sources: Sources,
    plan: TransientPlan,
    listener: PointListener,
  ) {
    const { system } = newton.equations;
    const { options } = system;
    this.#error = new TruncationError(system);
    this.#delays = new DelayLines(system, plan.maxStep, plan.stop, this.#error.peak);
    this.plan = { ...plan, maxStep: this.#delays.maxStep };
    this.#system = system;
    this.#newton = newton;
    this.#events = events;
    this.#sources = sources;
    this.#listener = listener;
    this.#scale = { step: plan.step, stop: plan.stop };
    this.#smallest = Math.max(1e-11 * plan.maxStep, 16 * Number.EPSILON * plan.stop);
    const apart = Number.isNaN(options.minbreak) ? 10 * this.#smallest : options.minbreak;
    const visits = [...new Set([plan.start, plan.stop])].filter((t) => t > 0);
    this.#breakpoints = new Breakpoints(sources, events, this.#delays, this.#scale, visits, apart);
    this.#method = options.maxord === 1 ? backwardEuler : integrationMethods[options.method];
    const { steps } = system.memory;
    steps.ratePeak.fill(0);
    this.state = new TransientState(
      new StepHistory(steps.xBlock, steps.qBlock, steps.times),
      steps,
    );
    const { counts } = this.#error;
    this.#steps = new StepSolver(
      newton,
      sources,
      this.#delays,
      this.#scale,
      this.state,
      this.#method,
      counts,
      () => this.#ringing?.found(this.#steps.candidate, this.state) === true,
    );
    this.#within = new StepEvents(newton, events, this.state, this.#steps.candidate, {
      plan: this.plan,
      smallest: this.#smallest,
      solve: (time, method) => this.#solve(time, method),
    });
    this.#eventsBefore = new Float64Array(events.list.length);
    this.#rateBefore = new Float64Array(system.memory.charge.length);
    this.log = new StepLog(system);
    if (this.#method.rings) this.#ringing = new RingingDetector(system);
  }

  /** Begins at time 0 with the x in memory, consistent with the sources there. */
  begin(): void {
    this.#system.evaluation.invalidate();
    this.#delays.startAtRest();
    this.#begin();
  }

  #begin(): void {
    const { state } = this;
    this.#sources.applyTime(0, this.#scale);
    this.#events.forget();
    this.#delays.push(0);
    this.#takeOver(0);
    if (!this.#system.linear) this.#breakSymmetry();
    state.step = Math.min(this.plan.stop / 100, this.plan.step, this.plan.maxStep) / 10;
    state.freeStep = state.step;
    this.#listener.capture(0, this.state.history, undefined);
    this.#listener.commit();
  }

  /** Charges of voltages that are off by next to nothing; the point at time 0 stays as it is. */
  #breakSymmetry(): void {
    const { memory } = this.#system;
    breakSymmetry(memory.x, freeNodes(this.#system));
    this.#system.evaluation.evaluateCharges();
    this.state.history.q[0].set(memory.charge);
    memory.x.set(this.state.history.x[0]);
    this.#steps.accepted.restoreLimits();
  }

  /**
   * Begins at time 0 without an operating point: charges stand in memory, and x follows from them as
   * the limit of a backward Euler step that takes no time. Switches take the position that x calls
   * for. Returns what went wrong.
   */
  beginFromCharges(): Diagnostic | undefined {
    this.#system.evaluation.invalidate();
    const e = this.#system.memory.environment;
    e[environment.hold] = 0;
    e[environment.time] = 0;
    this.#sources.applyTime(0, this.#scale);
    this.#delays.startAsGiven();
    const { equations } = this.#newton;
    const h = 1e-7 * Math.min(this.plan.stop / 100, this.plan.step, this.plan.maxStep);
    equations.a0 = 1 / h;
    const { charge, chargeHistory } = this.#system.memory;
    for (let c = 0; c < charge.length; c++) chargeHistory[c] = -charge[c] / h;
    const maxIterations = this.#system.options.itl1;
    let { converged } = this.#newton.solve({ maxIterations, initializing: true });
    for (let round = 0; converged && this.#events.firePositive(); round++) {
      if (round === maxRounds) return restless(undefined);
      ({ converged } = this.#newton.solve({ maxIterations }));
    }
    if (!converged) {
      const message = 'no start from the initial conditions: Newton does not converge at t = 0';
      return error('S402', message, undefined, { notes: worstNotes(this.#newton) });
    }
    this.#begin();
    return undefined;
  }

  /** Takes a step further, or up to `most` of them; behind a corner two count as one. */
  advance(most = 1): Advance {
    if (this.state.time >= this.plan.stop) return end;
    const e = this.#system.memory.environment;
    e[environment.hold] = 0;
    if (this.state.atCorner) return this.#advanceFromCorner();
    const taken = most > 1 && !this.state.rings ? this.#march(most) : 0;
    if (taken === 0) return this.#advanceSmoothly();
    if (taken === most) return { kind: 'points', steps: taken };
    const last = this.#advanceSmoothly();
    return last.kind === 'points' ? { kind: 'points', steps: taken + 1 } : last;
  }

  /** Steps of the plain kind, in one call of compiled code; how many. */
  #march(most: number): number {
    const { state } = this;
    const { statistics } = this.#newton.equations;
    const { points: block, steps } = this.#system.memory;
    if (this.log.listener || !this.#listener.captureBlock) return 0;
    let taken = 0;
    for (let count = block.capacity; count === block.capacity && taken < most; taken += count) {
      const iterations = statistics.iterations;
      const from = state.time;
      const { time: landing } = this.#breakpoints.next(from);
      count = this.#steps.march(landing, this.plan.maxStep, most - taken);
      if (count === 0) break;
      state.time = state.history.time[0];
      state.step = steps.control[control.step];
      state.freeStep = state.step;
      state.jumps = 0;
      statistics.acceptedPoints += count;
      this.log.addBlock(block, count, this.#method, from, iterations);
      this.#listener.captureBlock(block, count);
    }
    return taken;
  }

  /** The next steps land on this time too; it takes the place of the one before. */
  visit(time: number): void {
    this.#breakpoints.visit(time);
  }

  /** A function of time was exchanged for another with the same value now: its corners are new. */
  forgetCorners(): void {
    this.#breakpoints.forget();
  }

  /** Something was set from outside (a source, a parameter, a state): integration starts anew. */
  disturb(): void {
    this.#breakpoints.forget();
    const { freeStep } = this.state;
    this.#sources.applyTime(this.state.time, this.#scale);
    this.#takeOver(this.state.time);
    this.#turnCorner(freeStep);
  }

  checkpoint(): TransientCheckpoint {
    return {
      state: this.state.copy(),
      memory: this.#system.memory.values.slice(),
      events: this.#events.last.slice(),
      fixedSources: this.#sources.list.map(({ fixed }) => fixed),
      pivots: this.#newton.equations.solver.checkpoint(),
      delays: this.#delays.checkpoint(),
    };
  }

  restore(checkpoint: TransientCheckpoint): void {
    this.#breakpoints.forget();
    this.state.copyFrom(checkpoint.state);
    this.#system.memory.values.set(checkpoint.memory);
    this.#system.evaluation.restored();
    this.#events.last.set(checkpoint.events);
    this.#sources.list.forEach((source, k) => {
      source.fixed = checkpoint.fixedSources[k];
    });
    this.#newton.equations.solver.restore(checkpoint.pivots);
    this.#delays.restore(checkpoint.delays);
    this.#steps.accepted.saveLimits();
  }

  /** Makes the x in memory the only point known, at `time`. */
  #takeOver(time: number): void {
    const { state } = this;
    const { environment: e, x, charge, chargeRate } = this.#system.memory;
    e[environment.hold] = 0;
    e[environment.time] = time;
    this.#newton.way.name = 'time step';
    this.#system.evaluation.evaluateCharges();
    state.time = time;
    state.history.push(time, x, charge);
    state.history.restart();
    state.qdot.fill(0);
    chargeRate.fill(0);
    state.atCorner = true;
    state.rings = false;
    state.jumpDrawn = false;
    this.#delays.turnCorner();
    this.#error.observe(x, charge);
    this.#error.spreadPeaks();
    this.#steps.accepted.saveLimits();
    this.#events.evaluate();
    this.#events.remember();
  }

  /**
   * Two backward Euler steps of one size, judged together: after a corner there is nothing to judge
   * the first by.
   */
  #advanceFromCorner(): Advance {
    const { state } = this;
    const origin = state.time;
    const landing = this.#breakpoints.next(origin);
    if (landing.time - origin < 4 * this.#smallest) return this.#skipTo(landing);
    if (!state.jumpDrawn) {
      const drawn = this.#drawJump(landing);
      if (drawn) return drawn;
    }
    let h = Math.min(state.step, this.plan.maxStep);
    for (;;) {
      const half = (landing.time - origin) / 2;
      const lands = h >= half;
      if (lands) h = half;
      const solved = this.#solveFromCorner(origin + h, h);
      const edge = solved && this.#within.endBeforeEdge(origin);
      const first = solved ? this.#within.locateEvents(origin) : 'lost';
      if (first === 'lost') {
        if (this.#isShortest(h)) return this.#fail(h);
        this.#reject('newton');
        h /= 8;
        continue;
      }
      if (first === 'found' || edge) return this.#accept(landing, edge ? 'edge' : 'event');
      this.#pushTentative();
      const last = lands ? landing.time : origin + 2 * h;
      if (!this.#solveFromCorner(last, h)) {
        if (this.#isShortest(h)) return this.#fail(h);
        this.#reject('newton');
        this.#popTentative();
        h /= 8;
        continue;
      }
      const ratio = this.#error.ratio(this.#steps.candidate, state.history, true);
      const allowed = h * growth(ratio, 1);
      if (allowed < goodPart * h && !this.#isShortest(h)) {
        this.#reject('error', ratio);
        this.#popTentative();
        h = Math.max(Math.min(goodPart * allowed, h / 2), h / 20, this.#smallest);
        continue;
      }
      const jumps = allowed < goodPart * h;
      const second = this.#within.locateEvents(state.history.time[0]);
      if (second === 'lost') {
        if (this.#isShortest(h)) return this.#fail(h);
        this.#reject('newton');
        this.#popTentative();
        h /= 8;
        continue;
      }
      state.step = Math.min(2 * h, goodPart * allowed);
      if (second === 'found') return this.#accept(landing, 'event', ratio);
      return this.#accept(landing, jumps ? 'jump' : 'accepted', ratio);
    }
  }

  /** A step that cannot become shorter is not given up so soon. */
  #solveFromCorner(time: number, h: number): boolean {
    if (this.#solve(time, backwardEuler)) return true;
    return this.#isShortest(h) && this.#steps.solvePatiently();
  }

  /** Solves for a point in time and, for who traces it, says what for. */
  #solve(time: number, method: IntegrationMethod, judges = false): boolean {
    this.#newton.way.parameter = time - this.state.history.time[0];
    return judges ? this.#steps.solveAndJudge(time, method) : this.#steps.solve(time, method);
  }

  /** Counts and logs a step that is not to be. */
  #reject(why: 'newton' | 'error', ratio = NaN): void {
    const { statistics } = this.#newton.equations;
    if (why === 'newton') statistics.rejectedByNewton++;
    else statistics.rejectedByError++;
    this.#note(why, ratio);
  }

  #note(verdict: StepVerdict, ratio = NaN): void {
    const { outcome, equations } = this.#newton;
    const worst = verdict === 'newton' ? outcome.worst : this.#error.worst;
    const known = Number.isNaN(ratio) && verdict !== 'newton' ? 0 : worst;
    this.log.add(this.#steps.candidate, ratio, known, equations.statistics.iterations, verdict);
  }

  /**
   * What has no memory jumps behind a corner: a capacitor's current, a divider on a switch. A point
   * close behind the corner keeps the jump where it is, which would else be drawn as a ramp as long
   * as the first step. It takes the corner's place; undefined if there is no room for it. What has a
   * memory must not move there by more than its tolerance: this step's error is not judged.
   */
  #drawJump(landing: Landing): Advance | undefined {
    const { state } = this;
    const { time } = state;
    state.jumpDrawn = true;
    let h = jumpPart * Math.min(state.step, this.plan.maxStep, landing.time - time);
    for (;;) {
      if (h < this.#smallest || !this.#solve(time + h, backwardEuler)) return undefined;
      if (this.#error.changeRatio(this.#steps.candidate, state.history) <= 1) break;
      h /= 10;
    }
    const location = this.#within.locateEvents(time);
    if (location === 'lost') return undefined;
    if (location === 'found') return this.#accept(landing, 'event');
    this.#note('draw');
    this.#keepCandidate();
    this.#events.evaluate();
    this.#events.remember();
    this.#delays.turnCorner(mark.jump);
    state.history.restart();
    return points;
  }

  /** A landing that is closer than any step: the clock moves on, the circuit has no time to. */
  #skipTo(landing: Landing): Advance {
    const candidate = this.#steps.candidate;
    const { history, qdot } = this.state;
    candidate.time = landing.time;
    candidate.q.set(history.q[0]);
    candidate.qdot.set(qdot);
    this.#system.memory.environment[environment.time] = landing.time;
    this.#sources.applyTime(landing.time, this.#scale);
    this.#delays.apply(landing.time);
    return this.#accept(landing, 'skipped');
  }

  #advanceSmoothly(): Advance {
    const { state } = this;
    const { candidate } = this.#steps;
    const origin = state.time;
    const landing = this.#breakpoints.next(origin);
    const method = state.rings ? gear2 : this.#method;
    for (let refused = 0; ; refused++) {
      const time = this.#nextTime(landing);
      const ending = method.stage ? this.#takeStage(time, method.stage) : 'none';
      const through = ending === 'none';
      const judges =
        through && !this.#within.hasEdges && !this.log.listener && this.#steps.judges(method);
      if (ending === 'lost' || (through && !this.#solve(time, method, judges)))
        return this.#startAgain(time - origin);
      const edge = through ? this.#within.endBeforeEdge(state.history.time[0]) : ending === 'edge';
      const h = candidate.time - origin;
      const ratio = judges ? this.#steps.ratio : this.#errorRatio();
      const allowed = h * growth(ratio, method.order);
      const refusable = allowed < goodPart * h;
      if (refusable && !this.#isShortest(h)) {
        // The kernel does not say whose error it is.
        if (judges) this.#error.ratio(candidate, state.history, false);
        this.#reject('error', ratio);
        this.#popTentative();
        // A second refusal means a kink: errors there fall slower than the order says.
        const least = refused === 0 ? 0.8 : 0.5;
        state.step = Math.max(Math.min(goodPart * allowed, least * h), h / 10, this.#smallest);
        continue;
      }
      const jumped = judges
        ? this.#steps.jumps
        : this.#error.jumps(candidate.x, this.#steps.predicted);
      const jumps = refusable || jumped;
      const location = through ? this.#within.locateEvents(state.history.time[0]) : ending;
      if (location === 'lost') return this.#startAgain(h);
      const damped = state.rings;
      state.rings = method.rings === true && this.#ringing?.found(candidate, state) === true;
      if (state.rings) this.#newton.equations.statistics.ringing++;
      const next = allowed * lengthOfNext(damped, state.rings);
      state.step = Math.min((refused > 0 ? 1 : 2) * h, goodPart * next);
      if (edge) return this.#accept(landing, 'edge', ratio);
      if (location !== 'none') return this.#accept(landing, 'event', ratio);
      if (jumps) return this.#accept(landing, 'jump', ratio);
      return this.#accept(landing, state.rings ? 'ringing' : 'accepted', ratio);
    }
  }

  /**
   * Solves the intermediate point of a step to `time` and keeps it tentatively; where an event or an
   * edge lies before it, the step ends there.
   */
  #takeStage(time: number, { method, part }: IntegrationStage): Location | 'edge' {
    const origin = this.state.time;
    if (!this.#solve(origin + part * (time - origin), method)) return 'lost';
    if (this.#within.endBeforeEdge(origin)) return 'edge';
    const location = this.#within.locateEvents(origin);
    if (location === 'none') this.#pushTentative();
    return location;
  }

  /** Of the candidate: of what is integrated, and of what is delayed. */
  #errorRatio(): number {
    const { candidate } = this.#steps;
    const { history } = this.state;
    const ratio = this.#error.ratio(candidate, history, false);
    if (!this.#delays.any) return ratio;
    return Math.max(ratio, this.#delays.errorRatio(candidate.time, candidate.x, history));
  }

  /** Newton failed: from the newest point as from a corner, with an eighth of the step h. */
  #startAgain(h: number): Advance {
    const { state } = this;
    state.rings = false;
    this.#reject('newton');
    this.#popTentative();
    this.#turnCorner(h / 8);
    state.jumpDrawn = true;
    state.step = Math.max(h / 8, this.#smallest);
    return this.#advanceFromCorner();
  }

  /** Whether steps cannot get shorter; a time's last bits blur the smallest step. */
  #isShortest(h: number): boolean {
    return h <= 2 * this.#smallest;
  }

  /** The end of the next step: exactly the landing, or half-way if two steps are left. */
  #nextTime(landing: Landing): number {
    const { state } = this;
    const remaining = landing.time - state.time;
    const h = Math.min(state.step, this.plan.maxStep);
    if (h >= remaining * sameDistance) return landing.time;
    if (2 * h > remaining) return state.time + remaining / 2;
    return state.time + h;
  }

  #pushTentative(): void {
    const { state } = this;
    const { time, x, q, qdot, method } = this.#steps.candidate;
    this.#note('tentative');
    this.#eventsBefore.set(this.#events.last);
    this.#rateBefore.set(state.qdot);
    this.#tentative = true;
    state.history.push(time, x, q);
    this.#delays.push(time);
    state.qdot.set(qdot);
    this.#steps.accepted.saveLimits();
    this.#listener.capture(time, state.history, method);
    this.#events.remember();
  }

  /** Takes a tentative point back, if there is one. */
  #popTentative(): void {
    if (!this.#tentative) return;
    const { state } = this;
    this.#tentative = false;
    state.history.pop();
    this.#delays.pop();
    state.qdot.set(this.#rateBefore);
    this.#system.memory.x.set(state.history.x[0]);
    this.#listener.drop();
    this.#events.last.set(this.#eventsBefore);
  }

  /** Makes the candidate the newest point and lets its events act. */
  #accept(landing: Landing, verdict: StepVerdict, ratio = NaN): Advance {
    const { state } = this;
    const before = state.time;
    const jumps = verdict === 'jump';
    const edge = verdict === 'edge';
    const landed = this.#steps.candidate.time === landing.time;
    this.#note(verdict === 'accepted' && landed && landing.corner ? 'corner' : verdict, ratio);
    this.#keepCandidate(verdict === 'skipped' ? undefined : this.#steps.candidate.method);
    state.atCorner = false;
    if (jumps) this.#newton.equations.statistics.discontinuities++;
    const changed = this.#fireEvents(before);
    const stands = (jumps || changed) && this.#isShortest((state.time - before) / 2);
    state.jumps = stands ? state.jumps + 1 : 0;
    if (state.jumps > mostJumps) return this.#stall(jumps);
    if (!landed) state.freeStep = state.step;
    else state.freeStep = Math.max(state.step, state.freeStep);
    if (edge) state.lastEdge = state.time;
    if (changed || jumps || edge || (landed && landing.corner) || state.history.count < 3)
      this.#turnCorner(state.freeStep);
    return points;
  }

  /** @param method that led to the candidate; undefined if none did */
  #keepCandidate(method: IntegrationMethod | undefined = this.#steps.candidate.method): void {
    const { state } = this;
    const { time, h, x, q, qdot } = this.#steps.candidate;
    this.#tentative = false;
    if (this.#ringing) state.keepRates();
    if (!this.#steps.moveOn()) {
      this.#error.follow(x, state.history.x[0], h, time, this.plan.stop);
      state.history.push(time, x, q);
      state.qdot.set(qdot);
      this.#error.observe(x, q);
    }
    this.#error.spreadPeaks();
    state.time = time;
    if (this.#delays.any) {
      this.#delays.push(time);
      this.#delays.settle();
    }
    this.#steps.accepted.saveLimits();
    this.#listener.capture(time, state.history, method);
    this.#listener.commit();
    this.#newton.equations.statistics.acceptedPoints++;
  }

  /** Runs what crossed or was due; true if a held variable changed. */
  #fireEvents(before: number): boolean {
    return this.#events.list.length > 0 && this.#fireCrossed(before);
  }

  #fireCrossed(before: number): boolean {
    const events = this.#events;
    events.evaluate();
    const due = (k: number): boolean =>
      events.list[k].kind === 'timer'
        ? events.last[k] > before && events.last[k] <= this.state.time
        : events.crossed(k);
    const changed = events.fireAll(due);
    // What a handler set may make other events cross, at the same time.
    let again = changed;
    for (let round = 0; again && round < maxRounds; round++) {
      events.remember();
      events.evaluate();
      again = events.fireAll((k) => events.crossed(k));
    }
    if (again) events.evaluate();
    events.remember();
    return changed;
  }

  /** Forgets the past; the next step is small beside the last one and the next corner. */
  #turnCorner(usual: number): void {
    const { state } = this;
    const next = this.#breakpoints.nextCorner(state.time) - state.time;
    this.#delays.turnCorner();
    state.history.restart();
    state.atCorner = true;
    state.rings = false;
    state.jumpDrawn = false;
    state.step = Math.max(Math.min(usual, next, this.plan.maxStep) / 10, this.#smallest);
  }

  #fail(h: number): Advance {
    this.#note('newton');
    return {
      kind: 'failed',
      diagnostic: noConvergence(this.#newton, this.log, this.state.time, h),
    };
  }

  /** One jump or event after the other, each as short as steps get: time does not move on. */
  #stall(jumps: boolean): Advance {
    const cause = jumps ? this.#error.worst : undefined;
    return {
      kind: 'failed',
      diagnostic: standstill(this.#newton, this.log, this.state.time, cause),
    };
  }
}
