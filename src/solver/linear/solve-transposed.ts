import type { Factors } from './factors.js';

/**
 * Solves Aᵀ·x = b in place (adjoint sensitivities, noise transfer): `rhs` holds b, then x, both in
 * the numbering of the pattern. Allocates nothing. The steps of `solve`, transposed and reversed.
 */
export function solveTransposed(factors: Factors, rhs: Float64Array): void {
  const { n, blockBoundaries, rowPermutation, columnPermutation, scales } = factors;
  const { lowerPointers, lowerRows, lowerValues } = factors;
  const { upperPointers, upperRows, upperValues, inversePivots, work } = factors;
  for (let k = 0; k < n; k++) work[k] = rhs[columnPermutation[k]];
  for (let b = 0; b + 1 < blockBoundaries.length; b++) {
    const start = blockBoundaries[b];
    const end = blockBoundaries[b + 1];
    for (let k = start; k < end; k++) {
      let y = work[k];
      const upperEnd = upperPointers[k + 1];
      for (let p = upperPointers[k]; p < upperEnd; p++) y -= upperValues[p] * work[upperRows[p]];
      work[k] = y * inversePivots[k];
    }
    for (let k = end - 1; k >= start; k--) {
      let y = work[k];
      const lowerEnd = lowerPointers[k + 1];
      for (let p = lowerPointers[k]; p < lowerEnd; p++) y -= lowerValues[p] * work[lowerRows[p]];
      work[k] = y;
    }
  }
  for (let k = 0; k < n; k++) {
    rhs[rowPermutation[k]] = work[k] * scales[k];
    work[k] = 0;
  }
}
