/**
 * Factorization of new values with the pivots, and hence the structure, of earlier factors: the step
 * that every Newton iteration takes. The same operations in the same order as `factor` would do with
 * these pivots, so the results agree to the last bit. Nothing is allocated.
 */
import type { Factors } from './factors.js';

/** When pivots that were chosen for other values no longer do. */
export interface RefactorTolerances {
  /** Least pivot as a fraction of the sum of magnitudes that it is to eliminate. */
  readonly growth: number;
  /** Least pivot as a fraction of the sum of magnitudes of U's column above it. */
  readonly cancellation: number;
}

/** Growth 10⁶ costs 6 of 16 digits, which Newton's next iteration repairs. */
export const defaultRefactorTolerances: RefactorTolerances = {
  growth: 1e-6,
  cancellation: 4 * Number.EPSILON,
};

/**
 * Overwrites the values of `factors`. False means that the pivots are unfit for these values (too
 * small, zero, or not a number): the factors then hold nothing of use until a later call returns true,
 * and `factor` is to decide.
 */
export function refactor(
  factors: Factors,
  values: Float64Array,
  tolerances: RefactorTolerances = defaultRefactorTolerances,
): boolean {
  const { n, lowerPointers, lowerRows, lowerValues } = factors;
  const { upperPointers, upperEnds, upperRows, upperValues, inversePivots } = factors;
  const { insidePointers, insideRows, insideSlots, insideScales, work } = factors;
  const { growth, cancellation } = tolerances;

  // Above the blocks: a copy.
  const { outsideTargets, outsideSlots, outsideScales } = factors;
  let check = 0;
  for (let p = 0; p < outsideTargets.length; p++) {
    const value = values[outsideSlots[p]] * outsideScales[p];
    upperValues[outsideTargets[p]] = value;
    check += value;
  }
  if (!(Math.abs(check) < Infinity)) return false;

  let entry = 0;
  let lower = 0;
  for (let k = 0; k < n; k++) {
    // x := S·A(:, k)
    const entryEnd = insidePointers[k + 1];
    for (; entry < entryEnd; entry++) {
      work[insideRows[entry]] = values[insideSlots[entry]] * insideScales[entry];
    }

    // U(:, k) and the elimination
    const upperEnd = upperEnds[k];
    let above = 0;
    for (let t = upperPointers[k]; t < upperEnd; t++) {
      const column = upperRows[t];
      const u = work[column];
      work[column] = 0;
      upperValues[t] = u;
      above += Math.abs(u);
      const end = lowerPointers[column + 1];
      let p = lowerPointers[column];
      // Four rows a turn, all different: the engine's checks per turn cost as much as a row.
      for (; p + 3 < end; p += 4) {
        work[lowerRows[p]] -= lowerValues[p] * u;
        work[lowerRows[p + 1]] -= lowerValues[p + 1] * u;
        work[lowerRows[p + 2]] -= lowerValues[p + 2] * u;
        work[lowerRows[p + 3]] -= lowerValues[p + 3] * u;
      }
      for (; p < end; p++) work[lowerRows[p]] -= lowerValues[p] * u;
    }

    // L(:, k); the sums are not a number as soon as one term is, and then no comparison holds
    const pivot = work[k];
    const inverse = 1 / pivot;
    work[k] = 0;
    inversePivots[k] = inverse;
    const lowerEnd = lowerPointers[k + 1];
    let below = 0;
    for (; lower < lowerEnd; lower++) {
      const row = lowerRows[lower];
      const value = work[row];
      work[row] = 0;
      below += Math.abs(value);
      lowerValues[lower] = value * inverse;
    }
    const magnitude = Math.abs(pivot);
    const fit = magnitude >= growth * below && magnitude > cancellation * above;
    if (!(fit && magnitude < Infinity && Math.abs(inverse) < Infinity)) {
      work.fill(0);
      return false;
    }
  }
  return true;
}
