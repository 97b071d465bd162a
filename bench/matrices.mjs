/** Circuit-like matrices for the benchmarks of sparse LU. */
import { buildPattern } from '../dist/solver/linear/index.js';

/** Numbers that are the same in every run (Park and Miller 1988). */
export function randomStream(seed) {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** Stamps a conductance between two nodes. */
function conductance(entries, a, b, g) {
  entries.push([a, a, g], [b, b, g], [a, b, -g], [b, a, -g]);
}

export function ladder(n, random) {
  const entries = [];
  for (let k = 0; k < n; k++) entries.push([k, k, 0.1]);
  for (let k = 0; k + 1 < n; k++) conductance(entries, k, k + 1, 1 + random());
  return entries;
}

export function grid(n, random) {
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
export function scattered(n, random) {
  const entries = [];
  for (let k = 0; k < n; k++) {
    entries.push([k, k, 4 + random()]);
    for (let e = 0; e < 4; e++) entries.push([k, Math.floor(random() * n), random() - 0.5]);
  }
  return entries;
}

/** Pattern and values of entries [row, column, value]; those at one place add up. */
export function matrixOf(entries) {
  const n = 1 + entries.reduce((most, [row]) => Math.max(most, row), 0);
  const rows = entries.map((entry) => entry[0]);
  const columns = entries.map((entry) => entry[1]);
  const { pattern, slots } = buildPattern(n, rows, columns);
  const values = new Float64Array(pattern.rowIndices.length);
  entries.forEach((entry, p) => (values[slots[p]] += entry[2]));
  return { pattern, values };
}
