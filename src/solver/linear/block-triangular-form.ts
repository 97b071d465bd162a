/**
 * Block upper triangular form of a matrix with a full transversal: the strongly connected components
 * of the graph in which column j points to the columns matched with its rows. Tarjan, SIAM J. Comput.
 * 1(2), 1972; Duff and Reid, ACM TOMS 4(2), 1978. O(n + nnz), without recursion.
 *
 * A component is complete only after all that it points to; in this order every entry of a column
 * lies in the column's own block or in an earlier one, hence above the diagonal.
 */
import type { SparsePattern } from './pattern.js';

/** Columns in the order of their blocks. */
export interface BlockTriangularForm {
  /** [n] column at every position; its row is the one that it is matched with. */
  readonly columns: Int32Array;
  /** [blocks + 1] block b owns the positions `boundaries[b]` up to `boundaries[b + 1]`. */
  readonly boundaries: Int32Array;
}

interface Walk {
  readonly pattern: SparsePattern;
  readonly columnOfRow: Int32Array;
  /** Time of discovery, counted from 1; 0 is not seen yet, n + 1 is in a complete component. */
  readonly found: Int32Array;
  /** Earliest discovery that can be reached from the column. */
  readonly low: Int32Array;
  readonly nextSlot: Int32Array;
  readonly path: Int32Array;
  /** Columns seen whose component is not complete yet. */
  readonly open: Int32Array;
  readonly columns: Int32Array;
  readonly boundaries: number[];
  clock: number;
  openCount: number;
  placed: number;
}

/** @param columnOfRow [n] a full matching, as `maximumTransversal` returns it. */
export function blockTriangularForm(
  pattern: SparsePattern,
  columnOfRow: Int32Array,
): BlockTriangularForm {
  const { n } = pattern;
  const walk: Walk = {
    pattern,
    columnOfRow,
    found: new Int32Array(n),
    low: new Int32Array(n),
    nextSlot: new Int32Array(n),
    path: new Int32Array(n),
    open: new Int32Array(n),
    columns: new Int32Array(n),
    boundaries: [0],
    clock: 0,
    openCount: 0,
    placed: 0,
  };
  for (let j = 0; j < n; j++) if (walk.found[j] === 0) explore(walk, j);
  return { columns: walk.columns, boundaries: Int32Array.from(walk.boundaries) };
}

function explore(walk: Walk, root: number): void {
  const { pattern, columnOfRow, found, low, nextSlot, path } = walk;
  const { columnPointers, rowIndices } = pattern;
  let depth = 0;
  path[0] = root;
  discover(walk, root);
  while (depth >= 0) {
    const column = path[depth];
    if (nextSlot[column] < columnPointers[column + 1]) {
      const target = columnOfRow[rowIndices[nextSlot[column]++]];
      if (found[target] === 0) {
        path[++depth] = target;
        discover(walk, target);
      } else if (found[target] < low[column]) low[column] = found[target];
    } else {
      depth--;
      if (low[column] === found[column]) closeComponent(walk, column);
      else if (low[column] < low[path[depth]]) low[path[depth]] = low[column];
    }
  }
}

function discover(walk: Walk, column: number): void {
  walk.clock++;
  walk.found[column] = walk.clock;
  walk.low[column] = walk.clock;
  walk.nextSlot[column] = walk.pattern.columnPointers[column];
  walk.open[walk.openCount++] = column;
}

function closeComponent(walk: Walk, root: number): void {
  const { open, found, columns, pattern } = walk;
  let column: number;
  do {
    column = open[--walk.openCount];
    found[column] = pattern.n + 1;
    columns[walk.placed++] = column;
  } while (column !== root);
  walk.boundaries.push(walk.placed);
}
