import fc from 'fast-check';
import { LuDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/solver/linear/analyze.js';
import { factor } from '../../../src/solver/linear/factor.js';
import type { Factors } from '../../../src/solver/linear/factors.js';
import { pivotOrder, pivotRatio } from '../../../src/solver/linear/factors.js';
import type { FactorOptions } from '../../../src/solver/linear/pivoting.js';
import { refactor } from '../../../src/solver/linear/refactor.js';
import { refine } from '../../../src/solver/linear/refine.js';
import type { SingularMatrix } from '../../../src/solver/linear/singular-matrix.js';
import { solveTransposed } from '../../../src/solver/linear/solve-transposed.js';
import { solve } from '../../../src/solver/linear/solve.js';
import type { Entry, SparseMatrix } from './matrices.js';
import { arrow, corners, counting, fromTable, grid, isPermutation } from './matrices.js';
import { product, randomStream, shuffled, sparse, toTable } from './matrices.js';

const seed = 20261122;

function tryFactor(matrix: SparseMatrix, options?: FactorOptions): Factors | SingularMatrix {
  const symbolic = analyze(matrix.pattern);
  return symbolic.kind === 'singular' ? symbolic : factor(symbolic, matrix.values, options);
}

function factored(matrix: SparseMatrix, options?: FactorOptions): Factors {
  const factors = tryFactor(matrix, options);
  if (factors.kind === 'singular') throw new Error(`singular: ${JSON.stringify(factors)}`);
  return factors;
}

/** Largest |x − expected| over largest |expected|. */
function relativeError(x: ArrayLike<number>, expected: ArrayLike<number>): number {
  let error = 0;
  let size = 0;
  for (let k = 0; k < expected.length; k++) {
    error = Math.max(error, Math.abs(x[k] - expected[k]));
    size = Math.max(size, Math.abs(expected[k]));
  }
  return error / size;
}

/** Largest |b − A·x| of a row over the magnitudes of its terms: componentwise backward error. */
function backwardError(
  matrix: SparseMatrix,
  x: Float64Array,
  b: Float64Array,
  transposed = false,
): number {
  const magnitudes = { ...matrix, values: matrix.values.map(Math.abs) };
  const size = product(magnitudes, x.map(Math.abs), transposed);
  const ax = product(matrix, x, transposed);
  let worst = 0;
  for (let k = 0; k < b.length; k++) {
    const terms = size[k] + Math.abs(b[k]);
    if (terms > 0) worst = Math.max(worst, Math.abs(b[k] - ax[k]) / terms);
  }
  return worst;
}

describe('corner cases', () => {
  it.each(Object.entries(corners))('%s', (_, matrix) => {
    const x = counting(matrix.pattern.n);
    const b = product(matrix, x);
    solve(factored(matrix), b);
    expect(relativeError(b, x)).toBeLessThan(1e-14);
  });

  it.each(Object.entries(corners))('%s, transposed', (_, matrix) => {
    // Badly scaled rows are badly scaled terms of b here, which absorb the small ones: so the
    // residual is looked at, not the solution.
    const b = product(matrix, counting(matrix.pattern.n), true);
    const x = b.slice();
    solveTransposed(factored(matrix), x);
    expect(backwardError(matrix, x, b, true)).toBeLessThan(1e-15);
  });

  it('singular', () => {
    // The last row is the sum of the others: (1, 1, 1, 1, −1) times the rows is zero.
    const table = [
      [2, 1, 0, 0, 0],
      [1, 2, 1, 0, 0],
      [0, 1, 2, 1, 0],
      [0, 0, 1, 2, 1],
      [3, 4, 4, 3, 1],
    ];
    expect(tryFactor(fromTable(table))).toMatchObject({ kind: 'singular', cause: 'values' });
  });

  it('of order 0', () => {
    expect(factored(sparse(0, [])).kind).toBe('factors');
  });
});

describe('random matrices', () => {
  it('agree with dense LU', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(1e6),
        (n, perRow, s) => {
          const matrix = shuffled(n, perRow, s);
          const random = randomStream(s + 7);
          const b = Float64Array.from({ length: n }, () => random() - 0.5);
          const dense = new LuDecomposition(new Matrix(toTable(matrix)));
          const expected = dense.solve(Matrix.columnVector(Array.from(b))).to1DArray();
          // Partial pivoting: a few roundings a row. The threshold of 1e-3 may cost three digits a
          // step, which one step of refinement wins back (Skeel, Math. Comp. 35, 1980).
          const x = b.slice();
          const y = b.slice();
          const pivoted = factored(matrix, { pivotTolerance: 1 });
          solve(pivoted, x);
          solveTransposed(pivoted, y);
          expect(backwardError(matrix, x, b)).toBeLessThan(1e-13);
          expect(backwardError(matrix, y, b, true)).toBeLessThan(1e-13);
          expect(relativeError(x, expected)).toBeLessThan(1e-8);
          const factors = factored(matrix);
          const z = b.slice();
          solve(factors, z);
          refine(factors, matrix.values, z, b.slice());
          expect(backwardError(matrix, z, b)).toBeLessThan(1e-14);
          expect(isPermutation(factors.rowPermutation)).toBe(true);
          expect(factors.work.every((value) => value === 0)).toBe(true);
        },
      ),
      { seed, numRuns: 300 },
    );
  });

  it('are singular exactly when the determinant is zero', () => {
    const table = fc.integer({ min: 1, max: 6 }).chain((n) =>
      fc.array(fc.array(fc.constantFrom(0, 0, 0, 1, -1, 2, 3), { minLength: n, maxLength: n }), {
        minLength: n,
        maxLength: n,
      }),
    );
    fc.assert(
      fc.property(table, (rows) => {
        expect(tryFactor(fromTable(rows)).kind === 'singular').toBe(determinant(rows) === 0);
      }),
      { seed, numRuns: 2000 },
    );
  });
});

/** Exact for small integers: Bareiss, Math. Comp. 22, 1968. */
function determinant(table: readonly (readonly number[])[]): number {
  const a = table.map((row) => row.slice());
  let sign = 1;
  let before = 1;
  for (let k = 0; k + 1 < a.length; k++) {
    const pivot = a.findIndex((row, i) => i >= k && row[k] !== 0);
    if (pivot < 0) return 0;
    if (pivot !== k) {
      [a[k], a[pivot]] = [a[pivot], a[k]];
      sign = -sign;
    }
    for (let i = k + 1; i < a.length; i++) {
      for (let j = k + 1; j < a.length; j++) {
        a[i][j] = (a[i][j] * a[k][k] - a[i][k] * a[k][j]) / before;
      }
    }
    before = a[k][k];
  }
  return sign * a[a.length - 1][a.length - 1];
}

describe('singular matrices', () => {
  it('name the unknown and the equation without a pivot', () => {
    // Columns 1 and 3 are equal; the others stand alone.
    const result = tryFactor(
      fromTable([
        [1, 0, 0, 0],
        [0, 2, 0, 2],
        [0, 0, 3, 0],
        [0, 1, 0, 1],
      ]),
    );
    expect(result).toMatchObject({ kind: 'singular', cause: 'values' });
    if (result.kind !== 'singular') return;
    expect(result.columns.toSorted()).toEqual([1, 3]);
    expect([1, 3]).toContain(result.rows[0]);
  });

  it('name what follows the undetermined unknown in other blocks, and nothing else', () => {
    // 0·x0 = 0 leaves x0 open; x1 = −x0 and x2 = −x1 follow it, and x3 stands alone.
    const result = tryFactor(
      sparse(4, [
        [0, 0, 0],
        [1, 0, 1],
        [1, 1, 1],
        [2, 1, 1],
        [2, 2, 1],
        [3, 3, 4],
      ]),
    );
    expect(result).toMatchObject({ kind: 'singular', cause: 'values' });
    if (result.kind !== 'singular') return;
    expect(result.columns[0]).toBe(0);
    expect(result.columns.toSorted()).toEqual([0, 1, 2]);
  });

  it('are recognised under rounding: a resistor chain that nothing ties to ground', () => {
    // Nodes 0..3 are grounded, 4..9 float: these must be named, and no others. In floating point the last
    // pivot is a difference that rounding need not make zero, least of all when the conductances
    // differ by four orders of magnitude.
    const random = randomStream(5);
    for (let trial = 0; trial < 200; trial++) {
      const entries: Entry[] = [[0, 0, 1]];
      for (let k = 0; k < 9; k++) {
        if (k === 3) continue;
        const g = 10 ** (4 * random() - 4);
        entries.push([k, k, g], [k + 1, k + 1, g], [k, k + 1, -g], [k + 1, k, -g]);
      }
      const result = tryFactor(sparse(10, entries));
      expect(result.kind).toBe('singular');
      if (result.kind !== 'singular') return;
      expect(result.columns.toSorted()).toEqual([4, 5, 6, 7, 8, 9]);
    }
  });

  it('do not include a node that only gmin holds', () => {
    // 1 kS in series to a node with 1 pS to ground, driven by 1 pA: 1 V.
    const matrix = sparse(2, [
      [0, 0, 1e3],
      [0, 1, -1e3],
      [1, 0, -1e3],
      [1, 1, 1e3 + 1e-12],
    ]);
    expect(tryFactor(matrix).kind).toBe('factors');
  });

  it('are told from ones that weak conductances hold, part by part', () => {
    // Pairs of nodes, 1 mS within and 1 pS from pair to pair. With 1 pS to ground at one end all is
    // held, without it nothing is; every pair but the last looks alike until then.
    const pairs = (toGround: number): SparseMatrix => {
      const entries: Entry[] = [[0, 0, toGround]];
      for (let k = 0; k + 1 < 20; k++) {
        const g = k % 2 === 0 ? 1e-3 : 1e-12;
        entries.push([k, k, g], [k + 1, k + 1, g], [k, k + 1, -g], [k + 1, k, -g]);
      }
      return sparse(20, entries);
    };
    expect(tryFactor(pairs(1e-12)).kind).toBe('factors');
    const floating = tryFactor(pairs(0));
    if (floating.kind !== 'singular') throw new Error('expected a singular matrix');
    expect(floating.columns.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, k) => k),
    );
  });

  it('name the unknown of an empty column', () => {
    // Node 1 hangs on a capacitor alone, whose conductance is zero at the operating point.
    const matrix = sparse(2, [
      [0, 0, 1],
      [0, 1, 0],
      [1, 0, 0],
      [1, 1, 0],
    ]);
    expect(tryFactor(matrix)).toEqual({
      kind: 'singular',
      cause: 'values',
      rows: [1],
      columns: [1],
    });
  });

  it('tell an entry that is not finite', () => {
    const matrix = arrow(4);
    matrix.values[2] = NaN; // row 2 of column 0
    expect(tryFactor(matrix)).toEqual({
      kind: 'singular',
      cause: 'notFinite',
      rows: [2],
      columns: [0],
    });
  });
});

describe('refactor', () => {
  it('gives the bits of factor', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(1e6), (n, s) => {
        const matrix = shuffled(n, 3, s);
        const first = factored(matrix);
        const random = randomStream(s + 3);
        const values = matrix.values.map((value) => value * (1 + 0.1 * random()));
        if (!refactor(first, values)) return;
        const second = factored({ ...matrix, values }, { order: pivotOrder(first) });
        expect(first.lowerValues).toEqual(second.lowerValues);
        expect(first.upperValues).toEqual(second.upperValues);
        expect(first.inversePivots).toEqual(second.inversePivots);
      }),
      { seed, numRuns: 200 },
    );
  });

  it('refuses pivots that have become too small, and takes them again later', () => {
    // The pivot of column 0 or 1 vanishes when the diagonal does.
    const good = fromTable([
      [2, 1],
      [1, 2],
    ]);
    const factors = factored(good);
    for (const diagonal of [0, 1e-9, NaN, Infinity]) {
      expect(refactor(factors, Float64Array.of(diagonal, 1, 1, diagonal))).toBe(false);
    }
    expect(refactor(factors, good.values)).toBe(true);
    const b = Float64Array.of(4, 5);
    solve(factors, b);
    expect(relativeError(b, [1, 2])).toBeLessThan(1e-15);
  });

  it('refuses a matrix that has become singular', () => {
    // (1 1; 1 1): the second pivot cancels.
    const factors = factored(
      fromTable([
        [2, 1],
        [1, 2],
      ]),
    );
    expect(refactor(factors, Float64Array.of(1, 1, 1, 1))).toBe(false);
  });

  it('refuses a pivot that is nothing but rounding', () => {
    // A resistor between two nodes once the leak is gone: 0.3 − 0.1·(0.9/0.3) is −5.6e-17, not 0.
    const table = (leak: number): number[][] => [
      [0.3, 0.9],
      [0.1, 0.3 + leak],
    ];
    const factors = factored(fromTable(table(0.1)));
    expect(0.3 - 0.1 * (0.9 / 0.3)).not.toBe(0);
    expect(refactor(factors, fromTable(table(0)).values)).toBe(false);
  });

  it('refuses values above the blocks that are not finite', () => {
    const factors = factored(
      fromTable([
        [1, 1],
        [0, 1],
      ]),
    );
    expect(refactor(factors, Float64Array.of(1, NaN, 1))).toBe(false);
  });
});

describe('pivots', () => {
  it('stay on the diagonal within the tolerance, and leave it beyond', () => {
    const matrix = fromTable([
      [0.01, 1],
      [1, 0.01],
    ]);
    const onDiagonal = (factors: Factors): boolean =>
      factors.rowPermutation.every((row, k) => row === factors.columnPermutation[k]);
    expect(onDiagonal(factored(matrix, { pivotTolerance: 1e-3 }))).toBe(true);
    expect(onDiagonal(factored(matrix, { pivotTolerance: 1 }))).toBe(false);
  });

  it('have the ratio of the diagonal for a diagonal matrix, rows scaled to [1, 2)', () => {
    // 3 scales to 1.5, 4 to 1: ratio 1 / 1.5.
    const matrix = fromTable([
      [3, 0],
      [0, 4],
    ]);
    const factors = factored(matrix);
    expect(pivotRatio(factors)).toBeCloseTo(1 / 1.5, 15);
    expect(pivotOrder(factors).scales.toSorted()).toEqual([0.25, 0.5]);
  });

  it('of another pattern are refused', () => {
    const order = { rows: [1, 0], scales: [1, 1] };
    const diagonal = fromTable([
      [1, 0],
      [0, 1],
    ]);
    expect(() => factored(diagonal, { order })).toThrow(RangeError);
  });
});

describe('refine', () => {
  it('wins back digits that element growth cost', () => {
    // Pivot 1e-6 kept against 1: about 6 digits are lost, one step brings them back.
    const matrix = fromTable([
      [1e-6, 1, 0.3],
      [1, 1, 0.7],
      [0.9, 0.1, 1],
    ]);
    const order = { rows: [0, 1, 2], scales: [1, 1, 1] };
    const symbolic = analyze(matrix.pattern);
    if (symbolic.kind === 'singular') throw new Error('regular');
    const rows = Array.from(symbolic.columnPermutation);
    const factors = factor(symbolic, matrix.values, { order: { ...order, rows } });
    if (factors.kind === 'singular') throw new Error('regular');
    const exact = counting(3);
    const b = product(matrix, exact);
    const x = b.slice();
    solve(factors, x);
    refine(factors, matrix.values, x, b);
    expect(relativeError(x, exact)).toBeLessThan(1e-14);
  });
});

describe('a mesh of 300 × 300 nodes', () => {
  const matrix = grid(300);
  it('is analysed, factored and solved within seconds, the same twice', { timeout: 30_000 }, () => {
    const x = counting(90_000);
    const b = product(matrix, x);
    const factors = factored(matrix);
    const y = b.slice();
    solve(factors, y);
    expect(backwardError(matrix, y, b)).toBeLessThan(1e-14);
    expect(relativeError(y, x)).toBeLessThan(1e-10);
    const before = factors.upperValues.slice();
    expect(refactor(factors, matrix.values)).toBe(true);
    expect(Buffer.from(factors.upperValues.buffer).equals(Buffer.from(before.buffer))).toBe(true);
  });
});
