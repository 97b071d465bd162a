import type { ComplexFactors } from './factors.js';

/**
 * Solves Aᵀ·x = b in place for complex A (transposed, not conjugated: the transfer from every noise
 * source to one output is one such solution). `re` and `im` [n] hold b, then x. Allocates nothing.
 */
export function complexSolveTransposed(
  factors: ComplexFactors,
  re: Float64Array,
  im: Float64Array,
): void {
  const { n, blockBoundaries, rowPermutation, columnPermutation, scales } = factors;
  const { lowerPointers, lowerRows, lowerRe, lowerIm } = factors;
  const { upperPointers, upperRows, upperRe, upperIm } = factors;
  const { inversePivotsRe, inversePivotsIm, workRe, workIm } = factors;
  for (let k = 0; k < n; k++) {
    workRe[k] = re[columnPermutation[k]];
    workIm[k] = im[columnPermutation[k]];
  }
  for (let b = 0; b + 1 < blockBoundaries.length; b++) {
    const start = blockBoundaries[b];
    const end = blockBoundaries[b + 1];
    for (let k = start; k < end; k++) {
      let yRe = workRe[k];
      let yIm = workIm[k];
      const upperEnd = upperPointers[k + 1];
      for (let p = upperPointers[k]; p < upperEnd; p++) {
        const row = upperRows[p];
        yRe -= upperRe[p] * workRe[row] - upperIm[p] * workIm[row];
        yIm -= upperRe[p] * workIm[row] + upperIm[p] * workRe[row];
      }
      workRe[k] = yRe * inversePivotsRe[k] - yIm * inversePivotsIm[k];
      workIm[k] = yRe * inversePivotsIm[k] + yIm * inversePivotsRe[k];
    }
    for (let k = end - 1; k >= start; k--) {
      let yRe = workRe[k];
      let yIm = workIm[k];
      const lowerEnd = lowerPointers[k + 1];
      for (let p = lowerPointers[k]; p < lowerEnd; p++) {
        const row = lowerRows[p];
        yRe -= lowerRe[p] * workRe[row] - lowerIm[p] * workIm[row];
        yIm -= lowerRe[p] * workIm[row] + lowerIm[p] * workRe[row];
      }
      workRe[k] = yRe;
      workIm[k] = yIm;
    }
  }
  for (let k = 0; k < n; k++) {
    re[rowPermutation[k]] = workRe[k] * scales[k];
    im[rowPermutation[k]] = workIm[k] * scales[k];
    workRe[k] = 0;
    workIm[k] = 0;
  }
}
