/**
 * Complete factors: S·A permuted is block upper triangular; each diagonal block is L·U, and the
 * entries above the blocks stay as they are. S scales the rows by powers of two, so that it changes
 * no digit of the result. Everything is indexed by position: the pivot's place in the elimination.
 */
import type { Symbolic } from './analyze.js';
import { ascendingOrder } from './ascending-order.js';
import type { Elimination } from './elimination.js';

/** The order and scaling that fix the structure of the factors; plain data for a checkpoint. */
export interface PivotOrder {
  /** [n] row of the pattern that is pivot at every position. */
  readonly rows: readonly number[];
  /** [n] scale of that row, a power of two. */
  readonly scales: readonly number[];
}

/** What refactorization and solution follow, the same for real and complex values. */
export interface FactorStructure {
  readonly symbolic: Symbolic;
  readonly n: number;
  readonly blockBoundaries: Int32Array;
  /** [n] row and column of the pattern at every position. */
  readonly rowPermutation: Int32Array;
  readonly columnPermutation: Int32Array;
  /** [n] */
  readonly scales: Float64Array;
  /** [n + 1], [nnz L] columns of L, the unit diagonal left out; rows ascend. */
  readonly lowerPointers: Int32Array;
  readonly lowerRows: Int32Array;
  /**
   * [n + 1], [n], [nnz U + nnz above] every column holds U's entries without the diagonal, in the
   * order of their computation, up to `upperEnds`; then those above the diagonal block.
   */
  readonly upperPointers: Int32Array;
  readonly upperEnds: Int32Array;
  readonly upperRows: Int32Array;
  /** [n + 1], then one per entry of A in the blocks: its row's position, slot and scale. */
  readonly insidePointers: Int32Array;
  readonly insideRows: Int32Array;
  readonly insideSlots: Int32Array;
  readonly insideScales: Float64Array;
  /** One per entry of A above the blocks: its index among the entries of U, slot and scale. */
  readonly outsideTargets: Int32Array;
  readonly outsideSlots: Int32Array;
  readonly outsideScales: Float64Array;
}

/** Factors of a real matrix. */
export interface Factors extends FactorStructure {
  readonly kind: 'factors';
  readonly lowerValues: Float64Array;
  readonly upperValues: Float64Array;
  /** [n] reciprocals of U's diagonal. */
  readonly inversePivots: Float64Array;
  /** [n] working memory, all zero between two calls. */
  readonly work: Float64Array;
}

/** Factors of a complex matrix; `re` and `im` of a value have the same index. */
export interface ComplexFactors extends FactorStructure {
  readonly kind: 'complexFactors';
  readonly lowerRe: Float64Array;
  readonly lowerIm: Float64Array;
  readonly upperRe: Float64Array;
  readonly upperIm: Float64Array;
  readonly inversePivotsRe: Float64Array;
  readonly inversePivotsIm: Float64Array;
  readonly workRe: Float64Array;
  readonly workIm: Float64Array;
}

/** The structure of an elimination, and which of its entries of L comes to stand where. */
export interface CompleteStructure {
  readonly structure: FactorStructure;
  /** [nnz L] index among the elimination's entries. */
  readonly lowerOrder: Int32Array;
}

/** Renumbers an elimination's rows by pivot. @param rowScales [n] by row position of `Symbolic` */
export function completeStructure(state: Elimination, rowScales: Float64Array): CompleteStructure {
  const { symbolic, pivotOf, pivotRows, lowerPointers, upperPointers, upperEnds } = state;
  const { inside, outside, rowPermutation } = symbolic;
  const n = pivotOf.length;
  const outsideTargets = new Int32Array(outside.rows.length);
  for (let k = 0; k < n; k++) {
    const shift = upperEnds[k] - outside.pointers[k];
    for (let p = outside.pointers[k]; p < outside.pointers[k + 1]; p++)
      outsideTargets[p] = p + shift;
  }
  const lowerRows = taken(pivotOf, state.lowerRows, lowerPointers[n]);
  const lowerOrder = ascendingOrder(lowerPointers, lowerRows);
  const structure: FactorStructure = {
    symbolic,
    n,
    blockBoundaries: symbolic.blockBoundaries,
    rowPermutation: taken(rowPermutation, pivotRows),
    columnPermutation: symbolic.columnPermutation,
    scales: reordered(rowScales, pivotRows),
    lowerPointers,
    lowerRows: taken(lowerRows, lowerOrder),
    upperPointers,
    upperEnds,
    upperRows: state.upperRows.slice(0, upperPointers[n]),
    insidePointers: inside.pointers,
    insideRows: taken(pivotOf, inside.rows),
    insideSlots: inside.slots,
    insideScales: reordered(rowScales, inside.rows),
    outsideTargets,
    outsideSlots: outside.slots,
    outsideScales: reordered(rowScales, outside.rows),
  };
  return { structure, lowerOrder };
}

/** The numbers at the first `count` indices; a loop, as `map` takes ten times as long. */
function taken(numbers: Int32Array, indices: Int32Array, count = indices.length): Int32Array {
  const result = new Int32Array(count);
  for (let p = 0; p < count; p++) result[p] = numbers[indices[p]];
  return result;
}

/** Values in a new order. */
export function reordered(values: Float64Array, order: Int32Array): Float64Array {
  const result = new Float64Array(order.length);
  for (let p = 0; p < order.length; p++) result[p] = values[order[p]];
  return result;
}

/** The order of complete factors, to be given to `factor` again. */
export function pivotOrder({ rowPermutation, scales }: FactorStructure): PivotOrder {
  return { rows: Array.from(rowPermutation), scales: Array.from(scales) };
}

/** Smallest over largest pivot magnitude: a cheap, rough bound of the reciprocal condition. */
export function pivotRatio({ inversePivots }: Factors): number {
  let least = Infinity;
  let most = 0;
  for (let k = 0; k < inversePivots.length; k++) {
    const magnitude = Math.abs(inversePivots[k]);
    least = Math.min(least, magnitude);
    most = Math.max(most, magnitude);
  }
  return inversePivots.length === 0 ? 1 : least / most;
}

/** Enlarges a value array to go with `rows`. */
export function matchLength(values: Float64Array, rows: Int32Array): Float64Array {
  if (values.length >= rows.length) return values;
  const larger = new Float64Array(rows.length);
  larger.set(values);
  return larger;
}
