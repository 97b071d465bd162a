import type { binnedLeakageAndCharge } from './binned-leakage-and-charge.js';
import type { Bsim4Values } from './bsim4-parameters.js';
import type { ChannelSetUp } from './channel-set-up.js';
import type { Dimensions } from './dimensions.js';
import type { Material } from './material.js';

/**
 * Charges of gate, bulk and drain of all fingers, region by region: capmod 0.
 * BSIM4.8.0 manual, section 7.3 and appendix on the simple model.
 */
export function piecewiseCharge(
  p: Bsim4Values,
  b: ReturnType<typeof binnedLeakageAndCharge>,
  m: Material,
  size: Dimensions,
  s: ChannelSetUp,
  vgs: number,
  vds: number,
  vbs: number,
  vbseff: number,
  rootPhis: number,
  abulk0: number,
) {
  const plate = m.coxe * size.weffcv * size.leffcv * p.nf;
  const bulkBias = vbseff < 0 ? vbs : vbseff;
  const over = vgs - b.vfbcv - s.phi - s.k1ox * rootPhis;
  const bent = vgs - bulkBias - b.vfbcv;
  const half = 0.5 * s.k1ox;
  let qgate = 0;
  let channel = 0;
  let qdrain = 0;
  if (bent <= 0) {
    // Accumulation.
    qgate = plate * bent;
  } else if (over <= 0) {
    // Depletion.
    qgate = plate * s.k1ox * (Math.sqrt(half * half + bent) - half);
  } else {
    const abulk = abulk0 * (1 + Math.exp(b.cle * Math.log(b.clc / size.leffcv)));
    const vdsat = over / abulk;
    if (vds >= vdsat) {
      qgate = plate * (vgs - b.vfbcv - s.phi - vdsat / 3);
      channel = (-2 / 3) * plate * over;
      qdrain = p.xpart > 0.5 ? 0 : p.xpart < 0.5 ? 0.4 * channel : 0.5 * channel;
    } else {
      const rest = 2 * vdsat - vds;
      const third = vds / (3 * rest);
      const quadratic = third * vds;
      const share = 0.25 * plate * abulk;
      qgate = plate * (vgs - b.vfbcv - s.phi - 0.5 * (vds - quadratic));
      channel = -2 * share * (rest + quadratic);
      qdrain = 0.5 * channel;
      if (p.xpart > 0.5) qdrain = share * (2 * vds - rest - 3 * quadratic);
      if (p.xpart < 0.5) {
        const square = 8 * vdsat * vdsat - 6 * vdsat * vds + 1.2 * vds * vds;
        qdrain = share * (vds - rest - (third / rest) * square);
      }
    }
  }
  return { qgate, qbulk: -qgate - channel, qdrain };
}
