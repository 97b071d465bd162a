import { describe, expect, test } from 'vitest';
import { gaussian } from '../../src/base/index.js';
import { isWithin, summarize, yieldOf } from '../../src/jobs/index.js';
import {
  betaProbability,
  betaQuantile,
  chiSquareQuantile,
  gammaProbability,
  logGamma,
  studentQuantile,
} from '../../src/jobs/distributions.js';

describe('distributions', () => {
  // Tables in every book, such as NIST/SEMATECH e-Handbook, section 1.3.6.7.
  test('quantiles of tables', () => {
    expect(studentQuantile(0.975, 9)).toBeCloseTo(2.262, 3);
    expect(studentQuantile(0.95, 1)).toBeCloseTo(6.314, 3);
    expect(studentQuantile(0.975, 1e6)).toBeCloseTo(1.96, 3);
    expect(chiSquareQuantile(0.975, 9)).toBeCloseTo(19.023, 3);
    expect(chiSquareQuantile(0.025, 100)).toBeCloseTo(74.222, 3);
  });

  // Closed forms: Γ(1/2) = √π, Γ(7) = 720, P(1, x) = 1 − e^−x, I_x(1, b) = 1 − (1 − x)^b,
  // I_x(2, 3) = 6x² − 8x³ + 3x⁴.
  test('functions with closed forms', () => {
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
    expect(logGamma(7)).toBeCloseTo(Math.log(720), 12);
    for (const x of [0.1, 1, 3, 20])
      expect(gammaProbability(1, x)).toBeCloseTo(-Math.expm1(-x), 13);
    for (const x of [0.05, 0.5, 0.93]) {
      expect(betaProbability(x, 1, 7)).toBeCloseTo(1 - (1 - x) ** 7, 13);
      expect(betaProbability(x, 2, 3)).toBeCloseTo(6 * x ** 2 - 8 * x ** 3 + 3 * x ** 4, 13);
    }
    expect(betaQuantile(0.5, 1, 1)).toBeCloseTo(0.5, 13);
  });
});

describe('summarize', () => {
  test('a sample by hand', () => {
    const { mean, sigma, min, max, quantiles, count, missing } = summarize([1, 2, 3, 4, 5], 2);
    expect([count, missing, min, max, mean?.value]).toEqual([5, 2, 1, 5, 3]);
    expect(sigma?.value).toBeCloseTo(Math.sqrt(2.5), 14);
    // t(0.975, 4) = 2.776445.
    expect(mean?.interval?.[1]).toBeCloseTo(3 + (2.776445 * Math.sqrt(2.5)) / Math.sqrt(5), 5);
    expect(quantiles.find(({ probability }) => probability === 0.5)?.value).toBe(3);
    // The median's interval would need six values: 2·(1/2)^5 > 5 %.
    expect(quantiles.every(({ interval }) => interval === undefined)).toBe(true);
  });

  test('nothing and one value', () => {
    expect(summarize([], 3)).toEqual({ count: 0, missing: 3, quantiles: [] });
    expect(summarize([7]).sigma).toBeUndefined();
  });

  test('large equal parts cost no digits', () => {
    expect(summarize([1e12 + 1, 1e12 + 2, 1e12 + 3]).sigma?.value).toBe(1);
  });

  test('intervals cover the true values as often as they say', () => {
    let [mean, sigma, median] = [0, 0, 0];
    const samples = 2000;
    for (let run = 0; run < samples; run++) {
      const values = Array.from({ length: 25 }, (_, event) =>
        gaussian({ seed: 5, run, instance: '', draw: 'cover', event }),
      );
      const found = summarize(values);
      const covers = (interval: readonly [number, number] | undefined, value: number): number =>
        interval && interval[0] <= value && value <= interval[1] ? 1 : 0;
      mean += covers(found.mean?.interval, 0);
      sigma += covers(found.sigma?.interval, 1);
      median += covers(found.quantiles[3].interval, 0);
    }
    // 95 % within five standard errors, √(0.05·0.95/2000) = 0.49 %.
    expect(Math.abs(mean / samples - 0.95)).toBeLessThan(0.0245);
    expect(Math.abs(sigma / samples - 0.95)).toBeLessThan(0.0245);
    // Of order statistics at least as often: for n = 25 ranks 8 and 18 give 95.67 % by the binomial.
    expect(Math.abs(median / samples - 0.9567)).toBeLessThan(0.0245);
  });
});

describe('yield', () => {
  // Clopper and Pearson: 1 − 0.025^(1/n) where all pass; 8 of 10 has [0.4439, 0.9748].
  test('interval', () => {
    expect(yieldOf(100, 100).interval?.[0]).toBeCloseTo(0.025 ** 0.01, 10);
    expect(yieldOf(100, 100).interval?.[1]).toBe(1);
    const [low, high] = yieldOf(8, 10).interval!;
    expect([low, high]).toEqual([expect.closeTo(0.4439, 4), expect.closeTo(0.9748, 4)]);
    expect(yieldOf(0, 10).interval).toEqual([0, expect.closeTo(1 - 0.025 ** 0.1, 10)]);
  });

  test('limits', () => {
    expect(isWithin(1, { atLeast: 1, atMost: 1 })).toBe(true);
    expect(isWithin(1, { atLeast: 1.1 })).toBe(false);
    expect(isWithin(null, {})).toBe(false);
  });
});
