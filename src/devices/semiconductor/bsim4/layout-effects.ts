import type { binnedLeakageAndCharge } from './binned-leakage-and-charge.js';
import type { Bsim4Values, Given } from './bsim4-parameters.js';
import type { ChannelSetUp } from './channel-set-up.js';
import type { Dimensions } from './dimensions.js';
import type { Material } from './material.js';

type BinnedCharge = ReturnType<typeof binnedLeakageAndCharge>;

/**
 * What an instance's surroundings change: stress by isolation (chapter 14 of the BSIM4.8.0 manual),
 * the edge of the well (chapter 15), `delvto` and `mulu0`.
 *
 * The manual has stress and wells change the mobility, too, by ku0 and ku0we; ngspice 39 sets it
 * again afterwards, with `mulu0` alone, and so do we.
 */
export function layoutEffects(
  p: Bsim4Values,
  b: BinnedCharge,
  given: Given,
  m: Material,
  size: Dimensions,
  s: ChannelSetUp,
) {
  let { vsattemp, vth0, eta0, k2 } = s;
  const power = (x: number, exponent: number): number => Math.exp(exponent * Math.log(x));

  // Stress: distances to both edges of the diffusion, over all fingers.
  const stressed = p.sa > 0 && p.sb > 0;
  const sd = given('sd') ? p.sd : 2 * p.dmcg;
  if (stressed && (p.nf === 1 || (p.nf > 1 && sd > 0))) {
    const width = size.wnew + Math.max(p.wlod, 0);
    const bySize = (l: number, w: number, area: number, ln: number, wn: number): number =>
      l / power(size.lnew, ln) +
      w / power(width, wn) +
      area / (power(size.lnew, ln) * power(width, wn));
    const ku0 = 1 + bySize(p.lku0, p.wku0, p.pku0, p.llodku0, p.wlodku0);
    const kvth0 = 1 + bySize(p.lkvth0, p.wkvth0, p.pkvth0, p.llodvth, p.wlodvth);
    const ku0temp = ku0 * (1 + p.tku0 * (m.ratio - 1)) + 1e-9;
    const kvth0smooth = Math.sqrt(kvth0 * kvth0 + 1e-9);

    const half = 0.5 * p.l;
    const reference = 1 / (p.saref + half) + 1 / (p.sbref + half);
    // Up to 32 fingers one by one; beyond, the sum is that of a smooth function of the finger.
    let inverse = 0;
    for (let i = 0; i < 32; i++) {
      const pitch = i * (sd + p.l);
      const one = 1 / (p.sa + half + pitch) + 1 / (p.sb + half + pitch);
      inverse += i < p.nf ? one : 0;
    }
    if (p.nf > 32) {
      const pitch = sd + p.l;
      const from = 31.5 * pitch + half;
      const to = (p.nf - 0.5) * pitch + half;
      inverse += Math.log((p.sa + to) / (p.sa + from)) / pitch;
      inverse += Math.log((p.sb + to) / (p.sb + from)) / pitch;
    }
    inverse /= p.nf;

    const kvsat = Math.min(Math.max(p.kvsat, -1), 1);
    const rho = (p.ku0 / ku0temp) * inverse;
    const rhoReference = (p.ku0 / ku0temp) * reference;
    const offset = inverse - reference;
    vsattemp *= (1 + kvsat * rho) / (1 + kvsat * rhoReference);
    vth0 += (p.kvth0 / kvth0smooth) * offset;
    k2 += (p.stk2 / power(kvth0smooth, p.lodk2)) * offset;
    eta0 += (p.steta0 / power(kvth0smooth, p.lodeta0)) * offset;
  }

  // Wells: integrals over the distribution of dopants, given or from one distance.
  if (p.wpemod === 1) {
    const fromDistance = !given('sca') && !given('scb') && !given('scc') && p.sc > 0;
    const width = p.w / p.nf;
    const far = p.sc + width;
    const { scref } = p;
    const moment = (a: number, c: number, decay: number): number =>
      ((a * p.sc + c * scref) * Math.exp((-decay * p.sc) / scref) -
        (a * far + c * scref) * Math.exp((-decay * far) / scref)) /
      width;
    const sca = fromDistance ? (scref * scref) / (p.sc * far) : Math.max(p.sca, 0);
    const scb = fromDistance ? Math.max(moment(0.1, 0.01, 10), 0) : Math.max(p.scb, 0);
    const scc = fromDistance ? Math.max(moment(0.05, 0.0025, 20), 0) : Math.max(p.scc, 0);
    const sceff = sca + p.web * scb + p.wec * scc;
    vth0 += b.kvth0we * sceff;
    k2 += b.k2we * sceff;
  }

  vth0 += p.delvto;
  const vfb = s.vfb + p.type * p.delvto;
  // Vth without bias, over flat band and surface potential.
  const over = p.type * vth0 - vfb - s.phi;
  const depth = 0.5 * (s.k1 / k2);
  const bulk = 0.9 * (s.phi - depth * depth);
  const vbsc = Math.sign(k2) === -1 ? Math.min(Math.max(bulk, -30), -3) : -30;
  return {
    u0temp: s.u0temp * p.mulu0,
    vsattemp,
    /** As of an n-channel transistor. */
    vth0: p.type * vth0,
    eta0,
    vfb,
    vtfbphi1: Math.max((p.type > 0.5 ? 2 : 2.5) * over, 0),
    vtfbphi2: Math.max(4 * over, 0),
    /** Lower bound of the bulk bias. */
    vbsc: Math.min(vbsc, s.vbm),
    k2ox: (k2 * m.tox) / m.toxm,
    vfbzb: s.vfbzb + p.type * vth0,
  };
}

export type LayoutEffects = ReturnType<typeof layoutEffects>;
