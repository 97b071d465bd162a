/**
 * Charge [C] of a junction's depletion layer at voltage `v` [V].
 *
 * `c0` is the capacitance at zero bias [F], `vj` the built-in potential [V], `m` the grading
 * coefficient. From fc·vj on the capacitance goes on along its tangent (Nagel, UCB/ERL M520, 1975):
 *
 *     C(v) = c0·(1 − v/vj)^−m                                v < fc·vj
 *     C(v) = c0·(1 − fc)^−(1+m)·(1 − fc·(1 + m) + m·v/vj)    otherwise
 */
export function depletionCharge(v: number, c0: number, vj: number, m: number, fc: number): number {
  const corner = fc * vj;
  const a = 1 - v / vj;
  // a^(1 − m); abrupt junctions are common, and a root costs less than two functions.
  const power = m === 0.5 ? Math.sqrt(a) : Math.exp((1 - m) * Math.log(a));
  const below = (c0 * vj * (1 - power)) / (1 - m);

  const log = Math.log(1 - fc);
  const f1 = (vj * (1 - Math.exp((1 - m) * log))) / (1 - m);
  const f2 = Math.exp((1 + m) * log);
  const f3 = 1 - fc * (1 + m);
  const above = c0 * (f1 + (f3 * (v - corner) + (m / (2 * vj)) * (v * v - corner * corner)) / f2);
  return v < corner ? below : above;
}
