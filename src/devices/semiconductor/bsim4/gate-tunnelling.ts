import type { binnedLeakageAndCharge } from './binned-leakage-and-charge.js';
import type { Bsim4Values, Given } from './bsim4-parameters.js';
import type { ChannelSetUp } from './channel-set-up.js';
import type { Dimensions } from './dimensions.js';
import type { LayoutEffects } from './layout-effects.js';
import type { Material } from './material.js';

type BinnedLeakage = ReturnType<typeof binnedLeakageAndCharge>;

/**
 * Tunnelling from the gate of one finger: into the channel, divided between source and drain, and
 * into the bulk. BSIM4.8.0 manual, chapter 4.
 *
 * Without pigcd the release divides by B·toxe/Vgsteff², without the √(q·m) of the manual's B.
 */
export function gateTunnelling(
  p: Bsim4Values,
  b: BinnedLeakage,
  given: Given,
  m: Material,
  size: Dimensions,
  s: ChannelSetUp,
  effects: LayoutEffects,
  vgs: number,
  vbseff: number,
  vth: number,
  vgsteff: number,
  vdseff: number,
  softPlus: (x: number) => number,
  boundedExp: (x: number) => number,
) {
  const n = p.type > 0.5;
  const vt = p.tempmod < 2 ? m.vtm : m.vtm0;
  const area = size.weff * size.leff;
  const toxRatio = Math.exp(b.ntox * Math.log(p.toxref / m.tox)) / m.tox / m.tox;
  const barrier = (a: number, bb: number, c: number, v: number, decay: number): number =>
    boundedExp(decay * (a + (a * c - bb) * v - bb * c * v * v));

  // Voltage across the oxide: accumulation, depletion and inversion.
  const flat = effects.vfbzb;
  const distance = flat - vgs + vbseff - 0.02;
  const root = Math.sqrt(distance * distance + 0.08 * Math.abs(flat));
  const voxacc = 0.5 * (distance + root);
  const vfbeff = flat - voxacc;
  const surface = vgs - vfbeff - vbseff - vgsteff;
  const half = 0.5 * s.k1ox;
  const bent = (s.k1ox * surface) / (Math.sqrt(half * half + Math.max(surface, 0)) + half);
  const depletion = surface < 0 ? -surface : bent;
  const voxdepinv = vgsteff + (Math.sign(s.k1ox) === 0 ? 0 : depletion);

  let igcs = 0;
  let igcd = 0;
  if (p.igcmod > 0) {
    const from = p.igcmod === 1 ? effects.vth0 : vth;
    const slope = vt * b.nigc;
    const vaux = slope * softPlus((vgs - from) / slope);
    const factor = (n ? 4.97232e-7 : 3.42537e-7) * area * toxRatio;
    const decay = (n ? 7.45669e11 : 1.16645e12) * m.tox;
    const igc = factor * vgs * vaux * barrier(b.aigc, b.bigc, b.cigc, voxdepinv, -decay);

    // Division between source and drain.
    const over = vgsteff + 1e-20;
    const pigcd = given('pigcd') ? b.pigcd : (decay / over / over) * (1 - (0.5 * vdseff) / over);
    const drop = -pigcd * vdseff;
    const e = boundedExp(drop);
    const square = drop * drop + 2e-4;
    igcs = (igc * (e - 1 + 1e-4 - drop)) / square;
    igcd = (igc * (drop * e - (e - 1 - 1e-4))) / square;
  }

  let igb = 0;
  if (p.igbmod === 1) {
    const across = vgs - vbseff;
    const slopeAcc = vt * b.nigbacc;
    const vauxAcc = slopeAcc * softPlus((flat - across) / slopeAcc);
    const slopeInv = vt * b.nigbinv;
    const vauxInv = slopeInv * softPlus((voxdepinv - b.eigbinv) / slopeInv);
    const factor = 4.97232e-7 * area * toxRatio;
    const decay = -7.45669e11 * m.tox;
    const acc = vauxAcc * barrier(b.aigbacc, b.bigbacc, b.cigbacc, voxacc, decay);
    const inv = vauxInv * barrier(b.aigbinv, b.bigbinv, b.cigbinv, voxdepinv, 1.31724 * decay);
    igb = factor * across * (acc + 0.7561 * inv);
  }
  return { igcs, igcd, igb };
}

/**
 * Tunnelling from the gate into source or drain, where they overlap, of one finger.
 *
 * @param v gate against source or drain [V]
 * @param flat flat band voltage there [V]
 * @param overlap its length [m]
 */
export function edgeTunnelling(
  p: Bsim4Values,
  b: BinnedLeakage,
  m: Material,
  size: Dimensions,
  v: number,
  flat: number,
  overlap: number,
  aig: number,
  big: number,
  cig: number,
  boundedExp: (x: number) => number,
): number {
  const n = p.type > 0.5;
  const edge = m.tox * b.poxedge;
  const toxRatio = Math.exp(b.ntox * Math.log(p.toxref / edge)) / edge / edge;
  const factor = (n ? 4.97232e-7 : 3.42537e-7) * size.weff * overlap * toxRatio;
  const decay = -(n ? 7.45669e11 : 1.16645e12) * edge;
  const from = v - flat;
  const smooth = Math.sqrt(from * from + 1e-4);
  const exponent = decay * (aig + (aig * cig - big) * smooth - big * cig * smooth * smooth);
  return factor * v * smooth * boundedExp(exponent);
}
