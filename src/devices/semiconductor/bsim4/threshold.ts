import type { binnedChannel } from './binned-channel.js';
import type { Bsim4Values } from './bsim4-parameters.js';
import type { ChannelSetUp } from './channel-set-up.js';
import type { Dimensions } from './dimensions.js';
import type { LayoutEffects } from './layout-effects.js';
import type { Material } from './material.js';

/**
 * Effective bulk bias, threshold voltage and subthreshold swing.
 * BSIM4.8.0 manual, chapters 2 and 3.
 */
export function threshold(
  p: Bsim4Values,
  b: ReturnType<typeof binnedChannel>,
  m: Material,
  size: Dimensions,
  s: ChannelSetUp,
  effects: LayoutEffects,
  vds: number,
  vbs: number,
  softMinimum: (value: number, limit: number, delta: number) => number,
  shortChannel: (x: number) => number,
  onePlus: (x: number) => number,
  keptAbove: (x: number, floor: number) => number,
) {
  const { phi, rootPhi, k1, k1ox, lpeBody, narrowWidth } = s;
  const { leff, weff } = size;

  // Bulk bias, between vbsc and 0.95·φ.
  const above = -softMinimum(-vbs, -effects.vbsc, 1e-3);
  const vbseff = softMinimum(above, 0.95 * phi, 1e-3);

  // Depletion.
  const rootPhis = Math.sqrt(phi - vbseff);
  const xdep = (s.xdep0 / rootPhi) * rootPhis;
  const rootXdep = Math.sqrt(xdep);

  // Short channel, narrow and short channel.
  const barrier = s.vbi - phi;
  const reach = m.factor1 * rootXdep * onePlus(b.dvt2 * vbseff);
  const theta0 = shortChannel((b.dvt1 * leff) / reach);
  const short = b.dvt0 * theta0 * barrier;
  let narrow = 0;
  if (b.dvt0w !== 0) {
    const reachNarrow = m.factor1 * rootXdep * onePlus(b.dvt2w * vbseff);
    narrow = b.dvt0w * shortChannel((b.dvt1w * weff * leff) / reachNarrow) * barrier;
  }

  const dT = m.ratio - 1;
  const thermal = (b.kt1 + b.kt1l / leff + b.kt2 * vbseff) * dT;
  const dibl = keptAbove(effects.eta0 + b.etab * vbseff, 1e-4) * s.dibl * vds;
  let vth =
    effects.vth0 +
    (k1ox * rootPhis - k1 * rootPhi) * lpeBody -
    effects.k2ox * vbseff -
    short -
    narrow +
    (b.k3 + b.k3b * vbseff) * narrowWidth +
    s.lateral +
    thermal -
    dibl;

  // Subthreshold swing.
  const coupling = (b.cdsc + b.cdscb * vbseff + b.cdscd * vds) * theta0;
  const n = onePlus((s.nfactor * (m.epssub / xdep) + coupling + b.cit) / m.coxe);

  // Pockets: shifts by the drain in long channels.
  if (b.dvtp0 > 0) {
    const decay = Math.exp(Math.max(-b.dvtp1 * vds, -34));
    const vt = p.tempmod < 2 ? m.vtm : m.vtm0;
    vth -= n * vt * Math.log(leff / (leff + b.dvtp0 * (1 + decay)));
  }
  if (b.dvtp4 !== 0) {
    const e = Math.exp(Math.min(Math.max(2 * b.dvtp4 * vds, -34), 34));
    vth -= (s.dvtp2factor * (e - 1)) / (e + 1);
  }

  return { vbseff, rootPhis, xdep, rootXdep, theta0, vth, n };
}

export type Threshold = ReturnType<typeof threshold>;
