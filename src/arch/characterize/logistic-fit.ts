/** The logistic function low + swing/(1 + exp(−slope·(x − midpoint))) that fits points best. */
export interface LogisticFit {
  readonly low: number;
  readonly swing: number;
  readonly midpoint: number;
  /** Per unit of x; negative where the values fall. */
  readonly slope: number;
  /** Coefficient of determination. */
  readonly r2: number;
  /** Greatest distance from a point. */
  readonly maxError: number;
}

const mostIterations = 200;

/**
 * Least squares by Levenberg's and Marquardt's method.
 *
 * @param fixed low and swing where they are known (0 and 1 for a probability)
 */
export function fitLogistic(
  x: readonly number[],
  y: readonly number[],
  fixed?: { readonly low: number; readonly swing: number },
): LogisticFit | undefined {
  const [least, most] = [Math.min(...y), Math.max(...y)];
  if (x.length < 4 || !(most > least)) return undefined;
  const rises = y[y.length - 1] > y[0];
  const width = x[x.length - 1] - x[0];
  const half = (least + most) / 2;
  const middle = x[y.findIndex((value) => value > half === rises)] ?? x[x.length >> 1];
  let p = [middle, ((rises ? 1 : -1) * 10) / width, least, most - least];
  const free = fixed ? 2 : 4;
  if (fixed) p = [p[0], p[1], fixed.low, fixed.swing];
  let damping = 1e-3;
  let cost = costOf(p, x, y);
  for (let k = 0; k < mostIterations && damping < 1e12; k++) {
    const tried = step(p, x, y, free, damping);
    const next = costOf(tried, x, y);
    if (next < cost) {
      const settled = cost - next < 1e-14 * cost;
      [p, cost, damping] = [tried, next, damping / 5];
      if (settled) break;
    } else damping *= 4;
  }
  const [midpoint, slope, low, swing] = p;
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const spread = y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const maxError = Math.max(...x.map((at, k) => Math.abs(valueAt(p, at) - y[k])));
  return { low, swing, midpoint, slope, r2: 1 - cost / spread, maxError };
}

function valueAt([midpoint, slope, low, swing]: readonly number[], x: number): number {
  return low + swing / (1 + Math.exp(-slope * (x - midpoint)));
}

function costOf(p: readonly number[], x: readonly number[], y: readonly number[]): number {
  return x.reduce((sum, at, k) => sum + (valueAt(p, at) - y[k]) ** 2, 0);
}

/** Solves (JᵀJ + λ·diag)·δ = Jᵀr for the free parameters. */
function step(
  p: readonly number[],
  x: readonly number[],
  y: readonly number[],
  free: number,
  damping: number,
): number[] {
  const [midpoint, slope, , swing] = p;
  const matrix = Array.from({ length: free }, () => new Float64Array(free + 1));
  x.forEach((at, k) => {
    const s = 1 / (1 + Math.exp(-slope * (at - midpoint)));
    const bell = swing * s * (1 - s);
    const row = [-slope * bell, (at - midpoint) * bell, 1, s];
    const rest = y[k] - valueAt(p, at);
    for (let i = 0; i < free; i++) {
      for (let j = 0; j < free; j++) matrix[i][j] += row[i] * row[j];
      matrix[i][free] += row[i] * rest;
    }
  });
  for (let i = 0; i < free; i++) matrix[i][i] = matrix[i][i] * (1 + damping) + 1e-300;
  for (let i = 0; i < free; i++)
    for (let j = i + 1; j < free; j++) {
      const factor = matrix[j][i] / matrix[i][i];
      for (let c = i; c <= free; c++) matrix[j][c] -= factor * matrix[i][c];
    }
  const result = [...p];
  const delta = new Float64Array(free);
  for (let i = free - 1; i >= 0; i--) {
    let rest = matrix[i][free];
    for (let j = i + 1; j < free; j++) rest -= matrix[i][j] * delta[j];
    delta[i] = rest / matrix[i][i];
    result[i] += delta[i];
  }
  return result;
}

/** The straight line that fits points best, with its coefficient of determination. */
export function fitLine(
  x: readonly number[],
  y: readonly number[],
): { readonly slope: number; readonly offset: number; readonly r2: number } {
  const n = x.length;
  const mx = x.reduce((sum, value) => sum + value, 0) / n;
  const my = y.reduce((sum, value) => sum + value, 0) / n;
  const sum = (f: (k: number) => number): number => x.reduce((total, _, k) => total + f(k), 0);
  const xx = sum((k) => (x[k] - mx) ** 2);
  const xy = sum((k) => (x[k] - mx) * (y[k] - my));
  const yy = sum((k) => (y[k] - my) ** 2);
  const slope = xy / xx;
  return { slope, offset: my - slope * mx, r2: yy === 0 ? 1 : xy ** 2 / (xx * yy) };
}
