import type { binnedLeakageAndCharge } from './binned-leakage-and-charge.js';
import type { Bsim4Values } from './bsim4-parameters.js';
import type { ChannelSetUp } from './channel-set-up.js';
import type { Dimensions } from './dimensions.js';
import type { LayoutEffects } from './layout-effects.js';
import type { Material } from './material.js';

type BinnedCharge = ReturnType<typeof binnedLeakageAndCharge>;

/**
 * Charges of gate, bulk and drain of all fingers, from one equation over all regions.
 * BSIM4.8.0 manual, chapter 7: capmod 1, and 2 with the thickness of the charge.
 *
 * @param vgsteff gate overdrive of the charges [V]
 * @param toxp physical thickness of the oxide [m]
 */
export function intrinsicCharge(
  p: Bsim4Values,
  b: BinnedCharge,
  m: Material,
  size: Dimensions,
  s: ChannelSetUp,
  effects: LayoutEffects,
  toxp: number,
  coxp: number,
  vgs: number,
  vds: number,
  vbseff: number,
  vgsteff: number,
  abulk0: number,
  softMinimum: (value: number, limit: number, delta: number) => number,
  boundedExp: (x: number) => number,
) {
  const thick = p.capmod === 2;
  const plate = m.coxe * size.weffcv * size.leffcv * p.nf;

  // Accumulation and depletion.
  const flat = effects.vfbzb;
  const distance = flat - vgs + vbseff - 0.02;
  const voxacc = 0.5 * (distance + Math.sqrt(distance * distance + 0.08 * Math.abs(flat)));
  const vfbeff = flat - voxacc;
  const surface = vgs - vfbeff - vbseff - vgsteff;
  const half = 0.5 * s.k1ox;
  const bent = (s.k1ox * surface) / (Math.sqrt(half * half + Math.max(surface, 0)) + half);
  const depleted = Math.sign(s.k1ox) === 0 ? 0 : surface < 0 ? surface : bent;

  // Their thickness: part of the Debye length.
  let plateAcc = plate;
  if (thick) {
    const ldeb = Math.sqrt((m.epssub * m.vtm0) / (m.charge * s.ndep * 1e6)) / 3;
    const acde = b.acde * Math.exp(-0.25 * Math.log(s.ndep / 2e16));
    const raw = ldeb * boundedExp(((vgs - vbseff - flat) / (1e8 * toxp)) * acde);
    const tcen = softMinimum(raw, ldeb, 1e-3 * toxp);
    plateAcc = (plate * coxp * m.epssub) / (coxp * tcen + m.epssub) / m.coxe;
  }
  const charge = plateAcc * (depleted - voxacc);

  // Inversion: overdrive less the bending that the gate adds, and the thickness of the charge.
  let over = vgsteff;
  let plateInv = plate;
  if (thick) {
    const body = Math.sign(s.k1ox) === 1;
    const scale = b.moin * m.vtm * (body ? s.k1ox * s.k1ox : 0.25);
    const root = (body ? s.k1ox : 0.5) * s.rootPhi;
    const bending = m.vtm * Math.log(1 + ((2 * root + vgsteff) * vgsteff) / scale);
    const rest = vgsteff - bending - 1e-3;
    over = 0.5 * (rest + Math.sqrt(rest * rest + 4e-3 * vgsteff));
    const field = (vgsteff + effects.vtfbphi2) / (2e8 * toxp);
    const tcen = (p.ados * 1.9e-9) / (1 + Math.exp(0.7 * p.bdos * Math.log(field)));
    plateInv = (plate * coxp * m.epssub) / (coxp * tcen + m.epssub) / m.coxe;
  }
  const abulk = abulk0 * (1 + Math.exp(b.cle * Math.log(b.clc / size.leffcv)));
  const vdseff = softMinimum(vds, over / abulk, 0.02);
  const drop = abulk * vdseff;
  const mean = over - 0.5 * drop + 1e-20;
  const quadratic = (drop * drop) / (12 * mean);
  const channel = plateInv * (over - 0.5 * drop + quadratic);
  const bulk = plateInv * (1 - abulk) * (0.5 * vdseff - (drop * vdseff) / (12 * mean));

  // Source: 40/60, 50/50 or 0/100.
  let source = -0.5 * channel;
  if (p.xpart > 0.5) {
    source = -plateInv * (0.5 * over + 0.25 * drop - (drop * drop) / (24 * mean));
  }
  if (p.xpart < 0.5) {
    const cubic =
      over * ((2 / 3) * drop * drop + over * (over - (4 / 3) * drop)) -
      (2 / 15) * drop * drop * drop;
    source = (-0.5 * plateInv * cubic) / (mean * mean);
  }

  return {
    qgate: channel - bulk + charge,
    qbulk: bulk - charge,
    qdrain: -channel - source,
  };
}
