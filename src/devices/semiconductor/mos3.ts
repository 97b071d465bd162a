import { optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';
import { boundedExponential } from './bounded-exponential.js';
import { bulkDepletionCharges, bulkJunctions } from './bulk-junctions.js';
import { depletionCapacitanceFactor } from './depletion-capacitance-factor.js';
import { depletionCharge } from './depletion-charge.js';
import { junctionCurrent } from './junction-current.js';
import { fetlim, limitTransistor, limvds, pnjlim } from './limiting.js';
import { meyerCapacitances } from './meyer-capacitances.js';
import { mosOutputs } from './mos-outputs.js';
import { mosAliases, mosInstance, mosParameters } from './mos-parameters.js';
import { mosThreshold } from './mos-threshold.js';
import { potentialAtTemperature } from './potential-at-temperature.js';
import { thermalVoltage } from './thermal-voltage.js';

/**
 * MOS transistor, SPICE level 3: semi-empirical, for short channels.
 * Vladimirescu and Liu, "The simulation of MOS integrated circuits using SPICE2", UCB/ERL M80/7,
 * 1980; Antognetti and Massobrio, "Semiconductor Device Modeling with SPICE", chapter 4; short
 * channel of Dang, IEEE JSSC 14(2), 358, 1979; details as in ngspice 39.
 *
 * All voltages and currents are those of an n-channel transistor: `type` turns them round. The
 * gate's capacitances are Meyer's, which conserve no charge.
 *
 * Conductances are slopes, in small signals and noise too. Those of ngspice 39 are with `kappa` = 0
 * and without `vmax`; it leaves out how the saturation voltage and with it the length of the channel
 * follow gate and bulk, by which its gm is up to 2 % below the slope of its own current, and up to
 * 9 % with `vmax` in saturation (docs/decisions/0014).
 * Thermal noise is of the temperature of the circuit, whatever an instance says, and flicker noise
 * takes m devices for one that carries m times the current with the width of one: so does ngspice.
 */
export const mos3 = model({
  name: 'mos3',
  title: 'MOS transistor, level 3 (semi-empirical)',
  terminals: ['d', 'g', 's', 'b'],
  internal: ['di', 'si'],
  beside: { di: 'd', si: 's' },
  parameters: {
    ...mosParameters,
    kp: optionalReal('A/V²', 'transconductance parameter; u0·cox if not given', '[0:inf)'),
    tox: real(1e-7, 'm', 'oxide thickness', '(0:inf)'),
    delta: real(0, '', 'effect of the width on the threshold', '[0:inf)'),
    eta: real(0, '', 'static feedback', '[0:inf)'),
    theta: real(0, '1/V', 'mobility degradation', '[0:inf)'),
    kappa: real(0.2, '', 'saturation field factor', '[0:inf)'),
    vmax: real(0, 'm/s', 'drift velocity in saturation, 0 for none', '[0:inf)'),
    xj: real(0, 'm', 'junction depth', '[0:inf)'),
    nfs: real(0, '1/cm²', 'fast surface state density', '[0:inf)'),
    xl: real(0, 'm', 'mask correction of the length'),
    wd: real(0, 'm', 'lateral diffusion of the width'),
    xw: real(0, 'm', 'mask correction of the width'),
    delvto: real(0, 'V', 'shift of the threshold voltage'),
  },
  instance: mosInstance,
  aliases: { ...mosAliases, delvt0: 'delvto' },
  uses: {
    thermalVoltage,
    potentialAtTemperature,
    depletionCapacitanceFactor,
    depletionCharge,
    boundedExponential,
    bulkJunctions,
    bulkDepletionCharges,
    junctionCurrent,
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
      circuitTemperature, gmin, multiplicity, whiteNoise, flickerNoise, output, positive,
      thermalVoltage, potentialAtTemperature, depletionCapacitanceFactor, depletionCharge,
      boundedExponential, bulkJunctions, bulkDepletionCharges, junctionCurrent, mosThreshold,
      mosOutputs, meyerCapacitances, pnjlim, fetlim, limitTransistor, limvds,
    },
    {
      type: polarity, vto, gamma, phi, rd, rs, rsh, cbd, cbs, is, js, pb, cj, mj, cjsw, mjsw, fc,
      cgso, cgdo, cgbo, tox, ld, u0, nsub, nss, tpg, tnom, kf, af, l, w, ad, as, pd, ps, nrd, nrs,
      off, kp, delta, eta, theta, kappa, vmax, xj, nfs, xl, wd, xw, delvto,
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
    const gapNominal = 1.16 - (7.02e-4 * nominal * nominal) / (nominal + 1108);
    const silicon = 11.7 * 8.854214871e-12;
    const coxArea = (3.9 * 8.854214871e-12) / tox;
    const kpNominal = given('kp') ? kp : u0 * 1e-4 * coxArea;
    const doping = nsub * 1e6;
    // Intrinsic density at tnom; the other levels have that of 300 K at all temperatures.
    const cooler = (gapNominal * q) / (2 * k) * (1 / 300 - 1 / nominal);
    const intrinsic = 1.45e16 * (nominal / 300) ** 1.5 * Math.exp(cooler);

    // At the temperature of the instance.
    const { gamma: g, phi: phiT, vbi, growth } = mosThreshold(
      thermalVoltage, potentialAtTemperature,
      { polarity, vto, gamma, phi, nsub, nss, tpg, delvto },
      { vto: given('vto'), gamma: given('gamma'), phi: given('phi'), doping: given('nsub') },
      coxArea, intrinsic, nominal, temperature,
    );
    const vt = thermalVoltage(temperature);
    const slowness = (temperature / nominal) ** 1.5;
    const kpT = kpNominal / slowness;
    const mobility = (u0 * 1e-4) / slowness;
    const bulk = bulkJunctions(
      potentialAtTemperature, depletionCapacitanceFactor,
      { is, js, pb, cj, mj, cjsw, mjsw, cbd, cbs, ad, as, pd, ps },
      { cbd: given('cbd'), cbs: given('cbs') },
      growth, vt, nominal, temperature,
    );
    const length = l - 2 * ld + xl;
    const width = w - 2 * wd + xw;
    positive(length, 'm', 'effective channel length');
    positive(width, 'm', 'effective channel width');
    const beta = (kpT * width) / length;
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

    // Depletion below the gate: widths over the junction depth with the corner of Dang, narrowing.
    const depth = given('nsub') ? Math.sqrt((2 * silicon) / (q * doping)) : 0;
    const narrow = (delta * 0.5 * Math.PI * silicon) / coxArea;
    const rootPhi = Math.sqrt(phiT);
    const root =
      vbulk <= 0 ? Math.sqrt(phiT - Math.min(vbulk, 0)) : rootPhi / (1 + vbulk / (2 * phiT));
    let short = 1;
    if (xj > 0 && given('nsub')) {
      const plane = (depth * root) / xj;
      const corner = 0.0631353 + 0.8013292 * plane - 0.01110777 * plane * plane;
      const cosine = Math.sqrt(1 - (plane / (1 + plane)) ** 2);
      short = 1 - (xj / length) * ((corner + ld / xj) * cosine - ld / xj);
    }
    const bodyShort = g * short;
    const body = bodyShort / (4 * root) + narrow / width;
    const bulkCharge = bodyShort * root + (narrow * root * root) / width;

    // Threshold with static feedback, and where weak inversion ends.
    const feedback = (eta * 8.15e-22) / (coxArea * length ** 3);
    const vth = vbi - feedback * vchannel + bulkCharge;
    const swing = 1 + (q * nfs * 1e4) / coxArea + bulkCharge / (2 * root * root);
    const von = nfs > 0 ? vth + vt * swing : vth;

    // Strong inversion: mobility, saturation voltage, current.
    const gate = Math.max(vgate, von);
    const degradation = 1 / (1 + theta * (gate - vth));
    const pinch = (gate - vth) / (1 + body);
    const vcritical = vmax > 0 ? (length * vmax) / (mobility * degradation) : 0;
    const vdsat = vmax > 0 ? pinch + vcritical - Math.sqrt(pinch * pinch + vcritical * vcritical) : pinch;
    const vx = Math.min(vchannel, vdsat);
    const slowing = vmax > 0 ? 1 / (1 + vx / vcritical) : 1;
    const factor = beta * degradation * slowing;
    const saturated = factor * (gate - vth - 0.5 * (1 + body) * vx) * vx;

    // Channel-length modulation, with punch-through. Without vmax ngspice lets it begin
    // before vdsat, with the eighth power of vds, so that the conductance is even there.
    const square = kappa * depth * depth;
    let shortening = 0;
    if (vmax === 0) {
      const beyond = vchannel - vx + (vdsat / 8) * (vx / Math.max(vdsat, 1e-12)) ** 8;
      // At less the square underflows, and the slope of the root is not finite.
      if (beyond > 1e-60) shortening = Math.sqrt(square * beyond);
    } else if (vchannel > vdsat) {
      const conductance = Math.max((saturated * (1 - slowing)) / vcritical, 1e-12);
      const field = (0.5 * square * saturated) / (length * conductance);
      shortening = Math.sqrt(field * field + square * (vchannel - vdsat)) - field;
    }
    const limited =
      shortening > 0.5 * length ? length - (length * length) / (4 * shortening) : shortening;
    let ichannel = given('nsub') && kappa > 0 ? saturated / (1 - limited / length) : saturated;

    // Weak inversion, or nothing.
    if (vgate < von) ichannel = nfs > 0 ? ichannel * Math.exp((vgate - von) / (swing * vt)) : 0;
    const ids = forward ? ichannel : -ichannel;
    I('di', 'si', polarity * ids);

    // Bulk junctions and their charges.
    const ibs = junctionCurrent(boundedExponential, vbs, bulk.iss, vt) + gmin * vbs;
    const ibd = junctionCurrent(boundedExponential, vbd, bulk.isd, vt) + gmin * vbd;
    I('b', 'si', polarity * ibs);
    I('b', 'di', polarity * ibd);
    const charges = bulkDepletionCharges(depletionCharge, vbd, vbs, bulk, { mj, mjsw, fc });
    const qbd = charges.drain;
    const qbs = charges.source;
    I('b', 'di', polarity * ddt(qbd));
    I('b', 'si', polarity * ddt(qbs));

    // Capacitances of the gate.
    const overlapSource = cgso * width;
    const overlapDrain = cgdo * width;
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
    // Of m devices it is that of one with m times the current, but not m times the width; as in
    // ngspice it does not know of xl and xw.
    const channel = (w - 2 * wd) * (l - 2 * ld);
    const flicker =
      (kf * Math.abs(id) ** af * multiplicity ** (af - 1)) / (channel * coxArea * coxArea);
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
