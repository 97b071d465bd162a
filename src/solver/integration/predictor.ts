import type { StepHistory } from './step-history.js';

/**
 * Newton's first guess at `time`: the polynomial through the last accepted points, of degree 2 if
 * there are three since the restart, in Lagrange's form.
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
  predictionWeights(time, t, weights);
  const w0 = weights[0];
  const w1 = weights[1];
  const w2 = weights[2];
  for (let u = 1; u < x.length; u++) x[u] = w0 * past[0][u] + w1 * past[1][u] + w2 * past[2][u];
}

const weights = new Float64Array(3);

/** Weights of the last three points in the parabola through them. @param w [3] written */
export function predictionWeights(time: number, t: Float64Array, w: Float64Array): void {
  w[0] = ((time - t[1]) * (time - t[2])) / ((t[0] - t[1]) * (t[0] - t[2]));
  w[1] = ((time - t[0]) * (time - t[2])) / ((t[1] - t[0]) * (t[1] - t[2]));
  w[2] = ((time - t[0]) * (time - t[1])) / ((t[2] - t[0]) * (t[2] - t[1]));
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
