import type { Symbolic } from './analyze.js';
import { analyze } from './analyze.js';
import { complexFactor } from './complex-factor.js';
import { complexRefactor } from './complex-refactor.js';
import { complexSolveTransposed } from './complex-solve-transposed.js';
import { complexSolve } from './complex-solve.js';
import type { ComplexFactors, PivotOrder } from './factors.js';
import { pivotOrder } from './factors.js';
import type { FactorResult, LinearSolverOptions } from './linear-solver.js';
import { withNewPivots, withOldPivots } from './linear-solver.js';
import type { SparsePattern } from './pattern.js';
import type { FactorOptions } from './pivoting.js';
import type { RefactorTolerances } from './refactor.js';
import { defaultRefactorTolerances } from './refactor.js';
import type { SingularMatrix } from './singular-matrix.js';

/**
 * `LinearSolver` for complex values, real and imaginary parts in separate arrays: in a small-signal
 * analysis the real parts stay and the imaginary parts are ω times the capacitances.
 */
export class ComplexLinearSolver {
  readonly pattern: SparsePattern;
  readonly symbolic: Symbolic | SingularMatrix;
  /** How often pivots were chosen, and how often they were kept. */
  factorizations = 0;
  refactorizations = 0;
  readonly #options: FactorOptions;
  readonly #tolerances: RefactorTolerances;
  #factors: ComplexFactors | undefined;
  #order: PivotOrder | undefined;

  constructor(pattern: SparsePattern, options: LinearSolverOptions = {}) {
    this.pattern = pattern;
    this.symbolic = options.symbolic ?? analyze(pattern);
    this.#options = options;
    this.#tolerances = options.refactorTolerances ?? defaultRefactorTolerances;
  }

  /** Factors the matrix; keeps the pivots where they still hold. @param re, im [nnz] by slot */
  factor(re: Float64Array, im: Float64Array): FactorResult {
    if (this.#order !== undefined) this.#seed(re, im, this.#order);
    if (this.#factors !== undefined && complexRefactor(this.#factors, re, im, this.#tolerances)) {
      this.refactorizations++;
      return withOldPivots;
    }
    this.#factors = undefined;
    if (this.symbolic.kind === 'singular') return this.symbolic;
    this.factorizations++;
    const result = complexFactor(this.symbolic, re, im, this.#options);
    if (result.kind === 'singular') return result;
    this.#factors = result;
    return withNewPivots;
  }

  /** Solves A·x = b in place. @param re, im [n] b, then x */
  solve(re: Float64Array, im: Float64Array): void {
    if (this.#factors === undefined) throw new Error('solve needs a successful factor first');
    complexSolve(this.#factors, re, im);
  }

  /** Solves Aᵀ·x = b in place, without conjugation. @param re, im [n] b, then x */
  solveTransposed(re: Float64Array, im: Float64Array): void {
    if (this.#factors === undefined) throw new Error('solve needs a successful factor first');
    complexSolveTransposed(this.#factors, re, im);
  }

  /** The pivot order that the next `factor` would try to keep; plain data. */
  checkpoint(): PivotOrder | undefined {
    return this.#order ?? (this.#factors === undefined ? undefined : pivotOrder(this.#factors));
  }

  /** Goes back to a checkpoint, as `LinearSolver.restore` does. */
  restore(order: PivotOrder | undefined): void {
    this.#factors = undefined;
    this.#order = order;
  }

  #seed(re: Float64Array, im: Float64Array, order: PivotOrder): void {
    this.#order = undefined;
    if (this.symbolic.kind === 'singular') return;
    const seeded = complexFactor(this.symbolic, re, im, { order });
    this.#factors = seeded.kind === 'complexFactors' ? seeded : undefined;
  }
}
