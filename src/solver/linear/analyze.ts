/**
 * The part of a factorization that depends on the pattern alone, done once per circuit:
 *
 *     match columns with rows          full diagonal, or the matrix is structurally singular
 *     find the diagonal blocks         only they are factored; what lies above them stays as it is
 *     order every block                minimum degree of its A + Aᵀ, for little fill-in
 *
 * as in Davis and Palamadai Natarajan, "Algorithm 907: KLU, a direct sparse solver for circuit
 * simulation problems", ACM TOMS 37(3), 2010.
 */
import { blockTriangularForm } from './block-triangular-form.js';
import { maximumTransversal } from './maximum-transversal.js';
import { minimumDegree } from './minimum-degree.js';
import type { SparsePattern } from './pattern.js';
import type { SingularMatrix } from './singular-matrix.js';
import { symmetricGraph } from './symmetric-graph.js';
import { undeterminedColumns } from './undetermined-columns.js';

/** Entries of the permuted matrix by columns; rows are positions, slots those of the pattern. */
export interface PermutedEntries {
  /** [n + 1] */
  readonly pointers: Int32Array;
  readonly rows: Int32Array;
  readonly slots: Int32Array;
}

/** A permutation to block upper triangular form with a full diagonal, and the entries in it. */
export interface Symbolic {
  readonly kind: 'symbolic';
  readonly pattern: SparsePattern;
  /** [n] row of the pattern at every position, before pivoting. */
  readonly rowPermutation: Int32Array;
  /** [n] column of the pattern at every position. */
  readonly columnPermutation: Int32Array;
  /** [blocks + 1] block b owns the positions `blockBoundaries[b]` up to `blockBoundaries[b + 1]`. */
  readonly blockBoundaries: Int32Array;
  /** Entries of the diagonal blocks. */
  readonly inside: PermutedEntries;
  /** Entries above the diagonal blocks. */
  readonly outside: PermutedEntries;
}

/** Orders a pattern for elimination; tells when no values can make it regular. */
export function analyze(pattern: SparsePattern): Symbolic | SingularMatrix {
  const transversal = maximumTransversal(pattern);
  if (transversal.unmatchedColumns.length > 0) {
    return {
      kind: 'singular',
      cause: 'structure',
      rows: transversal.unmatchedRows,
      columns: undeterminedColumns(pattern, transversal),
    };
  }
  const { columnOfRow, rowOfColumn } = transversal;
  const { columns, boundaries } = blockTriangularForm(pattern, columnOfRow);
  const columnPermutation = orderBlocks(pattern, columnOfRow, columns, boundaries);
  return {
    kind: 'symbolic',
    pattern,
    rowPermutation: columnPermutation.map((column) => rowOfColumn[column]),
    columnPermutation,
    blockBoundaries: boundaries,
    ...permuteEntries(pattern, columnOfRow, columnPermutation, boundaries),
  };
}

/** The columns, every block of them in its order of elimination. */
function orderBlocks(
  pattern: SparsePattern,
  columnOfRow: Int32Array,
  columns: Int32Array,
  boundaries: Int32Array,
): Int32Array {
  const { n, columnPointers, rowIndices } = pattern;
  const ordered = columns.slice();
  const position = inverse(columns);
  const pointers = new Int32Array(n + 1);
  const rows = new Int32Array(rowIndices.length);
  for (let b = 0; b + 1 < boundaries.length; b++) {
    const start = boundaries[b];
    const size = boundaries[b + 1] - start;
    if (size <= 2) continue; // every order of two is as good
    let used = 0;
    for (let k = 0; k < size; k++) {
      const column = columns[start + k];
      for (let p = columnPointers[column]; p < columnPointers[column + 1]; p++) {
        const row = position[columnOfRow[rowIndices[p]]] - start;
        if (row >= 0) rows[used++] = row;
      }
      pointers[k + 1] = used;
    }
    const graph = symmetricGraph(size, pointers, rows.subarray(0, used));
    const order = minimumDegree(graph);
    for (let k = 0; k < size; k++) ordered[start + k] = columns[start + order[k]];
  }
  return ordered;
}

function permuteEntries(
  pattern: SparsePattern,
  columnOfRow: Int32Array,
  columnPermutation: Int32Array,
  boundaries: Int32Array,
): { inside: PermutedEntries; outside: PermutedEntries } {
  const { n, columnPointers, rowIndices } = pattern;
  const position = inverse(columnPermutation);
  const insidePointers = new Int32Array(n + 1);
  const outsidePointers = new Int32Array(n + 1);
  const insideRows = new Int32Array(rowIndices.length);
  const outsideRows = new Int32Array(rowIndices.length);
  const insideSlots = new Int32Array(rowIndices.length);
  const outsideSlots = new Int32Array(rowIndices.length);
  let inside = 0;
  let outside = 0;
  let block = 0;
  for (let k = 0; k < n; k++) {
    if (k === boundaries[block + 1]) block++;
    const column = columnPermutation[k];
    for (let p = columnPointers[column]; p < columnPointers[column + 1]; p++) {
      const row = position[columnOfRow[rowIndices[p]]];
      if (row >= boundaries[block]) {
        insideRows[inside] = row;
        insideSlots[inside++] = p;
      } else {
        outsideRows[outside] = row;
        outsideSlots[outside++] = p;
      }
    }
    insidePointers[k + 1] = inside;
    outsidePointers[k + 1] = outside;
  }
  return {
    inside: entries(insidePointers, insideRows, insideSlots, inside),
    outside: entries(outsidePointers, outsideRows, outsideSlots, outside),
  };
}

function entries(
  pointers: Int32Array,
  rows: Int32Array,
  slots: Int32Array,
  count: number,
): PermutedEntries {
  return { pointers, rows: rows.slice(0, count), slots: slots.slice(0, count) };
}

function inverse(permutation: Int32Array): Int32Array {
  const result = new Int32Array(permutation.length);
  for (let k = 0; k < permutation.length; k++) result[permutation[k]] = k;
  return result;
}
