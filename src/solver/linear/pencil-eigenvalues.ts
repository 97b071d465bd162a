/**
 * All finite s with det(A + s·E) = 0, of a dense pencil.
 *
 *     without infinite eigenvalues: E is regular        (deflate-pencil.ts)
 *     without those at zero: the same with A and E exchanged
 *     large ones of −E⁻¹·A, small ones as inverses of those of −A⁻¹·E: each end of the spectrum has
 *     its own rounding error, so that 1 rad/s survives beside 1e12 rad/s
 *
 * Both matrices are balanced before the QR algorithm. Parlett and Reinsch, Numer. Math. 13, 1969.
 */
import { EigenvalueDecomposition, Matrix, solve } from 'ml-matrix';
import { deflatePencil, type DensePencil } from './deflate-pencil.js';

export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** The finite eigenvalues, by magnitude; undefined if the determinant is zero for all s. */
export function pencilEigenvalues(pencil: DensePencil): Complex[] | undefined {
  const finite = deflatePencil(pencil);
  if (!finite) return undefined;
  const nonzero = deflatePencil({ a: finite.e, e: finite.a });
  if (!nonzero) return undefined;
  const zeros = Array.from({ length: finite.a.length - nonzero.a.length }, () => ({
    re: 0,
    im: 0,
  }));
  if (nonzero.a.length === 0) return zeros;
  const [e, a] = [nonzero.a, nonzero.e];
  const fromLarge = eigenvalues(e, a);
  const fromSmall = eigenvalues(a, e);
  if (!fromLarge || !fromSmall) return undefined;
  const large = byMagnitude(fromLarge.map(({ re, im }) => ({ re: -re, im: -im })));
  const small = byMagnitude(fromSmall.map(inverse));
  const middle = Math.sqrt(magnitude(small[0]) * magnitude(large[large.length - 1]));
  // Of a pair both come from the same side.
  const split = large.filter((s) => magnitude(s) <= middle).length;
  const pair = split > 0 && split < small.length && isPair(small[split - 1], small[split]);
  const from = pair ? split + 1 : split;
  return [...zeros, ...small.slice(0, from), ...large.slice(from)];
}

/** Of left⁻¹·right; undefined where numbers overflow. */
function eigenvalues(
  left: readonly Float64Array[],
  right: readonly Float64Array[],
): Complex[] | undefined {
  const scaled = left.map((row) => 1 / Math.max(...row.map(Math.abs)));
  const rows = (matrix: readonly Float64Array[]): Matrix =>
    new Matrix(matrix.map((row, i) => [...row].map((value) => value * scaled[i])));
  const matrix = solve(rows(left), rows(right));
  balance(matrix);
  // The QR algorithm would not end.
  if (!matrix.to1DArray().every(Number.isFinite)) return undefined;
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: false,
  });
  return realEigenvalues.map((re, k) => ({ re, im: imaginaryEigenvalues[k] }));
}

const mostSweeps = 50;

/** Scales rows and columns by powers of two until their sums of magnitudes are alike. */
function balance(matrix: Matrix): void {
  const n = matrix.rows;
  for (let changed = true, sweep = 0; changed && sweep < mostSweeps; sweep++) {
    changed = false;
    for (let i = 0; i < n; i++) {
      let [row, column] = [0, 0];
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        row += Math.abs(matrix.get(i, j));
        column += Math.abs(matrix.get(j, i));
      }
      if (row === 0 || column === 0) continue;
      const factor = 2 ** Math.round(Math.log2(row / column) / 2);
      if (factor === 1 || column * factor + row / factor > 0.95 * (column + row)) continue;
      changed = true;
      for (let j = 0; j < n; j++) {
        matrix.set(j, i, matrix.get(j, i) * factor);
        matrix.set(i, j, matrix.get(i, j) / factor);
      }
    }
  }
}

function inverse({ re, im }: Complex): Complex {
  // s = −1/μ
  const square = re * re + im * im;
  return { re: -re / square, im: im / square };
}

function magnitude({ re, im }: Complex): number {
  return Math.hypot(re, im);
}

/** Ascending; pairs stay together, the one above the real axis first. */
function byMagnitude(values: readonly Complex[]): Complex[] {
  return values.toSorted((a, b) => {
    const [x, y] = [magnitude(a), magnitude(b)];
    if (Math.abs(x - y) > 1e-9 * Math.max(x, y)) return x - y;
    return a.re === b.re || Math.abs(a.re - b.re) <= 1e-9 * y ? b.im - a.im : a.re - b.re;
  });
}

function isPair(a: Complex, b: Complex): boolean {
  return a.im !== 0 && Math.abs(a.im + b.im) <= 1e-6 * Math.abs(a.im);
}
