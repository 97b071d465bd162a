/** What a sample says of what it was drawn from, with confidence intervals. */
import {
  betaProbability,
  betaQuantile,
  chiSquareQuantile,
  studentQuantile,
} from './distributions.js';

/** An estimate and the interval that covers the true value with the chosen confidence. */
export interface Estimate {
  readonly value: number;
  /** Undefined where the sample is too small to tell. */
  readonly interval?: readonly [low: number, high: number];
}

export interface Quantile extends Estimate {
  readonly probability: number;
}

/** Within limits or not. */
export interface Yield extends Estimate {
  readonly passed: number;
  readonly of: number;
}

export interface Summary {
  /** Values in the sample. */
  readonly count: number;
  /** Runs without a value. */
  readonly missing: number;
  /** Absent if the sample is empty. */
  readonly mean?: Estimate;
  /** Absent for a single value. */
  readonly sigma?: Estimate;
  readonly min?: number;
  readonly max?: number;
  readonly quantiles: readonly Quantile[];
}

/** What a measure has to keep; a bound that is absent holds always. */
export interface Limits {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Of the intervals. */
export const confidence = 0.95;
const probabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

/**
 * Mean by Student's t and standard deviation by χ² (both as for a normal sample), quantiles by
 * interpolation between neighbours, with distribution-free intervals from order statistics.
 * `missing` runs have no value.
 */
export function summarize(values: readonly number[], missing = 0): Summary {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  if (n === 0) return { count: 0, missing, quantiles: [] };
  // Shifted by a value of the sample, so that large equal parts do not cost digits.
  const mean = sorted[0] + sorted.reduce((sum, x) => sum + (x - sorted[0]), 0) / n;
  const quantiles = probabilities.map((p) => quantileOf(sorted, p));
  const ends = { min: sorted[0], max: sorted[n - 1] };
  if (n === 1) return { count: n, missing, mean: { value: mean }, ...ends, quantiles };
  const sigma = Math.sqrt(sorted.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1));
  const tail = (1 - confidence) / 2;
  const half = (studentQuantile(1 - tail, n - 1) * sigma) / Math.sqrt(n);
  const spread = (p: number): number => sigma * Math.sqrt((n - 1) / chiSquareQuantile(p, n - 1));
  return {
    count: n,
    missing,
    mean: { value: mean, interval: [mean - half, mean + half] },
    sigma: { value: sigma, interval: [spread(1 - tail), spread(tail)] },
    ...ends,
    quantiles,
  };
}

/** The part within limits, with the interval of Clopper and Pearson, Biometrika 26, 404 (1934). */
export function yieldOf(passed: number, of: number): Yield {
  const tail = (1 - confidence) / 2;
  const low = passed === 0 ? 0 : betaQuantile(tail, passed, of - passed + 1);
  const high = passed === of ? 1 : betaQuantile(1 - tail, passed + 1, of - passed);
  return { passed, of, value: passed / of, interval: [low, high] };
}

export function isWithin(value: number | null, { atLeast, atMost }: Limits): boolean {
  if (value === null) return false;
  return value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
}

function quantileOf(sorted: Float64Array, probability: number): Quantile {
  const n = sorted.length;
  const place = (n - 1) * probability;
  const below = Math.floor(place);
  const above = Math.min(below + 1, n - 1);
  const value = sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  const [low, high] = ranks(n, probability);
  if (low < 1 || high > n) return { probability, value };
  return { probability, value, interval: [sorted[low - 1], sorted[high - 1]] };
}

/** The k-th value of n lies below the quantile with probability I_p(k, n − k + 1), falling in k. */
function ranks(n: number, probability: number): readonly [number, number] {
  const tail = (1 - confidence) / 2;
  const firstBelow = (limit: number): number => {
    let [low, high] = [0, n + 1];
    while (high - low > 1) {
      const k = (low + high) >> 1;
      if (betaProbability(probability, k, n - k + 1) < limit) high = k;
      else low = k;
    }
    return high;
  };
  return [firstBelow(1 - tail) - 1, firstBelow(tail)];
}
