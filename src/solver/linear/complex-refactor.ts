/** refactor.ts with pairs of numbers; magnitudes are |re| + |im|. Nothing is allocated. */
import type { ComplexFactors } from './factors.js';
import type { RefactorTolerances } from './refactor.js';
import { defaultRefactorTolerances } from './refactor.js';

/**
 * Overwrites the values of `factors` with those of new values, same pivots; agrees with
 * `complexFactor` to the last bit. False means that the pivots are unfit for these values, as in
 * `refactor`.
 */
export function complexRefactor(
  factors: ComplexFactors,
  re: Float64Array,
  im: Float64Array,
  tolerances: RefactorTolerances = defaultRefactorTolerances,
): boolean {
  const { n, lowerPointers, lowerRows, lowerRe, lowerIm } = factors;
  const { upperPointers, upperEnds, upperRows, upperRe, upperIm } = factors;
  const { inversePivotsRe, inversePivotsIm, workRe, workIm } = factors;
  const { insidePointers, insideRows, insideSlots, insideScales } = factors;
  const { growth, cancellation } = tolerances;

  // Above the blocks: a copy.
  const { outsideTargets, outsideSlots, outsideScales } = factors;
  let check = 0;
  for (let p = 0; p < outsideTargets.length; p++) {
    const target = outsideTargets[p];
    upperRe[target] = re[outsideSlots[p]] * outsideScales[p];
    upperIm[target] = im[outsideSlots[p]] * outsideScales[p];
    check += upperRe[target] + upperIm[target];
  }
  if (!(Math.abs(check) < Infinity)) return false;

  let entry = 0;
  let lower = 0;
  for (let k = 0; k < n; k++) {
    // x := S·A(:, k)
    const entryEnd = insidePointers[k + 1];
    for (; entry < entryEnd; entry++) {
      workRe[insideRows[entry]] = re[insideSlots[entry]] * insideScales[entry];
      workIm[insideRows[entry]] = im[insideSlots[entry]] * insideScales[entry];
    }

    // U(:, k) and the elimination
    const upperEnd = upperEnds[k];
    let above = 0;
    for (let t = upperPointers[k]; t < upperEnd; t++) {
      const column = upperRows[t];
      const uRe = workRe[column];
      const uIm = workIm[column];
      workRe[column] = 0;
      workIm[column] = 0;
      upperRe[t] = uRe;
      upperIm[t] = uIm;
      above += Math.abs(uRe) + Math.abs(uIm);
      const end = lowerPointers[column + 1];
      for (let p = lowerPointers[column]; p < end; p++) {
        const row = lowerRows[p];
        workRe[row] -= lowerRe[p] * uRe - lowerIm[p] * uIm;
        workIm[row] -= lowerRe[p] * uIm + lowerIm[p] * uRe;
      }
    }

    // The pivot's reciprocal, scaled against overflow of its square
    const magnitude = Math.abs(workRe[k]) + Math.abs(workIm[k]);
    const scale = 1 / magnitude;
    const a = workRe[k] * scale;
    const b = workIm[k] * scale;
    const squared = a * a + b * b;
    const inverseRe = (a / squared) * scale;
    const inverseIm = (-b / squared) * scale;
    workRe[k] = 0;
    workIm[k] = 0;
    inversePivotsRe[k] = inverseRe;
    inversePivotsIm[k] = inverseIm;

    // L(:, k)
    const lowerEnd = lowerPointers[k + 1];
    let below = 0;
    for (; lower < lowerEnd; lower++) {
      const row = lowerRows[lower];
      const xRe = workRe[row];
      const xIm = workIm[row];
      workRe[row] = 0;
      workIm[row] = 0;
      below += Math.abs(xRe) + Math.abs(xIm);
      lowerRe[lower] = xRe * inverseRe - xIm * inverseIm;
      lowerIm[lower] = xRe * inverseIm + xIm * inverseRe;
    }
    const fit = magnitude >= growth * below && magnitude > cancellation * above;
    if (!(fit && magnitude < Infinity && scale < Infinity)) {
      workRe.fill(0);
      workIm.fill(0);
      return false;
    }
  }
  return true;
}
