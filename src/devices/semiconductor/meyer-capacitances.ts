/**
 * Capacitances [F] between gate and source, drain and bulk of a MOS transistor in forward mode.
 * Meyer, RCA Review 32, 1971, in the form of SPICE 2 and ngspice 39: the saturation voltage is at
 * least 25 mV, and the drain takes its share below the threshold too.
 *
 * `vgst` is the gate voltage over the threshold, `phi` the surface potential, `oxide` the
 * capacitance of the whole channel [F].
 */
export function meyerCapacitances(
  vgst: number,
  vds: number,
  vdsat: number,
  phi: number,
  oxide: number,
): { gs: number; gd: number; gb: number } {
  let gb = 0;
  if (vgst <= -phi) gb = oxide;
  else if (vgst <= 0) gb = (-vgst * oxide) / phi;

  let channel = 0;
  if (vgst > 0) channel = (2 / 3) * oxide;
  else if (vgst > -phi / 2) channel = (vgst * oxide) / (0.75 * phi) + (2 / 3) * oxide;

  const saturation = Math.max(vdsat, 0.025);
  const width = 2 * saturation - vds;
  const source = vds < saturation ? 1 - ((saturation - vds) / width) ** 2 : 1;
  const drain = vds < saturation ? 1 - (saturation / width) ** 2 : 0;
  return { gs: channel * source, gd: channel * drain, gb };
}
