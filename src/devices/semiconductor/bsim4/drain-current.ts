import type { binnedChannel } from './binned-channel.js';
import type { Bsim4Values, Given } from './bsim4-parameters.js';
import type { ChannelSetUp } from './channel-set-up.js';
import type { Dimensions } from './dimensions.js';
import type { LayoutEffects } from './layout-effects.js';
import type { Material } from './material.js';
import type { mobility as Mobility } from './mobility.js';
import type { Threshold } from './threshold.js';

/**
 * Current of the channel of one finger, and impact ionization.
 * BSIM4.8.0 manual, chapter 5 (drain current) and 6 (body current).
 *
 * Early voltages enter by their inverse, so that one that a parameter switches off is just zero.
 */
export function drainCurrent(
  p: Bsim4Values,
  b: ReturnType<typeof binnedChannel>,
  given: Given,
  m: Material,
  size: Dimensions,
  s: ChannelSetUp,
  effects: LayoutEffects,
  t: Threshold,
  toxp: number,
  vgsteff: number,
  vds: number,
  softMinimum: (value: number, limit: number, delta: number) => number,
  inverseOnePlus: (x: number) => number,
  keptAbove: (x: number, floor: number) => number,
  intermediate: (value: number) => number,
  mobility: typeof Mobility,
) {
  const { leff } = size;
  const { vbseff, rootPhis, vth } = t;
  const { litl } = s;
  const { vsattemp } = effects;

  // Width and series resistance of a finger.
  const body = rootPhis - s.rootPhi;
  const weff = keptAbove(size.weff - 2 * (b.dwg * vgsteff + b.dwb * body), 2e-8);
  let rds = 0;
  if (p.rdsmod === 0) {
    const bias = 1 / (1 + s.prwg * vgsteff) + b.prwb * body;
    rds = s.rdswmin + 0.5 * s.rds0 * (bias + Math.sqrt(bias * bias + 0.01));
  }

  // Bulk charge.
  const doping = (0.5 * s.k1ox * s.lpeBody) / rootPhis + effects.k2ox - b.k3b * s.narrowWidth;
  const along = leff / (leff + 2 * Math.sqrt(b.xj) * t.rootXdep);
  const spread = b.a0 * along + b.b0 / (size.weff + b.b1);
  const byBody = inverseOnePlus(b.keta * vbseff);
  const unbiased = 1 + doping * spread;
  const biased = unbiased - doping * b.ags * b.a0 * along * along * along * vgsteff;
  const abulk0 = keptAbove(unbiased, 0.1) * byBody;
  const abulkFree = keptAbove(biased, 0.1);
  const abulk = abulkFree * byBody;

  // Mobility; saturation field.
  const ueff = mobility(p, m, s, effects, vgsteff, vth, vbseff);
  const esat = (2 * vsattemp) / ueff;
  const esatl0 = esat * leff;

  // Saturation voltage: the smaller root of a quadratic, which may be linear.
  let lambda = s.a2;
  if (s.a1 !== 0) {
    const up = Math.sign(s.a1) === 1;
    const room = up ? 1 - s.a2 : s.a2;
    const distance = (up ? room - s.a1 * vgsteff : room + s.a1 * vgsteff) - 1e-4;
    const soft = 0.5 * (distance + Math.sqrt(distance * distance + 4e-4 * room));
    lambda = up ? 1 - soft : soft;
  }
  const overdrive = vgsteff + 2 * m.vtm;
  const wvcoxRds = weff * vsattemp * m.coxe * rds;
  const abulkRds = abulk * wvcoxRds;
  const qa = 2 * abulk * (abulkRds - 1 + 1 / lambda);
  const qb = overdrive * (2 / lambda - 1) + abulk * esatl0 + 3 * overdrive * abulkRds;
  const qc = overdrive * (esatl0 + 2 * overdrive * wvcoxRds);
  const vdsat = (2 * qc) / (qb + Math.sqrt(qb * qb - 2 * qa * qc));
  const vdseff = intermediate(softMinimum(vds, vdsat, b.delta));
  const beyond = vds - vdseff;

  // Velocity overshoot.
  let esatl = esatl0;
  if (given('lambda') && p.lambda > 0) {
    const field = 1 + beyond / (esat * litl);
    esatl = esatl0 * (1 + (b.lambda / (leff * ueff)) * (1 - 2 / (field * field + 1)));
  }

  // Early voltage at the begin of saturation.
  const atSaturation = 1 - (0.5 * abulk * vdsat) / overdrive;
  const vasat =
    (esatl + vdsat + 2 * wvcoxRds * vgsteff * atSaturation) / (2 / lambda - 1 + abulkRds);

  // Charge sheet with finite thickness; current without channel length modulation.
  const centroid = Math.exp(0.7 * p.bdos * Math.log((vgsteff + effects.vtfbphi2) / (2e8 * toxp)));
  const tcen = (p.ados * 1.9e-9) / (1 + centroid);
  const coxp = p.mtrlmod === 1 && p.mtrlcompatmod === 0 ? (3.9 * m.permittivity) / toxp : m.coxp;
  const coxeff = (m.epssub * coxp) / (m.epssub + coxp * tcen);
  const coxeffWoverL = (coxeff * weff) / leff;
  const beta = ueff * coxeffWoverL;
  const abovVgst2Vtm = abulk / overdrive;
  const gche = (beta * vgsteff * (1 - 0.5 * vdseff * abovVgst2Vtm)) / (1 + vdseff / esatl);
  const idl = gche / (1 + gche * rds);

  // Output resistance: pockets, channel length modulation, DIBL, drain-induced threshold shift.
  const fp = b.fprout > 0 ? 1 / (1 + (b.fprout * Math.sqrt(leff)) / overdrive) : 1;
  const pvag = 1 / inverseOnePlus((b.pvag / esatl) * vgsteff);
  let clm = 1;
  if (b.pclm > 0) {
    const length = leff + (vdsat * leff) / esatl;
    const cclm = (fp * pvag * (1 + rds * idl) * length) / (b.pclm * litl);
    clm = 1 + Math.log(1 + (cclm * beyond) / vasat) / cclm;
  }
  const charge = abulk * vdsat;
  const inverseVadibl =
    (Math.max(s.thetaRout, 0) * (overdrive + charge)) /
    (overdrive * overdrive * pvag * inverseOnePlus(b.pdiblcb * vbseff));
  let inverseVadits = 0;
  if (b.pdits > 0) {
    const rise = (1 + p.pditsl * leff) * Math.exp(Math.min(b.pditsd * vds, 34));
    inverseVadits = b.pdits / (fp * (1 + rise));
  }
  const idsa = idl * (1 + beyond * inverseVadibl) * (1 + beyond * inverseVadits) * clm;

  // Impact ionization: current to the bulk, and output resistance.
  let isub = 0;
  const alpha = b.alpha0 + b.alpha1 * leff;
  const ionizes = p.beta0 !== 0 && (p.alpha0 !== 0 || p.alpha1 !== 0);
  if (ionizes) {
    const strong = beyond > b.beta0 / 34;
    const rate = strong ? Math.exp(-b.beta0 / beyond) : 1.713908431e-15;
    const active = alpha > 0 && b.beta0 > 0;
    isub = active ? (alpha / leff) * beyond * rate * idsa * vdseff : 0;
  }
  let inverseVascbe = 0;
  if (b.pscbe2 > 0) {
    const strong = beyond > (b.pscbe1 * litl) / 34;
    const rate = strong ? Math.exp((-b.pscbe1 * litl) / beyond) : 1.713908431e-15;
    inverseVascbe = (b.pscbe2 / leff) * rate;
  }
  const idovervds = idsa * (1 + beyond * inverseVascbe);
  let ids = idovervds * vdseff;

  // Source end velocity limit.
  if (given('vtl') && p.vtl > 0) {
    const speed = ids / (leff * coxeffWoverL * vgsteff * s.vtlEffective);
    const cube = speed * speed * speed;
    ids *= Math.exp(-Math.log(1 + cube * cube) / 6);
  }

  return {
    ids,
    isub,
    idovervds,
    vdsat,
    vdseff,
    rds,
    ueff,
    abulkFree,
    abulk0,
    beta,
    gche,
    esatl,
    coxeff,
    coxp,
    abovVgst2Vtm,
  };
}

export type DrainCurrent = ReturnType<typeof drainCurrent>;
