import type { Factors } from './factors.js';
import type { SparsePattern } from './pattern.js';
import { solve } from './solve.js';

/** y := y − A·x. @param values [nnz] by slot */
export function subtractProduct(
  { n, columnPointers, rowIndices }: SparsePattern,
  values: Float64Array,
  x: Float64Array,
  y: Float64Array,
): void {
  for (let j = 0; j < n; j++) {
    const xj = x[j];
    const end = columnPointers[j + 1];
    for (let p = columnPointers[j]; p < end; p++) y[rowIndices[p]] -= values[p] * xj;
  }
}

/**
 * One step of iterative refinement: x += A⁻¹·(b − A·x). Wins back what growth lost in a
 * refactorization. `residual` (n) holds b on entry and the correction afterwards.
 */
export function refine(
  factors: Factors,
  values: Float64Array,
  x: Float64Array,
  residual: Float64Array,
): void {
  subtractProduct(factors.symbolic.pattern, values, x, residual);
  solve(factors, residual);
  for (let k = 0; k < x.length; k++) x[k] += residual[k];
}
