import type { MeanCurve } from './mean-curve.js';

/** Sums over the points of one side of a knee. */
interface Sums {
  readonly n: number;
  readonly x: number;
  readonly xx: number;
  readonly y: number;
  readonly xy: number;
}

/**
 * Fits (3) to gaps after 0, 1, 2 … pulses, by least squares: for each possible knee the best slopes
 * and offset, with sums that grow along, then the best knee (Fig. 3a). A knee lies between `margin`
 * and as far before the last point.
 */
export function fitMeanCurve(gaps: Float64Array, margin = 5): MeanCurve {
  const before = runningSums(gaps);
  let best = { m1: NaN, c1: NaN, tstar: NaN, m2: NaN };
  let least = Infinity;
  for (let tstar = margin; tstar < gaps.length - margin; tstar++) {
    const { curve, gain } = fitWithKnee(before, tstar);
    if (-gain < least) {
      least = -gain;
      best = curve;
    }
  }
  return best;
}

/** Entry k: sums over the points before k. */
function runningSums(gaps: Float64Array): Sums[] {
  const sums: Sums[] = [{ n: 0, x: 0, xx: 0, y: 0, xy: 0 }];
  gaps.forEach((y, x) => {
    const s = sums[x];
    sums.push({ n: s.n + 1, x: s.x + x, xx: s.xx + x * x, y: s.y + y, xy: s.xy + x * y });
  });
  return sums;
}

/**
 * The best curve with this knee in the base 1, min(t, t*), max(t − t*, 0): normal equations of three
 * unknowns. `gain` is what the fit takes off the sum of squares.
 */
function fitWithKnee(before: readonly Sums[], tstar: number): { curve: MeanCurve; gain: number } {
  const left = before[tstar];
  const all = before[before.length - 1];
  const n = all.n - left.n;
  const y = all.y - left.y;
  const u = left.x + n * tstar;
  const uu = left.xx + n * tstar * tstar;
  const v = all.x - left.x - n * tstar;
  const vv = all.xx - left.xx - 2 * tstar * (all.x - left.x) + n * tstar * tstar;
  const uv = tstar * v;
  const uy = left.xy + tstar * y;
  const vy = all.xy - left.xy - tstar * y;
  const [c1, m1, m2] = solveThree(
    [
      [all.n, u, v],
      [u, uu, uv],
      [v, uv, vv],
    ],
    [all.y, uy, vy],
  );
  return { curve: { m1, c1, tstar, m2 }, gain: c1 * all.y + m1 * uy + m2 * vy };
}

/** By Cramer's rule. */
function solveThree(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const whole = determinant(a);
  return [0, 1, 2].map((column) => {
    const replaced = a.map((row, i) => row.map((value, j) => (j === column ? b[i] : value)));
    return determinant(replaced) / whole;
  });
}

function determinant([a, b, c]: readonly (readonly number[])[]): number {
  return (
    a[0] * (b[1] * c[2] - b[2] * c[1]) -
    a[1] * (b[0] * c[2] - b[2] * c[0]) +
    a[2] * (b[0] * c[1] - b[1] * c[0])
  );
}
