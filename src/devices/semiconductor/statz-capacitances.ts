/**
 * Capacitances [F] between gate and source, and gate and drain, of a MESFET. Statz, Newman, Smith,
 * Pucel and Haus, IEEE TED 34(2), 160, 1987, (12) … (17): square roots of width 1/α and 0.2 V make
 * them symmetrical in drain and source, and even at the pinch-off voltage. They are the derivatives
 * of one charge of the gate by vgs and vgd.
 *
 * `cgs` and `cgd` are those at zero bias [F]. From 0.5 V on that of the gate stays, as in the paper,
 * or from fc·pb where that would be beyond the built-in potential pb.
 */
export function statzCapacitances(
  vgs: number,
  vgd: number,
  vto: number,
  alpha: number,
  pb: number,
  fc: number,
  cgs: number,
  cgd: number,
): { gs: number; gd: number } {
  const root = Math.sqrt((vgs - vgd) ** 2 + 1 / (alpha * alpha));
  const larger = 0.5 * (vgs + vgd + root);
  const overPinchOff = Math.sqrt((larger - vto) ** 2 + 0.04);
  const effective = 0.5 * (larger + vto + overPinchOff);
  const open = 0.5 * (1 + (larger - vto) / overPinchOff);
  const most = pb > 0.5 ? 0.5 : fc * pb;
  const depletion = (cgs * open) / Math.sqrt(1 - Math.min(effective, most) / pb);
  // How much of the larger voltage is that of the source, and of the drain.
  const source = 0.5 * (1 + (vgs - vgd) / root);
  const drain = 0.5 * (1 - (vgs - vgd) / root);
  return { gs: depletion * source + cgd * drain, gd: depletion * drain + cgd * source };
}
