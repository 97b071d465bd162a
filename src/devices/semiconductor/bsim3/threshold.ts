import type { Bsim3Binned } from './parameters.js';
import type { Bsim3Process } from './process.js';

/**
 * Threshold voltage and subthreshold swing; manual, sections 2.1 and 2.7, appendix B.1.
 *
 * `vbseff` is the effective bulk voltage and `vds` the drain voltage.
 */
export function thresholdVoltage(
  b: Bsim3Binned,
  c: Bsim3Process,
  leff: number,
  weff: number,
  vbseff: number,
  vds: number,
  keptAbove: (x: number, corner: number, floor: number) => number,
): { vth: number; n: number; sqrtPhis: number; phis: number; xdep: number } {
  const epsilonSilicon = 1.03594e-10;

  // Surface potential and depletion width; a forward bulk bends them.
  let phis = c.phi - vbseff;
  let sqrtPhis = Math.sqrt(c.phi - vbseff);
  if (vbseff > 0) {
    phis = (c.phi * c.phi) / (c.phi + vbseff);
    sqrtPhis = (c.phi * c.sqrtPhi) / (c.phi + 0.5 * vbseff);
  }
  const xdep = (c.xdep0 * sqrtPhis) / c.sqrtPhi;

  // Short-channel effect, and that of a narrow one: e^x + 2·e^2x.
  const decay = (x: number): number => {
    const e = Math.exp(Math.max(x, -34));
    return e * (1 + 2 * e);
  };
  const scale = c.lengthScale * Math.sqrt(xdep);
  const lt = scale * keptAbove(1 + b.dvt2 * vbseff, 0.5, 0.375);
  const ltw = scale * keptAbove(1 + b.dvt2w * vbseff, 0.5, 0.375);
  const theta = decay((-0.5 * b.dvt1 * leff) / lt);
  const thetaw = decay((-0.5 * b.dvt1w * weff * leff) / ltw);

  // Drain-induced barrier lowering.
  const eta = keptAbove(b.eta0 + b.etab * vbseff, 1e-4, 0.5e-4);
  const lowering = eta * c.barrierLowering * vds;

  const vth =
    c.vthFixed +
    c.k1ox * sqrtPhis +
    c.vthByBody * vbseff -
    (b.dvt0 * theta + b.dvt0w * thetaw) * c.builtIn -
    lowering;

  // Swing n.
  const coupling = (b.cdsc + b.cdscb * vbseff + b.cdscd * vds) * theta;
  const n = 1 + ((b.nfactor * epsilonSilicon) / xdep + coupling + b.cit) / c.cox;
  return { vth, n: keptAbove(n, 0.5, 0.375), sqrtPhis, phis, xdep };
}
