import type { Symbolic } from './analyze.js';
import { analyze } from './analyze.js';
import { factor } from './factor.js';
import type { Factors, PivotOrder } from './factors.js';
import { pivotOrder, pivotRatio } from './factors.js';
import { kernelForm } from './linear-kernels.js';
import type { SparsePattern } from './pattern.js';
import type { FactorOptions } from './pivoting.js';
import type { RefactorTolerances } from './refactor.js';
import { defaultRefactorTolerances, refactor } from './refactor.js';
import { ResidentKernels } from './resident-kernels.js';
import type { SingularMatrix } from './singular-matrix.js';
import { solveTransposed } from './solve-transposed.js';
import { solve } from './solve.js';

/** A factorization succeeded, with new pivots or with those of the one before. */
export interface Factored {
  readonly kind: 'factored';
  readonly refactored: boolean;
}

export type FactorResult = Factored | SingularMatrix;

/** Results that every success shares, as `factor` is called in the innermost loop. */
export const withNewPivots: Factored = { kind: 'factored', refactored: false };
export const withOldPivots: Factored = { kind: 'factored', refactored: true };

/** What a solver may be told; both linear solvers take it. */
export interface LinearSolverOptions extends Omit<FactorOptions, 'order'> {
  readonly refactorTolerances?: RefactorTolerances;
  /** The analysis of the same pattern, when there is one already (real and complex share it). */
  readonly symbolic?: Symbolic | SingularMatrix;
}

/**
 * How often pivots must have held before kernels are compiled for them: lists gain more than their
 * compilation costs at once, code for small systems in the long run.
 */
const refactorizationsBeforeKernels = { indexed: 2, straightLine: 500 };

/** Solves systems with one pattern and changing values; takes the cheapest safe way to factor. */
export class LinearSolver {
  readonly pattern: SparsePattern;
  readonly symbolic: Symbolic | SingularMatrix;
  /** How often pivots were chosen, and how often they were kept. */
  factorizations = 0;
  refactorizations = 0;
  readonly #options: FactorOptions;
  readonly #tolerances: RefactorTolerances;
  #factors: Factors | undefined;
  /** Refactorizations until kernels are made for the factors, and those kernels, if they can be. */
  #patience = 0;
  #kernels: ResidentKernels | undefined;
  #compiled = 0;
  #order: PivotOrder | undefined;

  constructor(pattern: SparsePattern, options: LinearSolverOptions = {}) {
    this.pattern = pattern;
    this.symbolic = options.symbolic ?? analyze(pattern);
    this.#options = options;
    this.#tolerances = options.refactorTolerances ?? defaultRefactorTolerances;
  }

  /**
   * Factors the matrix with these values; keeps the pivots where they still hold. After a failure
   * there are no factors until a later call succeeds.
   * @param values [nnz] by slot of the pattern
   */
  factor(values: Float64Array): FactorResult {
    if (this.#order !== undefined) this.#seed(values, this.#order);
    if (this.#factors !== undefined && this.#refactor(this.#factors, values)) {
      this.refactorizations++;
      return withOldPivots;
    }
    this.#setFactors(undefined);
    if (this.symbolic.kind === 'singular') return this.symbolic;
    this.factorizations++;
    const result = factor(this.symbolic, values, this.#options);
    if (result.kind === 'singular') return result;
    this.#setFactors(result);
    return withNewPivots;
  }

  #setFactors(factors: Factors | undefined): void {
    this.#factors = factors;
    this.#kernels = undefined;
    if (!factors) return;
    // Where pivots change again and again, kernels are made ever more rarely.
    this.#patience = refactorizationsBeforeKernels[kernelForm(factors)] * 2 ** this.#compiled;
  }

  #refactor(factors: Factors, values: Float64Array): boolean {
    if (this.#patience-- === 0) {
      this.#kernels = ResidentKernels.of(factors, this.#tolerances);
      this.#compiled++;
    }
    return this.#kernels?.refactor(values) ?? refactor(factors, values, this.#tolerances);
  }

  /** Solves A·x = b in place, in the numbering of the pattern. @param rhs [n] b, then x */
  solve(rhs: Float64Array): void {
    if (this.#factors === undefined) throw new Error('solve needs a successful factor first');
    if (this.#kernels) this.#kernels.solve(rhs);
    else solve(this.#factors, rhs);
  }

  /** Solves Aᵀ·x = b in place. @param rhs [n] b, then x */
  solveTransposed(rhs: Float64Array): void {
    if (this.#factors === undefined) throw new Error('solve needs a successful factor first');
    solveTransposed(this.#factors, rhs);
  }

  /** The factors of the last success; another object as soon as pivots were chosen anew. */
  get factors(): Factors | undefined {
    return this.#factors;
  }

  /** Smallest over largest pivot, a rough reciprocal condition; 0 without factors. */
  get pivotRatio(): number {
    return this.#factors === undefined ? 0 : pivotRatio(this.#factors);
  }

  /** The pivot order that the next `factor` would try to keep; plain data. */
  checkpoint(): PivotOrder | undefined {
    return this.#order ?? (this.#factors === undefined ? undefined : pivotOrder(this.#factors));
  }

  /**
   * Goes back to a checkpoint of a solver of the same pattern: from the next `factor` on all results
   * are, to the last bit, those that followed the checkpoint.
   */
  restore(order: PivotOrder | undefined): void {
    this.#setFactors(undefined);
    this.#order = order;
  }

  /** Rebuilds the structure alone; whether the pivots hold is for the refactorization to say. */
  #seed(values: Float64Array, order: PivotOrder): void {
    this.#order = undefined;
    if (this.symbolic.kind === 'singular') return;
    const seeded = factor(this.symbolic, values, { order });
    this.#setFactors(seeded.kind === 'factors' ? seeded : undefined);
  }
}
