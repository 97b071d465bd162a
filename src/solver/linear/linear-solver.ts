import type { Symbolic } from './analyze.js';
import { analyze } from './analyze.js';
import { factor } from './factor.js';
import type { Factors, PivotOrder } from './factors.js';
import { pivotOrder, pivotRatio } from './factors.js';
import type { SparsePattern } from './pattern.js';
import type { FactorOptions } from './pivoting.js';
import type { RefactorTolerances } from './refactor.js';
import { defaultRefactorTolerances, refactor } from './refactor.js';
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
    if (this.#factors !== undefined && refactor(this.#factors, values, this.#tolerances)) {
      this.refactorizations++;
      return withOldPivots;
    }
    this.#factors = undefined;
    if (this.symbolic.kind === 'singular') return this.symbolic;
    this.factorizations++;
    const result = factor(this.symbolic, values, this.#options);
    if (result.kind === 'singular') return result;
    this.#factors = result;
    return withNewPivots;
  }

  /** Solves A·x = b in place, in the numbering of the pattern. @param rhs [n] b, then x */
  solve(rhs: Float64Array): void {
    if (this.#factors === undefined) throw new Error('solve needs a successful factor first');
    solve(this.#factors, rhs);
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
    this.#factors = undefined;
    this.#order = order;
  }

  /** Rebuilds the structure alone; whether the pivots hold is for the refactorization to say. */
  #seed(values: Float64Array, order: PivotOrder): void {
    this.#order = undefined;
    if (this.symbolic.kind === 'singular') return;
    const seeded = factor(this.symbolic, values, { order });
    this.#factors = seeded.kind === 'factors' ? seeded : undefined;
  }
}
