import type { ComplexFactors } from './factors.js';

/**
 * Solves A·x = b in place for complex A: `re` and `im` [n] hold b, then x, in the numbering of the
 * pattern. The steps of `solve`. Allocates nothing.
 */
export function complexSolve(factors: ComplexFactors, re: Float64Array, im: Float64Array): void {
  const { n, blockBoundaries, rowPermutation, columnPermutation, scales } = factors;
  const { lowerPointers, lowerRows, lowerRe, lowerIm } = factors;
  const { upperPointers, upperRows, upperRe, upperIm } = factors;
  const { inversePivotsRe, inversePivotsIm, workRe, workIm } = factors;
  for (let k = 0; k < n; k++) {
    workRe[k] = re[rowPermutation[k]] * scales[k];
    workIm[k] = im[rowPermutation[k]] * scales[k];
  }
  for (let b = blockBoundaries.length - 2; b >= 0; b--) {
    const start = blockBoundaries[b];
    const end = blockBoundaries[b + 1];
    for (let k = start; k < end - 1; k++) {
      const yRe = workRe[k];
      const yIm = workIm[k];
      const lowerEnd = lowerPointers[k + 1];
      for (let p = lowerPointers[k]; p < lowerEnd; p++) {
        const row = lowerRows[p];
        workRe[row] -= lowerRe[p] * yRe - lowerIm[p] * yIm;
        workIm[row] -= lowerRe[p] * yIm + lowerIm[p] * yRe;
      }
    }
    for (let k = end - 1; k >= start; k--) {
      const yRe = workRe[k] * inversePivotsRe[k] - workIm[k] * inversePivotsIm[k];
      const yIm = workRe[k] * inversePivotsIm[k] + workIm[k] * inversePivotsRe[k];
      workRe[k] = 0;
      workIm[k] = 0;
      re[columnPermutation[k]] = yRe;
      im[columnPermutation[k]] = yIm;
      const upperEnd = upperPointers[k + 1];
      for (let p = upperPointers[k]; p < upperEnd; p++) {
        const row = upperRows[p];
        workRe[row] -= upperRe[p] * yRe - upperIm[p] * yIm;
        workIm[row] -= upperRe[p] * yIm + upperIm[p] * yRe;
      }
    }
  }
}
