/**
 * Capacitances [F] between gate and source, and gate and drain, of Parker and Skellern's model
 * (IEEE TMTT 45(9), 1563, 1997): the derivatives by vgs and vgd of one charge of the gate, that of
 * Statz with a part `xc` of the capacitance left at pinch-off, and with `acgam` of the drain.
 *
 * `softness` [V²] rounds the exchange of drain and source; `corner` [V] is where the junction of the
 * potential `pb` becomes linear; `cgs` and `cgd` are the capacitances at zero bias [F].
 */
export function parkerCapacitances(
  vgs: number,
  vgd: number,
  vto: number,
  softness: number,
  pb: number,
  corner: number,
  xc: number,
  acgam: number,
  cgs: number,
  cgd: number,
): { gs: number; gd: number } {
  const vds = vgs - vgd;
  const root = Math.sqrt(vds * vds + softness);
  const effective = 0.5 * (vgs + vgd + root) + acgam * vds;
  const over = (1 - xc) * (effective - vto);
  const overRoot = Math.sqrt(over * over + 0.04);
  const junction = effective + 0.5 * (overRoot - over);
  const open = 0.5 * (1 + xc + ((1 - xc) * over) / overRoot);
  const beyond = 1 + (0.5 * Math.max(junction - corner, 0)) / (pb - corner);
  const depletion = (cgs * open * beyond) / Math.sqrt(1 - Math.min(junction, corner) / pb);
  const source = 0.5 * (1 + vds / root);
  const drain = 0.5 * (1 - vds / root);
  return {
    gs: depletion * (source + acgam) + cgd * (drain + acgam),
    gd: depletion * (drain - acgam) + cgd * (source - acgam),
  };
}
