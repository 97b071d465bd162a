import type { Bsim3Binned, Bsim3Card } from './parameters.js';

/**
 * What follows from the card, the size and the temperature, without a bias. Manual, chapter 2 and
 * appendix B.1, also for what temperature does.
 *
 * Constants are those of the Berkeley code. The surface potential, and what is made of it, belong
 * to the nominal temperature there: kt1 has what temperature does to the threshold.
 */
export function processAt(
  p: Bsim3Card,
  b: Bsim3Binned,
  given: (parameter: string) => boolean,
  size: { leff: number; weff: number; leffCv: number; weffCv: number },
  temperature: number,
  shift: number,
  mobilityFactor: number,
): Bsim3Process {
  const epsilonOxide = 3.453133e-11;
  const epsilonSilicon = 1.03594e-10;
  const q = 1.60219e-19;
  const kOverQ = 8.617087e-5;
  const { leff, weff, leffCv, weffCv } = size;
  const { type, tox } = p;
  const cox = epsilonOxide / tox;
  // Unfavourable exponents stop at e^-34.
  const decay = (x: number): number => {
    const e = Math.exp(Math.max(x, -34));
    return e * (1 + 2 * e);
  };

  // Temperature.
  const nominal = p.tnom + 273.15;
  const rise = temperature / nominal - 1;
  const vtm = kOverQ * temperature;
  const vtm0 = kOverQ * nominal;
  const gap = (t: number): number => 1.16 - (7.02e-4 * t * t) / (t + 1108);
  const ni = 1.45e10 * (nominal / 300.15) ** 1.5 * Math.exp(21.5565981 - gap(nominal) / (2 * vtm0));
  const u0 = b.u0 > 1 ? b.u0 / 1e4 : b.u0;
  const resistance = (b.rdsw + b.prt * rise) / (weff * 1e6) ** b.wr;

  // Doping and surface potential. Large values are per m³; a body effect may stand for nch.
  const written = p.nch > 1e20 ? b.nch - p.nch * (1 - 1e-6) : b.nch;
  const nch =
    !given('nch') && given('gamma1') ? 3.021e22 * (b.gamma1 * cox) * (b.gamma1 * cox) : written;
  const phi = 2 * vtm0 * Math.log(nch / ni);
  const sqrtPhi = Math.sqrt(phi);
  const xdep0 = Math.sqrt((2 * epsilonSilicon) / (q * nch * 1e6)) * sqrtPhi;
  const vbi = vtm0 * Math.log((1e20 * nch) / (ni * ni));

  // Body effect: given, or by the doping (notes of appendix A).
  let { k1, k2 } = b;
  if (given('k1') || given('k2')) {
    if (!given('k1')) k1 = 0.53;
    if (!given('k2')) k2 = -0.0186;
  } else {
    const reach = phi - 7.7348e-4 * nch * b.xt * b.xt;
    const vbx = -Math.abs(given('vbx') ? b.vbx : reach);
    const vbm = -Math.abs(b.vbm);
    const gamma1 = given('gamma1') ? b.gamma1 : (5.753e-12 * Math.sqrt(nch)) / cox;
    const gamma2 = given('gamma2') ? b.gamma2 : (5.753e-12 * Math.sqrt(b.nsub)) / cox;
    const change = (gamma1 - gamma2) * (Math.sqrt(phi - vbx) - sqrtPhi);
    k2 = change / (2 * (Math.sqrt(phi * (phi - vbm)) - phi) + vbm);
    k1 = gamma2 - 2 * k2 * Math.sqrt(phi - vbm);
  }
  const k1ox = given('toxm') ? (k1 * tox) / p.toxm : k1;
  const k2ox = given('toxm') ? (k2 * tox) / p.toxm : k2;

  // The lowest bulk voltage, vbc; in version 3.0 by the other sign of k2.
  const first = p.version < 3.1;
  const turning = 0.9 * (phi - (0.5 * k1) ** 2 / (k2 * k2));
  const turns = first ? k2 > 0 : k2 < 0;
  const without = first ? -10 : -30;
  const lowest = turns ? Math.min(-3, Math.max(-30, turning)) : without;
  const byDoping = !given('k1') && !given('k2');
  const bound = Math.min(lowest, byDoping ? -Math.abs(b.vbm) : b.vbm);
  const vbsc = first ? lowest : bound;

  // Threshold and flat band follow from each other.
  const bandFromVth = type * b.vth0 - phi - k1 * sqrtPhi;
  let vfb = given('vth0') ? bandFromVth : -1;
  if (given('vfb')) vfb = b.vfb;
  const vth0 = given('vth0') ? type * b.vth0 : vfb + phi + k1 * sqrtPhi;

  // Characteristic length of the short-channel effects at vbs = 0, without body effect.
  const lengthScale = Math.sqrt((epsilonSilicon / epsilonOxide) * tox);
  const lt0 = lengthScale * Math.sqrt(xdep0);
  // These two exponents are not bounded.
  const barrier = (exponent: number): number => {
    const e = Math.exp((-0.5 * exponent * leff) / lt0);
    return e + 2 * e * e;
  };
  const narrow = (tox * phi) / (weff + b.w0);
  const lateral = k1ox * (Math.sqrt(1 + b.nlx / leff) - 1) * sqrtPhi;
  const byTemperature = (b.kt1 + b.kt1l / leff) * rise;

  // Flat band of the charges: from the threshold at vbs = vds = 0.
  const shortNarrow = b.dvt0w * decay((-0.5 * b.dvt1w * weff * leff) / lt0) * (vbi - phi);
  const short = b.dvt0 * decay((-0.5 * b.dvt1 * leff) / lt0) * (vbi - phi);
  const vthZero = vth0 - shortNarrow - short + b.k3 * narrow + lateral + byTemperature;

  // Gate: overlap and fringing capacitances (appendix A and chapter 4).
  const area = 0.6 * p.xj * cox;
  const overlap = (edge: number): number =>
    given('dlc') ? (p.dlc > 0 ? p.dlc * cox - edge : area) : area;
  const dwc = given('dwc') ? p.dwc : p.wint;
  const debye = Math.sqrt((epsilonSilicon * vtm0) / (q * nch * 1e6)) / 3;
  const ngate = p.ngate > 1e23 ? b.ngate - p.ngate * (1 - 1e-6) : b.ngate;

  return {
    vtm,
    cox,
    rise,
    phi,
    sqrtPhi,
    xdep0,
    builtIn: vbi - phi,
    k1ox,
    k2ox,
    vbsc,
    vfb: vfb + type * shift,
    vfbzb: vthZero - phi - k1 * sqrtPhi + type * shift,
    vth0: vth0 + type * shift,
    // The part of the threshold that no bias changes.
    vthFixed: vth0 + type * shift - k1 * sqrtPhi + b.k3 * narrow + lateral + byTemperature,
    vthByBody: b.k3b * narrow + b.kt2 * rise - k2ox,
    lengthScale,
    barrierLowering: barrier(b.dsub),
    thetaRout: b.pdiblc1 * barrier(b.drout) + b.pdiblc2,
    cdep0: Math.sqrt((q * epsilonSilicon * nch * 1e6) / 2 / phi),
    ngate,
    polyVoltage: (1e6 * q * epsilonSilicon * ngate) / (cox * cox),
    litl: Math.sqrt(3 * b.xj * tox),
    u0: u0 * (temperature / nominal) ** b.ute * mobilityFactor,
    ua: b.ua + b.ua1 * rise,
    ub: b.ub + b.ub1 * rise,
    uc: b.uc + b.uc1 * rise,
    vsat: b.vsat - b.at * rise,
    rds0: resistance,
    // Before 3.2 by the length of the current.
    abulkCv: 1 + (b.clc / (p.version < 3.2 ? leff : leffCv)) ** b.cle,
    coxWl: cox * weffCv * leffCv,
    debye,
    acde: b.acde * (nch / 2e16) ** -0.25,
    cgso: ((given('cgso') ? p.cgso : overlap(p.cgsl)) + b.cf) * weffCv,
    cgdo: ((given('cgdo') ? p.cgdo : overlap(p.cgdl)) + b.cf) * weffCv,
    cgbo: (given('cgbo') ? p.cgbo : 2 * dwc * cox) * leffCv,
    cgsl: b.cgsl * weffCv,
    cgdl: b.cgdl * weffCv,
  };
}

/** Voltages in V, lengths in m, capacitances in F (or F/m² where they are by area). */
export interface Bsim3Process {
  /** kT/q. */
  readonly vtm: number;
  /** Oxide capacitance by area. */
  readonly cox: number;
  /** T/Tnom − 1. */
  readonly rise: number;
  readonly phi: number;
  readonly sqrtPhi: number;
  readonly xdep0: number;
  /** Vbi − φ. */
  readonly builtIn: number;
  readonly k1ox: number;
  readonly k2ox: number;
  readonly vbsc: number;
  /** Flat band, of an n-channel transistor. */
  readonly vfb: number;
  /** Flat band of the charges at zero bias. */
  readonly vfbzb: number;
  readonly vth0: number;
  readonly vthFixed: number;
  readonly vthByBody: number;
  /** √(εsi/εox·tox), to be multiplied by the root of the depletion width. */
  readonly lengthScale: number;
  readonly barrierLowering: number;
  readonly thetaRout: number;
  readonly cdep0: number;
  readonly ngate: number;
  readonly polyVoltage: number;
  readonly litl: number;
  readonly u0: number;
  readonly ua: number;
  readonly ub: number;
  readonly uc: number;
  readonly vsat: number;
  readonly rds0: number;
  readonly abulkCv: number;
  /** Oxide capacitance of the whole channel. */
  readonly coxWl: number;
  readonly debye: number;
  readonly acde: number;
  readonly cgso: number;
  readonly cgdo: number;
  readonly cgbo: number;
  readonly cgsl: number;
  readonly cgdl: number;
}
