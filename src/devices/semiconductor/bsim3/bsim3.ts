import { model } from '../../language/model.js';
import { boundedExponential } from '../bounded-exponential.js';
import { fetlim, limitTransistor, limvds, pnjlim } from '../limiting.js';
import { junctionAreas } from './areas.js';
import { binnedParameters } from './binning.js';
import {
  bulkCharge,
  channelCurrent,
  mobility,
  saturationFactor,
  widthAndResistance,
} from './channel.js';
import {
  channelCharges,
  depletionVoltage,
  effectiveDrainVoltageCv,
  accumulationVoltage,
  longChannelCharges,
  shortChannelCharges,
  smoothCharges,
  thickLayerCharges,
} from './charges.js';
import { effectiveOverdrive, effectiveOverdriveCv, gateVoltage } from './gate-voltage.js';
import { junctionCharge, junctionCurrent, junctionsAt } from './junction.js';
import { trapNoise } from './noise.js';
import { overlapCharge } from './overlap.js';
import { bsim3Aliases, bsim3Instance, bsim3Parameters } from './parameters.js';
import { processAt } from './process.js';
import { channelSize } from './size.js';
import { keptAbove } from './smoothing.js';
import { thresholdVoltage } from './threshold.js';

/**
 * MOS transistor BSIM3v3.3, levels 8 and 49.
 * Liu, Jin, Xi, Chen, Jeng, Liu, Cheng, Chen, Chan, Hui, Huang, Tu, Ko, Hu: "BSIM3v3.3 MOSFET Model,
 * Users' Manual", University of California, Berkeley, 2005. Comments name the effects as its chapters
 * and its appendix B (equation list) do; symbols are the manual's, in lower case. Each file beside
 * this one has a part of that list: size and binning, process and temperature, threshold, gate
 * voltage, channel, charges, overlap, junctions, noise.
 *
 * All voltages and currents are those of an n-channel transistor: `type` turns them round. With
 * vds < 0 drain and source change places; what is computed then is in the frame of that mode.
 *
 * Where ngspice 39 adds to the manual, so does this: xl, xw, acm and its parameters, delvto, mulu0,
 * lintnoi, noiMod 5 and 6, gmin across each junction (of each of m devices, not shared), junctions
 * without an area that have 1e-14 A, `nch` above 1e20 and `ngate` above 1e23 per m³. It does not know
 * an instance's temperature; here `temp` and `dtemp` apply. Versions 3.0 to 3.2 are computed as
 * 3.3 but for these. Before 3.2 the flat band of the charges follows the threshold, junctions are
 * linear from 0.5 V on, without temperature in their capacitances, and gmin counts twice. In 3.0 the
 * drop in a gate of polysilicon stops sharply, currents of junctions are those of 27 °C, without
 * `jsw`, and vbc has the other sign of k2. So currents agree to 1e-4 or 2e-12 A, and capacitances to
 * 1e-4, on cards that say `capmod` (where it is not given ngspice takes 1 in 3.0 and 2 in 3.1, which
 * have no 3) and have no parameters of later versions; 3.0 by the bulk, where it is forward, to 7e-4.
 *
 * Where this is not as in ngspice 39:
 * - Derivatives are those of the equations. In four places ngspice's are not, which shows in ac: where
 *   the bulk is forward (it takes the slope of the smooth Vbseff there, though not its value); with
 *   capMod 3 by the bulk voltage in saturation; with capMod 0 by the bulk voltage, and by the gate
 *   voltage where the gate is of polysilicon (it counts the depletion twice). Charges agree.
 * - Vdseff and VdseffCV are their limit at vds = 0 without a case of its own, and the channel-length
 *   modulation has no cut at 1e-10 V: conductances have no step there.
 * - With acm > 0 a junction becomes linear at a current `ijth` of its own; ngspice takes the voltage
 *   of one with the area of acm = 0 for it, so that its current steps.
 * - `paramChk` corrects no parameters. With version 3.1 ngspice gives one transistor of each size,
 *   the last in the deck, a perimeter of at least its width; here those of one size are alike.
 * - Currents and charges that lag behind (nqsMod, acnqsMod) are refused.
 */
export const bsim3 = model({
  name: 'bsim3',
  title: 'MOS transistor BSIM3v3.3 (levels 8, 49)',
  terminals: ['d', 'g', 's', 'b'],
  internal: ['di', 'si'],
  beside: { di: 'd', si: 's' },
  parameters: bsim3Parameters,
  instance: bsim3Instance,
  aliases: bsim3Aliases,
  folded: Object.entries(bsim3Parameters)
    .filter(
      ([, { kind, default: value }]) => kind === 'real' && (value === 0 || Number.isNaN(value)),
    )
    .map(([name]) => name)
    .concat('keta', 'etab', 'kt2', 'k3', 'dvt0', 'dvt2', 'cdsc', 'nlx', 'pdiblc1', 'pdiblc2'),
  conservesCharge: true,
  uses: {
    boundedExponential,
    fetlim,
    limvds,
    limitTransistor,
    pnjlim,
    junctionAreas,
    binnedParameters,
    bulkCharge,
    channelCurrent,
    mobility,
    saturationFactor,
    widthAndResistance,
    channelCharges,
    depletionVoltage,
    effectiveDrainVoltageCv,
    accumulationVoltage,
    longChannelCharges,
    shortChannelCharges,
    smoothCharges,
    thickLayerCharges,
    effectiveOverdrive,
    effectiveOverdriveCv,
    gateVoltage,
    junctionCharge,
    junctionCurrent,
    junctionsAt,
    trapNoise,
    overlapCharge,
    processAt,
    channelSize,
    keptAbove,
    thresholdVoltage,
  },
  // prettier-ignore
  analog(
    {
      V, I, collapse, ddt, ddx, limit, previous, initializing, intermediate, given, temperature,
      wholeGmin, whiteNoise, flickerNoise, output, positive,
      boundedExponential, fetlim, limitTransistor, limvds, pnjlim, junctionAreas, binnedParameters, bulkCharge,
      channelCurrent, mobility, saturationFactor, widthAndResistance, channelCharges,
      depletionVoltage, effectiveDrainVoltageCv, accumulationVoltage, longChannelCharges,
      shortChannelCharges, smoothCharges, thickLayerCharges, effectiveOverdrive,
      effectiveOverdriveCv, gateVoltage, junctionCharge, junctionCurrent, junctionsAt, trapNoise,
      overlapCharge, processAt, channelSize, keptAbove, thresholdVoltage,
    },
    p,
  ) {
    const k = 1.38064852e-23;
    const polarity = p.type;

    // What no bias changes.
    const size = channelSize(p, given, p.l, p.w);
    const { leff, weff } = size;
    positive(leff, 'm', 'effective channel length');
    positive(weff, 'm', 'effective channel width');
    positive(size.leffCv, 'm', 'effective channel length of the charges');
    positive(size.weffCv, 'm', 'effective channel width of the charges');
    const b = binnedParameters(p, given, leff, weff);
    const c = processAt(p, b, given, size, temperature, p.delvto, p.mulu0);
    const junctions = junctionsAt(p, given, temperature);
    const drainAlone = p.geo === 0 || p.geo === 2;
    const sourceAlone = p.geo === 0 || p.geo === 1;
    const drain = junctionAreas(
      p, p.w, weff, p.ad, given('ad'), p.pd, given('pd'), drainAlone,
    );
    const source = junctionAreas(
      p, p.w, weff, p.as, given('as'), p.ps, given('ps'), sourceAlone,
    );

    // Resistances outside the channel; di and si are the nodes behind them.
    const squaresDrain = given('nrd') ? p.nrd : 1;
    const squaresSource = given('nrs') ? p.nrs : 1;
    const light = (p.ld + p.ldif) / (p.w * p.wmlt + p.xw);
    const toContact = p.acm === 1 || p.acm === 11 ? 0 : (p.hdif * p.wmlt) / (p.w * p.wmlt + p.xw);
    const ohmicDrain = p.rdc > 0 || (p.rd > 0 && (p.ld > 0 || p.ldif > 0));
    const ohmicSource = p.rsc > 0 || (p.rs > 0 && (p.ld > 0 || p.ldif > 0));
    const contacts = p.acm !== 1 && p.acm !== 11 && p.hdif > 0;
    let hasDrain = p.rsh > 0 && (given('nrd') ? p.nrd > 0 : true);
    let hasSource = p.rsh > 0 && (given('nrs') ? p.nrs > 0 : true);
    let resistanceDrain = p.rsh * squaresDrain;
    let resistanceSource = p.rsh * squaresSource;
    if (p.acm !== 0) {
      resistanceDrain = light * p.rd + p.rdc + p.rsh * (given('nrd') ? p.nrd : toContact);
      resistanceSource = light * p.rs + p.rsc + p.rsh * (given('nrs') ? p.nrs : toContact);
      hasDrain = ohmicDrain || (p.rsh > 0 && (given('nrd') ? p.nrd > 0 : contacts));
      hasSource = ohmicSource || (p.rsh > 0 && (given('nrs') ? p.nrs > 0 : contacts));
    }
    if (hasDrain) I('d', 'di', V('d', 'di') / resistanceDrain);
    else collapse('di', 'd');
    if (hasSource) I('s', 'si', V('s', 'si') / resistanceSource);
    else collapse('si', 's');

    // Voltages, limited together while Newton iterates: the gate against the side that acted as the
    // source, then the channel, then the junction on the side of the source.
    const vgsRaw = polarity * V('g', 'si');
    const vdsRaw = polarity * V('di', 'si');
    const vbsRaw = polarity * V('b', 'si');
    const vgsLast = previous('vgs');
    const vdsLast = previous('vds');
    const vbsLast = previous('vbs');
    const vt0 = 0.02586;
    const vcrit = vt0 * Math.log(vt0 / (Math.SQRT2 * 1e-14));
    const raw = { vgs: vgsRaw, vds: vdsRaw, vbs: vbsRaw };
    const last = { vgs: vgsLast, vds: vdsLast, vbs: vbsLast };
    const next = limitTransistor(
      fetlim, limvds, pnjlim, raw, last, c.vth0, vt0, vcrit, vcrit,
    );
    let vgsNext = next.vgs;
    let vdsNext = next.vds;
    let vbsNext = next.vbs;
    if (initializing) {
      vgsNext = p.off ? 0 : c.vth0 + 0.1;
      vdsNext = p.off ? 0 : 0.1;
      vbsNext = 0;
    }
    const vgs = limit('vgs', vgsRaw, vgsNext);
    const vds = limit('vds', vdsRaw, vdsNext);
    const vbs = limit('vbs', vbsRaw, vbsNext);
    const vbd = intermediate(vbs - vds);

    // The frame of the mode: the side of the lower voltage is the source.
    const forward = vds >= 0;
    const vgsm = intermediate(forward ? vgs : vgs - vds);
    const vdsm = intermediate(forward ? vds : -vds);
    const vbsm = intermediate(forward ? vbs : vbs - vds);

    // Effective bulk voltage Vbseff: not below vbsc. Forward it is the bulk voltage itself.
    const above = vbsm - c.vbsc - 1e-3;
    const root = Math.sqrt(above * above - 4e-3 * c.vbsc);
    const bent =
      above > 0 ? vbsm - 1e-3 - (2e-3 * c.vbsc) / (root + above) : c.vbsc + 0.5 * (above + root);
    const vbseff = intermediate(vbsm > 0 ? vbsm : bent);

    // Threshold, overdrive, channel.
    const threshold = thresholdVoltage(b, c, leff, weff, vbseff, vdsm, keptAbove);
    const vth = intermediate(threshold.vth);
    const vgate = intermediate(gateVoltage(c, vgsm, p.version < 3.1));
    const vgst = vgate - vth;
    const vgsteff = intermediate(effectiveOverdrive(c, vgst, threshold.n, b.voff));
    const { width, rds } = widthAndResistance(b, c, weff, vgsteff, threshold.sqrtPhis, keptAbove);
    const { abulk, abulk0 } = bulkCharge(
      b, c, leff, weff, vgsteff, vbseff, threshold, keptAbove,
    );
    const ueff = mobility(p, c, vgsteff, vth, vbseff, keptAbove);
    const lambda = saturationFactor(b, vgsteff);
    const { ids, isub, vdsat, vdseff } = channelCurrent(
      b, c, leff, { vgsteff, vds: vdsm, vbseff },
      { abulk, width, rds, mobility: ueff, lambda }, keptAbove,
    );
    I('di', 'si', polarity * (forward ? ids : -ids));
    I('di', 'b', polarity * (forward ? isub : 0));
    I('si', 'b', polarity * (forward ? 0 : isub));

    // Charges of the channel; a negative xpart leaves them out.
    const parts = { channelCharges, effectiveDrainVoltageCv, accumulationVoltage, depletionVoltage };
    const abulkCv = abulk0 * c.abulkCv;
    let charge = { gate: 0, bulk: 0, source: 0, inversion: 0 };
    if (p.xpart < 0) charge = { gate: 0, bulk: 0, source: 0, inversion: 0 };
    else if (p.capmod === 0) {
      const bulkVoltage = vbsm > 0 ? c.phi - threshold.phis : vbsm;
      charge = longChannelCharges(
        p, b, c, vgate, vdsm, bulkVoltage, abulkCv, threshold.sqrtPhis,
      );
    } else {
      const overdrive = intermediate(
        effectiveOverdriveCv(c, vgst, threshold.n, b.noff, b.voffcv),
      );
      const vgb = vgate - (c.phi - threshold.phis);
      // Before 3.2 the flat band of the charges follows the threshold at the bias.
      const flat = p.version < 3.2 ? vth - c.phi - c.k1ox * threshold.sqrtPhis : c.vfbzb;
      const bias = { vgb, vds: vdsm, vgsteff: overdrive, flat, vth };
      if (p.capmod === 1) charge = shortChannelCharges(p, c, bias, abulkCv, channelCharges);
      else if (p.capmod === 2) charge = smoothCharges(p, c, bias, abulkCv, parts);
      else charge = thickLayerCharges(p, b, c, bias, abulkCv, parts);
    }
    const drainCharge = charge.inversion - charge.source;
    I('g', 'si', polarity * ddt(charge.gate));
    I('b', 'si', polarity * ddt(charge.bulk));
    I('di', 'si', polarity * ddt(forward ? drainCharge : charge.source));

    // Overlap, of both modes alike.
    const qgs = overlapCharge(p.capmod, c.cgso, c.cgsl, b.ckappa, polarity * V('g', 'si'));
    const qgd = overlapCharge(p.capmod, c.cgdo, c.cgdl, b.ckappa, polarity * V('g', 'di'));
    I('g', 'si', polarity * ddt(qgs));
    I('g', 'di', polarity * ddt(qgd));
    I('g', 'b', c.cgbo * ddt(V('g', 'b')));

    // Bulk junctions.
    // Versions before 3.2 count it twice.
    const shunt = p.version < 3.2 ? 2 * wholeGmin : wholeGmin;
    const ibs = junctionCurrent(p, junctions, source, vbs, boundedExponential) + shunt * vbs;
    const ibd = junctionCurrent(p, junctions, drain, vbd, boundedExponential) + shunt * vbd;
    const qbs = junctionCharge(p, junctions, source, vbs);
    const qbd = junctionCharge(p, junctions, drain, vbd);
    I('b', 'si', polarity * ibs);
    I('b', 'di', polarity * ibd);
    I('b', 'si', polarity * ddt(qbs));
    I('b', 'di', polarity * ddt(qbd));

    // Conductances and capacitances are those of the mode, with the bulk as reference.
    const gm = ddx(ids, vgsm);
    const gds = ddx(ids, vdsm);
    const gmbs = ddx(ids, vbsm);

    // Noise.
    const channelConductance = Math.abs(gm + gds + gmbs);
    const inversion = ueff * Math.abs(charge.inversion);
    let thermal = (2 / 3) * channelConductance;
    if (p.noimod === 2 || p.noimod === 4) thermal = inversion / (leff * leff + inversion * rds);
    else if (p.noimod >= 5) {
      thermal = ((3 - Math.min(vdsm, vdsat) / vdsat) * channelConductance) / 3;
    }
    const spice = (p.kf * Math.exp(p.af * Math.log(Math.max(Math.abs(ids), 1e-38)))) /
      (leff * leff * c.cox);
    const byTraps = p.noimod === 2 || p.noimod === 3 || p.noimod === 6;
    const flicker = byTraps
      ? trapNoise(
        p, c, given, size, temperature, { ids, vds: vdsm, vdseff, vgsteff },
        { mobility: ueff, abulk },
      )
      : spice;
    if (hasDrain) whiteNoise('d', 'di', (4 * k * temperature) / resistanceDrain, 'rd');
    if (hasSource) whiteNoise('s', 'si', (4 * k * temperature) / resistanceSource, 'rs');
    whiteNoise('di', 'si', 4 * k * temperature * thermal, 'id');
    flickerNoise('di', 'si', flicker, p.ef, 'flicker');

    output('id', ids, 'A', 'current of the channel');
    output('isub', isub, 'A', 'current of impact ionization');
    output('ibd', ibd, 'A', 'current of the bulk-drain junction');
    output('ibs', ibs, 'A', 'current of the bulk-source junction');
    output('vgs', vgs, 'V', 'gate-source voltage');
    output('vds', vds, 'V', 'drain-source voltage');
    output('vbs', vbs, 'V', 'bulk-source voltage');
    output('vth', vth, 'V', 'threshold voltage');
    output('vdsat', vdsat, 'V', 'saturation voltage');
    output('gm', gm, 'S', 'transconductance');
    output('gds', gds, 'S', 'drain-source conductance');
    output('gmbs', gmbs, 'S', 'transconductance of the bulk');
    output('gbd', ddx(ibd, vbd), 'S', 'conductance of the bulk-drain junction');
    output('gbs', ddx(ibs, vbs), 'S', 'conductance of the bulk-source junction');
    output('cgg', ddx(charge.gate, vgsm), 'F', 'gate charge by gate voltage, channel only');
    output('cgd', ddx(charge.gate, vdsm), 'F', 'gate charge by drain voltage');
    output('cgs', -(ddx(charge.gate, vgsm) + ddx(charge.gate, vdsm) + ddx(charge.gate, vbsm)), 'F', 'gate charge by source voltage');
    output('cgb', ddx(charge.gate, vbsm), 'F', 'gate charge by bulk voltage');
    output('cdg', ddx(drainCharge, vgsm), 'F', 'drain charge by gate voltage');
    output('cdd', ddx(drainCharge, vdsm), 'F', 'drain charge by drain voltage');
    output('cds', -(ddx(drainCharge, vgsm) + ddx(drainCharge, vdsm) + ddx(drainCharge, vbsm)), 'F', 'drain charge by source voltage');
    output('cbg', ddx(charge.bulk, vgsm), 'F', 'bulk charge by gate voltage');
    output('cbd', ddx(charge.bulk, vdsm), 'F', 'bulk charge by drain voltage');
    output('cbs', -(ddx(charge.bulk, vgsm) + ddx(charge.bulk, vdsm) + ddx(charge.bulk, vbsm)), 'F', 'bulk charge by source voltage');
    output('capbd', ddx(qbd, vbd), 'F', 'capacitance of the bulk-drain junction');
    output('capbs', ddx(qbs, vbs), 'F', 'capacitance of the bulk-source junction');
    output('qg', charge.gate, 'C', 'gate charge of the channel');
    output('qb', charge.bulk, 'C', 'bulk charge of the channel');
    output('qd', drainCharge, 'C', 'drain charge of the channel');
  },
});
