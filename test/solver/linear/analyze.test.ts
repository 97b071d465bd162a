import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Symbolic } from '../../../src/solver/linear/analyze.js';
import { analyze } from '../../../src/solver/linear/analyze.js';
import { factor } from '../../../src/solver/linear/factor.js';
import { maximumTransversal } from '../../../src/solver/linear/maximum-transversal.js';
import { minimumDegree } from '../../../src/solver/linear/minimum-degree.js';
import { buildPattern } from '../../../src/solver/linear/pattern.js';
import { symmetricGraph } from '../../../src/solver/linear/symmetric-graph.js';
import type { SparseMatrix } from './matrices.js';
import { arrow, fromTable, grid, isPermutation, shuffled } from './matrices.js';

const seed = 20261122;

/** A square pattern of n rows as a table of 0 and 1. */
const patterns = fc.integer({ min: 1, max: 6 }).chain((n) =>
  fc.array(fc.array(fc.constantFrom(0, 0, 1), { minLength: n, maxLength: n }), {
    minLength: n,
    maxLength: n,
  }),
);

function regular(matrix: SparseMatrix): Symbolic {
  const symbolic = analyze(matrix.pattern);
  if (symbolic.kind === 'singular') throw new Error('expected a structurally regular matrix');
  return symbolic;
}

/** Entries of L and U, the diagonal counted once. */
function factorEntries(matrix: SparseMatrix): number {
  const factors = factor(regular(matrix), matrix.values);
  if (factors.kind === 'singular') throw new Error('expected a regular matrix');
  return factors.n + factors.lowerRows.length + factors.upperRows.length;
}

/** The most entries that a choice of one row a column can cover, by trying all. */
function largestMatching(table: readonly (readonly number[])[], column = 0, taken = 0): number {
  if (column === table.length) return 0;
  let most = largestMatching(table, column + 1, taken);
  for (let row = 0; row < table.length; row++) {
    if (table[row][column] === 0 || (taken & (1 << row)) !== 0) continue;
    most = Math.max(most, 1 + largestMatching(table, column + 1, taken | (1 << row)));
  }
  return most;
}

describe('buildPattern', () => {
  it('sorts rows, merges duplicates and tells the slot of every entry', () => {
    const { pattern, slots } = buildPattern(3, [2, 0, 2, 1, 0], [1, 0, 1, 1, 2]);
    expect(Array.from(pattern.columnPointers)).toEqual([0, 1, 3, 4]);
    expect(Array.from(pattern.rowIndices)).toEqual([0, 1, 2, 0]);
    expect(Array.from(slots)).toEqual([2, 0, 2, 1, 3]);
  });

  it('makes an empty matrix', () => {
    expect(buildPattern(0, [], []).pattern.columnPointers).toEqual(new Int32Array(1));
  });

  it('refuses an entry outside of the matrix', () => {
    expect(() => buildPattern(2, [2], [0])).toThrow(RangeError);
    expect(() => buildPattern(2, [0], [-1])).toThrow(RangeError);
  });
});

describe('maximumTransversal', () => {
  it('matches as many columns as an exhaustive search', () => {
    fc.assert(
      fc.property(patterns, (table) => {
        const { rowOfColumn, columnOfRow, unmatchedColumns, unmatchedRows } = maximumTransversal(
          fromTable(table).pattern,
        );
        const matched = Array.from(rowOfColumn).filter((row) => row >= 0).length;
        expect(matched).toBe(largestMatching(table));
        expect(unmatchedColumns.length).toBe(table.length - matched);
        expect(unmatchedRows.length).toBe(table.length - matched);
        rowOfColumn.forEach((row, column) => {
          if (row < 0) return;
          expect(columnOfRow[row]).toBe(column);
          expect(table[row][column]).toBe(1);
        });
      }),
      { seed, numRuns: 400 },
    );
  });

  it('names the row and the column that are left over', () => {
    // Row 2 and column 1 are empty.
    const { pattern } = fromTable([
      [1, 0, 1],
      [1, 0, 1],
      [0, 0, 0],
    ]);
    const result = analyze(pattern);
    expect(result).toEqual({ kind: 'singular', cause: 'structure', rows: [2], columns: [1] });
  });

  it('names all columns that share too few rows, and no others', () => {
    // Columns 1, 2 and 3 have rows 1 and 2 for themselves; row 3 repeats what column 0 is told.
    const { pattern } = fromTable([
      [1, 0, 0, 0],
      [1, 1, 1, 0],
      [0, 0, 1, 1],
      [1, 0, 0, 0],
    ]);
    const result = analyze(pattern);
    expect(result).toMatchObject({ kind: 'singular', cause: 'structure', columns: [1, 2, 3] });
  });
});

describe('analyze', () => {
  it('permutes to block upper triangular form with a full diagonal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(1000), (n, s) => {
        const symbolic = regular(shuffled(n, 1, s));
        expect(isPermutation(symbolic.rowPermutation)).toBe(true);
        expect(isPermutation(symbolic.columnPermutation)).toBe(true);
        expectBlockForm(symbolic);
      }),
      { seed, numRuns: 200 },
    );
  });

  it('finds the two blocks of a pair of meshes that one entry connects', () => {
    const table = [
      [2, 1, 0, 0],
      [1, 2, 0, 0],
      [0, 1, 2, 1],
      [0, 0, 1, 2],
    ];
    const symbolic = regular(fromTable(table));
    expect(Array.from(symbolic.blockBoundaries)).toEqual([0, 2, 4]);
    expect(symbolic.outside.rows.length).toBe(1);
  });

  it('makes every row of a triangular matrix a block of its own', () => {
    const symbolic = regular(
      fromTable([
        [0, 0, 1],
        [0, 1, 1],
        [1, 1, 1],
      ]),
    );
    expect(symbolic.blockBoundaries.length).toBe(4);
    expect(symbolic.inside.rows.length).toBe(3);
  });
});

/** Every entry lies in its block or above it, and the diagonal is full. */
function expectBlockForm(symbolic: Symbolic): void {
  const { blockBoundaries, inside, outside, pattern } = symbolic;
  expect(inside.slots.length + outside.slots.length).toBe(pattern.rowIndices.length);
  for (let b = 0; b + 1 < blockBoundaries.length; b++) {
    for (let k = blockBoundaries[b]; k < blockBoundaries[b + 1]; k++) {
      const own = inside.rows.slice(inside.pointers[k], inside.pointers[k + 1]);
      const above = outside.rows.slice(outside.pointers[k], outside.pointers[k + 1]);
      expect(own).toContain(k);
      expect(own.every((row) => row >= blockBoundaries[b] && row < blockBoundaries[b + 1])).toBe(
        true,
      );
      expect(above.every((row) => row < blockBoundaries[b])).toBe(true);
    }
  }
}

describe('minimumDegree', () => {
  it('returns a permutation of any graph', () => {
    fc.assert(
      fc.property(patterns, (table) => {
        const { n, columnPointers, rowIndices } = fromTable(table).pattern;
        const order = minimumDegree(symmetricGraph(n, columnPointers, rowIndices));
        expect(isPermutation(order)).toBe(true);
      }),
      { seed, numRuns: 400 },
    );
  });

  it('eliminates a tree without fill-in', () => {
    // Node k hangs on node (k − 1) >> 1, numbered from the root: natural order would fill.
    const table = Array.from({ length: 31 }, (_, i) =>
      Array.from({ length: 31 }, (_, j) =>
        i === j ? 4 : (i > 0 && (i - 1) >> 1 === j) || (j > 0 && (j - 1) >> 1 === i) ? -1 : 0,
      ),
    );
    const matrix = fromTable(table);
    expect(factorEntries(matrix)).toBe(matrix.values.length);
  });

  it('puts a supply rail last, at no cost', () => {
    const matrix = arrow(50_000);
    expect(factorEntries(matrix)).toBe(matrix.values.length);
  });

  it('fills meshes about as little as KLU', () => {
    // KLU with its AMD: 22776 entries for 32 × 32 nodes, 162315 for 71 × 71 (SuiteSparse 5.12).
    expect(factorEntries(grid(32))).toBeLessThan(1.05 * 22776);
    expect(factorEntries(grid(71))).toBeLessThan(1.1 * 162315);
  });
});
