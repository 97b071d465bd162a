import type { WeakResetArray } from './weak-reset-array.js';

/**
 * Gaps of the first `devices` devices over their next `pulses` pulses, one after the other: for each
 * device an array of `pulses` + 1 values, the first one before any pulse.
 */
export function gapTrajectories(
  array: WeakResetArray,
  pulses: number,
  devices = array.count,
): Float64Array[] {
  const rows = Array.from({ length: devices }, () => new Float64Array(pulses + 1));
  const gaps = new Float64Array(devices);
  for (let t = 0; t <= pulses; t++) {
    if (t > 0) array.apply(1, 0, devices);
    array.readGaps(gaps, 0, devices);
    rows.forEach((row, i) => (row[t] = gaps[i]));
  }
  return rows;
}

/** Changes from pulse to pulse of all trajectories together. */
export function increments(rows: readonly Float64Array[]): Float64Array {
  const length = rows.reduce((sum, row) => sum + Math.max(row.length - 1, 0), 0);
  const all = new Float64Array(length);
  let k = 0;
  for (const row of rows) for (let t = 1; t < row.length; t++) all[k++] = row[t] - row[t - 1];
  return all;
}

/** The value below which a part of sorted numbers lies, with straight lines between them. */
export function quantile(sorted: Float64Array, part: number): number {
  const at = part * (sorted.length - 1);
  const k = Math.min(Math.floor(at), sorted.length - 2);
  return sorted[k] + (at - k) * (sorted[k + 1] - sorted[k]);
}

/** Mean of Pearson's correlation over all pairs of trajectories of equal length. */
export function meanCorrelation(rows: readonly Float64Array[]): number {
  // Σ over pairs of z·z' = (|Σ z|² − Σ |z|²)/2, with each z of mean 0 and length 1.
  const n = rows.length;
  const sum = new Float64Array(rows[0].length);
  for (const row of rows) {
    const mean = average(row);
    let square = 0;
    for (const value of row) square += (value - mean) ** 2;
    const scale = 1 / Math.sqrt(square);
    row.forEach((value, t) => (sum[t] += (value - mean) * scale));
  }
  const whole = sum.reduce((total, value) => total + value * value, 0);
  return (whole - n) / (n * (n - 1));
}

export function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
