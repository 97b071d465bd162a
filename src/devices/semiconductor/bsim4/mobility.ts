import type { Bsim4Values } from './bsim4-parameters.js';
import type { ChannelSetUp } from './channel-set-up.js';
import type { LayoutEffects } from './layout-effects.js';
import type { Material } from './material.js';

/**
 * Effective mobility [m²/(V·s)].
 * BSIM4.8.0 manual, chapter 5, "Unified Mobility Model"; mobmod 4 to 6 are 0 to 2 with the
 * threshold voltage without bias in place of Vth.
 */
export function mobility(
  p: Bsim4Values,
  m: Material,
  s: ChannelSetUp,
  effects: LayoutEffects,
  vgsteff: number,
  vth: number,
  vbseff: number,
): number {
  const { ua, ub, uc, ud } = s;
  const { vtfbphi1 } = effects;
  const gate = 2 * p.type * (p.phig - p.easub - 0.5 * m.gap0 + 0.45);
  const shift = p.mtrlmod === 1 && p.mtrlcompatmod === 0 ? gate : 0;
  const bodyFactor = ua + uc * vbseff;

  // What the field is made of beside Vgsteff, and Coulomb scattering by the same.
  const fixed = p.mobmod > 3;
  const own = fixed ? vtfbphi1 : vth;
  const twice = fixed ? vtfbphi1 : 2 * vth;
  let coulomb = 0;
  if (s.ud !== 0) {
    const screened = m.tox / (vgsteff + 2 * Math.sqrt(own * own + 1e-4));
    coulomb = ud * screened * screened * own * own;
  }

  let degradation = 0;
  if (p.mobmod === 0 || p.mobmod === 4) {
    const field = (vgsteff + twice - shift) / m.tox;
    degradation = field * (bodyFactor + ub * field) + coulomb;
  } else if (p.mobmod === 1 || p.mobmod === 5) {
    const field = (vgsteff + twice - shift) / m.tox;
    degradation = field * (ua + ub * field) * (1 + uc * vbseff) + coulomb;
  } else if (p.mobmod === 2 || p.mobmod === 6) {
    const field = (vgsteff + vtfbphi1) / m.tox;
    degradation = Math.exp(s.eu * Math.log(field)) * bodyFactor + coulomb;
  } else {
    const field = ((vgsteff + vtfbphi1) * 1e-8) / m.tox / 6;
    const screening = Math.exp(s.ucs * Math.log(0.5 + (0.5 * vgsteff) / s.vgsteffVth));
    degradation = Math.exp(s.eu * Math.log(field)) * bodyFactor + ud / screening;
  }
  const positive = degradation >= -0.8;
  const denominator = positive ? 1 + degradation : (0.6 + degradation) / (7 + 10 * degradation);
  return effects.u0temp / denominator;
}
