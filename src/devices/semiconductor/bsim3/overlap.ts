/**
 * Charge [C] between the gate and the overlapped part of drain or source, at the voltage `v` of
 * the gate against it; manual, overlap capacitance. `fixed` is the constant capacitance, `light` that of
 * the lightly doped part, which fades as it depletes (`ckappa`).
 */
export function overlapCharge(
  capmod: number,
  fixed: number,
  light: number,
  ckappa: number,
  v: number,
): number {
  if (capmod === 0) return fixed * v;
  if (capmod === 1) {
    const depleted = 0.5 * ckappa * (1 - Math.sqrt(1 - (4 * Math.min(v, 0)) / ckappa));
    return fixed * v + light * (v < 0 ? depleted : v);
  }
  const x = v + 0.02;
  const negative = 0.5 * (x - Math.sqrt(x * x + 0.08));
  const root = Math.sqrt(1 - (4 * negative) / ckappa);
  return (fixed + light) * v - light * (negative + 0.5 * ckappa * (root - 1));
}
