/**
 * Newton's iteration on the equations of one point:
 *
 *     evaluate r, J at x;  solve J·Δx = −r;  x ← x + Δx
 *     converged when no limit vetoes and every |r| and every |Δx| is within its row's and unknown's
 *     tolerance, and (unless all is linear) at least two iterations were made
 *     in time one is enough if nothing can jump and Δx is within a small part of the tolerance for
 *     every unknown of a device that is not linear: what is left is of second order in that Δx, and
 *     the linear equations hold exactly
 *
 * Numbers that are not finite halve the step that led to them.
 */
import { environment } from '../../devices/language/compiled.js';
import type { SingularMatrix } from '../linear/singular-matrix.js';
import type { Equations } from './equations.js';
import { timeOf, worstOf, type NewtonListener, type WorstOf } from './newton-trace.js';
import { singleStep, singleVoltage } from './newton-kernel.js';

export interface NewtonLimits {
  readonly maxIterations: number;
  /**
   * As many iterations again, and again, where the unknowns that do not rest have become fewer by a
   * tenth meanwhile: signals pass a gate or two in an iteration, and large circuits have long paths.
   */
  readonly patient?: boolean;
  /** Iterations after which half of the unknowns must have come to rest, or it is given up. */
  readonly trial?: number;
  /** True where no iteration went before: junctions take their starting values. */
  readonly initializing?: boolean;
  /** Largest change of a node's voltage in one iteration; only where plain Newton fails. */
  readonly maxVoltageChange?: number;
  /** More iterations after convergence, until the result is exact to six digits at least. */
  readonly polish?: boolean;
}

/** Reused from call to call; read it before the next. */
export interface NewtonOutcome {
  converged: boolean;
  iterations: number;
  failure: 'none' | 'iterations' | 'singular' | 'notFinite';
  singular: SingularMatrix | undefined;
  /** Unknown whose change or residual was furthest from its tolerance in the last iteration. */
  worst: number;
}

const halvings = 12;
const polishingSteps = 30;

/** Fraction of the restless unknowns of so many iterations ago that may be left for more of them. */
const progress = 0.9;

/** Relative error of a term of a sum: a few units of the last bit. */
const rounding = 8 * Number.EPSILON;

export class Newton {
  readonly equations: Equations;
  /** Told of every iteration. */
  listener: NewtonListener | undefined;
  /** For the listener: homotopy and its parameter, or `time step` and its size. */
  readonly way = { name: '', parameter: NaN };
  readonly outcome: NewtonOutcome = {
    converged: false,
    iterations: 0,
    failure: 'none',
    singular: undefined,
    worst: 0,
  };
  /** [n] residuals of the last iteration, before solving. */
  readonly residual: Float64Array;
  /** [n + 1] last update; kernels read it. */
  readonly delta: Float64Array;
  readonly #abstol: Float64Array;
  readonly #reltol: Float64Array;
  readonly #rowAbstol: Float64Array;
  readonly #rowReltol: Float64Array;
  /** [n + 1] 1 for voltages of nodes. */
  readonly #voltage: Uint8Array;
  /** Iterations until this call of `solve` gives up. */
  #allowed = 0;
  /** Unknowns whose last change was beyond its tolerance, and the fewest so far. */
  #unsettled = 0;
  #fewestUnsettled = 0;
  /** The fewest when iterations were last allowed. */
  #unsettledBefore = 0;
  /** Whether the last update was cut short. */
  #clipped = false;
  /** Whether it was so small, where that counts, that it need not be followed by another. */
  #stepIsSmall = false;
  /** Of the last iteration. */
  #vetoes = 0;
  /** [n] rounding errors of the residuals. */
  readonly #noise: Float64Array;
  /** Unknowns that are the time derivative of something, a voltage as a rule. */
  readonly #derivatives: Int32Array;

  constructor(equations: Equations) {
    this.equations = equations;
    const { unknowns, n } = equations.system;
    this.residual = new Float64Array(n);
    this.delta = equations.system.memory.delta;
    this.#noise = new Float64Array(n);
    this.#abstol = Float64Array.from(unknowns, (u) => u.abstol);
    this.#reltol = Float64Array.from(unknowns, (u) => u.reltol);
    this.#rowAbstol = Float64Array.from(unknowns, (u) => u.rowAbstol);
    this.#rowReltol = Float64Array.from(unknowns, (u) => u.rowReltol);
    const derivatives = [...unknowns.keys()].filter((u) => unknowns[u].kind === 'derivative');
    this.#derivatives = Int32Array.from(derivatives);
    this.#voltage = Uint8Array.from(unknowns, ({ kind }) =>
      kind === 'node' || kind === 'internal' ? 1 : 0,
    );
  }

  /** Iterates from the x that stands in memory and leaves the solution there. */
  solve(limits: NewtonLimits): NewtonOutcome {
    const { equations, outcome } = this;
    const e = equations.system.memory.environment;
    outcome.converged = false;
    outcome.failure = 'iterations';
    outcome.singular = undefined;
    outcome.worst = 0;
    outcome.iterations = 0;
    this.delta.fill(0);
    this.#loosenDerivatives();
    e[environment.initializing] = limits.initializing ? 1 : 0;
    this.#allowed = limits.maxIterations;
    this.#fewestUnsettled = Infinity;
    // Where the first iterations lead anywhere, half of the circuit rests after them.
    this.#unsettledBefore = equations.system.n / 2;
    while (outcome.iterations < this.#allowed) {
      const last = this.listener ? this.#tell(limits, this.listener) : this.#advance(limits);
      e[environment.initializing] = 0;
      if (last) break;
    }
    e[environment.initializing] = 0;
    if (outcome.converged && limits.polish && !equations.system.linear) this.#polish();
    return outcome;
  }

  /** A derivative is a0 times its voltage, and known as coarsely: the shorter the step, the more so. */
  #loosenDerivatives(): void {
    const { a0, system } = this.equations;
    for (let k = 0; k < this.#derivatives.length; k++) {
      const u = this.#derivatives[k];
      const coarse = a0 * system.options.vntol;
      this.#abstol[u] = system.unknowns[u].abstol + coarse;
      this.#rowAbstol[u] = system.unknowns[u].rowAbstol + coarse;
    }
  }

  /** One iteration, and whether another one is allowed; true if it was the last one. */
  #advance(limits: NewtonLimits): boolean {
    if (this.#iterate(limits)) return true;
    this.#fewestUnsettled = Math.min(this.#fewestUnsettled, this.#unsettled);
    if (this.outcome.iterations === limits.trial && this.#fewestUnsettled > this.#unsettledBefore)
      return true;
    if (this.outcome.iterations < this.#allowed) return false;
    if (!limits.patient || this.#fewestUnsettled > progress * this.#unsettledBefore) return true;
    this.#unsettledBefore = this.#fewestUnsettled;
    this.#allowed += limits.maxIterations;
    return false;
  }

  /** The same as `#advance`, with a word to who listens. */
  #tell(limits: NewtonLimits, listener: NewtonListener): boolean {
    const { equations, outcome, way } = this;
    const { system } = equations;
    this.#vetoes = 0;
    const last = this.#advance(limits);
    const { x } = system.memory;
    const worstChange = (): WorstOf =>
      worstOf(
        system,
        this.delta.subarray(1),
        (u) =>
          this.#reltol[u] * Math.max(Math.abs(x[u]), Math.abs(x[u] - this.delta[u])) +
          this.#abstol[u],
      );
    const residual = outcome.failure === 'notFinite' ? equations.rhs : this.residual;
    const over = last && !outcome.converged && outcome.failure === 'iterations';
    const failed = outcome.failure === 'iterations' ? 'continues' : outcome.failure;
    listener({
      time: timeOf(system),
      iteration: outcome.iterations,
      change: outcome.failure === 'singular' ? undefined : worstChange(),
      residual: worstOf(system, residual, (u) => equations.rowTolerance(u)),
      vetoes: this.#vetoes,
      way: way.name,
      parameter: way.parameter,
      verdict: over ? 'out of iterations' : failed === 'none' ? 'converged' : failed,
    });
    return last;
  }

  /** One iteration; true if it was the last one. */
  #iterate(limits: NewtonLimits): boolean {
    const { equations, outcome } = this;
    outcome.iterations++;
    equations.statistics.iterations++;
    let vetoes = equations.assemble();
    if (!equations.finite) {
      const recovered = outcome.iterations === 1 ? this.#leaveOut() : this.#halve();
      if (recovered < 0) return this.#fail('notFinite');
      vetoes = recovered + 1;
    }
    this.#vetoes = vetoes;
    this.residual.set(equations.rhs);
    const residualsFit = this.#residualsFit();
    const factored = equations.factor();
    if (factored.kind === 'singular') {
      outcome.singular = factored;
      return this.#fail('singular');
    }
    equations.solve();
    const stepFits = this.#update(limits.maxVoltageChange ?? Infinity);
    const { linear } = equations.system;
    if (linear && stepFits !== undefined) {
      outcome.converged = !this.#clipped;
    } else {
      const initializing = limits.initializing === true;
      const predicted = equations.a0 !== 0 && equations.system.smooth && !initializing;
      const single = predicted && this.#stepIsSmall && vetoes === 0;
      const started = outcome.iterations >= (initializing ? 3 : 2);
      const good = started && vetoes === 0 && stepFits === true;
      outcome.converged = single || (good && (residualsFit || this.#withinRounding()));
    }
    if (stepFits === undefined) return this.#fail('notFinite');
    if (outcome.converged) outcome.failure = 'none';
    return outcome.converged;
  }

  #fail(failure: 'singular' | 'notFinite'): true {
    this.outcome.failure = failure;
    return true;
  }

  /** Goes back towards the iterate before, until all is finite; vetoes there, or −1. */
  #halve(): number {
    const { equations, delta } = this;
    const { x } = equations.system.memory;
    this.outcome.worst = this.#notFiniteRow();
    for (let k = 0; k < halvings; k++) {
      for (let u = 1; u < x.length; u++) {
        delta[u] /= 2;
        x[u] -= delta[u];
      }
      const vetoes = equations.assemble();
      if (equations.finite) return vetoes;
    }
    return -1;
  }

  /**
   * Where the start is outside a function's domain (a root of what is still negative), the other
   * equations lead out of there: terms that are not finite are left out once. Vetoes.
   */
  #leaveOut(): number {
    const { rhs, matrix } = this.equations;
    this.outcome.worst = this.#notFiniteRow();
    if (this.equations.system.linear) return -1;
    for (let u = 0; u < rhs.length; u++) if (!Number.isFinite(rhs[u])) rhs[u] = 0;
    for (let p = 0; p < matrix.length; p++) if (!Number.isFinite(matrix[p])) matrix[p] = 0;
    return 1;
  }

  #notFiniteRow(): number {
    const { rhs, matrix, system } = this.equations;
    const row = rhs.findIndex((value) => !Number.isFinite(value));
    if (row >= 0) return row + 1;
    return system.pattern.rowIndices[matrix.findIndex((value) => !Number.isFinite(value))] + 1;
  }

  #residualsFit(): boolean {
    const { rhs, scale, floor } = this.equations;
    let fits = true;
    let worst = 1;
    for (let u = 1; u <= rhs.length; u++) {
      const tolerance = this.#rowReltol[u] * scale[u] + this.#rowAbstol[u] + floor[u];
      const magnitude = Math.abs(rhs[u - 1]);
      if (!(magnitude <= tolerance)) fits = false;
      if (magnitude > worst * tolerance) {
        worst = magnitude / tolerance;
        this.outcome.worst = u;
      }
    }
    return fits;
  }

  /**
   * Whether residuals are beyond their tolerances only because voltages have a last bit: 1e-13 V in
   * 300 V across 0.1 Ω is a picoampere, however small the current itself is. Voltages count as one
   * volt at least: the charge of a junction near 0 V is the difference of terms that are not small.
   */
  #withinRounding(): boolean {
    const { matrix, system } = this.equations;
    const { columnPointers, rowIndices } = system.pattern;
    const { x } = system.memory;
    const noise = this.#noise;
    noise.fill(0);
    for (let j = 0; j < noise.length; j++)
      for (let p = columnPointers[j]; p < columnPointers[j + 1]; p++)
        noise[rowIndices[p]] +=
          rounding * Math.abs(matrix[p]) * Math.max(Math.abs(x[j + 1]), this.#voltage[j + 1]);
    return this.residual.every(
      (value, row) => Math.abs(value) <= this.equations.rowTolerance(row + 1) + noise[row],
    );
  }

  #smallStep(u: number, tolerance: number): number {
    const part = singleStep * tolerance;
    return this.#voltage[u] === 1 ? Math.min(part, singleVoltage) : part;
  }

  /** x ← x + Δx. Whether every change is within tolerance; undefined if x is not finite. */
  #update(maxVoltageChange: number): boolean | undefined {
    const { rhs, system } = this.equations;
    const { x } = system.memory;
    const { delta } = this;
    const nonlinear = system.linkage.nonlinearColumn;
    this.#clipped = false;
    this.#stepIsSmall = true;
    let unsettled = 0;
    let worst = 1;
    let sum = 0;
    for (let u = 1; u < x.length; u++) {
      let change = -rhs[u - 1];
      if (this.#voltage[u] === 1 && Math.abs(change) > maxVoltageChange) {
        change = Math.sign(change) * maxVoltageChange;
        this.#clipped = true;
      }
      const next = x[u] + change;
      const size = Math.max(Math.abs(next), Math.abs(x[u]));
      const tolerance = this.#reltol[u] * size + this.#abstol[u];
      const magnitude = Math.abs(change);
      if (nonlinear[u] === 1 && !(magnitude <= this.#smallStep(u, tolerance)))
        this.#stepIsSmall = false;
      if (!(magnitude <= tolerance)) unsettled++;
      if (magnitude > worst * tolerance) {
        worst = magnitude / tolerance;
        this.outcome.worst = u;
      }
      delta[u] = change;
      x[u] = next;
      sum += next * 0;
    }
    this.#unsettled = unsettled;
    return sum === 0 ? unsettled === 0 : undefined;
  }

  /**
   * Steps on from a converged x until what is left is far below the tolerances. One step is enough
   * where convergence is quadratic; at a transistor's threshold, where the Jacobian all but vanishes,
   * a step only halves the error. The rate θ of the last two steps tells: θ/(1 − θ) of the last
   * one is left.
   */
  #polish(): void {
    let last = this.#distance();
    for (let k = 0; k < polishingSteps; k++) {
      if (!this.#polishingStep()) return;
      const now = this.#distance();
      const rate = now / last;
      if (now === 0 || rate >= 1 || (now * rate) / (1 - rate) <= 1) return;
      last = now;
    }
  }

  /** One more step; kept only if it is finite. */
  #polishingStep(): boolean {
    const { equations } = this;
    const { x } = equations.system.memory;
    equations.assemble();
    if (!equations.finite || equations.factor().kind === 'singular') return false;
    equations.solve();
    equations.statistics.iterations++;
    for (let u = 1; u < x.length; u++) {
      const change = equations.rhs[u - 1];
      this.delta[u] = -change;
      if (Number.isFinite(change)) x[u] -= change;
    }
    return true;
  }

  /** The largest part of the last update, in units of what a polished solution may be off. */
  #distance(): number {
    const { x } = this.equations.system.memory;
    let largest = 0;
    for (let u = 1; u < x.length; u++) {
      const allowed = 1e-7 * Math.abs(x[u]) + 1e-3 * this.#abstol[u];
      largest = Math.max(largest, Math.abs(this.delta[u]) / allowed);
    }
    return largest;
  }
}
