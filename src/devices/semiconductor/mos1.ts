import { flag, integer, optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';
import { boundedExponential } from './bounded-exponential.js';
import { depletionCapacitanceFactor } from './depletion-capacitance-factor.js';
import { depletionCharge } from './depletion-charge.js';
import { fetlim, limitTransistor, limvds, pnjlim } from './limiting.js';
import { meyerCapacitances } from './meyer-capacitances.js';
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
    type: real(1, '', '1: n-channel, −1: p-channel; the type of the card sets it', '[-1:1]'),
    vto: real(0, 'V', 'threshold voltage without bulk bias'),
    kp: real(2e-5, 'A/V²', 'transconductance parameter', '[0:inf)'),
    gamma: real(0, '√V', 'bulk threshold parameter', '[0:inf)'),
    phi: real(0.6, 'V', 'surface potential', '(0:inf)'),
    lambda: real(0, '1/V', 'channel-length modulation', '[0:inf)'),
    rd: real(0, 'Ω', 'drain resistance', '[0:inf)'),
    rs: real(0, 'Ω', 'source resistance', '[0:inf)'),
    rsh: real(0, 'Ω', 'sheet resistance of drain and source', '[0:inf)'),
    cbd: real(0, 'F', 'bulk-drain capacitance at zero bias', '[0:inf)'),
    cbs: real(0, 'F', 'bulk-source capacitance at zero bias', '[0:inf)'),
    is: real(1e-14, 'A', 'saturation current of the bulk junctions', '[0:inf)'),
    js: real(0, 'A/m²', 'saturation current per area of the bulk junctions', '[0:inf)'),
    pb: real(0.8, 'V', 'built-in potential of the bulk junctions', '(0:inf)'),
    cj: real(0, 'F/m²', 'bulk junction capacitance per area', '[0:inf)'),
    mj: real(0.5, '', 'grading coefficient of the bottom', '[0:1)'),
    cjsw: real(0, 'F/m', 'bulk junction capacitance per length of the perimeter', '[0:inf)'),
    mjsw: real(0.5, '', 'grading coefficient of the side wall', '[0:1)'),
    fc: real(0.5, '', 'where the forward capacitance becomes linear, as a part of pb', '[0:1)'),
    cgso: real(0, 'F/m', 'gate-source overlap capacitance per width', '[0:inf)'),
    cgdo: real(0, 'F/m', 'gate-drain overlap capacitance per width', '[0:inf)'),
    cgbo: real(0, 'F/m', 'gate-bulk overlap capacitance per length', '[0:inf)'),
    capmod: integer(0, 'charges of the gate: 0 Meyer, 1 Ward and Dutton', '[0:1]'),
    tox: real(0, 'm', 'oxide thickness, 0 for no gate capacitance', '[0:inf)'),
    ld: real(0, 'm', 'lateral diffusion'),
    u0: real(600, 'cm²/(V·s)', 'surface mobility', '(0:inf)'),
    nsub: optionalReal('1/cm³', 'substrate doping', '(1.45e10:inf)'),
    nss: real(0, '1/cm²', 'surface state density'),
    tpg: integer(1, 'gate: 1 opposite to substrate, −1 same, 0 aluminium', '[-1:1]'),
    tnom: real(27, '°C', 'temperature of measurement', '(-273.15:inf)'),
    kf: real(0, '', 'flicker noise coefficient', '[0:inf)'),
    af: real(1, '', 'flicker noise exponent', '(0:inf)'),
  },
  instance: {
    l: real(1e-4, 'm', 'channel length', '(0:inf)'),
    w: real(1e-4, 'm', 'channel width', '(0:inf)'),
    ad: real(0, 'm²', 'drain area', '[0:inf)'),
    as: real(0, 'm²', 'source area', '[0:inf)'),
    pd: real(0, 'm', 'drain perimeter', '[0:inf)'),
    ps: real(0, 'm', 'source perimeter', '[0:inf)'),
    nrd: real(1, '', 'squares of the drain', '[0:inf)'),
    nrs: real(1, '', 'squares of the source', '[0:inf)'),
    off: flag(false, 'start the search for an operating point with all voltages zero'),
    icvds: optionalReal('V', 'drain-source voltage at the start of a transient with uic'),
    icvgs: optionalReal('V', 'gate-source voltage at the start of a transient with uic'),
    icvbs: optionalReal('V', 'bulk-source voltage at the start of a transient with uic'),
  },
  aliases: { vt0: 'vto', uo: 'u0', tref: 'tnom' },
  uses: {
    thermalVoltage,
    potentialAtTemperature,
    depletionCapacitanceFactor,
    depletionCharge,
    boundedExponential,
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
      boundedExponential, meyerCapacitances, wardDuttonCharges, pnjlim, fetlim, limitTransistor,
      limvds,
    },
    {
      type: polarity, vto, kp, gamma, phi, lambda, rd, rs, rsh, cbd, cbs, is, js, pb, cj, mj, cjsw, mjsw,
      fc, cgso, cgdo, cgbo, capmod, tox, ld, u0, nsub, nss, tpg, tnom, kf, af, l, w, ad, as, pd,
      ps, nrd, nrs, off,
    },
  ) {
    const k = 1.38064852e-23;
    const q = 1.6021766208e-19;

    // Model parameters that may follow from the oxide and the doping, at the nominal temperature.
    const nominal = tnom + 273.15;
    const bandGap = (t: number): number => 1.16 - (7.02e-4 * t * t) / (t + 1108);
    const gapNominal = bandGap(nominal);
    const process = tox > 0 && given('nsub');
    const coxArea = tox > 0 ? (3.9 * 8.854214871e-12) / tox : 0;
    const kpNominal = given('kp') || tox === 0 ? kp : u0 * 1e-4 * coxArea;
    const phiDoping = 2 * thermalVoltage(nominal) * Math.log((nsub * 1e6) / 1.45e16);
    const phiNominal = given('phi') || !process ? phi : Math.max(0.1, phiDoping);
    const gammaDoping = Math.sqrt(2 * 11.7 * 8.854214871e-12 * q * nsub * 1e6) / coxArea;
    const g = given('gamma') || !process ? gamma : gammaDoping;
    const workFunction = tpg === 0 ? 3.2 : 3.25 + 0.5 * gapNominal * (1 - polarity * tpg);
    const barrier = workFunction - (3.25 + 0.5 * gapNominal + 0.5 * polarity * phiNominal);
    const flatBand = barrier - (nss * 1e4 * q) / coxArea;
    const vtoDoping = flatBand + polarity * (g * Math.sqrt(phiNominal) + phiNominal);
    const vtoNominal = given('vto') || !process ? vto : vtoDoping;

    // At the temperature of the instance.
    const vt = thermalVoltage(temperature);
    const gap = bandGap(temperature);
    const kpT = kpNominal / (temperature / nominal) ** 1.5;
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
    const vgsRaw = polarity * V('g', 'si');
    const vdsRaw = polarity * V('di', 'si');
    const vbsRaw = polarity * V('b', 'si');
    const vgsLast = previous('vgs');
    const vdsLast = previous('vds');
    const vbsLast = previous('vbs');
    const vbdLast = vbsLast - vdsLast;
    const vonLast = vbi + g * bodyRoot(vdsLast >= 0 ? vbsLast : vbdLast);
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

    // Bulk junctions.
    const junction = (v: number, saturation: number): number =>
      (v > -3 * vt ? saturation * (boundedExponential(v / vt) - 1) : -saturation) + gmin * v;
    const ibs = junction(vbs, iss);
    const ibd = junction(vbd, isd);
    I('b', 'si', polarity * ibs);
    I('b', 'di', polarity * ibd);

    // Charges of the bulk junctions.
    const pbRef = potentialAtTemperature(pb, 300.15, nominal);
    const pbT = potentialAtTemperature(pb, temperature, nominal);
    const bottom = depletionCapacitanceFactor(pbT, pb, pbRef, mj, temperature, nominal);
    const side = depletionCapacitanceFactor(pbT, pb, pbRef, mjsw, temperature, nominal);
    const czbd = (given('cbd') ? cbd : cj * ad) * bottom;
    const czbs = (given('cbs') ? cbs : cj * as) * bottom;
    let qbd = 0;
    let qbs = 0;
    if (cbd > 0 || (!given('cbd') && cj > 0)) qbd += depletionCharge(vbd, czbd, pbT, mj, fc);
    if (cbs > 0 || (!given('cbs') && cj > 0)) qbs += depletionCharge(vbs, czbs, pbT, mj, fc);
    if (cjsw > 0) {
      qbd += depletionCharge(vbd, cjsw * pd * side, pbT, mjsw, fc);
      qbs += depletionCharge(vbs, cjsw * ps * side, pbT, mjsw, fc);
    }
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
    const id = ids - ibd;
    const coxNoise = tox > 0 ? coxArea : (3.9 * 8.854214871e-12) / 1e-7;
    // Of m devices it is that of one of m times the width.
    const flicker =
      (kf * Math.abs(id) ** af * multiplicity ** (af - 2)) / (w * length * coxNoise * coxNoise);
    if (hasDrain) whiteNoise('d', 'di', (4 * k * circuitTemperature) / resistanceDrain, 'rd');
    if (hasSource) whiteNoise('s', 'si', (4 * k * circuitTemperature) / resistanceSource, 'rs');
    whiteNoise('di', 'si', (8 / 3) * k * circuitTemperature * gm, 'id');
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
    output('gds', ddx(ids, vds) - (forward ? 0 : gm + gmbs), 'S', 'drain-source conductance');
    output('gmbs', gmbs, 'S', 'transconductance of the bulk');
    output('cgs', overlapSource + cgs, 'F', 'gate-source capacitance (Meyer)');
    output('cgd', overlapDrain + cgd, 'F', 'gate-drain capacitance (Meyer)');
    output('cgb', overlapBulk + meyer.gb, 'F', 'gate-bulk capacitance (Meyer)');
    output('cbd', ddx(qbd, vbs), 'F', 'bulk-drain capacitance');
    output('cbs', ddx(qbs, vbs), 'F', 'bulk-source capacitance');
  },
});
