/** From 0 (x ≤ 0) to 1 (x ≥ 1), once differentiable. */
export function smoothStep(x: number): number {
  const z = Math.min(Math.max(x, 0), 1);
  return z * z * (3 - 2 * z);
}
