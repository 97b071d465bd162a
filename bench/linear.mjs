/**
 * Sparse LU: time of the analysis and the first factorization (once per circuit) and of one
 * refactorization and solution (once per Newton iteration), on circuit-like matrices. Where gcc and
 * KLU are installed (libsuitesparse-dev), KLU does the same in the same run, by turns.
 * Needs a build; `node bench/linear.mjs [largest n]`.
 */
import { KluDriver } from './klu/driver.mjs';
import { grid, ladder, matrixOf, randomStream, scattered } from './matrices.mjs';
import { LinearSolver, analyze, factor } from '../dist/solver/linear/index.js';

function fastest(rounds, action) {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    action();
    best = Math.min(best, performance.now() - start);
  }
  return best * 1000;
}

/** Entries of L and U, the diagonal counted once, and the multiplications that they take. */
function work({ n, lowerPointers, lowerRows, upperPointers, upperEnds, upperRows }) {
  let multiplications = lowerRows.length;
  for (let k = 0; k < n; k++) {
    for (let t = upperPointers[k]; t < upperEnds[k]; t++) {
      multiplications += lowerPointers[upperRows[t] + 1] - lowerPointers[upperRows[t]];
    }
  }
  return { entries: n + lowerRows.length + upperRows.length, multiplications };
}

/** Microseconds, with KLU's beside them if there is a driver. */
function measure(matrix, klu) {
  const { pattern, values } = matrix;
  const solver = new LinearSolver(pattern);
  const { entries, multiplications } = work(factor(solver.symbolic, values));
  const few = multiplications > 1e6 ? 3 : 20;
  const analysis = fastest(few, () => analyze(pattern));
  const first = fastest(few, () => factor(solver.symbolic, values));
  const rhs = new Float64Array(pattern.n);
  const iterate = (count) => {
    for (let r = 0; r < count; r++) {
      rhs.fill(1);
      solver.factor(values);
      solver.solve(rhs);
    }
  };
  // Kernels are in use after a few hundred refactorizations, and optimized after a few thousand.
  const repeats = Math.ceil(2e5 / multiplications);
  iterate(multiplications > 1e6 ? 20 : Math.max(600, 100 * repeats));
  const rounds = multiplications > 1e8 ? 3 : 50;
  let iteration = Infinity;
  let theirs;
  for (let turn = 0; turn < 3; turn++) {
    iteration = Math.min(iteration, fastest(rounds, () => iterate(repeats)) / repeats);
    const next = klu?.measure(matrix, rounds * repeats);
    if (next && !(next.iteration > theirs?.iteration)) theirs = next;
  }
  return { entries, analysis, first, iteration, klu: theirs };
}

const largest = Number(process.argv[2] ?? 1e5);
const klu = KluDriver.build();
if (!klu) process.stdout.write('KLU or gcc is not installed: no comparison.\n');
const heads = [
  'matrix',
  'n',
  'nnz A',
  'nnz LU',
  'KLU',
  'analyze (µs)',
  'KLU',
  'factor (µs)',
  'KLU',
];
heads.push('refactor + solve (µs)', 'KLU', 'ratio');
process.stdout.write(`| ${heads.join(' | ')} |\n|${'---|'.repeat(heads.length)}\n`);
const cases = [
  ['ladder', ladder, [10, 100, 1000, 10_000, 100_000]],
  ['mesh', grid, [9, 100, 1024, 10_000, 99_856]],
  ['random', scattered, [10, 100, 1000, 2000]],
];
const short = (time) => time?.toPrecision(3) ?? '';
for (const [name, make, orders] of cases) {
  for (const order of orders.filter((n) => n <= largest)) {
    const matrix = matrixOf(make(order, randomStream(20 + order)));
    const ours = measure(matrix, klu);
    const cells = [name, order, matrix.values.length, ours.entries, ours.klu?.entries ?? ''];
    for (const part of ['analysis', 'first', 'iteration']) {
      cells.push(short(ours[part]), short(ours.klu?.[part]));
    }
    cells.push(short(ours.klu && ours.iteration / ours.klu.iteration));
    process.stdout.write(`| ${cells.join(' | ')} |\n`);
  }
}
klu?.remove();
