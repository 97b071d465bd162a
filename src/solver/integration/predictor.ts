import type { StepHistory } from './step-history.js';

/**
 * Newton's first guess at `time`: the polynomial through the last accepted points, of degree 3 if
 * there are four since the restart, in Lagrange's form.
 *
 * @param x [n + 1] written
 */
export function predict(history: StepHistory, time: number, x: Float64Array): void {
  const { count, time: t, x: past } = history;
  if (count < 2) {
    x.set(past[0]);
    return;
  }
  if (count < 3) {
    const w = (time - t[0]) / (t[0] - t[1]);
    for (let u = 1; u < x.length; u++) x[u] = past[0][u] + w * (past[0][u] - past[1][u]);
    return;
  }
  predictionWeights(time, t, Math.min(count, 4), weights);
  const w0 = weights[0];
  const w1 = weights[1];
  const w2 = weights[2];
  const w3 = weights[3];
  const [x0, x1, x2, x3] = past;
  if (count < 4) for (let u = 1; u < x.length; u++) x[u] = w0 * x0[u] + w1 * x1[u] + w2 * x2[u];
  else for (let u = 1; u < x.length; u++) x[u] = w0 * x0[u] + w1 * x1[u] + w2 * x2[u] + w3 * x3[u];
}

const weights = new Float64Array(4);

/** Weights of the last `points` points (3 or 4) in the polynomial through them. @param w [4] written */
export function predictionWeights(
  time: number,
  t: Float64Array,
  points: number,
  w: Float64Array,
): void {
  const a = time - t[0];
  const b = time - t[1];
  const c = time - t[2];
  const ab = t[0] - t[1];
  const ac = t[0] - t[2];
  const bc = t[1] - t[2];
  w[0] = (b * c) / (ab * ac);
  w[1] = -(a * c) / (ab * bc);
  w[2] = (a * b) / (ac * bc);
  w[3] = 0;
  if (points < 4) return;
  const d = time - t[3];
  const ad = t[0] - t[3];
  const bd = t[1] - t[3];
  const cd = t[2] - t[3];
  w[0] *= d / ad;
  w[1] *= d / bd;
  w[2] *= d / cd;
  w[3] = -(a * b * c) / (ad * bd * cd);
}

/**
 * Weights of the last three points for the slope at the newest one, of the parabola through them;
 * not a number without three points.
 *
 * @param weights [3] written
 */
export function slopeWeights({ count, time: t }: StepHistory, weights: Float64Array): void {
  if (count < 3) {
    weights.fill(NaN);
    return;
  }
  const h = t[0] - t[1];
  const g = t[1] - t[2];
  // (x0 − x1)/h + h/(h + g)·((x0 − x1)/h − (x1 − x2)/g)
  const near = (1 + h / (h + g)) / h;
  const far = h / (h + g) / g;
  weights[0] = near;
  weights[1] = -near - far;
  weights[2] = far;
}
