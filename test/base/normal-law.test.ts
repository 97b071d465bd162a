import { describe, expect, it } from 'vitest';
import { normalProbability, normalQuantile } from '../../src/base/index.js';

/** Values of scipy 1.17 (scipy.stats.norm.cdf, ppf). */
const probabilities: readonly [x: number, p: number][] = [
  [-10, 7.61985302416047e-24],
  [-7.2, 3.010627981117422e-13],
  [-5, 2.866515718791933e-7],
  [-3, 0.0013498980316300933],
  [-0.2, 0.42074029056089696],
  [0, 0.5],
  [1.7, 0.955434537241457],
  [6, 0.9999999990134123],
];
const quantiles: readonly [p: number, x: number][] = [
  [1e-300, -37.0470962993612],
  [1e-20, -9.262340089798409],
  [1e-5, -4.264890793922825],
  [0.01, -2.3263478740408408],
  [0.07, -1.4757910281791706],
  [0.5, 0],
  [0.6, 0.2533471031357997],
  [0.999, 3.090232306167813],
];

describe('the normal law', () => {
  it.each(probabilities)('lies below %d with its probability', (x, p) => {
    expect(Math.abs(normalProbability(x) - p)).toBeLessThan(1e-15 + 1e-7 * Math.min(p, 1e-9));
  });

  it.each(quantiles)('has its quantile at %d', (p, x) => {
    expect(Math.abs(normalQuantile(p) - x)).toBeLessThanOrEqual(1e-14 * Math.max(Math.abs(x), 1));
  });

  it('goes there and back', () => {
    for (let p = 0.001; p < 1; p += 0.001)
      expect(normalProbability(normalQuantile(p))).toBeCloseTo(p, 14);
  });

  it('is finite where a law ends', () => {
    expect(Number.isFinite(normalQuantile(0))).toBe(true);
    expect(Number.isFinite(normalQuantile(1))).toBe(true);
  });
});
