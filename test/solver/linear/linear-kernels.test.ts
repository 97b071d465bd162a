import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../src/solver/linear/analyze.js';
import { factor } from '../../../src/solver/linear/factor.js';
import type { Factors } from '../../../src/solver/linear/factors.js';
import { kernelForm } from '../../../src/solver/linear/linear-kernels.js';
import type { KernelForm } from '../../../src/solver/linear/linear-kernels.js';
import { refactor } from '../../../src/solver/linear/refactor.js';
import { solve } from '../../../src/solver/linear/solve.js';
import { compileKernels } from './kernel-harness.js';
import type { SparseMatrix } from './matrices.js';
import { corners, counting, fromTable, grid, product, randomStream, shuffled } from './matrices.js';

const seed = 20261122;
const forms: readonly KernelForm[] = ['straightLine', 'indexed'];

function factored({ pattern, values }: SparseMatrix): Factors {
  const symbolic = analyze(pattern);
  if (symbolic.kind === 'singular') throw new Error('expected a structurally regular matrix');
  const factors = factor(symbolic, values);
  if (factors.kind === 'singular') throw new Error('expected a regular matrix');
  return factors;
}

/** The same bits: toEqual tells 0 from -0 and takes NaN for equal to itself. */
function expectSameBits(actual: Float64Array, expected: Float64Array): void {
  expect(Array.from(actual)).toEqual(Array.from(expected));
}

/** JavaScript and WebAssembly side by side on drifting values; returns how often pivots held. */
function compare(matrix: SparseMatrix, form: KernelForm, rounds: number, spread: number): number {
  const factors = factored(matrix);
  const kernels = compileKernels(factors, { form });
  const random = randomStream(matrix.pattern.n + 7);
  let held = 0;
  for (let round = 0; round < rounds; round++) {
    const values = matrix.values.map((value) => value * 10 ** (spread * (random() - 0.5)));
    kernels.values.set(values);
    const fits = refactor(factors, values);
    expect(kernels.refactor()).toBe(fits);
    if (!fits) continue;
    held++;
    const rhs = values.slice(0, factors.n).map(() => random() - 0.5);
    kernels.rhs.set(rhs);
    kernels.solve();
    solve(factors, rhs);
    expectSameBits(kernels.rhs, rhs);
  }
  return held;
}

describe.each(forms)('%s kernels', (form) => {
  it.each(Object.entries(corners))('solve the corner case: %s', (_, matrix) => {
    const kernels = compileKernels(factored(matrix), { form });
    const x = counting(matrix.pattern.n);
    kernels.values.set(matrix.values);
    kernels.rhs.set(product(matrix, x));
    expect(kernels.refactor()).toBe(true);
    kernels.solve();
    kernels.rhs.forEach((value, k) => {
      expect(Math.abs(value - x[k])).toBeLessThan(1e-13);
    });
  });

  it('give the bits of refactor and solve', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 5 }),
        fc.nat(1e6),
        (n, perRow, s) => {
          compare(shuffled(n, perRow, s), form, 4, 0.5);
        },
      ),
      { seed, numRuns: 150 },
    );
  });

  it('refuse pivots where refactor does', () => {
    // Values drift over many orders of magnitude: some pivots hold, and some do not.
    const held = Array.from({ length: 20 }, (_, s) => compare(shuffled(8, 2, s), form, 10, 6));
    const total = held.reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(20);
    expect(total).toBeLessThan(180);
  });

  it('give the bits of refactor and solve on a mesh that takes several functions', () => {
    expect(compare(grid(24), form, 3, 0.5)).toBe(3);
  });

  it('give the bits of refactor and solve where pivots leave the diagonal and columns fill', () => {
    expect(compare(shuffled(70, 4, 11), form, 10, 0.1)).toBeGreaterThan(5);
  });

  it('refuse what is zero, infinite or not a number, and recover', () => {
    const table = [
      [2, 1, 5],
      [1, 2, 6],
      [0, 0, 3],
    ];
    const factors = factored(fromTable(table));
    const kernels = compileKernels(factors, { form });
    const good = fromTable(table).values;
    for (const bad of [0, NaN, Infinity, -Infinity]) {
      for (let p = 0; p < good.length; p++) {
        const values = good.slice();
        values[p] = bad;
        kernels.values.set(values);
        expect(kernels.refactor()).toBe(refactor(factors, values));
        kernels.values.set(good);
        kernels.rhs.set([19, 23, 9]);
        expect(kernels.refactor()).toBe(true);
        kernels.solve();
        kernels.rhs.forEach((x, k) => {
          expect(x).toBeCloseTo(k + 1, 14);
        });
      }
    }
  });

  it('refuse a matrix that has become singular, be it by rounding', () => {
    const table = (leak: number): number[][] => [
      [0.3, 0.9],
      [0.1, 0.3 + leak],
    ];
    const kernels = compileKernels(factored(fromTable(table(0.1))), { form });
    kernels.values.set(fromTable(table(0)).values);
    expect(kernels.refactor()).toBe(false);
  });

  it('go on from factors that factor has computed', () => {
    const matrix = shuffled(30, 3, 5);
    const factors = factored(matrix);
    const kernels = compileKernels(factors, { form });
    kernels.adopt(factors);
    const rhs = counting(30);
    kernels.rhs.set(rhs);
    kernels.solve();
    solve(factors, rhs);
    expectSameBits(kernels.rhs, rhs);
  });
});

describe('kernelForm', () => {
  it('is code for small systems and lists for large ones', () => {
    expect(kernelForm(factored(grid(7)))).toBe('straightLine');
    expect(kernelForm(factored(grid(30)))).toBe('indexed');
  });
});
