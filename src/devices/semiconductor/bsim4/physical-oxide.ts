import type { binnedChannel } from './binned-channel.js';
import type { Bsim4Values, Given } from './bsim4-parameters.js';
import type { ChannelSetUp } from './channel-set-up.js';
import type { LayoutEffects } from './layout-effects.js';
import type { Material } from './material.js';
import type { polyDepletion as PolyDepletion } from './gate-overdrive.js';

/**
 * Physical thickness of the oxide from its equivalent thickness, for mtrlmod = 1: the charge
 * centroid at the gate voltage, size and temperature of the measurement is taken off, five times.
 * BSIM4.8.0 manual, chapter 8.
 */
export function physicalOxide(
  p: Bsim4Values,
  b: ReturnType<typeof binnedChannel>,
  given: Given,
  m: Material,
  s: ChannelSetUp,
  effects: LayoutEffects,
  shortChannel: (x: number) => number,
  onePlus: (x: number) => number,
  polyDepletion: typeof PolyDepletion,
) {
  if (p.mtrlmod === 0 || p.mtrlcompatmod === 1) return m.toxp;
  const vt = 8.617087e-5 * p.tempeot;
  const length = p.leffeot;
  const width = p.weffeot;
  const vbi = vt * Math.log((b.nsd * s.ndep) / (m.ni * m.ni));
  const phi = vt * Math.log(s.ndep / m.ni) + b.phin + 0.4;
  const rootPhi = Math.sqrt(phi);

  // Vth without bias.
  const reach = m.factor1 * Math.sqrt(s.xdep0);
  const theta0 = shortChannel((b.dvt1 * length) / reach);
  const short = b.dvt0 * theta0 * (vbi - phi);
  const narrow = b.dvt0w * shortChannel((b.dvt1w * width * length) / reach) * (vbi - phi);
  const dT = p.tempeot / m.nominal - 1;
  const lateral = s.k1ox * (Math.sqrt(1 + b.lpe0 / length) - 1) * rootPhi;
  const thermal = (b.kt1 + b.kt1l / length) * dT;
  const narrowWidth = (m.tox * phi) / (width + b.w0);
  const body = (s.k1ox - s.k1) * rootPhi * Math.sqrt(1 + b.lpeb / length);
  let vth = effects.vth0 + body - short - narrow + b.k3 * narrowWidth + lateral + thermal;
  if (b.dvtp0 > 0) {
    const n = onePlus(((s.nfactor * m.epssub) / s.xdep0 + b.cdsc * theta0 + b.cit) / m.coxe);
    vth -= n * vt * Math.log(length / (length + 2 * b.dvtp0));
  }

  const vddeot = p.type * (given('vddeot') ? p.vddeot : 1.5 * p.type);
  const vgs = polyDepletion(vddeot, effects.vfb + phi, b.ngate, p.epsrgate, p.mtrlmod, m);
  const over = vgs - vth + Math.max(4 * (effects.vth0 - effects.vfb - phi), 0);
  let toxp = m.tox;
  let settled = false;
  for (let i = 0; i < 5; i++) {
    const field = Math.max(over, 1e-6) / (2e8 * toxp);
    const centroid = (p.ados * 1.9e-9) / (1 + Math.exp(0.7 * p.bdos * Math.log(field)));
    const next = m.tox - (m.epsrox / p.epsrsub) * centroid;
    const change = Math.abs(next - toxp);
    if (!settled) {
      toxp = next;
      settled = change <= 1e-12;
    }
  }
  return Math.max(toxp, 1e-10);
}
