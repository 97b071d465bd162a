/**
 * Sparse LU: time of the analysis and the first factorization (once per circuit) and of one
 * refactorization and solution (once per Newton iteration), on circuit-like matrices. Where gcc and
 * KLU are installed (libsuitesparse-dev), KLU does the same in the same run, by turns.
 * Needs a build; `node bench/linear.mjs [largest n]`.
 */
import { KluDriver } from './klu/driver.mjs';
import { LinearSolver, analyze, buildPattern, factor } from '../dist/solver/linear/index.js';

/** Numbers that are the same in every run (Park and Miller 1988). */
function randomStream(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** Stamps a conductance between two nodes. */
function conductance(entries, a, b, g) {
  entries.push([a, a, g], [b, b, g], [a, b, -g], [b, a, -g]);
}

function ladder(n, random) {
  const entries = [];
  for (let k = 0; k < n; k++) entries.push([k, k, 0.1]);
  for (let k = 0; k + 1 < n; k++) conductance(entries, k, k + 1, 1 + random());
  return entries;
}

function grid(n, random) {
  const side = Math.round(Math.sqrt(n));
  const entries = [];
  for (let k = 0; k < side * side; k++) {
    entries.push([k, k, 0.1]);
    if ((k + 1) % side > 0) conductance(entries, k, k + 1, 1 + random());
    if (k + side < side * side) conductance(entries, k, k + side, 1 + random());
  }
  return entries;
}

/** Five entries a row at random places, and a diagonal. */
function scattered(n, random) {
  const entries = [];
  for (let k = 0; k < n; k++) {
    entries.push([k, k, 4 + random()]);
    for (let e = 0; e < 4; e++) entries.push([k, Math.floor(random() * n), random() - 0.5]);
  }
  return entries;
}

function fastest(rounds, action) {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    action();
    best = Math.min(best, performance.now() - start);
  }
  return best * 1000;
}

function matrixOf(entries) {
  const n = 1 + entries.reduce((most, [row]) => Math.max(most, row), 0);
  const rows = entries.map((entry) => entry[0]);
  const columns = entries.map((entry) => entry[1]);
  const { pattern, slots } = buildPattern(n, rows, columns);
  const values = new Float64Array(pattern.rowIndices.length);
  entries.forEach((entry, p) => (values[slots[p]] += entry[2]));
  return { pattern, values };
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
