/**
 * sinh(x) up to |x| = 80, and its tangent from there on: what Newton throws far out stays finite,
 * also squared. No device works there.
 */
export function boundedSinh(x: number): number {
  const limit = 80;
  const inside = Math.min(Math.max(x, -limit), limit);
  return Math.sinh(inside) + Math.cosh(inside) * (x - inside);
}
