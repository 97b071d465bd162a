import { flag, optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';
import { boundedExponential } from './bounded-exponential.js';
import { depletionCapacitanceFactor } from './depletion-capacitance-factor.js';
import { depletionCharge } from './depletion-charge.js';
import { fetlim, limvds, pnjlim } from './limiting.js';
import { potentialAtTemperature } from './potential-at-temperature.js';
import { thermalVoltage } from './thermal-voltage.js';

/**
 * Vertical double-diffused power MOS transistor with its body diode, as in ngspice 39 (manual,
 * section 11.3: the model of LTspice, with weak inversion and quasi-saturation).
 *
 * All voltages and currents are those of an n-channel transistor; `pchan` or the type `vdmosp` turn
 * them round. The body diode leads from source to drain, outside of their resistances. Self-heating
 * (`thermal`, with its two nodes) is not there: in ngspice 39 the node of the junction counts the
 * temperature of the circuit in °C more than once, also without power. Small signals are the
 * derivatives of the currents; ngspice leaves some out, of rq and in reverse mode, and has a larger
 * conductance where the body diode blocks. As in ngspice, against what m devices would do: the
 * capacitances of the gate are those of one, ibv is the current of all, and flicker noise is divided
 * by m. The resistance of the gate is free of noise, as there; noise of rb and of the body diode is
 * ours.
 * Thermal noise is of the temperature of the circuit, whatever an instance says: so does ngspice.
 */
export const vdmos = model({
  name: 'vdmos',
  title: 'Power MOS transistor (VDMOS)',
  terminals: ['d', 'g', 's'],
  internal: ['di', 'gi', 'si', 'a'],
  beside: { di: 'd', gi: 'g', si: 's', a: 's' },
  parameters: {
    type: real(1, '', '1: n-channel, −1: p-channel; the type of the card sets it', '[-1:1]'),
    nchan: flag(false, 'n-channel, as always without pchan'),
    pchan: flag(false, 'p-channel'),
    vto: optionalReal('V', 'threshold voltage; 0 if not given'),
    kp: real(1, 'A/V²', 'transconductance parameter', '[0:inf)'),
    lambda: real(0, '1/V', 'channel-length modulation', '[0:inf)'),
    theta: real(0, '1/V', 'mobility degradation', '[0:inf)'),
    mtriode: real(1, '', 'factor of the conductance in the linear region', '(0:inf)'),
    subshift: real(0, 'V', 'shift of the weak inversion'),
    ksubthres: real(0.1, 'V', 'slope of the weak inversion', '(0:inf)'),
    rd: real(0, 'Ω', 'drain resistance', '[0:inf)'),
    rs: real(0, 'Ω', 'source resistance', '[0:inf)'),
    rg: real(0, 'Ω', 'gate resistance', '[0:inf)'),
    rds: real(1e15, 'Ω', 'shunt between drain and source', '(0:inf)'),
    rq: real(0, 'Ω', 'drain resistance that quasi-saturation adds to a given rd', '[0:inf)'),
    vq: real(0, 'V', 'voltage of the quasi-saturation, 0 for none', '[0:inf)'),
    cgs: real(0, 'F', 'gate-source capacitance', '[0:inf)'),
    cgdmin: real(0, 'F', 'least gate-drain capacitance', '[0:inf)'),
    cgdmax: real(0, 'F', 'largest gate-drain capacitance', '[0:inf)'),
    a: real(1, '1/V', 'how fast the gate-drain capacitance changes', '(0:inf)'),
    is: real(1e-14, 'A', 'saturation current of the body diode', '[0:inf)'),
    n: real(1, '', 'emission coefficient of the body diode', '(0:inf)'),
    rb: real(0, 'Ω', 'series resistance of the body diode', '[0:inf)'),
    bv: optionalReal('V', 'breakdown voltage', '(0:inf)'),
    ibv: real(1e-10, 'A', 'current at bv, of all m devices', '(0:inf)'),
    nbv: real(1, '', 'emission coefficient of the breakdown', '(0:inf)'),
    tt: real(0, 's', 'transit time of the body diode', '[0:inf)'),
    cjo: real(0, 'F', 'capacitance of the body diode at zero bias', '[0:inf)'),
    vj: real(0.8, 'V', 'built-in potential of the body diode', '(0:inf)'),
    mj: real(0.5, '', 'grading coefficient of the body diode', '[0:1)'),
    fc: real(0.5, '', 'where its forward capacitance becomes linear, as a part of vj', '[0:1)'),
    eg: real(1.11, 'eV', 'activation energy', '(0:inf)'),
    xti: real(3, '', 'temperature exponent of is'),
    tnom: real(27, '°C', 'temperature of measurement', '(-273.15:inf)'),
    tcvth: real(0, 'V/K', 'fall of vto with temperature'),
    mu: real(-1.5, '', 'temperature exponent of kp'),
    texp0: optionalReal('', 'temperature exponent of rd, instead of trd1 and trd2'),
    texp1: real(0.3, '', 'temperature exponent of rq'),
    trd1: real(0, '1/K', 'first order temperature coefficient of rd'),
    trd2: real(0, '1/K²', 'second order temperature coefficient of rd'),
    trg1: real(0, '1/K', 'first order temperature coefficient of rg'),
    trg2: real(0, '1/K²', 'second order temperature coefficient of rg'),
    trs1: real(0, '1/K', 'first order temperature coefficient of rs'),
    trs2: real(0, '1/K²', 'second order temperature coefficient of rs'),
    trb1: real(0, '1/K', 'first order temperature coefficient of rb'),
    trb2: real(0, '1/K²', 'second order temperature coefficient of rb'),
    tksubthres1: real(0, '1/K', 'first order temperature coefficient of ksubthres'),
    tksubthres2: real(0, '1/K²', 'second order temperature coefficient of ksubthres'),
    kf: real(0, '', 'flicker noise coefficient', '[0:inf)'),
    af: real(1, '', 'flicker noise exponent', '(0:inf)'),
  },
  instance: {
    off: flag(false, 'start the search for an operating point with all voltages zero'),
    icvds: optionalReal('V', 'drain-source voltage at the start of a transient with uic'),
    icvgs: optionalReal('V', 'gate-source voltage at the start of a transient with uic'),
  },
  aliases: {
    vth0: 'vto',
    m: 'mj',
    cj0: 'cjo',
    vtotc: 'tcvth',
    bex: 'mu',
    tref: 'tnom',
    trd: 'trd1',
    trs: 'trs1',
    trg: 'trg1',
    trb: 'trb1',
    tksubthres: 'tksubthres1',
  },
  conservesCharge: true,
  uses: {
    thermalVoltage,
    potentialAtTemperature,
    depletionCapacitanceFactor,
    depletionCharge,
    boundedExponential,
    pnjlim,
    fetlim,
    limvds,
  },
  // prettier-ignore
  analog(
    {
      V, I, collapse, ddt, ddx, limit, previous, initializing, given, temperature,
      circuitTemperature, gmin, multiplicity, whiteNoise, flickerNoise, output, thermalVoltage,
      potentialAtTemperature, depletionCapacitanceFactor, depletionCharge, boundedExponential,
      pnjlim, fetlim, limvds,
    },
    {
      type, pchan, vto, kp, lambda, theta, mtriode, subshift, ksubthres, rd, rs, rg, rds, rq, vq,
      cgs, cgdmin, cgdmax, a, is, n, rb, bv, ibv, nbv, tt, cjo, vj, mj, fc, eg, xti, tnom, tcvth,
      mu, texp0, texp1, trd1, trd2, trg1, trg2, trs1, trs2, trb1, trb2, tksubthres1, tksubthres2,
      kf, af, off,
    },
  ) {
    const k = 1.38064852e-23;
    const q = 1.6021766208e-19;
    const polarity = pchan !== 0 ? -1 : type;
    const hasQuasi = rd > 0 && rq > 0 && vq > 0;
    const hasDrain = rd > 0;
    if (!hasDrain) collapse('di', 'd');
    if (rs === 0) collapse('si', 's');
    if (rg === 0) collapse('gi', 'g');
    if (rb === 0) collapse('a', 's');

    // Parameters at the temperature of the instance.
    const nominal = tnom + 273.15;
    const dT = temperature - nominal;
    const ratio = temperature / nominal;
    const vt = thermalVoltage(temperature);
    const byT = (first: number, second: number): number => 1 + first * dT + second * dT * dT;
    const vth = (given('vto') ? polarity * vto : 0) - tcvth * dT;
    const kpT = kp * ratio ** mu;
    const slope = ksubthres * byT(tksubthres1, tksubthres2);

    // Resistances; that of the drain rises with the voltage in quasi-saturation.
    const vds0 = polarity * V('d', 's');
    const rdT = rd * (given('texp0') ? ratio ** texp0 : byT(trd1, trd2));
    const quasi = vds0 > 0 ? (rq * ratio ** texp1 * vds0) / (vq + vds0) : 0;
    const resistanceDrain = hasQuasi ? rdT + quasi : rdT;
    if (hasDrain) I('d', 'di', V('d', 'di') / resistanceDrain);
    if (rs > 0) I('s', 'si', V('s', 'si') / (rs * byT(trs1, trs2)));
    if (rg > 0) I('g', 'gi', V('g', 'gi') / (rg * byT(trg1, trg2)));
    if (rb > 0) I('s', 'a', V('s', 'a') / (rb * byT(trb1, trb2)));
    I('d', 's', V('d', 's') / rds);

    // Voltages of the channel, limited while Newton iterates.
    const vgsRaw = polarity * V('gi', 'si');
    const vdsRaw = polarity * V('di', 'si');
    const vgsLast = previous('vgs');
    const vdsLast = previous('vds');
    let vgsNext = vgsRaw;
    let vdsNext = vdsRaw;
    if (vdsLast >= 0) {
      vgsNext = fetlim(vgsRaw, vgsLast, vth);
      vdsNext = limvds(vgsNext - (vgsRaw - vdsRaw), vdsLast);
    } else {
      const vgdNext = fetlim(vgsRaw - vdsRaw, vgsLast - vdsLast, vth);
      vdsNext = -limvds(vgdNext - vgsRaw, -vdsLast);
      vgsNext = vgdNext + vdsNext;
    }
    if (initializing) {
      vgsNext = off ? 0 : vth;
      vdsNext = 0;
    }
    const vgs = limit('vgs', vgsRaw, vgsNext);
    const vds = limit('vds', vdsRaw, vdsNext);

    // Drain current; in reverse mode drain and source change places.
    const forward = vds >= 0;
    const vchannel = forward ? vds : -vds;
    const vgate = forward ? vgs : vgs - vds;
    const vscaled = mtriode * vchannel;
    const exponent = (vgate - vth - subshift) / slope;
    const over = exponent > 200 ? slope * exponent : slope * Math.log(1 + Math.exp(Math.min(exponent, 200)));
    // ngspice has the signed voltages in lambda and theta, in reverse mode too.
    const beta = (kpT * (1 + lambda * vds)) / (1 + theta * vgs);
    const ichannel =
      over <= vscaled ? 0.5 * beta * over * over : beta * vscaled * (over - 0.5 * vscaled);
    const ids = forward ? ichannel : -ichannel;
    I('di', 'si', polarity * ids);

    // Body diode, from source to drain.
    const vte = n * vt;
    const isT = Math.max(is * Math.exp((((ratio - 1) * eg) / vt + xti * Math.log(ratio)) / n), 1e-30);
    const vcrit = vte * Math.log(vte / (Math.SQRT2 * isT));
    const vtbr = nbv * vt;
    let vbr = bv;
    if (given('bv')) {
      const share = ibv / multiplicity;
      let matched = bv - vtbr * Math.log(1 + share / isT);
      for (let i = 0; i < 25; i++) matched = bv - vtbr * Math.log(share / isT + 1 - matched / vt);
      vbr = share < (isT * bv) / vt ? bv : matched;
    }
    const proposed = polarity * V('a', 'd');
    const last = previous('vd');
    let limited = pnjlim(proposed, last, vte, vcrit);
    if (given('bv') && proposed < Math.min(0, 10 * vtbr - vbr)) {
      limited = -pnjlim(-proposed - vbr, -last - vbr, vtbr, vcrit) - vbr;
    }
    if (initializing) limited = 0;
    const vd = limit('vd', proposed, limited);
    const reverse = (3 * vte) / (vd * Math.E);
    let idiode = -isT * (1 + reverse ** 3);
    if (vd >= -3 * vte) idiode = isT * (boundedExponential(vd / vte) - 1);
    else if (given('bv') && vd < -vbr) idiode = -isT * boundedExponential(-(vbr + vd) / vtbr);
    const injected = idiode;
    idiode += gmin * vd;
    I('a', 'd', polarity * idiode);

    // Charges: gate to drain between two capacitances, gate to source, body diode. Those of the gate
    // are of all m devices.
    const swing = (cgdmax - cgdmin) / (1 + Math.PI / 2);
    const middle = cgdmax - swing;
    const vgd = polarity * V('gi', 'di');
    const x = a * vgd;
    const tail = Math.exp(-2 * Math.abs(x));
    const logCosh = Math.abs(x) + Math.log((1 + tail) / 2);
    const arc = x * Math.atan(x) - 0.5 * Math.log(1 + x * x);
    const qgd = middle * vgd + (swing / a) * (vgd > 0 ? logCosh : arc);
    const qgs = cgs * polarity * V('gi', 'si');
    I('gi', 'di', polarity * ddt(qgd / multiplicity));
    I('gi', 'si', polarity * ddt(qgs / multiplicity));
    const vjT = potentialAtTemperature(vj, temperature, nominal);
    const reference = potentialAtTemperature(vj, 300.15, nominal);
    const growth = depletionCapacitanceFactor(vjT, vj, reference, mj, temperature, nominal);
    const qd = tt * injected + depletionCharge(vd, cjo * growth, vjT, mj, fc);
    I('a', 'd', polarity * ddt(qd));

    const gm = forward ? ddx(ids, vgs) : -ddx(ids, vgs);
    if (hasDrain) whiteNoise('d', 'di', (4 * k * circuitTemperature) / resistanceDrain, 'rd');
    if (rs > 0) whiteNoise('s', 'si', (4 * k * circuitTemperature) / (rs * byT(trs1, trs2)), 'rs');
    if (rb > 0) whiteNoise('s', 'a', (4 * k * circuitTemperature) / (rb * byT(trb1, trb2)), 'rb');
    whiteNoise('di', 'si', (8 / 3) * k * circuitTemperature * Math.abs(gm), 'id');
    whiteNoise('a', 'd', 2 * q * Math.abs(idiode), 'diode');
    // As of a gate with 100 nm of oxide, 1 m² large: kf is what ngspice makes of it.
    const oxide = (3.9 * 8.854214871e-12) / 1e-7;
    const flicker = (kf * Math.abs(ids) ** af * multiplicity ** (af - 2)) / (oxide * oxide);
    flickerNoise('di', 'si', flicker, 1, 'flicker');

    output('id', ids - idiode, 'A', 'drain current, with the body diode');
    output('idio', idiode, 'A', 'current of the body diode');
    output('vgs', vgs, 'V', 'gate-source voltage');
    output('vds', vds, 'V', 'drain-source voltage');
    output('von', polarity * vth, 'V', 'threshold voltage');
    output('gm', gm, 'S', 'transconductance');
    output('gds', forward ? ddx(ids, vds) : ddx(ids, vds) - gm, 'S', 'drain-source conductance');
    output('cds', ddx(qd, vd), 'F', 'capacitance of the body diode');
  },
});
