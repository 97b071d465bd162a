/**
 * The structure of a factorization while it grows column by column, for real and complex values
 * alike. Gilbert and Peierls, SIAM J. Sci. Stat. Comput. 9(5), 1988: the entries of column k of L
 * and U are the rows reached from the entries of A's column k in the graph of the columns of L done
 * so far, and reverse postorder is an order in which they can be computed. Time proportional to the
 * arithmetic. Pruning: Eisenstat and Liu, SIAM J. Matrix Anal. Appl. 13(1), 1992.
 */
import type { Symbolic } from './analyze.js';

/** Rows are the positions of `Symbolic` until the factorization is complete. */
export interface Elimination {
  readonly symbolic: Symbolic;
  /** [n] column in which a row is pivot, or -1. */
  readonly pivotOf: Int32Array;
  /** [n] pivot row of every column done. */
  readonly pivotRows: Int32Array;
  /** [n] the row that a column takes when its value is large enough (the diagonal), and back. */
  readonly preferredRow: Int32Array;
  readonly preferredBy: Int32Array;
  /** [n + 1] columns of L without its unit diagonal. */
  readonly lowerPointers: Int32Array;
  /** [≥ entries of L] */
  lowerRows: Int32Array;
  /** The same rows, rearranged so that a search need only look as far as `searchEnds` (n). */
  searchRows: Int32Array;
  readonly searchEnds: Int32Array;
  /** [n + 1] columns of U without its diagonal, then the entries above the diagonal block. */
  readonly upperPointers: Int32Array;
  /** [n] where the entries within the block end. */
  readonly upperEnds: Int32Array;
  /** [≥ entries] columns in which the rows were pivots, in the order of their computation. */
  upperRows: Int32Array;
  /** Working memory of the search, n each; `mark` holds the last column that reached a row. */
  readonly mark: Int32Array;
  readonly path: Int32Array;
  readonly nextEntry: Int32Array;
  readonly reached: Int32Array;
}

/** Nothing eliminated yet. */
export function beginElimination(symbolic: Symbolic): Elimination {
  const { n } = symbolic.pattern;
  const entries = symbolic.pattern.rowIndices.length;
  const identity = new Int32Array(n);
  for (let k = 0; k < n; k++) identity[k] = k;
  return {
    symbolic,
    pivotOf: new Int32Array(n).fill(-1),
    pivotRows: new Int32Array(n).fill(-1),
    preferredRow: identity,
    preferredBy: identity.slice(),
    lowerPointers: new Int32Array(n + 1),
    lowerRows: new Int32Array(entries + n),
    searchRows: new Int32Array(entries + n),
    searchEnds: new Int32Array(n),
    upperPointers: new Int32Array(n + 1),
    upperEnds: new Int32Array(n),
    upperRows: new Int32Array(entries + n),
    mark: new Int32Array(n).fill(-1),
    path: new Int32Array(n),
    nextEntry: new Int32Array(n),
    reached: new Int32Array(n),
  };
}

/**
 * Finds the structure of column k of a block of `size` columns. Afterwards U's rows are in place, and
 * L's from `lowerPointers[k]` to `lowerPointers[k + 1]` are the candidates for the pivot.
 */
export function reachColumn(state: Elimination, k: number, size: number): void {
  reserve(state, k, size);
  const { symbolic, pivotOf, mark, lowerPointers, upperPointers, reached } = state;
  const { inside, outside } = symbolic;
  const { lowerRows, upperRows } = state;
  let lowerEnd = lowerPointers[k];
  let top = size;
  for (let p = inside.pointers[k]; p < inside.pointers[k + 1]; p++) {
    const row = inside.rows[p];
    if (mark[row] === k) continue;
    mark[row] = k;
    if (pivotOf[row] < 0) lowerRows[lowerEnd++] = row;
    else {
      lowerPointers[k + 1] = lowerEnd;
      top = searchFrom(state, k, pivotOf[row], top);
      lowerEnd = lowerPointers[k + 1];
    }
  }
  lowerPointers[k + 1] = lowerEnd;
  let upperEnd = upperPointers[k];
  for (let t = top; t < size; t++) upperRows[upperEnd++] = reached[t];
  state.upperEnds[k] = upperEnd;
  for (let p = outside.pointers[k]; p < outside.pointers[k + 1]; p++) {
    upperRows[upperEnd++] = pivotOf[outside.rows[p]];
  }
  upperPointers[k + 1] = upperEnd;
}

/** Depth-first search from a column done; files columns in postorder, from the end, and new rows. */
function searchFrom(state: Elimination, k: number, from: number, end: number): number {
  const { pivotOf, mark, lowerPointers, searchEnds, path, nextEntry, reached } = state;
  const { lowerRows, searchRows } = state;
  let lowerEnd = lowerPointers[k + 1];
  let top = end;
  let depth = 0;
  path[0] = from;
  nextEntry[0] = lowerPointers[from];
  while (depth >= 0) {
    const column = path[depth];
    const stop = searchEnds[column];
    let p = nextEntry[depth];
    let descended = false;
    for (; p < stop; p++) {
      const row = searchRows[p];
      if (mark[row] === k) continue;
      mark[row] = k;
      const next = pivotOf[row];
      if (next < 0) lowerRows[lowerEnd++] = row;
      else {
        nextEntry[depth++] = p + 1;
        path[depth] = next;
        nextEntry[depth] = lowerPointers[next];
        descended = true;
        break;
      }
    }
    if (!descended) {
      depth--;
      reached[--top] = column;
    }
  }
  lowerPointers[k + 1] = lowerEnd;
  return top;
}

/** Makes the candidate at index `at` of L's rows the pivot of column k. */
export function acceptPivot(state: Elimination, k: number, at: number): void {
  const { pivotOf, pivotRows, preferredRow, preferredBy, lowerPointers, searchEnds } = state;
  const { lowerRows, searchRows } = state;
  const row = lowerRows[at];
  pivotOf[row] = k;
  pivotRows[k] = row;
  // The column that would have preferred this row gets the diagonal that column k leaves over.
  const displaced = preferredBy[row];
  const leftOver = preferredRow[k];
  preferredRow[displaced] = leftOver;
  preferredBy[leftOver] = displaced;
  const end = --lowerPointers[k + 1];
  lowerRows[at] = lowerRows[end];
  for (let p = lowerPointers[k]; p < end; p++) searchRows[p] = lowerRows[p];
  searchEnds[k] = end;
  for (let t = state.upperPointers[k]; t < state.upperEnds[k]; t++) {
    prune(state, state.upperRows[t], row);
  }
}

/**
 * When L(k, j) and U(j, k) are both there, column k reaches all rows below k that column j reaches:
 * later searches need only follow column j to its rows that are pivots by now.
 */
function prune(state: Elimination, column: number, pivotRow: number): void {
  const { pivotOf, lowerPointers, searchEnds, searchRows } = state;
  const start = lowerPointers[column];
  const end = searchEnds[column];
  if (end < lowerPointers[column + 1]) return; // pruned before
  let has = false;
  for (let p = start; p < end && !has; p++) has = searchRows[p] === pivotRow;
  if (!has) return;
  let write = start;
  for (let p = start; p < end; p++) {
    const row = searchRows[p];
    if (pivotOf[row] < 0) continue;
    searchRows[p] = searchRows[write];
    searchRows[write++] = row;
  }
  searchEnds[column] = write;
}

/** Room for one more column. */
function reserve(state: Elimination, k: number, size: number): void {
  const lower = state.lowerPointers[k] + size;
  if (lower > state.lowerRows.length) {
    state.lowerRows = enlarge(state.lowerRows, lower);
    state.searchRows = enlarge(state.searchRows, lower);
  }
  const { pointers } = state.symbolic.outside;
  const upper = state.upperPointers[k] + size + pointers[k + 1] - pointers[k];
  if (upper > state.upperRows.length) state.upperRows = enlarge(state.upperRows, upper);
}

function enlarge(rows: Int32Array, needed: number): Int32Array {
  const larger = new Int32Array(Math.max(needed, 2 * rows.length));
  larger.set(rows);
  return larger;
}
