/**
 * Charges [C] of gate, bulk and drain of a MOS transistor in forward mode; the source has what is
 * left. Level-1 channel (threshold constant along it), divided as Ward and Dutton do, IEEE JSSC
 * 13(5), 1978; closed forms as in Tsividis, "Operation and Modeling of the MOS Transistor", sec. 6.
 * With a = vgst and b = a − min(vds, a):
 *
 *     Qdrain + Qsource = −2/3·Cox·(a² + ab + b²)/(a + b)
 *     Qdrain = −Cox·(4a³ + 8a²b + 12ab² + 6b³)/(15(a + b)²)
 *     Qbulk  = −Cox·γ·s in inversion; depletion below the threshold; −Cox·(vgb − vfb) in accumulation
 *
 * `root` is s = √(φ − vbs), `oxide` is Cox, the capacitance of the whole channel [F].
 */
export function wardDuttonCharges(
  vgst: number,
  vds: number,
  root: number,
  gamma: number,
  oxide: number,
): { gate: number; bulk: number; drain: number } {
  // Gate to bulk over flat band, such that the bulk's charge is continuous at the threshold.
  const band = vgst + gamma * root + root * root;
  // A gamma of zero would leave nothing to divide by.
  const gamma2 = Math.max(gamma * gamma, 1e-12);
  const depletion = (2 * band) / (1 + Math.sqrt(1 + (4 * band) / gamma2));
  let bulk = -oxide * gamma * root;
  if (band <= 0) bulk = -oxide * band;
  else if (vgst <= 0) bulk = -oxide * depletion;

  const a = vgst;
  const b = a - Math.min(vds, a);
  const sum = a + b;
  const inversion = ((-2 / 3) * oxide * (a * a + a * b + b * b)) / sum;
  const share =
    (-oxide * (4 * a ** 3 + 8 * a * a * b + 12 * a * b * b + 6 * b ** 3)) / (15 * sum * sum);
  const channel = vgst > 0 ? inversion : 0;
  return { gate: -channel - bulk, bulk, drain: vgst > 0 ? share : 0 };
}
