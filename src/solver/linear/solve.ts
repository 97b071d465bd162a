import type { Factors } from './factors.js';

/**
 * Solves A·x = b in place: `rhs` holds b, then x, both in the numbering of the pattern.
 * Allocates nothing.
 *
 *     y := S·b in pivot order
 *     for each block, last first:  y := U⁻¹·L⁻¹·y,  and what its columns add to the blocks above
 *     x := y in column order
 */
export function solve(factors: Factors, rhs: Float64Array): void {
  const { n, blockBoundaries, rowPermutation, columnPermutation, scales } = factors;
  const { lowerPointers, lowerRows, lowerValues } = factors;
  const { upperPointers, upperRows, upperValues, inversePivots, work } = factors;
  for (let k = 0; k < n; k++) work[k] = rhs[rowPermutation[k]] * scales[k];
  for (let b = blockBoundaries.length - 2; b >= 0; b--) {
    const start = blockBoundaries[b];
    const end = blockBoundaries[b + 1];
    for (let k = start; k < end - 1; k++) {
      const y = work[k];
      const lowerEnd = lowerPointers[k + 1];
      for (let p = lowerPointers[k]; p < lowerEnd; p++) work[lowerRows[p]] -= lowerValues[p] * y;
    }
    for (let k = end - 1; k >= start; k--) {
      const y = work[k] * inversePivots[k];
      work[k] = 0;
      rhs[columnPermutation[k]] = y;
      // U's entries and those above the block in one go.
      const upperEnd = upperPointers[k + 1];
      for (let p = upperPointers[k]; p < upperEnd; p++) work[upperRows[p]] -= upperValues[p] * y;
    }
  }
}
