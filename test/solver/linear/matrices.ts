import type { SparsePattern } from '../../../src/solver/linear/pattern.js';
import { buildPattern } from '../../../src/solver/linear/pattern.js';

/** A sparse matrix with its values by slot. */
export interface SparseMatrix {
  readonly pattern: SparsePattern;
  readonly values: Float64Array;
}

/** Row, column, value. */
export type Entry = readonly [number, number, number];

export function sparse(n: number, entries: readonly Entry[]): SparseMatrix {
  const rows = entries.map((entry) => entry[0]);
  const columns = entries.map((entry) => entry[1]);
  const { pattern, slots } = buildPattern(n, rows, columns);
  const values = new Float64Array(pattern.rowIndices.length);
  entries.forEach((entry, p) => (values[slots[p]] += entry[2]));
  return { pattern, values };
}

/** Zeros of the table are not entries. */
export function fromTable(table: readonly (readonly number[])[]): SparseMatrix {
  const entries = table.flatMap((row, i) =>
    row.flatMap((value, j): Entry[] => (value === 0 ? [] : [[i, j, value]])),
  );
  return sparse(table.length, entries);
}

export function toTable({ pattern, values }: SparseMatrix): number[][] {
  const { n, columnPointers, rowIndices } = pattern;
  const table = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  for (let j = 0; j < n; j++) {
    for (let p = columnPointers[j]; p < columnPointers[j + 1]; p++) {
      table[rowIndices[p]][j] = values[p];
    }
  }
  return table;
}

/** A·x, or Aᵀ·x. */
export function product(
  { pattern, values }: SparseMatrix,
  x: Float64Array,
  transposed = false,
): Float64Array {
  const { n, columnPointers, rowIndices } = pattern;
  const y = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    for (let p = columnPointers[j]; p < columnPointers[j + 1]; p++) {
      if (transposed) y[j] += values[p] * x[rowIndices[p]];
      else y[rowIndices[p]] += values[p] * x[j];
    }
  }
  return y;
}

/** Conductances of a square mesh, `leak` from every node to ground. */
export function grid(side: number, leak = 0.1): SparseMatrix {
  const entries: Entry[] = [];
  const conductance = (a: number, b: number, g: number): void => {
    entries.push([a, a, g], [b, b, g], [a, b, -g], [b, a, -g]);
  };
  for (let k = 0; k < side * side; k++) {
    entries.push([k, k, leak]);
    if ((k + 1) % side > 0) conductance(k, k + 1, 1 + (k % 7) / 7);
    if (k + side < side * side) conductance(k, k + side, 1 + (k % 5) / 5);
  }
  return sparse(side * side, entries);
}

/** A hub that everything is connected to, first in the numbering: in that order all would fill. */
export function arrow(n: number): SparseMatrix {
  const entries: Entry[] = [[0, 0, n]];
  for (let k = 1; k < n; k++) entries.push([k, k, 2], [0, k, -1], [k, 0, -1]);
  return sparse(n, entries);
}

/** Numbers in [0, 1), the same in every run (Park and Miller, CACM 31(10), 1988). */
export function randomStream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/**
 * A well-conditioned matrix whose large entries, a weakly dominated diagonal, are moved about by a
 * random permutation of the rows, so that matching and pivoting have something to find.
 */
export function shuffled(n: number, perRow: number, seed: number): SparseMatrix {
  const random = randomStream(seed + 1);
  const row = Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [row[i], row[j]] = [row[j], row[i]];
  }
  const entries: Entry[] = [];
  for (let i = 0; i < n; i++) {
    const scale = 10 ** Math.floor(random() * 9 - 4);
    entries.push([row[i], i, scale * (1 + perRow * random())]);
    for (let e = 0; e < perRow; e++) {
      entries.push([row[i], Math.floor(random() * n), scale * (random() - 0.5)]);
    }
  }
  return sparse(n, entries);
}

/** (1, 2, 3, …) */
export function counting(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, k) => k + 1);
}

export function isPermutation(order: Int32Array): boolean {
  return Array.from(order.slice().sort()).every((value, k) => value === k);
}

/** The solution is (1, 2, 3, 4, 5) by construction of the right-hand side, in exact arithmetic. */
export const corners: Record<string, SparseMatrix> = {
  one: fromTable([[4]]),
  diagonal: fromTable([
    [2, 0, 0, 0, 0],
    [0, -3, 0, 0, 0],
    [0, 0, 4, 0, 0],
    [0, 0, 0, 1e-12, 0],
    [0, 0, 0, 0, 1e12],
  ]),
  arrow: arrow(5),
  'two blocks': fromTable([
    [2, 1, 0, 0, 0],
    [1, 2, 0, 0, 0],
    [0, 1, 3, 1, 0],
    [0, 0, 1, 3, 1],
    [1, 0, 1, 0, 3],
  ]),
  'zero diagonal': fromTable([
    [0, 1, 0, 0, 2],
    [1, 0, 3, 0, 0],
    [0, 2, 0, 1, 0],
    [0, 0, 1, 0, 4],
    [3, 0, 0, 1, 0],
  ]),
  // A supply through two sources in series onto a divider: branch rows have no diagonal.
  'voltage sources': fromTable([
    [1e-3, -1e-3, 0, 1, 0],
    [-1e-3, 2e-3, 0, 0, 0],
    [0, 0, 1e-12, -1, 1],
    [1, 0, -1, 0, 0],
    [0, 0, 1, 0, 0],
  ]),
  // The diagonal is there but far too small: the pivots must leave it.
  'tiny diagonal': fromTable([
    [1e-14, 1, 0, 0, 1],
    [1, 1e-14, 1, 0, 0],
    [0, 1, 1e-14, 2, 0],
    [0, 0, 1, 1e-14, 1],
    [1, 0, 0, 1, 1e-14],
  ]),
  'badly scaled rows': fromTable([
    [1e-12, 2e-12, 0, 0, 0],
    [3e9, 1e9, 1e9, 0, 0],
    [0, 1, 4, 1, 0],
    [0, 0, 1e-6, 5e-6, 1e-6],
    [1e15, 0, 0, 0, 2e15],
  ]),
};
