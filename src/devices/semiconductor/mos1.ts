import { integer, real } from '../../base/index.js';
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
import { wardDuttonCharges } from './ward-dutton-charges.js';

/**
 * MOS transistor, SPICE level 1.
 * Shichman and Hodges, IEEE JSSC 3(3), 1968; Vladimirescu and Liu, "The simulation of MOS
 * integrated circuits using SPICE2", UCB/ERL M80/7, 1980; details as in ngspice 39.
 *
 * All voltages and currents are those of an n-channel transistor: `type` turns them round. The
 * gate's charges follow Meyer (capmod = 0), whose capacitances conserve no charge, or Ward and
 * Dutton (capmod = 1).
 * Thermal noise is of the temperature of the circuit, whatever an instance says, and flicker noise
 * takes m devices for one of m times the width: so does ngspice. Its gmbs is above the slope of its
 * own current where the bulk is forward biased (by a third at 0.3 V with phi = 0.6); here it is the
 * slope.
 */
export const mos1 = model({
  name: 'mos1',
  title: 'MOS transistor, level 1 (Shichman and Hodges)',
  terminals: ['d', 'g', 's', 'b'],
  internal: ['di', 'si'],
  beside: { di: 'd', si: 's' },
  parameters: {
    ...mosParameters,
    kp: real(2e-5, 'A/V²', 'transconductance parameter', '[0:inf)'),
    lambda: real(0, '1/V', 'channel-length modulation', '[0:inf)'),
    mjsw: real(0.5, '', 'grading coefficient of the side wall', '[0:1)'),
    capmod: integer(0, 'charges of the gate: 0 Meyer, 1 Ward and Dutton', '[0:1]'),
    tox: real(0, 'm', 'oxide thickness, 0 for no gate capacitance', '[0:inf)'),
  },
  instance: mosInstance,
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
    wardDuttonCharges,
    pnjlim,
    fetlim,
    limvds,
    limitTransistor,
  },
  // prettier-ignore
  analog(
    {
      V, I, collapse, ddt, ddx, limit, previous, initializing, given, temperature,
      circuitTemperature, gmin, multiplicity, whiteNoise, flickerNoise, output, positive,
      thermalVoltage, potentialAtTemperature, depletionCapacitanceFactor, depletionCharge,
      boundedExponential, bulkJunctions, bulkDepletionCharges, flatJunctionCurrent, mosThreshold,
      mosOutputs, meyerCapacitances, wardDuttonCharges, pnjlim, fetlim, limitTransistor, limvds,
    },
    {
      type: polarity, vto, kp, gamma, phi, lambda, rd, rs, rsh, cbd, cbs, is, js, pb, cj, mj, cjsw, mjsw,
      fc, cgso, cgdo, cgbo, capmod, tox, ld, u0, nsub, nss, tpg, tnom, kf, af, l, w, ad, as, pd,
      ps, nrd, nrs, off,
    },
  ) {
    const k = 1.38064852e-23;

    // Model parameters that may follow from the oxide and the doping, at the nominal temperature.
    const nominal = tnom + 273.15;
    const process = tox > 0 && given('nsub');
    const coxArea = tox > 0 ? (3.9 * 8.854214871e-12) / tox : 0;
    const kpNominal = given('kp') || tox === 0 ? kp : u0 * 1e-4 * coxArea;

    // At the temperature of the instance.
    const { gamma: g, phi: phiT, vbi, growth } = mosThreshold(
      thermalVoltage, potentialAtTemperature,
      { polarity, vto, gamma, phi, nsub, nss, tpg, delvto: 0 },
      { vto: given('vto'), gamma: given('gamma'), phi: given('phi'), doping: process },
      coxArea, 1.45e16, nominal, temperature,
    );
    const vt = thermalVoltage(temperature);
    const kpT = kpNominal / (temperature / nominal) ** 1.5;
    const bulk = bulkJunctions(
      potentialAtTemperature, depletionCapacitanceFactor,
      { is, js, pb, cj, mj, cjsw, mjsw, cbd, cbs, ad, as, pd, ps },
      { cbd: given('cbd'), cbs: given('cbs') },
      growth, vt, nominal, temperature,
    );

    // Dimensions.
    const length = l - 2 * ld;
    positive(length, 'm', 'effective channel length');
    const beta = (kpT * w) / length;
    const oxide = coxArea * length * w;

    // Drain and source resistances; di and si are the nodes behind them.
    const resistanceDrain = given('rd') ? rd : rsh * nrd;
    const resistanceSource = given('rs') ? rs : rsh * nrs;
    const hasDrain = rd > 0 || (!given('rd') && rsh > 0 && nrd > 0);
    const hasSource = rs > 0 || (!given('rs') && rsh > 0 && nrs > 0);
    if (hasDrain) I('d', 'di', V('d', 'di') / resistanceDrain);
    else collapse('di', 'd');
    if (hasSource) I('s', 'si', V('s', 'si') / resistanceSource);
    else collapse('si', 's');

    // Threshold over vbi by the body effect, of the side that acts as the source.
    const bodyRoot = (vb: number): number => {
      const root = Math.sqrt(phiT);
      return vb <= 0 ? Math.sqrt(phiT - vb) : Math.max(0, root - vb / (2 * root));
    };

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

    // Drain current; in reverse mode drain and source change places.
    const forward = vds >= 0;
    const vchannel = forward ? vds : -vds;
    const root = bodyRoot(forward ? vbs : vbd);
    const von = vbi + g * root;
    const vgst = (forward ? vgs : vgs - vds) - von;
    const vdsat = Math.max(vgst, 0);
    const betap = beta * (1 + lambda * vchannel);
    let ichannel = 0;
    if (vgst > 0) {
      if (vgst <= vchannel) ichannel = betap * 0.5 * vgst * vgst;
      else ichannel = betap * vchannel * (vgst - 0.5 * vchannel);
    }
    const ids = forward ? ichannel : -ichannel;
    I('di', 'si', polarity * ids);

    // Bulk junctions and their charges.
    const ibs = flatJunctionCurrent(boundedExponential, vbs, bulk.iss, vt) + gmin * vbs;
    const ibd = flatJunctionCurrent(boundedExponential, vbd, bulk.isd, vt) + gmin * vbd;
    I('b', 'si', polarity * ibs);
    I('b', 'di', polarity * ibd);
    const charges = bulkDepletionCharges(depletionCharge, vbd, vbs, bulk, { mj, mjsw, fc });
    const qbd = charges.drain;
    const qbs = charges.source;
    I('b', 'di', polarity * ddt(qbd));
    I('b', 'si', polarity * ddt(qbs));

    // Charges of the gate.
    const overlapSource = cgso * w;
    const overlapDrain = cgdo * w;
    const overlapBulk = cgbo * length;
    const meyer = meyerCapacitances(vgst, vchannel, vdsat, phiT, oxide);
    const cgs = forward ? meyer.gs : meyer.gd;
    const cgd = forward ? meyer.gd : meyer.gs;
    if (capmod === 0) {
      I('g', 'si', (overlapSource + cgs) * ddt(V('g', 'si')));
      I('g', 'di', (overlapDrain + cgd) * ddt(V('g', 'di')));
      I('g', 'b', (overlapBulk + meyer.gb) * ddt(V('g', 'b')));
    } else {
      const charge = wardDuttonCharges(vgst, vchannel, root, g, oxide);
      const qsource = -charge.gate - charge.bulk - charge.drain;
      I('g', 'si', ddt(overlapSource * V('g', 'si')));
      I('g', 'di', ddt(overlapDrain * V('g', 'di')));
      I('g', 'b', ddt(overlapBulk * V('g', 'b')));
      I('g', 'si', polarity * ddt(charge.gate));
      I('b', 'si', polarity * ddt(charge.bulk));
      I('di', 'si', polarity * ddt(forward ? charge.drain : qsource));
    }

    // Conductances are those of the mode: in reverse mode the drain counts as the source. Noise.
    const gm = Math.abs(ddx(ids, vgs));
    const gmbs = Math.abs(ddx(ids, vbs));
    const gds = ddx(ids, vds) - (forward ? 0 : gm + gmbs);
    const id = ids - ibd;
    const coxNoise = tox > 0 ? coxArea : (3.9 * 8.854214871e-12) / 1e-7;
    // Of m devices it is that of one of m times the width.
    const flicker =
      (kf * Math.abs(id) ** af * multiplicity ** (af - 2)) / (w * length * coxNoise * coxNoise);
    if (hasDrain) whiteNoise('d', 'di', (4 * k * circuitTemperature) / resistanceDrain, 'rd');
    if (hasSource) whiteNoise('s', 'si', (4 * k * circuitTemperature) / resistanceSource, 'rs');
    whiteNoise('di', 'si', (8 / 3) * k * circuitTemperature * gm, 'id');
    flickerNoise('di', 'si', flicker, 1, 'flicker');

    mosOutputs(output, polarity, {
      id, ibd, ibs, vgs, vds, vbs, von, vdsat, gm, gds, gmbs,
      cgs: overlapSource + cgs, cgd: overlapDrain + cgd, cgb: overlapBulk + meyer.gb,
      cbd: ddx(qbd, vbs), cbs: ddx(qbs, vbs),
    });
  },
});
