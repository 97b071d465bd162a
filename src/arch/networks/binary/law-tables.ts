/**
 * Laws of weak-RESET devices as tables of their quantiles: entry k is the value at the probability
 * (k + ½)/2¹⁴, so that 14 random bits make a number. The ends of unlimited laws are at ±4.0 standard
 * deviations, or 10.4 mean values of an exponential law.
 */
import { normalProbability, normalQuantile } from '../../../base/index.js';
import { truncatedExponential } from '../../../devices/memristive/truncated-laws.js';
import { weakResetSpread } from '../../../devices/memristive/weak-reset-table.js';

export const lawBits = 14;
export const lawLength = 1 << lawBits;

/** Middle of the k-th of equal parts of (0, 1). */
const middle = (k: number): number => (k + 0.5) / lawLength;

function tableOf(quantile: (probability: number) => number): Float32Array {
  return Float32Array.from({ length: lawLength }, (_, k) => quantile(middle(k)));
}

/** Standard normal, scaled so that the table's variance is 1; or uniform in (0, 1). */
export function whiteTable(noise: 'printed' | 'program'): Float32Array {
  if (noise === 'program') return tableOf((p) => p);
  const raw = Float64Array.from({ length: lawLength }, (_, k) => normalQuantile(middle(k)));
  const variance = raw.reduce((sum, z) => sum + z * z, 0) / lawLength;
  return Float32Array.from(raw, (z) => z / Math.sqrt(variance));
}

/** Device parameters by table; r0 as ln(R₀/mean of R₀). */
export const tabledParameters = ['m1', 'c1', 'tstar', 'm2', 'r0'] as const;
export type TabledParameter = (typeof tabledParameters)[number];

/** Table I, with the ends of the authors' program (`truncated`) or without (`printed`). */
export function parameterTables(
  spread: 'truncated' | 'printed',
): Record<TabledParameter, Float32Array> {
  const { m1, c1, tstar, m2, r0 } = weakResetSpread;
  const whole = spread === 'printed';
  const normal = (mean: number, sigma: number, least: number, most: number) => {
    const below = whole ? 0 : normalProbability((least - mean) / sigma);
    const above = whole ? 1 : normalProbability((most - mean) / sigma);
    return (p: number) => mean + sigma * normalQuantile(below + p * (above - below));
  };
  const knee = normal(
    0,
    tstar.sigma,
    Math.log(tstar.least / tstar.median),
    Math.log(tstar.most / tstar.median),
  );
  const resistance = normal(r0.mean, r0.sigma, r0.least, r0.most);
  const growth =
    ({ offset, scale, most }: typeof m1 | typeof m2) =>
    (p: number) =>
      truncatedExponential(p, offset, scale, whole ? Infinity : most);
  return {
    m1: tableOf(growth(m1)),
    c1: tableOf(normal(c1.mean, c1.sigma, c1.least, c1.most)),
    tstar: tableOf((p) => tstar.median * Math.exp(knee(p))),
    m2: tableOf(growth(m2)),
    r0: tableOf((p) => Math.log(resistance(p) / r0.mean)),
  };
}
