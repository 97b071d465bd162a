import { describe, expect, it } from 'vitest';
import { fitMeanCurve, gapTrajectories, meanGap, WeakResetArray } from '../../../src/arch/index.js';

describe('the fit of the mean curve (row M3)', () => {
  it('finds a curve without noise exactly', () => {
    const gaps = Float64Array.from({ length: 2001 }, (_, t) => meanGap(t, 7e-4, 0.01, 540, 3e-5));
    const fit = fitMeanCurve(gaps);
    expect(fit.tstar).toBe(540);
    expect(fit.m1 / 7e-4).toBeCloseTo(1, 9);
    expect(fit.m2 / 3e-5).toBeCloseTo(1, 7);
    expect(fit.c1).toBeCloseTo(0.01, 9);
  });

  it('finds any knee between two pulses within 10 %, m1 within 5 %', () => {
    const array = new WeakResetArray(200, { telegraph: 'none', pink: false, seed: 2 });
    gapTrajectories(array, 2500).forEach((gaps, i) => {
      const { m1, tstar, m2 } = array.parameters(i);
      // Where both slopes are alike, there is no knee to find.
      if (m2 > 0.7 * m1) return;
      const fit = fitMeanCurve(gaps);
      expect(Math.abs(fit.tstar / tstar - 1)).toBeLessThan(0.1);
      expect(Math.abs(fit.m1 / m1 - 1)).toBeLessThan(0.05);
    });
  });

  it('finds it within 30 % in pink noise, where the knee stands out', () => {
    const array = new WeakResetArray(300, { telegraph: 'none', seed: 3 });
    const rows = gapTrajectories(array, 2500);
    let seen = 0;
    rows.forEach((gaps, i) => {
      const { m1, tstar, m2 } = array.parameters(i);
      // The growth up to the knee is ten deviations (.035) of the noise.
      if ((m1 - m2) * tstar < 0.35 || tstar > 1800) return;
      seen++;
      const fit = fitMeanCurve(gaps);
      expect(Math.abs(fit.tstar / tstar - 1)).toBeLessThan(0.3);
      expect(Math.abs(fit.m1 / m1 - 1)).toBeLessThan(0.3);
    });
    expect(seen).toBeGreaterThan(50);
  });
});
