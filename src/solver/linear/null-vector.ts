/**
 * Is a small pivot small because the matrix is singular? The pivot itself cannot tell: it is a
 * difference, and rounding of large entries far away may have left anything. But if column k depends
 * on the columns before it, the combination v that should vanish is known from U, and A·v says by how
 * much it does not. The matrix counts as singular when A·v is rounding error in every row: when a
 * change of its entries in their last digits, entry by entry, makes it exactly so (Oettli and Prager,
 * Numer. Math. 6, 1964). For a part of a circuit that floats, v is one volt on all its nodes.
 */
import type { Elimination } from './elimination.js';

/** Working memory [n] of the test, all zero between two calls: its cost is that of v's entries. */
export interface NullVectorWork {
  readonly v: Float64Array;
  readonly sum: Float64Array;
  readonly terms: Float64Array;
  /** Columns with an entry in v. */
  readonly support: Int32Array;
  /** Entries of v in all tests so far: what they have cost. */
  spent: number;
}

export function nullVectorWork(n: number): NullVectorWork {
  return {
    v: new Float64Array(n),
    sum: new Float64Array(n),
    terms: new Float64Array(n),
    support: new Int32Array(n),
    spent: 0,
  };
}

/** The parts of a factorization under way that the test needs. */
export interface NullVectorNumbers {
  /** [nnz] by slot. */
  readonly values: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly inversePivots: Float64Array;
  readonly nullVector: NullVectorWork;
}

/** Entries of v below this are rounding: the column has no part in the dependence. */
const negligible = 1e-6;

/** And in other blocks, where they may be currents: a volt across a gigaohm. */
const slight = 1e-9;

/**
 * The columns (positions, k first) that are linearly dependent, among those of the block up to k;
 * none when A·v does not vanish within the tolerance. A tolerance of 1 holds always.
 */
export function dependentColumns(
  state: Elimination,
  numbers: NullVectorNumbers,
  k: number,
  tolerance: number,
): number[] {
  const work = numbers.nullVector;
  const { v, support } = work;
  const count = findNullVector(state, numbers, k);
  work.spent += count;
  let dependent = vanishes(state, work, count, numbers.values, tolerance);
  if (!dependent) {
    // Elimination leaves ones that are off by 1e-10 when conductances differ by 10⁶; in single
    // precision they are ones again, and the rounding that was gathered in row k is spread out.
    for (let s = 0; s < count; s++) v[support[s]] = Math.fround(v[support[s]]);
    dependent = vanishes(state, work, count, numbers.values, tolerance);
  }
  const columns: number[] = [];
  for (let s = 0; s < count; s++) {
    const column = support[s];
    if (dependent && Math.abs(v[column]) > negligible) columns.push(column);
    v[column] = 0;
  }
  return columns;
}

/**
 * v with U·v = 0 but for the pivot in question: v(k) = 1, v(before) = −U⁻¹·U(:, k).
 * Returns the number of its entries.
 */
function findNullVector(
  { upperPointers, upperEnds, upperRows }: Elimination,
  { upper, inversePivots, nullVector: { v, support } }: NullVectorNumbers,
  k: number,
): number {
  let count = 0;
  let lowest = k;
  support[count++] = k;
  v[k] = 1;
  for (let t = upperPointers[k]; t < upperEnds[k]; t++) {
    v[upperRows[t]] = -upper[t];
    if (upperRows[t] < lowest) lowest = upperRows[t];
  }
  for (let j = k - 1; j >= lowest; j--) {
    if (v[j] === 0) continue;
    support[count++] = j;
    v[j] *= inversePivots[j];
    for (let t = upperPointers[j]; t < upperEnds[j]; t++) {
      v[upperRows[t]] -= upper[t] * v[j];
      if (upperRows[t] < lowest) lowest = upperRows[t];
    }
  }
  return count;
}

/** Whether every row of A·v is rounding error of its terms. */
function vanishes(
  { symbolic }: Elimination,
  { v, sum, terms, support }: NullVectorWork,
  count: number,
  values: Float64Array,
  tolerance: number,
): boolean {
  const { pointers, rows, slots } = symbolic.inside;
  for (let s = 0; s < count; s++) {
    const j = support[s];
    for (let p = pointers[j]; p < pointers[j + 1]; p++) {
      const term = values[slots[p]] * v[j];
      sum[rows[p]] += term;
      terms[rows[p]] += Math.abs(term);
    }
  }
  let zero = true;
  for (let s = 0; s < count; s++) {
    const j = support[s];
    for (let p = pointers[j]; p < pointers[j + 1]; p++) {
      const row = rows[p];
      zero &&= Math.abs(sum[row]) <= tolerance * terms[row];
      sum[row] = 0;
      terms[row] = 0;
    }
  }
  return zero;
}

/**
 * The columns of earlier blocks that the dependent ones of column k's block carry with them: what
 * the rows of those blocks sum up to is zero only if they move, too. Once, for a failure's message.
 */
export function followingColumns(
  state: Elimination,
  numbers: NullVectorNumbers,
  k: number,
  block: number,
): number[] {
  const { upperPointers, upperEnds, upperRows, lowerPointers, lowerRows, pivotOf } = state;
  const { lower, upper, inversePivots, nullVector } = numbers;
  const { blockBoundaries } = state.symbolic;
  const { v, support } = nullVector;
  const start = blockBoundaries[block];
  const count = findNullVector(state, numbers, k);
  // Column k is not stored yet: its entries above the block begin where those within it end.
  for (let s = 0; s < count; s++) {
    const column = support[s];
    for (let t = upperEnds[column]; t < upperPointers[column + 1]; t++)
      v[upperRows[t]] -= upper[t] * v[column];
  }
  for (let b = block - 1; b >= 0; b--) {
    const [first, end] = [blockBoundaries[b], blockBoundaries[b + 1]];
    for (let j = first; j < end; j++)
      for (let p = lowerPointers[j]; p < lowerPointers[j + 1]; p++)
        v[pivotOf[lowerRows[p]]] -= lower[p] * v[j];
    for (let j = end - 1; j >= first; j--) {
      v[j] *= inversePivots[j];
      for (let t = upperPointers[j]; t < upperPointers[j + 1]; t++)
        v[upperRows[t]] -= upper[t] * v[j];
    }
  }
  const columns: number[] = [];
  for (let j = 0; j < start; j++) if (Math.abs(v[j]) > slight) columns.push(j);
  v.fill(0);
  return columns;
}
