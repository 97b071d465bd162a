/**
 * ∫ S df between two frequencies, S following a power law through its values there: exact for white
 * noise, for flicker noise and on the slopes of filters. As ngspice integrates noise.
 *
 *     S = a·f^b,   b = ln(S₁/S₀) / ln(f₁/f₀),   ∫ = S₀·f₀·((f₁/f₀)^(b+1) − 1)/(b + 1)
 *
 * @param f0, f1 ascending frequencies [Hz]
 * @param s0, s1 densities there, not negative
 */
export function powerLawIntegral(f0: number, s0: number, f1: number, s1: number): number {
  // No power law goes through zero.
  if (f0 <= 0 || s0 <= smallest || s1 <= smallest) return ((s0 + s1) / 2) * (f1 - f0);
  const span = Math.log(f1 / f0);
  const slope = Math.log(s1 / s0) / span + 1;
  const growth = slope * span;
  // (eᵍ − 1)/g is 1 where g is zero.
  return s0 * f0 * span * (growth === 0 ? 1 : Math.expm1(growth) / growth);
}

const smallest = 1e-300;
