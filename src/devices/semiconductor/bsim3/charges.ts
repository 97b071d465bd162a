import type { Bsim3Binned, Bsim3Card } from './parameters.js';
import type { Bsim3Process } from './process.js';

/**
 * Charges [C] of gate, bulk and source in forward mode. The inversion layer's, which drain and source
 * share, is the opposite of gate and bulk together.
 */
export interface Bsim3Charges {
  readonly gate: number;
  readonly bulk: number;
  readonly source: number;
  readonly inversion: number;
}

/**
 * Long-channel charges, piecewise in accumulation, depletion, saturation and linear region (capMod
 * 0; manual, appendix B.2). `vgs` is that without the drop in the gate.
 */
export function longChannelCharges(
  p: Bsim3Card,
  b: Bsim3Binned,
  c: Bsim3Process,
  vgs: number,
  vds: number,
  vbs: number,
  abulkCv: number,
  sqrtPhis: number,
): Bsim3Charges {
  const { coxWl: cox, k1ox } = c;
  const overBand = vgs - vbs - b.vfbcv;
  const vgst = vgs - b.vfbcv - c.phi - k1ox * sqrtPhis;
  if (overBand <= 0) {
    return { gate: cox * overBand, bulk: -cox * overBand, source: 0, inversion: 0 };
  }
  if (vgst <= 0) {
    const half = 0.5 * k1ox;
    const gate = cox * k1ox * (Math.sqrt(half * half + overBand) - half);
    return { gate, bulk: -gate, source: 0, inversion: 0 };
  }

  const vdsat = vgst / abulkCv;
  const surface = vgs - b.vfbcv - c.phi;
  if (vds >= vdsat) {
    const gate = cox * (surface - vdsat / 3);
    const channel = (-2 / 3) * cox * vgst;
    let drain = 0.5 * channel;
    if (p.xpart > 0.5) drain = 0;
    else if (p.xpart < 0.5) drain = 0.4 * channel;
    return { gate, bulk: -(gate + channel), source: channel - drain, inversion: channel };
  }
  const twice = 2 * vdsat - vds;
  const t2 = vds / (3 * twice);
  const t3 = t2 * vds;
  const quarter = 0.25 * cox * abulkCv;
  const gate = cox * (surface - 0.5 * (vds - t3));
  const channel = -2 * quarter * (twice + t3);
  let drain = 0.5 * channel;
  if (p.xpart > 0.5) drain = quarter * (2 * vds - twice - 3 * t3);
  else if (p.xpart < 0.5) {
    const cubic = 8 * vdsat * vdsat - 6 * vdsat * vds + 1.2 * vds * vds;
    drain = quarter * (vds - twice - (t2 / twice) * cubic);
  }
  return { gate, bulk: -(gate + channel), source: channel - drain, inversion: channel };
}

/**
 * Charge of the inversion layer with its counter-charges, for overdrive `v` and effective drain
 * voltage `vd` (manual, chapter 4 and appendix B.2): what the channel adds to gate and bulk, and the
 * source's part. For `xpart` 0 they are divided 40/60, 50/50 and 0/100.
 */
export function channelCharges(
  p: Bsim3Card,
  cox: number,
  v: number,
  vd: number,
  abulk: number,
): { gate: number; bulk: number; source: number; inversion: number } {
  const u = abulk * vd;
  const mean = v - 0.5 * u + 1e-20;
  const bend = (vd * u) / (12 * mean);
  const gate = cox * (v - 0.5 * vd + bend);
  const bulk = cox * (1 - abulk) * (0.5 * vd - bend);
  let source = -0.5 * (gate + bulk);
  if (p.xpart > 0.5) source = -cox * (0.5 * v + 0.25 * u - (u * u) / (24 * mean));
  else if (p.xpart < 0.5) {
    const cubic = v * ((2 / 3) * u * u + v * (v - (4 / 3) * u)) - (2 / 15) * u * u * u;
    source = ((-0.5 * cox) / (mean * mean)) * cubic;
  }
  return { gate, bulk, source, inversion: -(gate + bulk) };
}

/**
 * Effective drain voltage of the charges (Vcveff), with a width of 0.02 V; zero at vds = 0.
 */
export function effectiveDrainVoltageCv(vdsat: number, vds: number): number {
  const gap = vdsat - vds - 0.02;
  return (2 * vdsat * vds) / (vdsat + vds + 0.02 + Math.sqrt(gap * gap + 0.08 * vdsat));
}

/**
 * Charge of the accumulation layer over the capacitance of the oxide [V], which is the effective flat
 * band (VFBeff) less the flat band `flat` itself; `vgb` is the gate's voltage over the bulk.
 */
export function accumulationVoltage(flat: number, vgb: number): number {
  const gap = flat - vgb - 0.02;
  const product = 0.08 * Math.abs(flat);
  const root = Math.sqrt(gap * gap + product);
  return gap > 0 ? -0.5 * (gap + root) : (-0.5 * product) / (root - gap);
}

/** Charge of the depletion layer over the capacitance of the oxide [V] (Qsub0). */
export function depletionVoltage(c: Bsim3Process, over: number): number {
  if (c.k1ox === 0) return 0;
  const half = 0.5 * c.k1ox;
  if (over < 0) return over;
  return (c.k1ox * over) / (Math.sqrt(half * half + over) + half);
}

/** Short-channel charges with regions of their own (capMod 1; manual, appendix B.2). */
export function shortChannelCharges(
  p: Bsim3Card,
  c: Bsim3Process,
  bias: { vgb: number; vds: number; vgsteff: number; flat: number },
  abulkCv: number,
  channel: typeof channelCharges,
): Bsim3Charges {
  const { coxWl: cox, k1ox } = c;
  const { vgb, vds, vgsteff, flat } = bias;
  const over = vgb - flat - vgsteff;
  const half = 0.5 * k1ox;
  let ground = cox * over;
  if (over > 0) ground = cox * k1ox * (Math.sqrt(half * half + over) - half);

  const vdsat = vgsteff / abulkCv;
  if (vdsat < vds) {
    const gate = ground + cox * (vgsteff - vdsat / 3);
    const bulk = (cox / 3) * (vdsat - vgsteff) - ground;
    let source = (-cox / 3) * vgsteff;
    if (p.xpart > 0.5) source = (-2 / 3) * cox * vgsteff;
    else if (p.xpart < 0.5) source = -0.4 * cox * vgsteff;
    return { gate, bulk, source, inversion: -(gate + bulk) };
  }
  const q = channel(p, cox, vgsteff, vds, abulkCv);
  return {
    gate: q.gate + ground,
    bulk: q.bulk - ground,
    source: q.source,
    inversion: q.inversion,
  };
}

/** Charges with one smooth equation for all regions (capMod 2; manual, appendix B.2). */
export function smoothCharges(
  p: Bsim3Card,
  c: Bsim3Process,
  bias: { vgb: number; vds: number; vgsteff: number; flat: number },
  abulkCv: number,
  parts: {
    channelCharges: typeof channelCharges;
    effectiveDrainVoltageCv: typeof effectiveDrainVoltageCv;
    accumulationVoltage: typeof accumulationVoltage;
    depletionVoltage: typeof depletionVoltage;
  },
): Bsim3Charges {
  const { vgb, vds, vgsteff, flat } = bias;
  const accumulated = parts.accumulationVoltage(flat, vgb);
  const accumulation = c.coxWl * accumulated;
  const over = vgb - flat - accumulated - vgsteff;
  const depletion = c.coxWl * parts.depletionVoltage(c, over);
  const vdseff = parts.effectiveDrainVoltageCv(vgsteff / abulkCv, vds);
  const q = parts.channelCharges(p, c.coxWl, vgsteff, vdseff, abulkCv);
  return {
    gate: q.gate + accumulation + depletion,
    bulk: q.bulk - accumulation - depletion,
    source: q.source,
    inversion: q.inversion,
  };
}

/**
 * Charges with a layer of finite thickness (capMod 3; manual, charge-thickness capacitance model).
 * `vth` is the threshold voltage.
 */
export function thickLayerCharges(
  p: Bsim3Card,
  b: Bsim3Binned,
  c: Bsim3Process,
  bias: { vgb: number; vds: number; vgsteff: number; flat: number; vth: number },
  abulkCv: number,
  parts: {
    channelCharges: typeof channelCharges;
    effectiveDrainVoltageCv: typeof effectiveDrainVoltageCv;
    accumulationVoltage: typeof accumulationVoltage;
    depletionVoltage: typeof depletionVoltage;
  },
): Bsim3Charges {
  const epsilonSilicon = 1.03594e-10;
  const { vgb, vds, vgsteff, flat, vth } = bias;
  // The capacitance of oxide and layer in series, over that of the oxide.
  const inSeries = (thickness: number): number => {
    const layer = epsilonSilicon / thickness;
    return layer / (c.cox + layer);
  };

  // Accumulation and depletion: thickness XDC, held below the Debye length.
  const x = (c.acde * (vgb - flat)) / (1e8 * p.tox);
  const free = c.debye * Math.exp(Math.max(-34, Math.min(x, 34)));
  const link = 1e-3 * p.tox;
  const gap = c.debye - free - link;
  const thickness = c.debye - 0.5 * (gap + Math.sqrt(gap * gap + 4 * link * c.debye));
  const bulkCox = c.coxWl * inSeries(thickness);
  const accumulated = parts.accumulationVoltage(flat, vgb);
  const accumulation = bulkCox * accumulated;
  const over = vgb - flat - accumulated - vgsteff;
  const depletion = bulkCox * parts.depletionVoltage(c, over);

  // Surface potential over 2φ by the gate, Φδ.
  const scale = c.k1ox > 0 ? b.moin * c.vtm * c.k1ox * c.k1ox : 0.25 * b.moin * c.vtm;
  const body = c.k1ox > 0 ? c.k1ox * c.sqrtPhi : 0.5 * c.sqrtPhi;
  const deltaPhi = c.vtm * Math.log(1 + ((2 * body + vgsteff) * vgsteff) / scale);
  const rest = vgsteff - deltaPhi - 1e-3;
  const overdrive = 0.5 * (rest + Math.sqrt(rest * rest + 4e-3 * vgsteff));

  // Inversion: thickness XDC.
  const raised = Math.max(0, 4 * (vth - flat - c.phi));
  const field = (vgsteff + raised + 1e-20) / (2e8 * p.tox);
  const centroid = 1.9e-9 / (1 + Math.exp(0.7 * Math.log(field)));
  const cox = c.coxWl * inSeries(centroid);
  const vdseff = parts.effectiveDrainVoltageCv(overdrive / abulkCv, vds);
  const q = parts.channelCharges(p, cox, overdrive, vdseff, abulkCv);
  return {
    gate: q.gate + accumulation + depletion,
    bulk: q.bulk - accumulation - depletion,
    source: q.source,
    inversion: q.inversion,
  };
}
