/** Choosing pivots and scaling rows, from magnitudes alone: the same for real and complex values. */
import type { Symbolic } from './analyze.js';
import type { Elimination } from './elimination.js';
import type { PivotOrder } from './factors.js';
import type { SingularMatrix } from './singular-matrix.js';

/** How a factorization chooses and judges its pivots. */
export interface FactorOptions {
  /** The diagonal is pivot when it has at least this fraction of the column's largest magnitude. */
  readonly pivotTolerance?: number;
  /**
   * The matrix is singular when changing its entries by this fraction can make it so (null-vector.ts;
   * for complex values, when a pivot is at most this fraction of the terms that it is the difference
   * of). 0 accepts every pivot but an exact zero.
   */
  readonly singularTolerance?: number;
  /** Take these pivots and scales, whatever their values: the structure of an earlier run. */
  readonly order?: PivotOrder;
}

/** KLU's threshold. */
export const defaultPivotTolerance = 1e-3;

/** Tighter than this, and rounding hides floating parts; looser, and 1 pS beside 1 kS is lost. */
export const defaultSingularTolerance = 2 * Number.EPSILON;

/** Only below this fraction of U's column a pivot is looked at more closely. */
export const suspicion = 1e-8;

/** Entries of null vectors, in multiples of the matrix's size, for which suspicion falls tenfold. */
const patience = 1;
const leastPatience = 2000;

/**
 * Whether a pivot may be what rounding left of zero. Leakage of transistors beside the milliohms of
 * their body makes many pivots small, each with a null vector of half the circuit: the more has been
 * spent on such vectors in a factorization, the smaller the pivots that are left to test.
 * @param largest magnitude in U's column
 * @param spent entries of null vectors so far
 */
export function isSuspicious(
  magnitude: number,
  largest: number,
  spent: number,
  n: number,
): boolean {
  if (magnitude === 0) return true;
  if (!(magnitude < suspicion * largest)) return false;
  const lessened = 10 ** -Math.floor(spent / Math.max(patience * n, leastPatience));
  return magnitude < suspicion * lessened * largest;
}

/**
 * Index among L's rows of the pivot of column k.
 * @param magnitudes [n] by row
 * @throws RangeError when a prescribed order does not belong to this pattern.
 */
export function choosePivot(
  state: Elimination,
  k: number,
  magnitudes: Float64Array,
  tolerance: number,
  prescribed: boolean,
): number {
  const { lowerPointers, lowerRows, preferredRow } = state;
  const preferred = preferredRow[k];
  let best = -1;
  let diagonal = -1;
  let largest = -1;
  for (let p = lowerPointers[k]; p < lowerPointers[k + 1]; p++) {
    const row = lowerRows[p];
    if (row === preferred) diagonal = p;
    if (!(magnitudes[row] > largest)) continue;
    largest = magnitudes[row];
    best = p;
  }
  if (prescribed) {
    if (diagonal < 0) throw new RangeError('the pivot order is that of another pattern');
    return diagonal;
  }
  const keepsDiagonal = diagonal >= 0 && magnitudes[preferred] >= tolerance * largest;
  return keepsDiagonal ? diagonal : best;
}

/** Prescribes the pivots of an earlier factorization; returns its scales by row position. */
export function prescribe(state: Elimination, order: PivotOrder): Float64Array {
  const { rowPermutation, pattern } = state.symbolic;
  if (order.rows.length !== pattern.n) throw new RangeError('the pivot order has another size');
  const position = new Int32Array(pattern.n);
  for (let k = 0; k < pattern.n; k++) position[rowPermutation[k]] = k;
  const scales = new Float64Array(pattern.n);
  for (let k = 0; k < pattern.n; k++) {
    const row = position[order.rows[k]];
    state.preferredRow[k] = row;
    state.preferredBy[row] = k;
    scales[row] = order.scales[k];
  }
  return scales;
}

/** [n] by row position: the power of two that brings the row's largest magnitude into [1, 2). */
export function rowScales(symbolic: Symbolic, magnitudes: Float64Array): Float64Array {
  const { inside, outside } = symbolic;
  const largest = new Float64Array(symbolic.pattern.n);
  for (let p = 0; p < inside.rows.length; p++) {
    const magnitude = magnitudes[inside.slots[p]];
    if (magnitude > largest[inside.rows[p]]) largest[inside.rows[p]] = magnitude;
  }
  for (let p = 0; p < outside.rows.length; p++) {
    const magnitude = magnitudes[outside.slots[p]];
    if (magnitude > largest[outside.rows[p]]) largest[outside.rows[p]] = magnitude;
  }
  const view = new DataView(new ArrayBuffer(8));
  for (let row = 0; row < largest.length; row++) largest[row] = inversePower(view, largest[row]);
  return largest;
}

/** 2^-e for a magnitude of [1, 2)·2^e, from the bits of the number; 1 for 0. */
function inversePower(view: DataView, magnitude: number): number {
  if (magnitude === 0) return 1;
  view.setFloat64(0, magnitude);
  const exponent = view.getUint32(0) >>> 20;
  const inverse = Math.min(Math.max(2046 - exponent, 1), 2045);
  view.setFloat64(0, 0);
  view.setUint32(0, inverse << 20);
  return view.getFloat64(0);
}

/** The first entry that is infinite or not a number, as a failure; undefined without one. */
export function findNotFinite(
  { pattern }: Symbolic,
  magnitudes: Float64Array,
): SingularMatrix | undefined {
  const { n, columnPointers, rowIndices } = pattern;
  for (let j = 0; j < n; j++) {
    for (let p = columnPointers[j]; p < columnPointers[j + 1]; p++) {
      if (magnitudes[p] < Infinity) continue;
      return { kind: 'singular', cause: 'notFinite', rows: [rowIndices[p]], columns: [j] };
    }
  }
  return undefined;
}

/**
 * No pivot in column k: the failure names the equation that was meant for it, and its unknown first
 * among those that are undetermined together (`columns`, positions).
 */
export function singularAt(
  state: Elimination,
  k: number,
  columns: readonly number[] = [k],
): SingularMatrix {
  const { rowPermutation, columnPermutation } = state.symbolic;
  return {
    kind: 'singular',
    cause: 'values',
    rows: [rowPermutation[state.preferredRow[k]]],
    columns: columns.map((column) => columnPermutation[column]),
  };
}
