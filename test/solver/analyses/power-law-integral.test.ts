import { describe, expect, it } from 'vitest';
import { powerLawIntegral } from '../../../src/solver/analyses/power-law-integral.js';

describe('powerLawIntegral', () => {
  // ∫ f^b df = (f₁^(b+1) − f₀^(b+1))/(b+1), and ln(f₁/f₀) for b = −1.
  it.each([
    [0, 90],
    [-1, Math.log(10)],
    [-2, 0.09],
    [1.5, (100 ** 2.5 - 10 ** 2.5) / 2.5],
    [-1 + 1e-13, Math.log(10)],
  ])('is exact for f^%f', (b, expected) => {
    expect(powerLawIntegral(10, 10 ** b, 100, 100 ** b) / expected).toBeCloseTo(1, 11);
  });

  it('takes a straight line where there is no power law', () => {
    expect(powerLawIntegral(0, 2, 4, 6)).toBe(16);
    expect(powerLawIntegral(1, 0, 3, 1)).toBe(1);
    expect(powerLawIntegral(1, 0, 3, 0)).toBe(0);
  });
});
