import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileModule, createMemory, instantiate } from '../../../src/base/wasm/engine.js';
import { WasmModule } from '../../../src/base/wasm/module-builder.js';
import { analyze } from '../../../src/solver/linear/analyze.js';
import { factor } from '../../../src/solver/linear/factor.js';
import type { Factors } from '../../../src/solver/linear/factors.js';
import { emitLaneKernels, laneScratchBytes } from '../../../src/solver/linear/lane-kernels.js';
import type { LaneCount } from '../../../src/solver/linear/lane-layout.js';
import { refactor } from '../../../src/solver/linear/refactor.js';
import { solve } from '../../../src/solver/linear/solve.js';
import type { SparseMatrix } from './matrices.js';
import { corners, counting, grid, product, randomStream, shuffled } from './matrices.js';

const seed = 20261122;

function factored({ pattern, values }: SparseMatrix): Factors {
  const symbolic = analyze(pattern);
  if (symbolic.kind === 'singular') throw new Error('expected a structurally regular matrix');
  const factors = factor(symbolic, values);
  if (factors.kind === 'singular') throw new Error('expected a regular matrix');
  return factors;
}

/** Kernels in a memory of their own; `run` takes a matrix and a right-hand side for each lane. */
function compileLanes(factors: Factors, lanes: LaneCount) {
  const entries = factors.symbolic.pattern.rowIndices.length;
  const rhsAt = 8 * lanes * entries;
  const addresses = { values: 0, rhs: rhsAt, scratch: rhsAt + 8 * lanes * factors.n };
  const bytes = addresses.scratch + laneScratchBytes(factors, lanes);
  const pages = Math.ceil(bytes / 65536);
  const module = new WasmModule({ initial: pages });
  const kernels = emitLaneKernels(module, factors, addresses, lanes);
  module.export('refactor', kernels.refactor);
  module.export('solve', kernels.solve);
  const memory = createMemory(pages);
  kernels.initialize(memory.buffer);
  const functions = instantiate(compileModule(module.build()), memory);
  const values = new Float64Array(memory.buffer, 0, lanes * entries);
  const rhs = new Float64Array(memory.buffer, rhsAt, lanes * factors.n);
  return (matrices: readonly Float64Array[], sides: readonly Float64Array[]) => {
    matrices.forEach((matrix, l) => {
      matrix.forEach((value, p) => (values[lanes * p + l] = value));
    });
    sides.forEach((side, l) => {
      side.forEach((value, k) => (rhs[lanes * k + l] = value));
    });
    const bits = functions.refactor();
    functions.solve();
    return matrices.map((_, l) => ({
      fits: (bits & (1 << l)) !== 0,
      solution: Array.from({ length: factors.n }, (_row, k) => rhs[lanes * k + l]),
    }));
  };
}

/** Lanes of different values against `refactor` and `solve`, one by one; tells how many held. */
function compare(matrix: SparseMatrix, lanes: LaneCount, rounds: number, spread: number): number {
  const factors = factored(matrix);
  const run = compileLanes(factors, lanes);
  const random = randomStream(matrix.pattern.n + 5);
  let held = 0;
  for (let round = 0; round < rounds; round++) {
    const matrices = Array.from({ length: lanes }, () =>
      matrix.values.map((value) => value * 10 ** (spread * (random() - 0.5))),
    );
    const sides = matrices.map(() => Float64Array.from({ length: factors.n }, random));
    run(matrices, sides).forEach(({ fits, solution }, l) => {
      expect(fits).toBe(refactor(factors, matrices[l]));
      if (!fits) return;
      held++;
      solve(factors, sides[l]);
      expect(solution).toEqual(Array.from(sides[l]));
    });
  }
  return held;
}

describe.each([2, 4, 8] as const)('%i lanes', (lanes) => {
  it.each(Object.entries(corners))('solve the corner case: %s', (_, matrix) => {
    const x = counting(matrix.pattern.n);
    const matrices = Array.from({ length: lanes }, () => matrix.values);
    const sides = matrices.map(() => product(matrix, x));
    for (const { fits, solution } of compileLanes(factored(matrix), lanes)(matrices, sides)) {
      expect(fits).toBe(true);
      solution.forEach((value, k) => {
        expect(Math.abs(value - x[k])).toBeLessThan(1e-13);
      });
    }
  });

  it('give the bits of refactor and solve', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 5 }),
        fc.nat(1e6),
        (n, perRow, s) => {
          compare(shuffled(n, perRow, s), lanes, 3, 0.5);
        },
      ),
      { seed, numRuns: 60 },
    );
    expect(compare(grid(20), lanes, 2, 0.5)).toBe(2 * lanes);
  });

  it('refuse pivots lane by lane', () => {
    const held = Array.from({ length: 20 }, (_, s) => compare(shuffled(8, 2, s), lanes, 10, 6));
    const total = held.reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThan(20 * lanes);
    expect(total).toBeLessThan(180 * lanes);
  });

  it('leave the others alone when one is not a number', () => {
    const matrix = grid(4);
    const factors = factored(matrix);
    const run = compileLanes(factors, lanes);
    const matrices = Array.from({ length: lanes }, (_, l) =>
      l === 1 ? matrix.values.map(() => NaN) : matrix.values,
    );
    const sides = matrices.map(() => new Float64Array(16).fill(1));
    const expected = new Float64Array(16).fill(1);
    refactor(factors, matrix.values);
    solve(factors, expected);
    for (let round = 0; round < 2; round++) {
      run(matrices, sides).forEach(({ fits, solution }, l) => {
        expect(fits).toBe(l !== 1);
        if (fits) expect(solution).toEqual(Array.from(expected));
      });
    }
    // What is not a number must not stay behind in the lane.
    const clean = matrices.map(() => matrix.values);
    const ones = matrices.map(() => new Float64Array(16).fill(1));
    run(clean, ones).forEach(({ fits, solution }) => {
      expect(fits).toBe(true);
      expect(solution).toEqual(Array.from(expected));
    });
  });
});
