/**
 * Is a small pivot small because the matrix is singular? The pivot itself cannot tell: it is a
 * difference, and rounding of large entries far away may have left anything. But if column k depends
 * on the columns before it, the combination v that should vanish is known from U, and A·v says by how
 * much it does not. The matrix counts as singular when A·v is rounding error in every row: when a
 * change of its entries in their last digits, entry by entry, makes it exactly so (Oettli and Prager,
 * Numer. Math. 6, 1964). For a part of a circuit that floats, v is one volt on all its nodes.
 */
import type { Elimination } from './elimination.js';

/** True when the columns from `start` (the block's first) to k are linearly dependent. */
export function dependsOnColumnsBefore(
  state: Elimination,
  start: number,
  k: number,
  upper: Float64Array,
  inversePivots: Float64Array,
  values: Float64Array,
  tolerance: number,
): boolean {
  const v = nullVector(state, start, k, upper, inversePivots);
  if (vanishes(state, start, v, values, tolerance)) return true;
  // Elimination leaves ones that are off by 1e-10 when conductances differ by 10⁶; in single
  // precision they are ones again, and the rounding that was gathered in row k is spread out.
  return vanishes(state, start, v.map(Math.fround), values, tolerance);
}

function vanishes(
  state: Elimination,
  start: number,
  v: Float64Array,
  values: Float64Array,
  tolerance: number,
): boolean {
  const { inside, pattern } = state.symbolic;
  const sum = new Float64Array(pattern.n);
  const terms = new Float64Array(pattern.n);
  for (let j = start; j < v.length; j++) {
    if (v[j] === 0) continue;
    for (let p = inside.pointers[j]; p < inside.pointers[j + 1]; p++) {
      const term = values[inside.slots[p]] * v[j];
      sum[inside.rows[p]] += term;
      terms[inside.rows[p]] += Math.abs(term);
    }
  }
  return sum.every((value, row) => Math.abs(value) <= tolerance * terms[row]);
}

/** v with U·v = 0 but for the pivot in question: v(k) = 1, v(before) = −U⁻¹·U(:, k). */
function nullVector(
  { upperPointers, upperEnds, upperRows }: Elimination,
  start: number,
  k: number,
  upper: Float64Array,
  inversePivots: Float64Array,
): Float64Array {
  const v = new Float64Array(k + 1);
  v[k] = 1;
  for (let t = upperPointers[k]; t < upperEnds[k]; t++) v[upperRows[t]] = -upper[t];
  for (let j = k - 1; j >= start; j--) {
    if (v[j] === 0) continue;
    v[j] *= inversePivots[j];
    for (let t = upperPointers[j]; t < upperEnds[j]; t++) v[upperRows[t]] -= upper[t] * v[j];
  }
  return v;
}
