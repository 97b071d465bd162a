import type { Bsim3Binned, Bsim3Card } from './parameters.js';
import type { Bsim3Process } from './process.js';

type KeptAbove = (x: number, corner: number, floor: number) => number;

/**
 * Width under the gate's influence [m] and resistance of drain and source [Ω]; manual, B.1, effective
 * channel length and width, source/drain resistance.
 */
export function widthAndResistance(
  b: Bsim3Binned,
  c: Bsim3Process,
  weff: number,
  vgsteff: number,
  sqrtPhis: number,
  keptAbove: KeptAbove,
): { width: number; rds: number } {
  const body = sqrtPhis - c.sqrtPhi;
  const width = weff - 2 * (b.dwg * vgsteff + b.dwb * body);
  const factor = 1 + b.prwg * vgsteff + b.prwb * body;
  return { width: keptAbove(width, 2e-8, 1e-8), rds: c.rds0 * keptAbove(factor, 0.1, 0.05) };
}

/** Bulk charge factor Abulk (manual, bulk charge effect), and without the gate's influence, for the charges. */
export function bulkCharge(
  b: Bsim3Binned,
  c: Bsim3Process,
  leff: number,
  weff: number,
  vgsteff: number,
  vbseff: number,
  threshold: { sqrtPhis: number; xdep: number },
  keptAbove: KeptAbove,
): { abulk: number; abulk0: number } {
  const body = (0.5 * c.k1ox) / threshold.sqrtPhis;
  const reach = leff / (leff + 2 * Math.sqrt(b.xj * threshold.xdep));
  const abulk0 = 1 + body * (b.a0 * reach + b.b0 / (weff + b.b1));
  const abulk = abulk0 - body * b.ags * b.a0 * reach * reach * reach * vgsteff;
  const bulkBias = keptAbove(1 + b.keta * vbseff, 0.1, 0.05);
  return {
    abulk: keptAbove(abulk, 0.1, 0.05) / bulkBias,
    abulk0: keptAbove(abulk0, 0.1, 0.05) / bulkBias,
  };
}

/** Mobility in the field of the gate [m²/(V·s)]; manual, mobility model. */
export function mobility(
  p: Bsim3Card,
  c: Bsim3Process,
  vgsteff: number,
  vth: number,
  vbseff: number,
  keptAbove: KeptAbove,
): number {
  const field = (p.mobmod === 2 ? vgsteff : vgsteff + 2 * vth) / p.tox;
  const degradation =
    p.mobmod === 3
      ? field * (c.ua + c.ub * field) * (1 + c.uc * vbseff)
      : field * (c.ua + c.uc * vbseff + c.ub * field);
  return c.u0 / keptAbove(1 + degradation, 0.2, 0.1);
}

/** λ of a1 and a2, how far carriers at the drain are from saturation; manual, B.1, Vdsat. */
export function saturationFactor(b: Bsim3Binned, vgsteff: number): number {
  if (b.a1 === 0) return b.a2;
  if (b.a1 > 0) {
    const room = 1 - b.a2;
    const x = room - b.a1 * vgsteff - 1e-4;
    return b.a2 + room - 0.5 * (x + Math.sqrt(x * x + 4e-4 * room));
  }
  const x = b.a2 + b.a1 * vgsteff - 1e-4;
  return 0.5 * (x + Math.sqrt(x * x + 4e-4 * b.a2));
}

/**
 * Drain current and impact ionization [A]; manual, chapter 3, and B.1, drain saturation voltage,
 * effective Vds, drain current expression, substrate current.
 *
 * The roots of the published quadratics are written without the differences that cancel: Vdseff is
 * exactly zero at vds = 0, and Vdsat has no case of its own without resistance.
 */
export function channelCurrent(
  b: Bsim3Binned,
  c: Bsim3Process,
  leff: number,
  bias: { vgsteff: number; vds: number; vbseff: number },
  state: { abulk: number; width: number; rds: number; mobility: number; lambda: number },
  keptAbove: KeptAbove,
): { ids: number; isub: number; vdsat: number; vdseff: number } {
  const { vgsteff, vds, vbseff } = bias;
  const { abulk, width, rds, mobility: ueff, lambda } = state;

  // Saturation voltage Vdsat: of two roots the smaller one.
  const wvCox = width * c.vsat * c.cox;
  const wvCoxRds = wvCox * rds;
  const esatL = ((2 * c.vsat) / ueff) * leff;
  const vgst2vt = vgsteff + 2 * c.vtm;
  const k = 1 / lambda;
  const first = abulk * (abulk * wvCoxRds + k - 1);
  const second = vgst2vt * (2 * k - 1 + 3 * abulk * wvCoxRds) + abulk * esatL;
  const third = vgst2vt * (esatL + 2 * vgst2vt * wvCoxRds);
  const vdsat = (2 * third) / (second + Math.sqrt(second * second - 4 * first * third));

  // Effective drain voltage Vdseff.
  const gap = vdsat - vds - b.delta;
  const vdseff =
    (2 * vdsat * vds) / (vdsat + vds + b.delta + Math.sqrt(gap * gap + 4 * b.delta * vdsat));
  const beyond = vds - vdseff;

  // Early voltage: VAsat, VACLM (channel length), VADIBLC (barrier lowering), and Pvag (gate).
  const slope = 1 - (0.5 * abulk * vdsat) / vgst2vt;
  const vasat = (esatL + vdsat + 2 * wvCoxRds * vgsteff * slope) / (2 * k - 1 + wvCoxRds * abulk);
  const clm = (leff * (abulk + vgsteff / esatL) * beyond) / (b.pclm * abulk * c.litl);
  const dibl =
    (vgst2vt - (vgst2vt * abulk * vdsat) / (vgst2vt + abulk * vdsat)) /
    (c.thetaRout * keptAbove(1 + b.pdiblcb * vbseff, 0.1, 0.05));
  const vaclm = b.pclm > 0 ? clm : 5.834617425e14;
  const vadibl = c.thetaRout > 0 ? dibl : 5.834617425e14;
  const gate = keptAbove(1 + (b.pvag * vgsteff) / esatL, 0.1, 0.05);
  const va = vasat + (gate * vaclm * vadibl) / (vaclm + vadibl);

  // Current with resistance, in the linear region and beyond.
  const beta = (ueff * c.cox * width) / leff;
  const conductance =
    (beta * vgsteff * (1 - (0.5 * abulk * vdseff) / vgst2vt)) / (1 + vdseff / esatL);
  const linear = (conductance * vdseff) / (1 + conductance * rds);
  const saturated = linear * (1 + beyond / va);

  // Substrate current body effect: 1/VASCBE. The exponent stops at 34.
  const softness = Math.exp(-Math.min((b.pscbe1 * c.litl) / beyond, 34));
  const inverseScbe = b.pscbe2 > 0 ? (b.pscbe2 / leff) * softness : 1 / 5.834617425e14;
  const ids = saturated * (1 + beyond * inverseScbe);

  // Impact ionization Isub: of the current without that effect.
  const alpha = b.alpha0 + b.alpha1 * leff;
  const ionization = (alpha / leff) * beyond * Math.exp(-Math.min(b.beta0 / beyond, 34));
  const isub = alpha > 0 && b.beta0 > 0 ? ionization * saturated : 0;
  return { ids, isub, vdsat, vdseff };
}
