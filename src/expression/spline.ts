/** How a curve through points is made: Akima's, or the natural cubic spline. */
export type SplineKind = 'akima' | 'natural';

/** y(x0 + h) = y0 + h (b + h (c + h d)) from x0 up to the next piece. */
export interface SplinePiece {
  readonly x0: number;
  readonly y0: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/**
 * The pieces of a spline through points `x1, y1, x2, y2 …`, x rising; the first and the last piece
 * go on outside. Undefined if the points do not make a curve.
 *
 * Akima: H. Akima, "A new method of interpolation and smooth curve fitting based on local
 * procedures", J. ACM 17(4), 589, 1970, eqs. (1), (3)-(5), with his extrapolated slopes (8), (9).
 */
export function splinePieces(
  kind: SplineKind,
  points: readonly number[],
): SplinePiece[] | undefined {
  const count = Math.floor(points.length / 2);
  if (points.length % 2 !== 0 || count < 2) return undefined;
  const x = points.filter((_, i) => i % 2 === 0);
  const y = points.filter((_, i) => i % 2 === 1);
  if (x.some((each, i) => i > 0 && !(each > x[i - 1]))) return undefined;
  const slopes = kind === 'akima' ? akimaSlopes(x, y) : naturalSlopes(x, y);
  return slopes.slice(0, -1).map((b, i) => {
    const h = x[i + 1] - x[i];
    const m = (y[i + 1] - y[i]) / h;
    const c = (3 * m - 2 * b - slopes[i + 1]) / h;
    const d = (b + slopes[i + 1] - 2 * m) / (h * h);
    return { x0: x[i], y0: y[i], b, c, d };
  });
}

/** The value of a spline at x; NaN if the points do not make a curve. */
export function splineValue(kind: SplineKind, x: number, points: readonly number[]): number {
  const pieces = splinePieces(kind, points);
  if (!pieces) return NaN;
  const { x0, y0, b, c, d } = pieces.findLast((piece) => x >= piece.x0) ?? pieces[0];
  const h = x - x0;
  return y0 + h * (b + h * (c + h * d));
}

/** The slope at each point, between those of its neighbours: (1). */
function akimaSlopes(x: readonly number[], y: readonly number[]): number[] {
  const between = x.slice(1).map((next, i) => (y[i + 1] - y[i]) / (next - x[i]));
  const [first, second = first] = between;
  const last = between[between.length - 1];
  const before = between[between.length - 2] ?? last;
  const m = [
    ...[3 * first - 2 * second, 2 * first - second],
    ...between,
    ...[2 * last - before, 3 * last - 2 * before],
  ];
  return x.map((_, i) => {
    const left = Math.abs(m[i + 3] - m[i + 2]);
    const right = Math.abs(m[i + 1] - m[i]);
    const sum = left + right;
    return sum === 0 ? (m[i + 1] + m[i + 2]) / 2 : (left * m[i + 1] + right * m[i + 2]) / sum;
  });
}

/** Slopes with a continuous second derivative that is zero at both ends (a tridiagonal system). */
function naturalSlopes(x: readonly number[], y: readonly number[]): number[] {
  const n = x.length - 1;
  const h = x.slice(1).map((next, i) => next - x[i]);
  const m = h.map((each, i) => (y[i + 1] - y[i]) / each);
  const diagonal = [2 / h[0]];
  const right = [(3 * m[0]) / h[0]];
  for (let i = 1; i <= n; i++) {
    const own = i < n ? 2 / h[i - 1] + 2 / h[i] : 2 / h[n - 1];
    const side = (3 * m[i - 1]) / h[i - 1] + (i < n ? (3 * m[i]) / h[i] : 0);
    const factor = 1 / h[i - 1] / diagonal[i - 1];
    diagonal.push(own - factor / h[i - 1]);
    right.push(side - factor * right[i - 1]);
  }
  const slopes = [...right];
  slopes[n] /= diagonal[n];
  for (let i = n - 1; i >= 0; i--) slopes[i] = (right[i] - slopes[i + 1] / h[i]) / diagonal[i];
  return slopes;
}
