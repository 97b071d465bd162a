/**
 * Charge of the overlap of gate and source, or gate and drain, per finger: constant, and the part
 * over the lightly doped region that depletes. BSIM4.8.0 manual, section 7.5.
 *
 * @param v gate against source or drain [V]
 * @param fixed constant capacitance [F]
 * @param light capacitance over the lightly doped region [F]
 */
export function overlapCharge(
  v: number,
  capmod: number,
  fixed: number,
  light: number,
  ckappa: number,
): number {
  if (capmod === 0) return fixed * v;
  const shifted = v + 0.02;
  const depleting = 0.5 * (shifted - Math.sqrt(shifted * shifted + 0.08));
  const root = Math.sqrt(1 - (4 * depleting) / ckappa);
  return (fixed + light) * v - light * (depleting + 0.5 * ckappa * (root - 1));
}
