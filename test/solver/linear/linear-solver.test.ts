import { describe, expect, it } from 'vitest';
import { ComplexLinearSolver } from '../../../src/solver/linear/complex-linear-solver.js';
import { factor } from '../../../src/solver/linear/factor.js';
import type { PivotOrder } from '../../../src/solver/linear/factors.js';
import { pivotRatio } from '../../../src/solver/linear/factors.js';
import { LinearSolver } from '../../../src/solver/linear/linear-solver.js';
import { refactor } from '../../../src/solver/linear/refactor.js';
import { solveTransposed } from '../../../src/solver/linear/solve-transposed.js';
import { solve } from '../../../src/solver/linear/solve.js';
import { fromTable, grid, randomStream, shuffled } from './matrices.js';

/** Values drifting over many orders of magnitude, so that pivots are kept and replaced by turns. */
function drift(values: Float64Array, steps: number): Float64Array[] {
  const random = randomStream(99);
  const current = values.slice();
  return Array.from({ length: steps }, () => {
    for (let p = 0; p < current.length; p++) current[p] *= 10 ** (4 * (random() - 0.5));
    return current.slice();
  });
}

describe('LinearSolver', () => {
  it('keeps the pivots while they hold and replaces them when they do not', () => {
    const { pattern } = fromTable([
      [2, 1],
      [1, 2],
    ]);
    const solver = new LinearSolver(pattern);
    expect(solver.factor(Float64Array.of(2, 1, 1, 2))).toEqual({
      kind: 'factored',
      refactored: false,
    });
    expect(solver.factor(Float64Array.of(3, 1, 1, 3))).toEqual({
      kind: 'factored',
      refactored: true,
    });
    expect(solver.factor(Float64Array.of(0, 1, 1, 0))).toEqual({
      kind: 'factored',
      refactored: false,
    });
    expect([solver.factorizations, solver.refactorizations]).toEqual([2, 1]);
    const rhs = Float64Array.of(2, 1);
    solver.solve(rhs);
    expect(Array.from(rhs)).toEqual([1, 2]);
    const transposed = Float64Array.of(2, 1);
    solver.solveTransposed(transposed);
    expect(Array.from(transposed)).toEqual([1, 2]);
    expect(solver.pivotRatio).toBe(1);
  });

  it('recovers after a singular matrix', () => {
    const { pattern } = fromTable([
      [2, 1],
      [1, 2],
    ]);
    const solver = new LinearSolver(pattern);
    expect(solver.factor(Float64Array.of(1, 1, 1, 1)).kind).toBe('singular');
    expect(() => {
      solver.solve(new Float64Array(2));
    }).toThrow('successful factor');
    expect(solver.pivotRatio).toBe(0);
    expect(solver.factor(Float64Array.of(2, 1, 1, 2)).kind).toBe('factored');
  });

  it('reports a structurally singular pattern', () => {
    const { pattern, values } = fromTable([
      [1, 1],
      [0, 0],
    ]);
    const result = new LinearSolver(pattern).factor(values);
    // One equation for two unknowns: neither is determined.
    expect(result).toEqual({ kind: 'singular', cause: 'structure', rows: [1], columns: [0, 1] });
  });

  it('continues from a checkpoint to the last bit', () => {
    const { pattern, values } = shuffled(30, 3, 4);
    const steps = drift(values, 60);
    const solutions: Float64Array[] = [];
    const checkpoints: string[] = [];
    const solver = new LinearSolver(pattern);
    for (const step of steps) {
      checkpoints.push(JSON.stringify(solver.checkpoint() ?? null));
      solver.factor(step);
      const rhs = new Float64Array(30).fill(1);
      solver.solve(rhs);
      solutions.push(rhs);
    }
    // Both ways must have been taken for the test to mean anything.
    expect(solver.factorizations).toBeGreaterThan(2);
    expect(solver.refactorizations).toBeGreaterThan(2);
    for (let from = 0; from < steps.length; from++) {
      const other = new LinearSolver(pattern);
      other.restore((JSON.parse(checkpoints[from]) as PivotOrder | null) ?? undefined);
      expect(JSON.stringify(other.checkpoint() ?? null)).toBe(checkpoints[from]);
      for (let k = from; k < steps.length; k++) {
        other.factor(steps[k]);
        const rhs = new Float64Array(30).fill(1);
        other.solve(rhs);
        expect(rhs).toEqual(solutions[k]);
      }
    }
  });
});

describe.each([
  ['a mesh that lists are used for', grid(20), 3],
  ['a mesh that is small enough for code', grid(5), 501],
])('LinearSolver with kernels: %s', (_, { pattern, values }, count) => {
  const { n } = pattern;
  const random = randomStream(3);
  const steps = Array.from({ length: count + 3 }, () =>
    values.map((value) => value * (1 + 0.1 * random())),
  );

  it('gives the bits of refactor, solve and solveTransposed', () => {
    const solver = new LinearSolver(pattern);
    if (solver.symbolic.kind === 'singular') throw new Error('regular structure');
    const factors = factor(solver.symbolic, steps[0]);
    if (factors.kind === 'singular') throw new Error('regular');
    const [actual, expected] = [new Float64Array(n), new Float64Array(n)];
    solver.factor(steps[0]);
    const first = solver.factors;
    for (const step of steps.slice(1)) {
      expect(refactor(factors, step)).toBe(true);
      expect(solver.factor(step).kind).toBe('factored');
      for (const [ours, plain] of [
        [
          () => {
            solver.solve(actual);
          },
          () => {
            solve(factors, expected);
          },
        ],
        [
          () => {
            solver.solveTransposed(actual);
          },
          () => {
            solveTransposed(factors, expected);
          },
        ],
      ]) {
        actual.fill(1);
        expected.fill(1);
        ours();
        plain();
        expect(actual).toEqual(expected);
      }
      expect(solver.pivotRatio).toBe(pivotRatio(factors));
    }
    expect(solver.factors).toBe(first);
    // In WebAssembly's memory: the kernels were in use.
    expect(solver.factors?.lowerValues.byteOffset).toBeGreaterThan(0);
  });

  it('chooses new pivots when the old ones do not hold, and keeps those in turn', () => {
    const solver = new LinearSolver(pattern);
    for (const step of steps) solver.factor(step);
    const singular = values.map(() => 0);
    expect(solver.factor(singular)).toMatchObject({ kind: 'singular', cause: 'values' });
    for (const step of steps) solver.factor(step);
    expect(solver.factorizations).toBe(3);
    expect(solver.refactorizations).toBe(2 * (steps.length - 1));
  });
});

describe('ComplexLinearSolver', () => {
  it('shares the analysis with a real solver and agrees with it on real values', () => {
    const { pattern, values } = shuffled(20, 3, 8);
    const real = new LinearSolver(pattern);
    const complex = new ComplexLinearSolver(pattern, { symbolic: real.symbolic });
    real.factor(values);
    complex.factor(values, new Float64Array(values.length));
    const rhs = new Float64Array(20).fill(1);
    const [re, im] = [rhs.slice(), new Float64Array(20)];
    real.solve(rhs);
    complex.solve(re, im);
    const size = Math.max(...rhs.map(Math.abs));
    for (let k = 0; k < 20; k++) expect(Math.abs(re[k] - rhs[k])).toBeLessThan(1e-12 * size);
    expect(im.every((value) => value === 0)).toBe(true);
  });

  it('continues from a checkpoint to the last bit', () => {
    const { pattern, values } = shuffled(20, 3, 6);
    const steps = drift(values, 30);
    const solver = new ComplexLinearSolver(pattern);
    const solutions = steps.map((step, k) => {
      const checkpoint = solver.checkpoint();
      solver.factor(step, values);
      const [re, im] = [new Float64Array(20).fill(1), new Float64Array(20).fill(k)];
      solver.solve(re, im);
      return { checkpoint, re, im };
    });
    expect(solver.factorizations).toBeGreaterThan(1);
    expect(solver.refactorizations).toBeGreaterThan(1);
    solutions.forEach(({ checkpoint, re, im }, k) => {
      const other = new ComplexLinearSolver(pattern);
      other.restore(checkpoint);
      other.factor(steps[k], values);
      const [otherRe, otherIm] = [new Float64Array(20).fill(1), new Float64Array(20).fill(k)];
      other.solve(otherRe, otherIm);
      expect(otherRe).toEqual(re);
      expect(otherIm).toEqual(im);
    });
  });
});
