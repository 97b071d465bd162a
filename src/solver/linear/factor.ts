/**
 * Left-looking sparse LU factorization with threshold partial pivoting (Gilbert and Peierls 1988),
 * block by block:
 *
 *     for each column k:
 *       find the rows that it reaches                                      (elimination.ts)
 *       x := S·A(:, k);  for each column j reached, in order:  U(j, k) := x(j), x -= L(:, j)·U(j, k)
 *       pivot := the diagonal when it is large enough, else the largest of x
 *       L(:, k) := x / pivot
 */
import type { Symbolic } from './analyze.js';
import type { Elimination } from './elimination.js';
import { acceptPivot, beginElimination, reachColumn } from './elimination.js';
import type { Factors } from './factors.js';
import { completeStructure, matchLength, reordered } from './factors.js';
import type { NullVectorNumbers } from './null-vector.js';
import { dependentColumns, followingColumns, nullVectorWork } from './null-vector.js';
import type { FactorOptions } from './pivoting.js';
import {
  choosePivot,
  defaultPivotTolerance,
  defaultSingularTolerance,
  findNotFinite,
  isSuspicious,
  prescribe,
  rowScales,
  singularAt,
} from './pivoting.js';
import type { SingularMatrix } from './singular-matrix.js';

/** The matrix and its factors while they grow; `x`, `scales`, `magnitudes` [n] by row position. */
interface Values extends NullVectorNumbers {
  lower: Float64Array;
  upper: Float64Array;
  readonly scales: Float64Array;
  readonly x: Float64Array;
  readonly magnitudes: Float64Array;
}

/**
 * Factors a matrix and chooses its pivots.
 * @param values [nnz] by slot of the pattern that `symbolic` is of
 */
export function factor(
  symbolic: Symbolic,
  values: Float64Array,
  options: FactorOptions = {},
): Factors | SingularMatrix {
  const { pivotTolerance = defaultPivotTolerance, order } = options;
  const { singularTolerance = defaultSingularTolerance } = options;
  const prescribed = order !== undefined;
  const { n } = symbolic.pattern;
  const { blockBoundaries } = symbolic;
  const magnitudes = new Float64Array(values.length);
  for (let p = 0; p < values.length; p++) magnitudes[p] = Math.abs(values[p]);
  const notFinite = findNotFinite(symbolic, magnitudes);
  if (notFinite !== undefined) return notFinite;
  const state = beginElimination(symbolic);
  const scales = prescribed ? prescribe(state, order) : rowScales(symbolic, magnitudes);
  const numbers: Values = {
    values,
    scales,
    lower: new Float64Array(state.lowerRows.length),
    upper: new Float64Array(state.upperRows.length),
    inversePivots: new Float64Array(n),
    x: new Float64Array(n),
    magnitudes: new Float64Array(n),
    nullVector: nullVectorWork(n),
  };
  let block = 0;
  for (let k = 0; k < n; k++) {
    if (k === blockBoundaries[block + 1]) block++;
    reachColumn(state, k, blockBoundaries[block + 1] - blockBoundaries[block]);
    const largest = computeColumn(state, numbers, k);
    const at = choosePivot(state, k, numbers.magnitudes, pivotTolerance, prescribed);
    if (at < 0) return singularAt(state, k);
    const row = state.lowerRows[at];
    const magnitude = numbers.magnitudes[row];
    if (!prescribed && isSuspicious(magnitude, largest, numbers.nullVector.spent, n)) {
      const tolerance = magnitude === 0 ? 1 : singularTolerance;
      const columns = dependentColumns(state, numbers, k, tolerance);
      if (columns.length > 0) {
        const followers = followingColumns(state, numbers, k, block);
        return singularAt(state, k, [...columns, ...followers]);
      }
    }
    if (!(magnitude > 0 && magnitude < Infinity)) return singularAt(state, k);
    acceptPivot(state, k, at);
    storeColumn(state, numbers, k, row);
  }
  const { structure, lowerOrder } = completeStructure(state, scales);
  return {
    kind: 'factors',
    ...structure,
    lowerValues: reordered(numbers.lower, lowerOrder),
    upperValues: numbers.upper.slice(0, state.upperPointers[n]),
    inversePivots: numbers.inversePivots,
    work: numbers.x,
  };
}

/** Computes U's column k and the candidates in x; returns the largest magnitude in U's column. */
function computeColumn(state: Elimination, numbers: Values, k: number): number {
  numbers.lower = matchLength(numbers.lower, state.lowerRows);
  numbers.upper = matchLength(numbers.upper, state.upperRows);
  const { values, scales, lower, upper, x, magnitudes } = numbers;
  const { lowerPointers, lowerRows, upperPointers, upperEnds, upperRows, pivotRows } = state;
  const { inside, outside } = state.symbolic;
  for (let p = inside.pointers[k]; p < inside.pointers[k + 1]; p++) {
    x[inside.rows[p]] = values[inside.slots[p]] * scales[inside.rows[p]];
  }
  let largest = 0;
  for (let t = upperPointers[k]; t < upperEnds[k]; t++) {
    const column = upperRows[t];
    const u = x[pivotRows[column]];
    x[pivotRows[column]] = 0;
    upper[t] = u;
    if (Math.abs(u) > largest) largest = Math.abs(u);
    subtractColumn(x, lowerRows, lower, lowerPointers[column], lowerPointers[column + 1], u);
  }
  const shift = upperEnds[k] - outside.pointers[k];
  for (let p = outside.pointers[k]; p < outside.pointers[k + 1]; p++) {
    upper[p + shift] = values[outside.slots[p]] * scales[outside.rows[p]];
  }
  for (let p = lowerPointers[k]; p < lowerPointers[k + 1]; p++) {
    magnitudes[lowerRows[p]] = Math.abs(x[lowerRows[p]]);
  }
  return largest;
}

/**
 * x −= L(:, column)·u. On its own, so that it stays optimized when the arrays that hold the growing
 * factors are replaced by larger ones; four rows a turn as in `refactor`.
 */
function subtractColumn(
  x: Float64Array,
  rows: Int32Array,
  values: Float64Array,
  start: number,
  end: number,
  u: number,
): void {
  let p = start;
  for (; p + 3 < end; p += 4) {
    x[rows[p]] -= values[p] * u;
    x[rows[p + 1]] -= values[p + 1] * u;
    x[rows[p + 2]] -= values[p + 2] * u;
    x[rows[p + 3]] -= values[p + 3] * u;
  }
  for (; p < end; p++) x[rows[p]] -= values[p] * u;
}

/** Divides the candidates by the pivot and leaves x zero. */
function storeColumn(
  state: Elimination,
  { lower, inversePivots, x }: Values,
  k: number,
  pivotRow: number,
): void {
  const { lowerPointers, lowerRows } = state;
  const inverse = 1 / x[pivotRow];
  inversePivots[k] = inverse;
  x[pivotRow] = 0;
  for (let p = lowerPointers[k]; p < lowerPointers[k + 1]; p++) {
    lower[p] = x[lowerRows[p]] * inverse;
    x[lowerRows[p]] = 0;
  }
}
