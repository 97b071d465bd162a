import type { binnedLeakageAndCharge } from './binned-leakage-and-charge.js';
import type { Bsim4Values, Given } from './bsim4-parameters.js';
import type { ChannelSetUp } from './channel-set-up.js';
import type { Dimensions } from './dimensions.js';
import type { DrainCurrent } from './drain-current.js';
import type { LayoutEffects } from './layout-effects.js';
import type { Material } from './material.js';
import type { Threshold } from './threshold.js';

/**
 * Noise of the channel of all fingers: thermal as a conductance [S], flicker at 1 Hz [A²/Hz], and
 * what the channel induces in the source's resistance, by its conductance [1/S].
 *
 * For tnoimod 1 the channel induces noise at the resistance of its source; the release adds 1 mΩ
 * where there is none. Here the channel then has that part itself (`hasEnd` false).
 *
 * For tnoimod 2 the gate has noise, too: `correlation` is what it has in common with the drain's, and
 * `inducedTime` [s] the ratio of both over the frequency.
 *
 * BSIM4.8.0 manual, chapter 10; as in the release, with the bulk charge before keta changes it.
 */
export function channelNoise(
  p: Bsim4Values,
  given: Given,
  b: ReturnType<typeof binnedLeakageAndCharge>,
  cit: number,
  m: Material,
  size: Dimensions,
  s: ChannelSetUp,
  effects: LayoutEffects,
  t: Threshold,
  channel: DrainCurrent,
  vgsteff: number,
  vds: number,
  gm: number,
  gds: number,
  gmbs: number,
  hasEnd: boolean,
  softMinimum: (value: number, limit: number, delta: number) => number,
) {
  const k = 1.38064852e-23;
  const q = 1.6021766208e-19;
  const { nf } = p;
  const { leff } = size;
  const temperature = m.ratio * m.nominal;
  const current = Math.abs(nf * channel.ids);
  const velocity = (vgsteff / channel.esatl) ** 2;

  // Thermal noise.
  let thermal = 0;
  let induced = 0;
  let correlation = 0;
  let inducedTime = 0;
  if (p.tnoimod === 0) {
    const abulk = channel.abulk0 * (1 + Math.exp(b.cle * Math.log(b.clc / size.leffcv)));
    const drop = abulk * softMinimum(vds, vgsteff / abulk, 0.02);
    const mean = vgsteff - 0.5 * drop;
    const plate = channel.coxeff * size.weffcv * nf * size.leffcv;
    const inversion = plate * (mean + (drop * drop) / (12 * (mean + 1e-20)));
    const conductance = channel.ueff * Math.abs(inversion);
    thermal = (p.ntnoi * conductance) / (conductance * (channel.rds / nf) + leff * leff);
  } else if (p.tnoimod === 1) {
    const beta = p.rnoia * (1 + velocity * p.tnoia * leff);
    const theta = Math.min(p.rnoib * (1 + velocity * p.tnoib * leff), 0.9, 0.9 * beta);
    const conductance = nf * Math.max(channel.idovervds, p.idovvdsc);
    const own = (beta * (gm + gmbs) + gds) ** 2;
    const shared = (theta * (gm + gmbs + gds)) ** 2;
    thermal = (hasEnd ? own - shared : own) / conductance;
    induced = (theta * theta) / conductance;
  } else {
    const eta = 1 - channel.vdseff * channel.abovVgst2Vtm;
    const sum = 1 + eta;
    const span = sum + (2 * channel.abulkFree * m.vtm) / vgsteff;
    const slowed = 1 / (1 + channel.vdseff / channel.esatl);
    const gamma = slowed * (0.5 * sum + (1 - eta) ** 2 / (6 * span));
    // Of drain and gate, and how much they have in common, before their factors.
    const slope = (1 - eta) / span;
    const delta =
      (sum / span ** 2 -
        ((5 * sum + span) * (1 - eta) ** 2) / (15 * span ** 4) +
        slope ** 4 / (9 * span)) /
      (6 * slowed ** 3);
    const epsilon = (slope - slope ** 3 / 3) / (6 * slowed);
    const common = 2.5316 * p.rnoic * (1 + velocity * p.tnoic * leff);
    correlation = (common * epsilon) / Math.sqrt(gamma * delta);
    const theta = p.rnoib * (1 + velocity * p.tnoib * leff);
    const beta = p.rnoia * (1 + velocity * p.tnoia * leff);
    const gd0 = (nf * channel.beta * vgsteff) / (1 + channel.gche * channel.rds);
    thermal = 3 * beta * beta * gamma * gd0;
    const plate = channel.coxeff * size.weffcv * nf * size.leffcv;
    const ratio = (3.75 * theta * theta * delta) / (3 * beta * beta * gamma);
    inducedTime = (plate / gd0) * Math.sqrt(ratio);
  }

  // Flicker noise.
  let flicker = 0;
  if (p.fnoimod === 0) {
    const power = p.kf * Math.exp(p.af * Math.log(Math.max(current, 1e-38)));
    flicker = power / (leff * leff * m.coxe);
  } else {
    const noia = given('noia') ? p.noia : p.type > 0.5 ? 6.25e41 : 6.188e40;
    const noib = given('noib') ? p.noib : p.type > 0.5 ? 3.125e26 : 1.5e25;
    const length = leff - 2 * p.lintnoi;
    const esat = (2 * effects.vsattemp) / channel.ueff;
    const field = ((vds - channel.vdseff) / s.litl + p.em) / esat;
    const clm = p.em > 0 ? Math.max(s.litl * Math.log(Math.max(field, 1e-38)), 0) : 0;
    const nstar = (m.vtm / m.charge) * (m.coxe + m.epssub / t.xdep + cit);
    const atSource = (m.coxe * vgsteff) / q;
    const atDrain = atSource * (1 - channel.abovVgst2Vtm * channel.vdseff);
    const traps =
      noia * Math.log(Math.max((atSource + nstar) / (atDrain + nstar), 1e-38)) +
      noib * (atSource - atDrain) +
      0.5 * p.noic * (atSource * atSource - atDrain * atDrain);
    const strong =
      (q * q * k * current * temperature * channel.ueff * traps) /
      (1e10 * channel.abulkFree * m.coxe * length * length);
    const ends = (noia + noib * atDrain + p.noic * atDrain * atDrain) / (atDrain + nstar) ** 2;
    const saturated =
      (k * temperature * current * current * clm * ends) /
      (1e10 * length * length * size.weff * nf);
    const weak =
      (noia * k * temperature * current * current) / (size.weff * nf * leff * 1e10 * nstar * nstar);
    const inversion = strong + saturated;
    flicker = inversion + weak > 0 ? (inversion * weak) / (inversion + weak) : 0;
  }
  return { thermal, induced, correlation, inducedTime, flicker };
}
