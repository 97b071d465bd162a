/**
 * One eigenvalue of a sparse pencil A + s·E, from an estimate, by generalised Rayleigh quotients:
 *
 *     factor A + s·E;  v = (A + s·E)⁻¹·E·v,  w = (A + s·E)⁻ᵀ·Eᵀ·w
 *     s ← s − wᵀ·(A + s·E)·v / (wᵀ·E·v)
 *
 * Converges cubically for a simple eigenvalue, and works on the entries as they are: what dense
 * transformations lost of a small eigenvalue beside large ones comes back. Parlett, Math. Comp. 28,
 * 1974.
 */
import { ComplexLinearSolver } from './complex-linear-solver.js';
import type { SparsePattern } from './pattern.js';
import type { Complex } from './pencil-eigenvalues.js';

/** @param a, e [nonzeros] by slot of the pattern */
export interface SparsePencil {
  readonly pattern: SparsePattern;
  readonly a: Float64Array;
  readonly e: Float64Array;
}

const mostIterations = 8;
/** An estimate may be moved by this part of its magnitude. */
const reach = 0.05;

/** Refines estimates of eigenvalues; one that would move too far, or does not settle, stays. */
export class EigenvalueRefiner {
  readonly #pencil: SparsePencil;
  readonly #solver: ComplexLinearSolver;
  readonly #re: Float64Array;
  readonly #im: Float64Array;

  constructor(pencil: SparsePencil) {
    this.#pencil = pencil;
    this.#solver = new ComplexLinearSolver(pencil.pattern);
    this.#re = new Float64Array(pencil.a.length);
    this.#im = new Float64Array(pencil.a.length);
  }

  refine(estimate: Complex): Complex {
    const { n } = this.#pencil.pattern;
    const size = Math.hypot(estimate.re, estimate.im);
    if (size === 0) return estimate;
    let [v, w] = [start(n, 1), start(n, 2)];
    let s = estimate;
    for (let k = 0; k < mostIterations; k++) {
      // A singular matrix has its eigenvalue already.
      if (!this.#factor(s)) return s;
      const [right, left] = [this.#times(v), this.#transposedTimes(w)];
      v = { re: right.re.slice(), im: right.im.slice() };
      w = left;
      this.#solver.solve(v.re, v.im);
      this.#solver.solveTransposed(w.re, w.im);
      const step = quotient(product(w, right), product(w, this.#times(v)));
      if (!Number.isFinite(step.re + step.im)) return s;
      s = { re: s.re - step.re, im: estimate.im === 0 ? 0 : s.im - step.im };
      if (Math.hypot(s.re - estimate.re, s.im - estimate.im) > reach * size && k > 1)
        return estimate;
      if (k > 0 && Math.hypot(step.re, step.im) <= 1e-14 * size) return s;
      normalize(v);
      normalize(w);
    }
    const moved = Math.hypot(s.re - estimate.re, s.im - estimate.im);
    // A multiple eigenvalue has no quotient to settle on.
    return moved <= 1e-3 * size ? s : estimate;
  }

  #factor(s: Complex): boolean {
    const { a, e } = this.#pencil;
    for (let p = 0; p < a.length; p++) {
      this.#re[p] = a[p] + s.re * e[p];
      this.#im[p] = s.im * e[p];
    }
    return this.#solver.factor(this.#re, this.#im).kind === 'factored';
  }

  #times(x: Vector): Vector {
    return this.#multiply(x, (row, column) => [row, column]);
  }

  #transposedTimes(x: Vector): Vector {
    return this.#multiply(x, (row, column) => [column, row]);
  }

  /** E·x, or with the places exchanged Eᵀ·x. */
  #multiply(x: Vector, place: (row: number, column: number) => readonly [number, number]): Vector {
    const { pattern, e } = this.#pencil;
    const y = { re: new Float64Array(pattern.n), im: new Float64Array(pattern.n) };
    for (let j = 0; j < pattern.n; j++)
      for (let p = pattern.columnPointers[j]; p < pattern.columnPointers[j + 1]; p++) {
        const [to, from] = place(pattern.rowIndices[p], j);
        y.re[to] += e[p] * x.re[from];
        y.im[to] += e[p] * x.im[from];
      }
    return y;
  }
}

interface Vector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Some vector that no symmetry of a circuit is likely to be orthogonal to. */
function start(n: number, seed: number): Vector {
  const re = Float64Array.from({ length: n }, (_, k) => Math.sin(seed + 1.7 * k) + 1.1);
  return { re, im: Float64Array.from({ length: n }, (_, k) => Math.cos(2 * seed + 2.3 * k)) };
}

/** Σ xᵢ·yᵢ, not conjugated. */
function product(x: Vector, y: Vector): Complex {
  let [re, im] = [0, 0];
  for (let k = 0; k < x.re.length; k++) {
    re += x.re[k] * y.re[k] - x.im[k] * y.im[k];
    im += x.re[k] * y.im[k] + x.im[k] * y.re[k];
  }
  return { re, im };
}

function quotient(a: Complex, b: Complex): Complex {
  const square = b.re * b.re + b.im * b.im;
  return {
    re: (a.re * b.re + a.im * b.im) / square,
    im: (a.im * b.re - a.re * b.im) / square,
  };
}

function normalize({ re, im }: Vector): void {
  let most = 0;
  for (let k = 0; k < re.length; k++) most = Math.max(most, Math.abs(re[k]), Math.abs(im[k]));
  for (let k = 0; k < re.length; k++) {
    re[k] /= most;
    im[k] /= most;
  }
}
