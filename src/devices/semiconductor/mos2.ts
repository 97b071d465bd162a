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
 * MOS transistor, SPICE level 2: Grove and Frohman-Bentchkowsky.
 * Vladimirescu and Liu, "The simulation of MOS integrated circuits using SPICE2", UCB/ERL M80/7,
 * 1980; Antognetti and Massobrio, "Semiconductor Device Modeling with SPICE", chapter 4; saturation
 * by velocity of Baum and Beneking, IEEE TED 17(6), 481, 1970; details as in ngspice 39.
 *
 * All voltages and currents are those of an n-channel transistor: `type` turns them round. The
 * gate's capacitances are Meyer's, which conserve no charge. As in ngspice delta has less effect in
 * devices in parallel (m), which is not of the equations, flicker noise takes m devices for one of m
 * times the width, and thermal noise is of the temperature of the circuit, whatever an instance says.
 * With vmax and without nfs the equations of strong inversion go on below the threshold, as in
 * ngspice: towards vbin a current rises again that no transistor has, and stops there.
 * Conductances are derivatives, as they are in ngspice where lambda is given. Elsewhere it leaves
 * out how the length of the channel follows the bias, and without nfs has conductances below the
 * threshold where nothing flows (docs/decisions/0014).
 */
export const mos2 = model({
  name: 'mos2',
  title: 'MOS transistor, level 2 (Grove and Frohman)',
  terminals: ['d', 'g', 's', 'b'],
  internal: ['di', 'si'],
  beside: { di: 'd', si: 's' },
  parameters: {
    ...mosParameters,
    kp: optionalReal('A/V²', 'transconductance parameter; u0·cox if not given', '[0:inf)'),
    tox: real(1e-7, 'm', 'oxide thickness', '(0:inf)'),
    lambda: real(0, '1/V', 'channel-length modulation, 0 to compute it', '[0:inf)'),
    delta: real(0, '', 'effect of the width on the threshold', '[0:inf)'),
    uexp: real(0, '', 'exponent of the mobility degradation', '[0:inf)'),
    ucrit: real(1e4, 'V/cm', 'critical field of the mobility degradation', '(0:inf)'),
    vmax: real(0, 'm/s', 'drift velocity in saturation, 0 for none', '[0:inf)'),
    neff: real(1, '', 'factor of the channel charge with vmax', '(0:inf)'),
    xj: real(0, 'm', 'junction depth', '[0:inf)'),
    nfs: real(0, '1/cm²', 'fast surface state density', '[0:inf)'),
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
      mosOutputs, meyerCapacitances, pnjlim, fetlim, limitTransistor, limvds,
    },
    {
      type: polarity, vto, gamma, phi, rd, rs, rsh, cbd, cbs, is, js, pb, cj, mj, cjsw, mjsw, fc,
      cgso, cgdo, cgbo, tox, ld, u0, nsub, nss, tpg, tnom, kf, af, l, w, ad, as, pd, ps, nrd, nrs,
      off, kp, lambda, delta, uexp, ucrit, vmax, neff, xj, nfs,
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
    const silicon = 11.7 * 8.854214871e-12;
    const coxArea = (3.9 * 8.854214871e-12) / tox;
    const kpNominal = given('kp') ? kp : u0 * 1e-4 * coxArea;
    const doping = nsub * 1e6;

    // At the temperature of the instance.
    const { gamma: g, phi: phiT, vbi, growth } = mosThreshold(
      thermalVoltage, potentialAtTemperature,
      { polarity, vto, gamma, phi, nsub, nss, tpg, delvto: 0 },
      { vto: given('vto'), gamma: given('gamma'), phi: given('phi'), doping: given('nsub') },
      coxArea, 1.45e16, nominal, temperature,
    );
    const vt = thermalVoltage(temperature);
    const slowness = (temperature / nominal) ** 1.5;
    const kpT = kpNominal / slowness;
    // ngspice takes the speed limit of vmax with the mobility at tnom.
    const mobility = u0 * 1e-4;
    const bulk = bulkJunctions(
      potentialAtTemperature, depletionCapacitanceFactor,
      { is, js, pb, cj, mj, cjsw, mjsw, cbd, cbs, ad, as, pd, ps },
      { cbd: given('cbd'), cbs: given('cbs') },
      growth, vt, nominal, temperature,
    );
    const length = l - 2 * ld;
    positive(length, 'm', 'effective channel length');
    const width = w;
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

    // Roots of the depletion charge at the source and at a voltage along the channel; beyond a bulk
    // voltage of zero SPICE bends them.
    const rootPhi = Math.sqrt(phiT);
    const rootAt = (v: number): number =>
      vbulk - v <= 0
        ? Math.sqrt(phiT - Math.min(vbulk - v, 0))
        : rootPhi / (1 + (0.5 * (vbulk - v)) / phiT);
    const rootSource = rootAt(0);
    const rootDrain = rootAt(vchannel);
    const bySource = vbulk <= 0 ? -0.5 / rootSource : (-0.5 * rootSource ** 2) / rootPhi ** 3;
    const byDrain =
      vbulk - vchannel <= 0 ? -0.5 / rootDrain : (-0.5 * rootDrain ** 2) / rootPhi ** 3;

    // Effect of the width; charge that drain and source take from the gate in a short channel.
    const narrow = (0.25 * Math.PI * delta * silicon) / (coxArea * width * multiplicity);
    const eta = 1 + narrow;
    const depth = given('nsub') ? Math.sqrt((2 * silicon) / (q * doping)) : 0;
    let [gShort, gShortByBulk] = [g, 0];
    if (xj > 0 && given('nsub')) {
      const source = Math.sqrt(1 + (2 * depth * rootSource) / xj);
      const drain = Math.sqrt(1 + (2 * depth * rootDrain) / xj);
      gShort = g * (1 - ((0.5 * xj) / length) * (source + drain - 2));
      gShortByBulk = (((-0.5 * g * depth) / length) * (bySource / source + byDrain / drain));
    }

    // Threshold, and where weak inversion ends.
    const vbin = vbi + narrow * (phiT - vbulk);
    const vth = vbin + gShort * rootSource;
    const depletion = narrow - gShort * bySource - gShortByBulk * rootSource;
    const swing = vt * (1 + (q * nfs * 1e4) / coxArea + depletion);
    const von = nfs > 0 ? vth + swing : vth;
    const vgst = vgate - von;
    const gate = nfs > 0 ? Math.max(vgate, von) : vgate;

    // Mobility.
    const critical = (ucrit * 100 * silicon) / coxArea;
    const degradation = vgst > critical ? (critical / Math.max(vgst, critical)) ** uexp : 1;

    // Saturation voltage by pinch-off of Grove and Frohman.
    const excess = (gate - vbin) / eta;
    const gEta = gShort / eta;
    const square = gEta * gEta;
    const level = excess + phiT - vbulk;
    let pinch = Math.max(excess, 0);
    if (gEta > 0) {
      const bend = Math.sqrt(1 + (4 * Math.max(level, 0)) / square);
      pinch = level > 0 ? Math.max(excess + (square * (1 - bend)) / 2, 0) : 0;
    }
    // Where vmax is given the carriers reach it before: at the smallest root of a quartic in
    // x = √(v + φ − vbs) (Baum and Beneking), on which Newton's iteration falls from the point of
    // inflection without overshooting. Below the threshold the root is at a negative voltage.
    // SPICE solves it with Ferrari's formula, and finds none where the resolvent has s > 0.
    let vdsat = pinch;
    if (vmax > 0) {
      const vx = (vmax * length) / (mobility * degradation);
      const base = phiT - vbulk;
      const c3 = gEta / 0.75;
      const c2 = -2 * (level + vx);
      const c1 = -2 * gEta * vx;
      const c0 = 2 * level * (base + vx) - base * base - (4 / 3) * gEta * rootSource ** 3;
      const linear = c3 * c1 - 4 * c0;
      const constant = c0 * (4 * c2 - c3 * c3) - c1 * c1;
      const s = (-2 / 27) * c2 ** 3 + (c2 * linear) / 3 + constant;
      let x = (Math.sqrt(Math.max(36 * c3 * c3 - 96 * c2, 0.01)) - 6 * c3) / 24;
      for (let i = 0; i < 12; i++) {
        const f = (((x + c3) * x + c2) * x + c1) * x + c0;
        const slope = ((4 * x + 3 * c3) * x + 2 * c2) * x + c1;
        x = x - f / slope;
      }
      if (s <= 0) vdsat = x * x - base;
    }

    // Channel-length modulation, as a part of the length; a depletion layer at most remains.
    let shortening = lambda * vchannel;
    const rootSaturation = rootAt(vdsat);
    if (lambda === 0 && given('nsub')) {
      if (vmax > 0) {
        const slow = (vmax * depth) / Math.sqrt(neff) / (2 * mobility * degradation);
        const beyond = Math.max(vchannel - vdsat, 0);
        shortening = (depth / Math.sqrt(neff) / length) * (Math.sqrt(slow * slow + beyond) - slow);
      } else {
        const beyond = (vchannel - vdsat) / 4;
        shortening = (depth / length) * Math.sqrt(beyond + Math.sqrt(1 + beyond * beyond));
      }
    }
    const layer = given('nsub') ? depth * Math.sqrt(bulk.pb) : 0.25e-6;
    const whole = depth * Math.sqrt(bulk.pb);
    let factor = 1 - shortening;
    if (length * factor < layer) {
      factor = layer / (1 + (length * shortening - (length - whole)) / layer) / length;
    }

    // Current. With nfs that of von falls exponentially below von; without, that of strong inversion
    // is taken from vbin on, which is nothing below the threshold unless vmax is given.
    const drive = nfs > 0 ? Math.max(vgate, von) : vgate;
    const along = Math.min(vchannel, vdsat);
    const rootAlong = vchannel > vdsat ? rootSaturation : rootDrain;
    const body = rootAlong ** 3 - rootSource ** 3;
    const strong =
      ((beta * degradation) / factor) *
      ((drive - vbin - 0.5 * eta * along) * along - (gShort * body) / 1.5);
    const extrapolates = nfs === 0 && vgate > vbin && vchannel > 1e-10;
    let ichannel = vdsat > 0 || extrapolates ? strong : 0;
    if (nfs > 0 && vgate <= von) ichannel *= Math.exp((vgate - von) / swing);
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
    // Of m devices it is that of one of m times the width.
    const flicker =
      (kf * Math.abs(id) ** af * multiplicity ** (af - 2)) / (w * length * coxArea * coxArea);
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
