/**
 * The nonlinear equations of one point, which the kernels write into the system's memory:
 *
 *     r = f(x) + Σ (a0·charge + history) + g·(x − anchor) + clamps          J = ∂r/∂x
 *
 * a0 = 0 is an operating point. The extra terms are zero in the end: homotopies and forced initial
 * conditions use them. Rows of nodes without a dc path keep a trace of their charge (`chargeRows`),
 * which decides what the resistive equations leave open.
 */
import { environment } from '../../devices/language/compiled.js';
import { analyze } from '../linear/analyze.js';
import { LinearSolver, type FactorResult } from '../linear/linear-solver.js';
import type { SparsePattern } from '../linear/pattern.js';
import type { Statistics } from '../statistics.js';
import type { System } from '../system/system.js';
import { ResistiveSolver } from './resistive-solver.js';

/** Pulls an unknown towards a value through a conductance. */
export interface Clamp {
  readonly unknown: number;
  readonly value: number;
  readonly conductance: number;
}

const analysed = new WeakMap<SparsePattern, ReturnType<typeof analyze>>();

/** Patterns are analysed once: runs and analyses of one system share theirs. */
function symbolicOf(pattern: SparsePattern): ReturnType<typeof analyze> {
  const symbolic = analysed.get(pattern) ?? analyze(pattern);
  analysed.set(pattern, symbolic);
  return symbolic;
}

export class Equations {
  readonly system: System;
  readonly solver: LinearSolver;
  readonly statistics: Statistics;
  /** [nonzeros] a view of the system's memory. */
  readonly matrix: Float64Array;
  /** [n] the residual of row u at u − 1; after `solve` the negative update. */
  readonly rhs: Float64Array;
  /** [n + 1] largest term of each row, and a floor that the rounding of clamps sets. */
  readonly scale: Float64Array;
  readonly floor: Float64Array;

  /** Conductance from every node to ground, of a homotopy. */
  diagonal = 0;
  /** Conductance that pulls every node to `anchorAt`, of the pseudo-transient. */
  anchor = 0;
  readonly anchorAt: Float64Array;
  clamps: readonly Clamp[] = [];
  /** Rows whose charge counts in operating points, with this factor [1/s]. */
  chargeRows: readonly number[] = [];
  chargeFactor = 1e-3;

  readonly #nodes: Int32Array;
  readonly #shunt: number;
  /** For operating points with these charge rows; undefined where `solver` serves them, too. */
  #resistive: ResistiveSolver | undefined;
  #resistiveRows: readonly number[] | undefined;
  #clamped: readonly Clamp[] = [];

  constructor(system: System, statistics: Statistics) {
    this.system = system;
    this.statistics = statistics;
    this.solver = new LinearSolver(system.pattern, { symbolic: symbolicOf(system.pattern) });
    this.matrix = system.memory.jf.subarray(1);
    this.rhs = system.memory.f.subarray(1);
    this.scale = system.memory.fScale;
    this.floor = new Float64Array(system.n + 1);
    this.anchorAt = new Float64Array(system.n + 1);
    const nodes = system.unknowns.flatMap(({ kind }, u) =>
      kind === 'node' || kind === 'internal' ? [u] : [],
    );
    this.#nodes = Int32Array.from(nodes);
    const { rshunt } = system.options;
    this.#shunt = Number.isNaN(rshunt) ? 0 : 1 / rshunt;
  }

  /** Factor of the charges; 0 in an operating point. */
  get a0(): number {
    return this.system.memory.environment[environment.a0];
  }

  set a0(value: number) {
    this.system.memory.environment[environment.a0] = value;
  }

  /** Evaluates all devices at x and assembles residual and matrix. Returns the vetoes. */
  assemble(): number {
    const vetoes = this.#evaluate();
    const node = this.#shunt + this.diagonal;
    if (node !== 0) this.#addConductance(node, undefined);
    if (this.anchor !== 0) this.#addConductance(this.anchor, this.anchorAt);
    if (this.clamps !== this.#clamped) {
      this.#clamped = this.clamps;
      this.floor.fill(0);
    }
    for (let k = 0; k < this.clamps.length; k++) this.#addClamp(this.clamps[k]);
    return vetoes;
  }

  #evaluate(): number {
    if (this.a0 !== 0) return this.system.evaluateTransient();
    if (this.chargeRows.length === 0) return this.system.evaluateStatic();
    const vetoes = this.system.evaluate();
    this.#addChargeRows();
    return vetoes;
  }

  /** Whether all numbers are finite. A sum of squares overflows where an entry does. */
  get finite(): boolean {
    const { rhs, matrix } = this;
    let sum = 0;
    for (let u = 0; u < rhs.length; u++) sum += rhs[u] * 0;
    for (let p = 0; p < matrix.length; p++) sum += matrix[p] * 0;
    return sum === 0;
  }

  factor(): FactorResult {
    const result = this.#linear().factor(this.matrix);
    if (result.kind === 'factored') {
      if (result.refactored) this.statistics.refactorizations++;
      else this.statistics.factorizations++;
    }
    return result;
  }

  /** Turns the residual into −Δx, in place. */
  solve(): void {
    this.#linear().solve(this.rhs);
  }

  /** What factors and solves at the present a0. */
  #linear(): LinearSolver | ResistiveSolver {
    if (this.a0 !== 0) return this.solver;
    if (this.#resistiveRows !== this.chargeRows) {
      this.#resistiveRows = this.chargeRows;
      this.#resistive = ResistiveSolver.of(this.system, this.chargeRows);
    }
    return this.#resistive ?? this.solver;
  }

  /** The tolerance of a row's residual. */
  rowTolerance(u: number): number {
    const { rowAbstol, rowReltol } = this.system.unknowns[u];
    return rowReltol * this.scale[u] + rowAbstol + this.floor[u];
  }

  #addChargeRows(): void {
    const { q, jq } = this.system.memory;
    const { columnPointers, rowIndices } = this.system.pattern;
    const { rhs, matrix, chargeFactor, chargeRows } = this;
    for (const u of chargeRows) rhs[u - 1] += chargeFactor * q[u];
    const chosen = new Set(chargeRows);
    for (let j = 0; j < rhs.length; j++)
      for (let p = columnPointers[j]; p < columnPointers[j + 1]; p++)
        if (chosen.has(rowIndices[p] + 1)) matrix[p] += chargeFactor * jq[p + 1];
  }

  #addConductance(g: number, towards: Float64Array | undefined): void {
    const { x } = this.system.memory;
    const { diagonal } = this.system.linkage;
    for (let k = 0; k < this.#nodes.length; k++) {
      const u = this.#nodes[k];
      const current = g * (x[u] - (towards ? towards[u] : 0));
      this.rhs[u - 1] += current;
      this.scale[u] = Math.max(this.scale[u], Math.abs(current));
      this.matrix[diagonal[u] - 1] += g;
    }
  }

  #addClamp({ unknown, value, conductance }: Clamp): void {
    if (unknown === 0) return;
    const { x } = this.system.memory;
    this.rhs[unknown - 1] += conductance * (x[unknown] - value);
    this.matrix[this.system.linkage.diagonal[unknown] - 1] += conductance;
    // A voltage cannot be resolved finer than its last bit; the clamp's current is that coarse.
    this.floor[unknown] = conductance * 1e-15 * Math.max(1, Math.abs(value));
  }
}
