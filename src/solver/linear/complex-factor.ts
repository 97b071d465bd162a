/**
 * Sparse LU factorization of a complex matrix G + jB (small-signal analyses): factor.ts with pairs of
 * numbers. The magnitude by which pivots are chosen is |re| + |im|, within √2 of the modulus.
 */
import type { Symbolic } from './analyze.js';
import type { Elimination } from './elimination.js';
import { acceptPivot, beginElimination, reachColumn } from './elimination.js';
import type { ComplexFactors } from './factors.js';
import { completeStructure, matchLength, reordered } from './factors.js';
import type { FactorOptions } from './pivoting.js';
import {
  choosePivot,
  defaultPivotTolerance,
  defaultSingularTolerance,
  findNotFinite,
  prescribe,
  rowScales,
  singularAt,
  suspicion,
} from './pivoting.js';
import type { SingularMatrix } from './singular-matrix.js';

/** The matrix and its factors while they grow. */
interface Values {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly scales: Float64Array;
  lowerRe: Float64Array;
  lowerIm: Float64Array;
  upperRe: Float64Array;
  upperIm: Float64Array;
  readonly inversePivotsRe: Float64Array;
  readonly inversePivotsIm: Float64Array;
  readonly xRe: Float64Array;
  readonly xIm: Float64Array;
  readonly magnitudes: Float64Array;
}

/**
 * Factors a complex matrix and chooses its pivots.
 * @param re [nnz] real parts by slot of the pattern
 * @param im [nnz] imaginary parts
 */
export function complexFactor(
  symbolic: Symbolic,
  re: Float64Array,
  im: Float64Array,
  options: FactorOptions = {},
): ComplexFactors | SingularMatrix {
  const { pivotTolerance = defaultPivotTolerance, order } = options;
  const prescribed = order !== undefined;
  const singularTolerance = prescribed
    ? 0
    : (options.singularTolerance ?? defaultSingularTolerance);
  const { n } = symbolic.pattern;
  const { blockBoundaries } = symbolic;
  const magnitudes = re.map((value, p) => Math.abs(value) + Math.abs(im[p]));
  const notFinite = findNotFinite(symbolic, magnitudes);
  if (notFinite !== undefined) return notFinite;
  const state = beginElimination(symbolic);
  const scales = prescribed ? prescribe(state, order) : rowScales(symbolic, magnitudes);
  const numbers = beginValues(state, re, im, scales);
  let block = 0;
  for (let k = 0; k < n; k++) {
    if (k === blockBoundaries[block + 1]) block++;
    reachColumn(state, k, blockBoundaries[block + 1] - blockBoundaries[block]);
    const largest = computeColumn(state, numbers, k);
    const at = choosePivot(state, k, numbers.magnitudes, pivotTolerance, prescribed);
    if (at < 0) return singularAt(state, k);
    const row = state.lowerRows[at];
    const magnitude = numbers.magnitudes[row];
    if (!(magnitude > 0 && magnitude < Infinity)) return singularAt(state, k);
    if (magnitude < suspicion * largest) {
      const terms = cancelledTerms(state, numbers, k, row);
      if (magnitude <= singularTolerance * terms) return singularAt(state, k);
    }
    acceptPivot(state, k, at);
    storeColumn(state, numbers, k, row);
  }
  return finish(state, numbers);
}

function beginValues(
  state: Elimination,
  re: Float64Array,
  im: Float64Array,
  scales: Float64Array,
): Values {
  const n = scales.length;
  return {
    re,
    im,
    scales,
    lowerRe: new Float64Array(state.lowerRows.length),
    lowerIm: new Float64Array(state.lowerRows.length),
    upperRe: new Float64Array(state.upperRows.length),
    upperIm: new Float64Array(state.upperRows.length),
    inversePivotsRe: new Float64Array(n),
    inversePivotsIm: new Float64Array(n),
    xRe: new Float64Array(n),
    xIm: new Float64Array(n),
    magnitudes: new Float64Array(n),
  };
}

function finish(state: Elimination, numbers: Values): ComplexFactors {
  const { structure, lowerOrder } = completeStructure(state, numbers.scales);
  const upper = state.upperPointers[numbers.scales.length];
  return {
    kind: 'complexFactors',
    ...structure,
    lowerRe: reordered(numbers.lowerRe, lowerOrder),
    lowerIm: reordered(numbers.lowerIm, lowerOrder),
    upperRe: numbers.upperRe.slice(0, upper),
    upperIm: numbers.upperIm.slice(0, upper),
    inversePivotsRe: numbers.inversePivotsRe,
    inversePivotsIm: numbers.inversePivotsIm,
    workRe: numbers.xRe,
    workIm: numbers.xIm,
  };
}

/** Computes U's column k and the candidates in x; returns the largest magnitude in U's column. */
function computeColumn(state: Elimination, numbers: Values, k: number): number {
  numbers.lowerRe = matchLength(numbers.lowerRe, state.lowerRows);
  numbers.lowerIm = matchLength(numbers.lowerIm, state.lowerRows);
  numbers.upperRe = matchLength(numbers.upperRe, state.upperRows);
  numbers.upperIm = matchLength(numbers.upperIm, state.upperRows);
  const { re, im, scales, lowerRe, lowerIm, upperRe, upperIm, xRe, xIm, magnitudes } = numbers;
  const { lowerPointers, lowerRows, upperPointers, upperEnds, upperRows, pivotRows } = state;
  const { inside, outside } = state.symbolic;
  for (let p = inside.pointers[k]; p < inside.pointers[k + 1]; p++) {
    const row = inside.rows[p];
    xRe[row] = re[inside.slots[p]] * scales[row];
    xIm[row] = im[inside.slots[p]] * scales[row];
  }
  let largest = 0;
  for (let t = upperPointers[k]; t < upperEnds[k]; t++) {
    const column = upperRows[t];
    const pivotRow = pivotRows[column];
    const uRe = xRe[pivotRow];
    const uIm = xIm[pivotRow];
    xRe[pivotRow] = 0;
    xIm[pivotRow] = 0;
    upperRe[t] = uRe;
    upperIm[t] = uIm;
    largest = Math.max(largest, Math.abs(uRe) + Math.abs(uIm));
    const end = lowerPointers[column + 1];
    for (let p = lowerPointers[column]; p < end; p++) {
      const row = lowerRows[p];
      xRe[row] -= lowerRe[p] * uRe - lowerIm[p] * uIm;
      xIm[row] -= lowerRe[p] * uIm + lowerIm[p] * uRe;
    }
  }
  const shift = upperEnds[k] - outside.pointers[k];
  for (let p = outside.pointers[k]; p < outside.pointers[k + 1]; p++) {
    upperRe[p + shift] = re[outside.slots[p]] * scales[outside.rows[p]];
    upperIm[p + shift] = im[outside.slots[p]] * scales[outside.rows[p]];
  }
  for (let p = lowerPointers[k]; p < lowerPointers[k + 1]; p++) {
    const row = lowerRows[p];
    magnitudes[row] = Math.abs(xRe[row]) + Math.abs(xIm[row]);
  }
  return largest;
}

/** |a| + Σ|l|·|u|: the magnitude of what a candidate in column k was computed from. */
function cancelledTerms(state: Elimination, numbers: Values, k: number, row: number): number {
  const { re, im, scales, lowerRe, lowerIm, upperRe, upperIm } = numbers;
  const { lowerPointers, lowerRows, upperPointers, upperEnds, upperRows } = state;
  const { inside } = state.symbolic;
  let sum = 0;
  for (let p = inside.pointers[k]; p < inside.pointers[k + 1]; p++) {
    const slot = inside.slots[p];
    if (inside.rows[p] === row) sum += (Math.abs(re[slot]) + Math.abs(im[slot])) * scales[row];
  }
  for (let t = upperPointers[k]; t < upperEnds[k]; t++) {
    const column = upperRows[t];
    const u = Math.abs(upperRe[t]) + Math.abs(upperIm[t]);
    for (let p = lowerPointers[column]; p < lowerPointers[column + 1]; p++) {
      if (lowerRows[p] === row) sum += (Math.abs(lowerRe[p]) + Math.abs(lowerIm[p])) * u;
    }
  }
  return sum;
}

/** Divides the candidates by the pivot and leaves x zero. */
function storeColumn(state: Elimination, numbers: Values, k: number, pivotRow: number): void {
  const { lowerRe, lowerIm, xRe, xIm } = numbers;
  const { lowerPointers, lowerRows } = state;
  const pivotRe = xRe[pivotRow];
  const pivotIm = xIm[pivotRow];
  const scale = 1 / (Math.abs(pivotRe) + Math.abs(pivotIm));
  const a = pivotRe * scale;
  const b = pivotIm * scale;
  const squared = a * a + b * b;
  const inverseRe = (a / squared) * scale;
  const inverseIm = (-b / squared) * scale;
  numbers.inversePivotsRe[k] = inverseRe;
  numbers.inversePivotsIm[k] = inverseIm;
  xRe[pivotRow] = 0;
  xIm[pivotRow] = 0;
  for (let p = lowerPointers[k]; p < lowerPointers[k + 1]; p++) {
    const row = lowerRows[p];
    lowerRe[p] = xRe[row] * inverseRe - xIm[row] * inverseIm;
    lowerIm[p] = xRe[row] * inverseIm + xIm[row] * inverseRe;
    xRe[row] = 0;
    xIm[row] = 0;
  }
}
