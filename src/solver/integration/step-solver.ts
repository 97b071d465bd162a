/**
 * Solves for one point in time from those before it: history of the charges, sources at the new
 * time, prediction, Newton. Small circuits get a kernel of their own for the iteration.
 */
import { environment } from '../../devices/language/compiled.js';
import type { TimeScale } from '../../devices/sources/source-waveform.js';
import type { Factors } from '../linear/factors.js';
import type { Equations } from '../newton/equations.js';
import type { Newton, NewtonLimits } from '../newton/iteration.js';
import { NewtonKernel } from '../newton/newton-kernel.js';
import { IterateSnapshot } from '../system/iterate-snapshot.js';
import type { Sources } from '../system/sources.js';
import { control, historyDepth } from '../system/step-memory.js';
import type { System } from '../system/system.js';
import { backwardEuler } from './backward-euler.js';
import { copyVector } from './copy-vector.js';
import type { DelayLines } from './delay-lines.js';
import { MarchKernel, type MarchCallbacks } from './march-kernel.js';
import type { IntegrationMethod } from './method.js';
import { predict, predictionWeights } from './predictor.js';
import { stepKernel, type StepCounts, type StepKernel } from './step-kernel.js';
import type { TransientState } from './transient-state.js';
import { differenceWeights, fadingOver, type CandidateStep } from './truncation-error.js';

/** Steps that are solved before code is made for their iteration. */
const stepsBeforeKernel = 40;

/** Change of a voltage in an iteration, where longer ones have led nowhere [V]. */
const shortVoltage = 0.1;

/** Kernels that are made at most: each time pivots are chosen anew the one before is of no use. */
const mostKernels = 10;

interface Candidate extends CandidateStep {
  time: number;
  h: number;
  method: IntegrationMethod;
}

export class StepSolver {
  /** The step that was solved last; its x, charges and rates are those in memory. */
  readonly candidate: Candidate;
  /** [n + 1] Newton's first guess. */
  readonly predicted: Float64Array;
  /** Truncation error over its tolerance, and whether an unknown jumped, of a judged step. */
  ratio = 0;
  jumps = false;
  /** The newest point that is there to stay. */
  readonly accepted: IterateSnapshot;
  readonly #system: System;
  readonly #newton: Newton;
  readonly #sources: Sources;
  readonly #delays: DelayLines;
  readonly #scale: TimeScale;
  readonly #state: TransientState;
  readonly #coefficients = new Float64Array(4);
  readonly #bounded: Int32Array;
  readonly #maxIterations: number;
  readonly #loops: StepKernel | undefined;
  readonly #control: Float64Array;
  readonly #weights = new Float64Array(4);
  readonly #march: MarchKernel | undefined;
  readonly #callbacks: MarchCallbacks;
  #kernel: NewtonKernel | undefined;
  /** Factors that no kernel was kept for. */
  #sought: Factors | undefined;
  #solved = 0;
  #kernels = 0;

  constructor(
    newton: Newton,
    sources: Sources,
    delays: DelayLines,
    scale: TimeScale,
    state: TransientState,
    method: IntegrationMethod,
    counts: StepCounts,
    rings: () => boolean,
  ) {
    const { system } = newton.equations;
    const { memory, unknowns } = system;
    this.#system = system;
    this.#newton = newton;
    this.#sources = sources;
    this.#delays = delays;
    this.#scale = scale;
    this.#state = state;
    this.#maxIterations = system.options.itl4;
    this.#bounded = Int32Array.from([...unknowns.keys()].filter((u) => unknowns[u].bounds));
    this.accepted = new IterateSnapshot(system, memory.steps.limits);
    this.predicted = memory.steps.predicted;
    this.#control = memory.steps.control;
    this.#loops = stepKernel(system, counts);
    if (!delays.any) this.#march = MarchKernel.of(system, counts, method);
    this.#callbacks = {
      weigh: (time) => {
        this.#setControl(time, method);
      },
      drive: (time) => {
        sources.applyTime(time, scale);
      },
      rings: () => (rings() ? 1 : 0),
    };
    this.candidate = {
      time: 0,
      h: 0,
      method: backwardEuler,
      x: memory.x,
      q: memory.charge,
      qdot: memory.chargeRate,
    };
  }

  /** Solves for the point at `time` from the newest one; false if Newton fails. */
  solve(time: number, method: IntegrationMethod): boolean {
    const { candidate } = this;
    const { history } = this.#state;
    const { memory } = this.#system;
    const h = time - history.time[0];
    this.#integrate(method, h);
    memory.environment[environment.time] = time;
    this.#sources.applyTime(time, this.#scale);
    if (this.#delays.any) this.#delays.apply(time);
    this.accepted.restoreLimits();
    predict(history, time, memory.x);
    if (this.#bounded.length > 0) this.#keepInBounds();
    copyVector(this.predicted, memory.x);
    candidate.time = time;
    candidate.h = h;
    candidate.method = method;
    return this.#iterate();
  }

  /**
   * Solves once more for the point of the candidate, which Newton could not find, with the iterations of
   * an operating point: where a program sets a gate by volts at once, limits on what a transistor's
   * voltages do in an iteration take them all. The last attempt is the plain one, for a message to tell of.
   */
  solvePatiently(): boolean {
    const { itl1: maxIterations } = this.#system.options;
    return [{ maxIterations, maxVoltageChange: shortVoltage }, { maxIterations }].some((limits) => {
      this.accepted.restoreLimits();
      copyVector(this.candidate.x, this.predicted);
      return this.#iterateByScript(limits);
    });
  }

  /** Whether `solveAndJudge` can be used: with a full history, by a method of order 2. */
  judges(method: IntegrationMethod): boolean {
    const { history } = this.#state;
    return (
      this.#loops !== undefined &&
      method.order === 2 &&
      history.count === historyDepth &&
      !this.#delays.any
    );
  }

  /** The same as `solve`, and judges the step: `ratio` and `jumps`. */
  solveAndJudge(time: number, method: IntegrationMethod): boolean {
    const { candidate } = this;
    const loops = this.#loops!;
    this.#setControl(time, method);
    this.#system.memory.environment[environment.time] = time;
    this.#sources.applyTime(time, this.#scale);
    this.accepted.restoreLimits();
    loops.prepare();
    if (this.#bounded.length > 0) {
      this.#keepInBounds();
      copyVector(this.predicted, candidate.x);
    }
    candidate.time = time;
    candidate.method = method;
    if (!this.#iterate()) return false;
    this.ratio = loops.judge();
    this.jumps = this.#control[control.jumps] !== 0;
    return true;
  }

  /**
   * Takes steps of the plain kind, at most so many and none up to the landing; their number. Their
   * points stand in the memory's `points`; what is in x is the last one's only if all were taken.
   */
  march(landing: number, maxStep: number, points: number): number {
    const { equations, listener } = this.#newton;
    const { memory } = this.#system;
    const kernel = this.#kernel;
    const march = kernel?.extension;
    const fits = kernel && kernel.factors === equations.solver.factors && !listener;
    if (!(march instanceof MarchKernel) || !fits || this.#state.history.count < historyDepth)
      return 0;
    const c = this.#control;
    c[control.step] = this.#state.step;
    const taken = march.advance(this.#callbacks, {
      landing,
      maxStep,
      points: Math.min(points, memory.points.capacity),
      maxIterations: this.#maxIterations,
      driven: this.#sources.driven,
      mustFactor: kernel.beginExtension(),
    });
    kernel.endExtension(c[control.current] !== 0);
    equations.statistics.iterations += c[control.iterations];
    equations.statistics.refactorizations += c[control.refactorizations];
    equations.system.evaluations += c[control.iterations];
    return taken;
  }

  #setControl(time: number, method: IntegrationMethod): void {
    const c = this.#control;
    const w = this.#weights;
    const { time: t } = this.#state.history;
    const h = time - t[0];
    const g = t[0] - t[1];
    this.candidate.h = h;
    method.coefficients(h, g, w);
    this.#system.memory.environment[environment.a0] = w[0];
    c[control.c1] = w[1];
    c[control.c2] = w[2];
    c[control.c3] = w[3];
    predictionWeights(time, t, historyDepth, w);
    c[control.w0] = w[0];
    c[control.w1] = w[1];
    c[control.w2] = w[2];
    c[control.w3] = w[3];
    differenceWeights(w, time, t, 4, method.errorConstant(h, g));
    c[control.e0] = w[0];
    c[control.e1] = w[1];
    c[control.e2] = w[2];
    c[control.e3] = w[3];
    c[control.h] = h;
    c[control.fading] = fadingOver(h, this.#scale.stop);
  }

  /** Makes the candidate the newest point; its peaks are the error control's to raise otherwise. */
  moveOn(): boolean {
    if (!this.#loops) return false;
    const c = this.#control;
    const { time, h } = this.candidate;
    c[control.h] = h;
    c[control.fading] = fadingOver(h, this.#scale.stop);
    this.#loops.moveOn();
    this.#state.history.pushTime(time);
    return true;
  }

  /** What the formula adds to a0·charge. */
  #integrate(method: IntegrationMethod, h: number): void {
    const { history, qdot } = this.#state;
    const c = this.#coefficients;
    method.coefficients(h, history.time[0] - history.time[1], c);
    const c1 = c[1];
    const c2 = c[2];
    const c3 = c[3];
    const q0 = history.q[0];
    const q1 = history.q[1];
    const { environment: e, chargeHistory } = this.#system.memory;
    e[environment.a0] = c[0];
    for (let k = 0; k < chargeHistory.length; k++)
      chargeHistory[k] = c1 * q0[k] + c2 * q1[k] + c3 * qdot[k];
  }

  #iterate(): boolean {
    const kernel = this.#usableKernel();
    if (!kernel) return this.#iterateByScript();
    const { equations } = this.#newton;
    const iterations = kernel.solve(this.#maxIterations);
    if (iterations < 0) {
      // Out of the ordinary: done again, step by step.
      this.accepted.restoreLimits();
      copyVector(this.candidate.x, this.predicted);
      return this.#iterateByScript();
    }
    equations.statistics.iterations += iterations;
    if (kernel.factored) equations.statistics.refactorizations += iterations;
    equations.system.evaluations += iterations;
    if (this.#bounded.length > 0) {
      this.#keepInBounds(this.#newton.delta);
      kernel.finish();
    }
    return true;
  }

  #iterateByScript(limits: NewtonLimits = { maxIterations: this.#maxIterations }): boolean {
    if (!this.#newton.solve(limits).converged) return false;
    if (this.#bounded.length > 0) this.#keepInBounds(this.#newton.delta);
    this.#system.evaluation.finishCharges();
    return true;
  }

  #usableKernel(): NewtonKernel | undefined {
    const { equations } = this.#newton;
    // An iteration in one piece of code has nothing to tell.
    if (this.#newton.listener) return undefined;
    if (this.#kernel && this.#kernel.factors === equations.solver.factors) return this.#kernel;
    this.#kernel = this.#keptKernel(equations);
    if (this.#kernel) return this.#kernel;
    if (++this.#solved < stepsBeforeKernel || this.#kernels >= mostKernels) return undefined;
    this.#kernels++;
    this.#kernel = NewtonKernel.of(equations, this.#march);
    if (!this.#kernel) this.#kernels = mostKernels;
    return this.#kernel;
  }

  /** Looks once for each choice of pivots. */
  #keptKernel(equations: Equations): NewtonKernel | undefined {
    const { factors } = equations.solver;
    if (factors === this.#sought) return undefined;
    this.#sought = factors;
    return NewtonKernel.kept(equations, this.#march);
  }

  /**
   * Of a prediction, or of a solution with Newton's last update: where a state comes to rest at its
   * bound, the trapezoidal rule rings about it by less than the tolerance.
   */
  #keepInBounds(update?: Float64Array): void {
    const { x } = this.#system.memory;
    for (const u of this.#bounded) {
      const [low, high] = this.#system.unknowns[u].bounds!;
      const inside = Math.min(Math.max(x[u], low), high);
      if (update) update[u] += inside - x[u];
      x[u] = inside;
    }
  }
}
