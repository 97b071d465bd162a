/**
 * Drain current over beta of a field-effect transistor, without channel-length modulation [V^q]:
 * Parker and Skellern, IEEE TMTT 45(9), 1563, 1997.
 *
 *     vgt = vst·ln(1 + exp(vgst/vst))                        subthreshold conduction
 *     vdp = vds·(p/q)·(vgt/(pb − vto))^(p − q)               two power laws
 *     vsat = vgt/(1 + vgt/(mxi·vgt + xi·(pb − vto)))         early saturation
 *     vdt between 0 and vsat, a hyperbola of sharpness z in vdp
 *     i = vgt^q − (vgt − vdt)^q
 *
 * `vst` is that at this vds and may be 0; `width` is xi·(pb − vto), `slope` (p/q)/(pb − vto)^(p − q).
 */
export function parkerChannel(
  vgst: number,
  vds: number,
  vst: number,
  p: number,
  q: number,
  z: number,
  mxi: number,
  width: number,
  slope: number,
): number {
  if (vgst <= -10 * vst) return 0;
  const far = vgst > 40 * vst;
  const vgt = far ? vgst : vst * Math.log(1 + Math.exp(vgst / vst));
  const vdp = vds * slope * vgt ** (p - q);
  const vsat = vgt / (1 + vgt / (mxi * vgt + width));
  const knee = (vsat * vsat * z) / 4;
  const middle = 0.5 * Math.sqrt(1 + z) * vdp;
  const vdt =
    Math.sqrt((middle + vsat / 2) ** 2 + knee) - Math.sqrt((middle - vsat / 2) ** 2 + knee);
  const left = (vgt - vdt) ** (q - 1);
  return vdt * left + vgt * (vgt ** (q - 1) - left);
}
