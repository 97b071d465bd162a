import { optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';
import { boundedExponential } from './bounded-exponential.js';
import { depletionCapacitanceFactor } from './depletion-capacitance-factor.js';
import { depletionCharge } from './depletion-charge.js';
import { fetlim, limitTransistor, limvds, pnjlim } from './limiting.js';
import { meyerCapacitances } from './meyer-capacitances.js';
import { mosAliases, mosInstance, mosParameters } from './mos-parameters.js';
import { potentialAtTemperature } from './potential-at-temperature.js';
import { thermalVoltage } from './thermal-voltage.js';

/**
 * MOS transistor, SPICE level 6: the n-th power law.
 * Sakurai and Newton, "A simple MOSFET model for circuit analysis", IEEE TED 38(4), 887, 1991; what
 * it adds for bulk and drain as in ngspice 39.
 *
 * All voltages and currents are those of an n-channel transistor: `type` turns them round. The
 * gate's capacitances are Meyer's, which conserve no charge. ngspice has neither small
 * signals nor noise of this level.
 */
export const mos6 = model({
  name: 'mos6',
  title: 'MOS transistor, level 6 (Sakurai and Newton)',
  terminals: ['d', 'g', 's', 'b'],
  internal: ['di', 'si'],
  beside: { di: 'd', si: 's' },
  parameters: {
    ...mosParameters,
    mjsw: real(0.5, '', 'grading coefficient of the side wall', '[0:1)'),
    tox: real(0, 'm', 'oxide thickness, 0 for no gate capacitance', '[0:inf)'),
    kv: real(2, '', 'saturation voltage factor', '(0:inf)'),
    nv: real(0.5, '', 'saturation voltage exponent', '(0:inf)'),
    kc: optionalReal(
      '',
      'saturation current factor; 5e-5, or u0·cox where tox is given',
      '[0:inf)',
    ),
    nc: real(1, '', 'saturation current exponent', '(0:inf)'),
    nvth: real(0.5, '', 'kept for cards: it has no effect'),
    gamma1: real(0, '', 'linear effect of the bulk on the threshold'),
    sigma: real(0, '', 'static feedback'),
    lambda: real(0, '1/V', 'channel-length modulation, where lambda0 is not given', '[0:inf)'),
    lambda0: real(0, '1/V', 'channel-length modulation', '[0:inf)'),
    lambda1: real(0, '1/V²', 'how the bulk changes the channel-length modulation'),
  },
  // Squares that are not given count as none here, as in ngspice.
  instance: {
    ...mosInstance,
    nrd: real(0, '', 'squares of the drain', '[0:inf)'),
    nrs: real(0, '', 'squares of the source', '[0:inf)'),
  },
  aliases: mosAliases,
  uses: {
    thermalVoltage,
    potentialAtTemperature,
    depletionCapacitanceFactor,
    depletionCharge,
    boundedExponential,
    meyerCapacitances,
    pnjlim,
    fetlim,
    limvds,
    limitTransistor,
  },
  // prettier-ignore
  analog(
    {
      V, I, collapse, ddt, ddx, limit, previous, initializing, given, temperature,
      circuitTemperature, wholeGmin, whiteNoise, flickerNoise, output, positive, thermalVoltage,
      potentialAtTemperature, depletionCapacitanceFactor, depletionCharge, boundedExponential,
      meyerCapacitances, pnjlim, fetlim, limitTransistor, limvds,
    },
    {
      type: polarity, vto, gamma, phi, rd, rs, rsh, cbd, cbs, is, js, pb, cj, mj, cjsw, mjsw, fc,
      cgso, cgdo, cgbo, tox, ld, u0, nsub, nss, tpg, tnom, kf, af, l, w, ad, as, pd, ps, nrd, nrs,
      off, kv, nv, kc, nc, gamma1, sigma, lambda, lambda0, lambda1,
    },
  ) {
    const k = 1.38064852e-23;
    const q = 1.6021766208e-19;
    const hasDrain = rd > 0 || (!given('rd') && rsh > 0 && nrd > 0);
    const hasSource = rs > 0 || (!given('rs') && rsh > 0 && nrs > 0);
    if (!hasDrain) collapse('di', 'd');
    if (!hasSource) collapse('si', 's');

    // Model parameters that may follow from the doping, at the nominal temperature.
    const nominal = tnom + 273.15;
    const bandGap = (t: number): number => 1.16 - (7.02e-4 * t * t) / (t + 1108);
    const gapNominal = bandGap(nominal);
    const silicon = 11.7 * 8.854214871e-12;
    const coxArea = tox > 0 ? (3.9 * 8.854214871e-12) / tox : 0;
    const process = tox > 0 && given('nsub');
    const kcNominal = given('kc') ? kc : tox > 0 ? u0*1e-4*coxArea*0.5 : 5e-5;
    const doping = nsub * 1e6;
    const phiDoping = 2 * thermalVoltage(nominal) * Math.log(doping / 1.45e16);
    const phiNominal = given('phi') || !process ? phi : Math.max(0.1, phiDoping);
    const gammaDoping = Math.sqrt(2 * silicon * q * doping) / coxArea;
    const g = given('gamma') || !process ? gamma : gammaDoping;
    const workFunction = tpg === 0 ? 3.2 : 3.25 + 0.5 * gapNominal * (1 - polarity * tpg);
    const barrier = workFunction - (3.25 + 0.5 * gapNominal + 0.5 * polarity * phiNominal);
    const flatBand = barrier - (nss * 1e4 * q) / coxArea;
    const vtoDoping = flatBand + polarity * (g * Math.sqrt(phiNominal) + phiNominal);
    const vtoNominal = given('vto') || !process ? vto : vtoDoping;

    // At the temperature of the instance.
    const vt = thermalVoltage(temperature);
    const gap = bandGap(temperature);
    const slowness = (temperature / nominal) ** 1.5;
    const kcT = kcNominal / slowness;
    const phiT = potentialAtTemperature(phiNominal, temperature, nominal);
    const vbi =
      polarity * (vtoNominal + 0.5 * (gapNominal - gap)) -
      g * Math.sqrt(phiNominal) +
      0.5 * (phiT - phiNominal);
    const growth = Math.exp(gapNominal / thermalVoltage(nominal) - gap / vt);
    const byArea = js > 0 && ad > 0 && as > 0;
    const isd = Math.max((byArea ? js * ad : is) * growth, 1e-28);
    const iss = Math.max((byArea ? js * as : is) * growth, 1e-28);
    const vcritDrain = vt * Math.log(vt / (Math.SQRT2 * isd));
    const vcritSource = vt * Math.log(vt / (Math.SQRT2 * iss));
    const length = l - 2 * ld;
    positive(length, 'm', 'effective channel length');
    const width = w;
    const oxide = coxArea * length * width;

    const resistanceDrain = given('rd') ? rd : rsh * nrd;
    const resistanceSource = given('rs') ? rs : rsh * nrs;
    if (hasDrain) I('d', 'di', V('d', 'di') / resistanceDrain);
    if (hasSource) I('s', 'si', V('s', 'si') / resistanceSource);

    // Voltages, limited together while Newton iterates: the gate against the side that acted as the
    // source, then the channel, then the junction on the side of the source.
    const vgsRaw = polarity * V('g', 'si');
    const vdsRaw = polarity * V('di', 'si');
    const vbsRaw = polarity * V('b', 'si');
    const vgsLast = previous('vgs');
    const vdsLast = previous('vds');
    const vbsLast = previous('vbs');
    const vbdLast = vbsLast - vdsLast;
    const bulkLast = Math.min(vdsLast >= 0 ? vbsLast : vbdLast, 0);
    const vonLast = vbi + g * Math.sqrt(phiT - bulkLast);
    const raw = { vgs: vgsRaw, vds: vdsRaw, vbs: vbsRaw };
    const last = { vgs: vgsLast, vds: vdsLast, vbs: vbsLast };
    const next = limitTransistor(
      fetlim, limvds, pnjlim, raw, last, vonLast, vt, vcritSource, vcritDrain,
    );
    let vgsNext = next.vgs;
    let vdsNext = next.vds;
    let vbsNext = next.vbs;
    if (initializing) {
      vgsNext = off ? 0 : vbi + g * Math.sqrt(phiT);
      vdsNext = 0;
      vbsNext = off ? 0 : -1;
    }
    const vgs = limit('vgs', vgsRaw, vgsNext);
    const vds = limit('vds', vdsRaw, vdsNext);
    const vbs = limit('vbs', vbsRaw, vbsNext);
    const vbd = vbs - vds;

    // In reverse mode drain and source change places.
    const forward = vds >= 0;
    const vchannel = forward ? vds : -vds;
    const vgate = forward ? vgs : vgs - vds;
    const vbulk = forward ? vbs : vbd;

    // Threshold.
    const rootPhi = Math.sqrt(phiT);
    const root =
      vbulk <= 0
        ? Math.sqrt(phiT - Math.min(vbulk, 0))
        : Math.max(0, rootPhi - vbulk / (2 * rootPhi));
    const von = vbi + g * root - gamma1 * vbulk - sigma * vchannel;
    const vgst = vgate - von;

    // Saturation: (1) current and (2) voltage; (3) below.
    const over = Math.max(vgst, 1e-9);
    const vdsat = vgst > 0 ? kv * over ** nv : 0;
    const modulation = (given('lambda0') ? lambda0 : lambda) - lambda1 * vbulk;
    const saturated = ((kcT * width) / length) * over ** nc * (1 + modulation * vchannel);
    const part = vchannel / Math.max(vdsat, 1e-12);
    let ichannel = 0;
    if (vgst > 0) ichannel = vchannel < vdsat ? saturated * (2 - part) * part : saturated;
    const ids = forward ? ichannel : -ichannel;
    I('di', 'si', polarity * ids);

    // Bulk junctions and their charges.
    const junction = (v: number, saturation: number): number =>
      (v > -3 * vt ? saturation * (boundedExponential(v / vt) - 1) : -saturation) + wholeGmin * v;
    const ibs = junction(vbs, iss);
    const ibd = junction(vbd, isd);
    I('b', 'si', polarity * ibs);
    I('b', 'di', polarity * ibd);
    const pbRef = potentialAtTemperature(pb, 300.15, nominal);
    const pbT = potentialAtTemperature(pb, temperature, nominal);
    const bottom = depletionCapacitanceFactor(pbT, pb, pbRef, mj, temperature, nominal);
    const side = depletionCapacitanceFactor(pbT, pb, pbRef, mjsw, temperature, nominal);
    const czbd = (given('cbd') ? cbd : cj * ad) * bottom;
    const czbs = (given('cbs') ? cbs : cj * as) * bottom;
    const qbd =
      depletionCharge(vbd, czbd, pbT, mj, fc) + depletionCharge(vbd, cjsw * pd * side, pbT, mjsw, fc);
    const qbs =
      depletionCharge(vbs, czbs, pbT, mj, fc) + depletionCharge(vbs, cjsw * ps * side, pbT, mjsw, fc);
    I('b', 'di', polarity * ddt(qbd));
    I('b', 'si', polarity * ddt(qbs));

    // Capacitances of the gate.
    const overlapSource = cgso * w;
    const overlapDrain = cgdo * w;
    const overlapBulk = cgbo * length;
    const meyer = meyerCapacitances(vgate - von, vchannel, vdsat, phiT, oxide);
    const cgs = forward ? meyer.gs : meyer.gd;
    const cgd = forward ? meyer.gd : meyer.gs;
    I('g', 'si', (overlapSource + cgs) * ddt(V('g', 'si')));
    I('g', 'di', (overlapDrain + cgd) * ddt(V('g', 'di')));
    I('g', 'b', (overlapBulk + meyer.gb) * ddt(V('g', 'b')));

    // Conductances are those of the mode: in reverse mode the drain counts as the source. Noise.
    const gm = forward ? ddx(ids, vgs) : -ddx(ids, vgs);
    const gmbs = forward ? ddx(ids, vbs) : -ddx(ids, vbs);
    const gds = forward ? ddx(ids, vds) : ddx(ids, vds) - gm - gmbs;
    const id = ids - ibd;
    const coxNoise = tox > 0 ? coxArea : (3.9 * 8.854214871e-12) / 1e-7;
    const flicker = (kf * Math.abs(id) ** af) / (w * length * coxNoise * coxNoise);
    if (hasDrain) whiteNoise('d', 'di', (4 * k * circuitTemperature) / resistanceDrain, 'rd');
    if (hasSource) whiteNoise('s', 'si', (4 * k * circuitTemperature) / resistanceSource, 'rs');
    whiteNoise('di', 'si', (8 / 3) * k * circuitTemperature * Math.abs(gm), 'id');
    flickerNoise('di', 'si', flicker, 1, 'flicker');

    output('id', id, 'A', 'drain current');
    output('ibd', ibd, 'A', 'current of the bulk-drain junction');
    output('ibs', ibs, 'A', 'current of the bulk-source junction');
    output('vgs', vgs, 'V', 'gate-source voltage');
    output('vds', vds, 'V', 'drain-source voltage');
    output('vbs', vbs, 'V', 'bulk-source voltage');
    output('vbd', vbd, 'V', 'bulk-drain voltage');
    output('von', polarity * von, 'V', 'threshold voltage');
    output('vth', polarity * von, 'V', 'threshold voltage');
    output('vdsat', polarity * vdsat, 'V', 'saturation voltage');
    output('gm', gm, 'S', 'transconductance');
    output('gds', gds, 'S', 'drain-source conductance');
    output('gmbs', gmbs, 'S', 'transconductance of the bulk');
    output('cgs', overlapSource + cgs, 'F', 'gate-source capacitance');
    output('cgd', overlapDrain + cgd, 'F', 'gate-drain capacitance');
    output('cgb', overlapBulk + meyer.gb, 'F', 'gate-bulk capacitance');
    output('cbd', ddx(qbd, vbs), 'F', 'bulk-drain capacitance');
    output('cbs', ddx(qbs, vbs), 'F', 'bulk-source capacitance');
  },
});
