/**
 * Sparse LU: time of the analysis and the first factorization (once per circuit) and of one
 * refactorization and solution (once per Newton iteration), on circuit-like matrices.
 * Needs a build; `node bench/linear.mjs [largest n]`.
 */
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

function fastest(rounds, repeats, action) {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (let r = 0; r < repeats; r++) action();
    best = Math.min(best, (performance.now() - start) / repeats);
  }
  return best * 1000;
}

function measure(name, make, order) {
  const entries = make(order, randomStream(20 + order));
  const n = 1 + entries.reduce((most, [row]) => Math.max(most, row), 0);
  const rows = entries.map((entry) => entry[0]);
  const columns = entries.map((entry) => entry[1]);
  const { pattern, slots } = buildPattern(n, rows, columns);
  const values = new Float64Array(pattern.rowIndices.length);
  entries.forEach((entry, p) => (values[slots[p]] += entry[2]));

  const solver = new LinearSolver(pattern);
  const rhs = new Float64Array(n);
  const repeats = Math.max(1, Math.round(100000 / n));
  const analysis = fastest(3, 1 + repeats / 100, () => analyze(pattern));
  const first = fastest(3, 1 + repeats / 100, () => factor(solver.symbolic, values));
  const iteration = fastest(7, repeats, () => {
    rhs.fill(1);
    solver.factor(values);
    solver.solve(rhs);
  });
  const { lowerRows, upperRows } = factor(solver.symbolic, values);
  const entriesOfFactors = lowerRows.length + upperRows.length + n;
  const cells = [name, n, pattern.rowIndices.length, entriesOfFactors];
  cells.push(...[analysis, first, iteration].map((time) => time.toPrecision(3)));
  return `| ${cells.join(' | ')} |`;
}

const largest = Number(process.argv[2] ?? 5000);
const lines = [
  '| matrix | n | nnz A | nnz LU | analyze (µs) | factor (µs) | refactor + solve (µs) |',
  '|---|---|---|---|---|---|---|',
];
for (const [name, make] of Object.entries({ ladder, grid, random: scattered })) {
  for (const n of [10, 50, 200, 1000, 5000, 90000]) {
    if (n <= largest && !(make === scattered && n > 1000)) lines.push(measure(name, make, n));
  }
}
process.stdout.write(`${lines.join('\n')}\n`);
