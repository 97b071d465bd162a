import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deflatePencil } from '../../../src/solver/linear/deflate-pencil.js';
import { pencilEigenvalues } from '../../../src/solver/linear/pencil-eigenvalues.js';
import { buildPattern } from '../../../src/solver/linear/pattern.js';
import { EigenvalueRefiner } from '../../../src/solver/linear/refine-eigenvalue.js';

type Rows = readonly (readonly number[])[];

function pencil(a: Rows, e: Rows) {
  const dense = (rows: Rows) => rows.map((row) => Float64Array.from(row));
  return { a: dense(a), e: dense(e) };
}

function multiply(x: Rows, y: Rows): number[][] {
  return x.map((row) =>
    y[0].map((_, j) => row.reduce((sum, value, k) => sum + value * y[k][j], 0)),
  );
}

describe('pencilEigenvalues', () => {
  it('drops infinite ones, also those of chains', () => {
    // x1' = −2·x1; 0 = x2 + x1; x3 = x2': an index of 2 in the last two rows.
    const found = pencilEigenvalues(
      pencil(
        [
          [2, 0, 0],
          [1, 1, 0],
          [0, 0, -1],
        ],
        [
          [1, 0, 0],
          [0, 0, 0],
          [0, 1, 0],
        ],
      ),
    );
    expect(found).toEqual([{ re: -2, im: 0 }]);
  });

  it('sees that a floating capacitance has one charge, whatever its size', () => {
    for (const c of [1e-18, 1, 1e6]) {
      const e = [
        [c, -c],
        [-c, c],
      ];
      const finite = deflatePencil(
        pencil(
          [
            [1, 0],
            [0, 3],
          ],
          e,
        ),
      )!;
      expect(finite.a).toHaveLength(1);
      // 1 Ω and 1/3 Ω in series with c.
      const [s] = pencilEigenvalues(
        pencil(
          [
            [1, 0],
            [0, 3],
          ],
          e,
        ),
      )!;
      expect(s.re * c).toBeCloseTo(-0.75, 12);
    }
  });

  it('refuses a pencil whose determinant is zero everywhere', () => {
    const dependent = [
      [1, 2],
      [2, 4],
    ];
    expect(pencilEigenvalues(pencil(dependent, dependent))).toBeUndefined();
  });

  it('finds the eigenvalues that a pencil was made of', () => {
    // A random pencil P·(diag(−s, 1) + s·diag(1, 0))·Q with two infinite eigenvalues and P, Q near I.
    const entry = fc.integer({ min: -15, max: 15 }).map((x) => x / 100);
    const matrix = fc.array(fc.array(entry, { minLength: 6, maxLength: 6 }), {
      minLength: 6,
      maxLength: 6,
    });
    const value = fc.integer({ min: 0, max: 80 }).map((x) => x / 10);
    const values = fc.array(value, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(matrix, matrix, values, (p, q, exponents) => {
        const roots = exponents.map((x) => -(10 ** x));
        const diagonal = (list: readonly number[]) =>
          list.map((x, i) => list.map((_, j) => (i === j ? x : 0)));
        const near = (m: Rows) => m.map((row, i) => row.map((x, j) => x + (i === j ? 1 : 0)));
        const a = diagonal([...roots.map((s) => -s), 1, 1]);
        const e = diagonal([1, 1, 1, 1, 0, 0]);
        const [left, right] = [near(p), near(q)];
        const found = pencilEigenvalues(
          pencil(multiply(multiply(left, a), right), multiply(multiply(left, e), right)),
        )!;
        expect(found).toHaveLength(4);
        const sorted = roots.toSorted((x, y) => y - x);
        // Mixing rows of 1 and 1e8 costs the small ones as many digits.
        found.forEach(({ re, im }, k) => {
          const near = Math.min(...sorted.map((s) => Math.hypot(re - s, im)));
          expect(near / Math.abs(sorted[k])).toBeLessThan(1e-3);
        });
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});

describe('EigenvalueRefiner', () => {
  const { pattern, slots } = buildPattern(2, [0, 1, 0, 1], [0, 0, 1, 1]);
  const matrix = (values: readonly number[]) => {
    const sorted = new Float64Array(4);
    values.forEach((value, k) => (sorted[slots[k]] = value));
    return sorted;
  };

  it('brings an estimate to the eigenvalue', () => {
    // s² + 2s + 5 = 0 as [0 −1; 5 2] + s·I: −1 ± 2j.
    const refiner = new EigenvalueRefiner({
      pattern,
      a: matrix([0, 5, -1, 2]),
      e: matrix([1, 0, 0, 1]),
    });
    const { re, im } = refiner.refine({ re: -1.02, im: 1.97 });
    expect(Math.hypot(re + 1, im - 2)).toBeLessThan(1e-14);
  });

  it('leaves an estimate alone that is nowhere near one', () => {
    const refiner = new EigenvalueRefiner({
      pattern,
      a: matrix([1, 0, 0, 2]),
      e: matrix([1, 0, 0, 1]),
    });
    expect(refiner.refine({ re: 40, im: 0 })).toEqual({ re: 40, im: 0 });
  });
});
