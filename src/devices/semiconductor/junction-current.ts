/**
 * Current [A] of a p-n junction at voltage `v` with saturation current `is`, without gmin; `vt` is
 * kT/q times the emission coefficient [V]. Beyond three of them in reverse it follows a cube, which
 * meets the exponential with its slope, as in SPICE 3 and ngspice.
 *
 *     i = is·(exp(v/vt) − 1)              v ≥ −3·vt
 *     i = −is·(1 + (3·vt/(e·v))³)         otherwise
 */
export function junctionCurrent(
  boundedExponential: (x: number) => number,
  v: number,
  is: number,
  vt: number,
): number {
  const reverse = (3 * vt) / (v * Math.E);
  return is * (v >= -3 * vt ? boundedExponential(v / vt) - 1 : -1 - reverse ** 3);
}

/** The same, but −is beyond three vt in reverse: it steps there by 5 % of that, as in SPICE 2. */
export function flatJunctionCurrent(
  boundedExponential: (x: number) => number,
  v: number,
  is: number,
  vt: number,
): number {
  return v > -3 * vt ? is * (boundedExponential(v / vt) - 1) : -is;
}
