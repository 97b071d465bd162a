import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/solver/linear/analyze.js';
import { complexFactor } from '../../../src/solver/linear/complex-factor.js';
import { complexRefactor } from '../../../src/solver/linear/complex-refactor.js';
import { complexSolveTransposed } from '../../../src/solver/linear/complex-solve-transposed.js';
import { complexSolve } from '../../../src/solver/linear/complex-solve.js';
import type { ComplexFactors } from '../../../src/solver/linear/factors.js';
import { pivotOrder } from '../../../src/solver/linear/factors.js';
import { LuDecomposition, Matrix } from 'ml-matrix';
import type { SparseMatrix } from './matrices.js';
import { fromTable, randomStream, shuffled, toTable } from './matrices.js';

const seed = 20261122;

function factored(matrix: SparseMatrix, im: Float64Array): ComplexFactors {
  const symbolic = analyze(matrix.pattern);
  if (symbolic.kind === 'singular') throw new Error('expected a structurally regular matrix');
  const factors = complexFactor(symbolic, matrix.values, im);
  if (factors.kind === 'singular') throw new Error(`singular: ${JSON.stringify(factors)}`);
  return factors;
}

/** (G + jB)·(x + jy) = b + jc as the real system (G −B; B G)·(x; y) = (b; c), solved densely. */
function denseSolve(matrix: SparseMatrix, im: Float64Array, rhs: readonly number[]): number[] {
  const g = new Matrix(toTable(matrix));
  const b = new Matrix(toTable({ ...matrix, values: im }));
  const n = g.rows;
  const whole = Matrix.zeros(2 * n, 2 * n);
  whole.setSubMatrix(g, 0, 0).setSubMatrix(g, n, n).setSubMatrix(b, n, 0);
  whole.setSubMatrix(Matrix.mul(b, -1), 0, n);
  return new LuDecomposition(whole).solve(Matrix.columnVector(rhs.slice())).to1DArray();
}

function expectClose(re: Float64Array, im: Float64Array, expected: readonly number[]): void {
  const size = Math.max(...expected.map(Math.abs));
  const all = [...re, ...im];
  all.forEach((value, k) => {
    expect(Math.abs(value - expected[k])).toBeLessThan(1e-8 * size);
  });
}

describe('complexFactor', () => {
  it('agrees with a dense real system of twice the size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), fc.nat(1e6), (n, s) => {
        const matrix = shuffled(n, 3, s);
        const random = randomStream(s + 11);
        const im = matrix.values.map((value) => value * (random() - 0.5));
        const rhs = Array.from({ length: 2 * n }, () => random() - 0.5);
        const re = Float64Array.from(rhs.slice(0, n));
        const imaginary = Float64Array.from(rhs.slice(n));
        const factors = factored(matrix, im);
        complexSolve(factors, re, imaginary);
        expectClose(re, imaginary, denseSolve(matrix, im, rhs));
        expect(factors.workRe.every((value) => value === 0)).toBe(true);
      }),
      { seed, numRuns: 200 },
    );
  });

  it('solves the transposed system', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), fc.nat(1e6), (n, s) => {
        const matrix = shuffled(n, 3, s);
        const random = randomStream(s + 13);
        const im = matrix.values.map((value) => value * (random() - 0.5));
        const u = Float64Array.from({ length: n }, () => random() - 0.5);
        const v = Float64Array.from({ length: n }, () => random() - 0.5);
        // v · (A⁻¹ u) = u · (A⁻ᵀ v), with both sides complex and without conjugation.
        const factors = factored(matrix, im);
        const [xRe, xIm] = [u.slice(), new Float64Array(n)];
        complexSolve(factors, xRe, xIm);
        const [yRe, yIm] = [v.slice(), new Float64Array(n)];
        complexSolveTransposed(factors, yRe, yIm);
        const dot = (a: Float64Array, b: Float64Array): number =>
          a.reduce((sum, value, k) => sum + value * b[k], 0);
        const size = Math.sqrt(dot(v, v)) * Math.sqrt(dot(xRe, xRe) + dot(xIm, xIm));
        expect(Math.abs(dot(v, xRe) - dot(u, yRe))).toBeLessThan(1e-9 * size);
        expect(Math.abs(dot(v, xIm) - dot(u, yIm))).toBeLessThan(1e-9 * size);
      }),
      { seed, numRuns: 200 },
    );
  });

  it('gives the resonance of a tank: 1 A into 1 mS, 1 nF and 1 µH at ω0 is 1 kV', () => {
    // ω0 = 1/√(LC) = 31.62 Mrad/s; the susceptances cancel and R remains. Unknowns: v and i of L.
    const omega = 1 / Math.sqrt(1e-9 * 1e-6);
    const matrix = fromTable([
      [1e-3, 1],
      [1, 1e-30],
    ]);
    const im = Float64Array.of(omega * 1e-9, 0, 0, -omega * 1e-6);
    const factors = factored(matrix, im);
    const re = Float64Array.of(1, 0);
    const imaginary = new Float64Array(2);
    complexSolve(factors, re, imaginary);
    expect(re[0]).toBeCloseTo(1000, 8);
    expect(imaginary[0]).toBeCloseTo(0, 8);
    expect(imaginary[1]).toBeCloseTo(-1000 / (omega * 1e-6), 8);
  });

  it('names the column of a singular matrix', () => {
    // (1 j; −j 1) has determinant 1 + j² = 0.
    const symbolic = analyze(
      fromTable([
        [1, 1],
        [1, 1],
      ]).pattern,
    );
    if (symbolic.kind === 'singular') throw new Error('regular structure');
    const result = complexFactor(
      symbolic,
      Float64Array.of(1, 0, 0, 1),
      Float64Array.of(0, -1, 1, 0),
    );
    expect(result).toMatchObject({ kind: 'singular', cause: 'values' });
  });

  it('takes a pivot that is nothing but rounding for zero', () => {
    // 0.3 − 0.1·(0.9/0.3) is −5.6e-17, not 0; the factor 1 + j stands for a lossy capacitor.
    const matrix = fromTable([
      [0.3, 0.9],
      [0.1, 0.3],
    ]);
    const symbolic = analyze(matrix.pattern);
    if (symbolic.kind === 'singular') throw new Error('regular structure');
    const accepted = complexFactor(symbolic, matrix.values, matrix.values, {
      singularTolerance: 0,
    });
    expect(accepted.kind).toBe('complexFactors');
    const result = complexFactor(symbolic, matrix.values, matrix.values);
    expect(result).toMatchObject({ kind: 'singular', cause: 'values' });
  });
});

describe('complexRefactor', () => {
  it('gives the bits of complexFactor', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(1e6), (n, s) => {
        const matrix = shuffled(n, 3, s);
        const random = randomStream(s + 17);
        const first = factored(matrix, new Float64Array(matrix.values.length));
        const im = matrix.values.map((value) => 0.1 * value * random());
        if (!complexRefactor(first, matrix.values, im)) return;
        const order = pivotOrder(first);
        const second = complexFactor(first.symbolic, matrix.values, im, { order });
        if (second.kind === 'singular') throw new Error('regular');
        expect(first.lowerRe).toEqual(second.lowerRe);
        expect(first.lowerIm).toEqual(second.lowerIm);
        expect(first.upperRe).toEqual(second.upperRe);
        expect(first.upperIm).toEqual(second.upperIm);
        expect(first.inversePivotsIm).toEqual(second.inversePivotsIm);
      }),
      { seed, numRuns: 200 },
    );
  });

  it('refuses pivots that have become too small or not a number', () => {
    const matrix = fromTable([
      [2, 1],
      [1, 2],
    ]);
    const none = new Float64Array(4);
    const factors = factored(matrix, none);
    expect(complexRefactor(factors, Float64Array.of(0, 1, 1, 0), none)).toBe(false);
    expect(complexRefactor(factors, Float64Array.of(1e-9, 1, 1, 1e-9), none)).toBe(false);
    expect(complexRefactor(factors, matrix.values, Float64Array.of(0, NaN, 0, 0))).toBe(false);
    expect(complexRefactor(factors, matrix.values, Float64Array.of(0, 1, 1, 0))).toBe(true);
  });
});
