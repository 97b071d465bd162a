import { optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';
import { boundedExponential } from './bounded-exponential.js';
import { bulkDepletionCharges, bulkJunctions } from './bulk-junctions.js';
import { depletionCapacitanceFactor } from './depletion-capacitance-factor.js';
import { depletionCharge } from './depletion-charge.js';
import { flatJunctionCurrent } from './junction-current.js';
import { fetlim, limitTransistor, limvds, pnjlim } from './limiting.js';
import { meyerCapacitances } from './meyer-capacitances.js';
import { mosOutputs } from './mos-outputs.js';
import { mosAliases, mosInstance, mosParameters } from './mos-parameters.js';
import { mosThreshold } from './mos-threshold.js';
import { potentialAtTemperature } from './potential-at-temperature.js';
import { thermalVoltage } from './thermal-voltage.js';

/**
 * MOS transistor, SPICE level 6: the n-th power law.
 * Sakurai and Newton, "A simple MOSFET model for circuit analysis", IEEE TED 38(4), 887, 1991; what
 * it adds for bulk and drain as in ngspice 39.
 *
 * All voltages and currents are those of an n-channel transistor: `type` turns them round. The
 * gate's capacitances are Meyer's, which conserve no charge. ngspice has neither small signals nor
 * noise of this level.
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
    bulkJunctions,
    bulkDepletionCharges,
    flatJunctionCurrent,
    mosThreshold,
    mosOutputs,
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
      bulkJunctions, bulkDepletionCharges, flatJunctionCurrent, mosThreshold, mosOutputs,
      meyerCapacitances, pnjlim, fetlim, limitTransistor, limvds,
    },
    {
      type: polarity, vto, gamma, phi, rd, rs, rsh, cbd, cbs, is, js, pb, cj, mj, cjsw, mjsw, fc,
      cgso, cgdo, cgbo, tox, ld, u0, nsub, nss, tpg, tnom, kf, af, l, w, ad, as, pd, ps, nrd, nrs,
      off, kv, nv, kc, nc, gamma1, sigma, lambda, lambda0, lambda1,
    },
  ) {
    const k = 1.38064852e-23;
    const hasDrain = rd > 0 || (!given('rd') && rsh > 0 && nrd > 0);
    const hasSource = rs > 0 || (!given('rs') && rsh > 0 && nrs > 0);
    if (!hasDrain) collapse('di', 'd');
    if (!hasSource) collapse('si', 's');

    // Model parameters that may follow from the doping, at the nominal temperature.
    const nominal = tnom + 273.15;
    const coxArea = tox > 0 ? (3.9 * 8.854214871e-12) / tox : 0;
    const process = tox > 0 && given('nsub');
    const kcNominal = given('kc') ? kc : tox > 0 ? u0*1e-4*coxArea*0.5 : 5e-5;

    // At the temperature of the instance.
    const { gamma: g, phi: phiT, vbi, growth } = mosThreshold(
      thermalVoltage, potentialAtTemperature,
      { polarity, vto, gamma, phi, nsub, nss, tpg, delvto: 0 },
      { vto: given('vto'), gamma: given('gamma'), phi: given('phi'), doping: process },
      coxArea, 1.45e16, nominal, temperature,
    );
    const vt = thermalVoltage(temperature);
    const slowness = (temperature / nominal) ** 1.5;
    const kcT = kcNominal / slowness;
    const bulk = bulkJunctions(
      potentialAtTemperature, depletionCapacitanceFactor,
      { is, js, pb, cj, mj, cjsw, mjsw, cbd, cbs, ad, as, pd, ps },
      { cbd: given('cbd'), cbs: given('cbs') },
      growth, vt, nominal, temperature,
    );
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
    const threshold = (vbulk: number): number => vbi + g * Math.sqrt(phiT - Math.min(vbulk, 0));
    const raw = {
      vgs: polarity * V('g', 'si'),
      vds: polarity * V('di', 'si'),
      vbs: polarity * V('b', 'si'),
    };
    const last = { vgs: previous('vgs'), vds: previous('vds'), vbs: previous('vbs') };
    const vonLast = threshold(last.vds >= 0 ? last.vbs : last.vbs - last.vds);
    const next = limitTransistor(
      fetlim, limvds, pnjlim, raw, last, vonLast, vt, bulk.vcritSource, bulk.vcritDrain,
    );
    const vgs = limit('vgs', raw.vgs, initializing ? (off ? 0 : threshold(0)) : next.vgs);
    const vds = limit('vds', raw.vds, initializing ? 0 : next.vds);
    const vbs = limit('vbs', raw.vbs, initializing ? (off ? 0 : -1) : next.vbs);
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
    const ibs = flatJunctionCurrent(boundedExponential, vbs, bulk.iss, vt) + wholeGmin * vbs;
    const ibd = flatJunctionCurrent(boundedExponential, vbd, bulk.isd, vt) + wholeGmin * vbd;
    I('b', 'si', polarity * ibs);
    I('b', 'di', polarity * ibd);
    const charges = bulkDepletionCharges(depletionCharge, vbd, vbs, bulk, { mj, mjsw, fc });
    const qbd = charges.drain;
    const qbs = charges.source;
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

    mosOutputs(output, polarity, {
      id, ibd, ibs, vgs, vds, vbs, von, vdsat, gm, gds, gmbs,
      cgs: overlapSource + cgs, cgd: overlapDrain + cgd, cgb: overlapBulk + meyer.gb,
      cbd: ddx(qbd, vbs), cbs: ddx(qbs, vbs),
    });
  },
});
