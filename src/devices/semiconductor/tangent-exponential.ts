/**
 * exp(x) from −10 on and below it nothing, above 40 its tangent: the diodes of Parker and Skellern's
 * model in ngspice 39.
 */
export function tangentExponential(x: number): number {
  const e = Math.exp(Math.min(x, 40));
  if (x <= -10) return 0;
  return x < 40 ? e : e * (1 + x - 40);
}
