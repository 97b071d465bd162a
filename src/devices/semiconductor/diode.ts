import { flag, integer, optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';
import { boundedExponential } from './bounded-exponential.js';
import { depletionCapacitanceFactor } from './depletion-capacitance-factor.js';
import { depletionCharge } from './depletion-charge.js';
import { pnjlim } from './limiting.js';
import { limitRise } from './limit-rise.js';
import { potentialAtTemperature } from './potential-at-temperature.js';
import { thermalVoltage } from './thermal-voltage.js';

/**
 * Junction diode, SPICE level 1, with knee currents and recombination, as in ngspice 39.
 * ngspice 39 manual, chapter 7; Nagel, "SPICE2", UCB/ERL M520, 1975; breakdown and limiting with
 * the corrections of ngspice. A grading coefficient `m` on a card is `mj` here: `m` is the number
 * of devices in parallel.
 *
 * As in ngspice, against the equations: the recombination current jumps to zero below −3·n·kT/q;
 * thermal noise is of the temperature of the circuit, whatever an instance says, and counts the area
 * twice and m three times. Conductance and diffusion capacitance of recombination are derivatives
 * here, in ngspice they are off by some per cent; and `ic` is the voltage of the junction, behind
 * rs, where a transient with uic starts: ngspice starts at 0 V whatever it says.
 *
 * With `thermal` and rth0 the diode heats itself: all that depends on temperature is at that of the
 * instance plus the voltage of tj, into which flows what junction and rs dissipate. Currents that
 * charge the junction are no heat here, and small signals have cth0; ngspice 39 otherwise.
 */
export const diode = model({
  name: 'diode',
  title: 'Junction diode (SPICE level 1)',
  terminals: ['a', 'c', 'tj'],
  internal: ['j'],
  beside: { j: 'a' },
  parameters: {
    is: real(1e-14, 'A', 'saturation current', '[0:inf)'),
    n: real(1, '', 'emission coefficient', '(0:inf)'),
    rs: real(0, 'Ω', 'series resistance', '[0:inf)'),
    ikf: real(0, 'A', 'forward knee current, 0 for none', '[0:inf)'),
    ikr: real(0, 'A', 'reverse knee current, 0 for none', '[0:inf)'),
    isr: real(0, 'A', 'recombination current, 0 for none', '[0:inf)'),
    nr: real(1, '', 'emission coefficient of the recombination current', '(0:inf)'),
    bv: optionalReal('V', 'reverse breakdown voltage'),
    ibv: real(1e-3, 'A', 'current at bv', '(0:inf)'),
    nbv: optionalReal('', 'emission coefficient of the breakdown; n if not given', '(0:inf)'),
    tt: real(0, 's', 'transit time', '[0:inf)'),
    cjo: real(0, 'F', 'junction capacitance at zero bias', '[0:inf)'),
    vj: real(1, 'V', 'built-in potential', '(0:inf)'),
    mj: real(0.5, '', 'grading coefficient', '[0:1)'),
    fc: real(0.5, '', 'where the forward capacitance becomes linear, as a part of vj', '[0:1)'),
    area: real(1, '', 'area factor', '(0:inf)'),
    jsw: real(0, 'A', 'saturation current of the side wall', '[0:inf)'),
    ns: real(1, '', 'emission coefficient of the side wall; n if not given', '(0:inf)'),
    cjsw: real(0, 'F', 'side wall capacitance at zero bias', '[0:inf)'),
    php: real(1, 'V', 'built-in potential of the side wall', '(0:inf)'),
    mjsw: real(0.33, '', 'grading coefficient of the side wall', '[0:1)'),
    fcs: real(0.5, '', 'where the side wall capacitance becomes linear', '[0:1)'),
    pj: real(0, '', 'perimeter factor', '[0:inf)'),
    jtun: real(0, 'A', 'tunnel saturation current', '[0:inf)'),
    jtunsw: real(0, 'A', 'tunnel saturation current of the side wall', '[0:inf)'),
    ntun: real(30, '', 'emission coefficient of the tunnel current', '(0:inf)'),
    xtitun: real(3, '', 'temperature exponent of the tunnel current'),
    keg: real(1, '', 'factor of eg in the tunnel current', '(0:inf)'),
    tnom: real(27, '°C', 'temperature of measurement', '(-273.15:inf)'),
    eg: real(1.11, 'eV', 'activation energy', '(0:inf)'),
    xti: real(3, '', 'temperature exponent of the saturation current'),
    trs1: real(0, '1/K', 'first order temperature coefficient of rs'),
    trs2: real(0, '1/K²', 'second order temperature coefficient of rs'),
    ttt1: real(0, '1/K', 'first order temperature coefficient of tt'),
    ttt2: real(0, '1/K²', 'second order temperature coefficient of tt'),
    tm1: real(0, '1/K', 'first order temperature coefficient of mj'),
    tm2: real(0, '1/K²', 'second order temperature coefficient of mj'),
    tlev: integer(0, 'how bv depends on temperature: 0 V/K, 1 relative', '[0:1]'),
    tcv: real(0, 'V/K', 'temperature coefficient of bv'),
    tlevc: integer(0, 'how cjo and vj depend on temperature: 0 silicon, 1 linear', '[0:1]'),
    cta: real(0, '1/K', 'temperature coefficient of cjo (tlevc = 1)'),
    tpb: real(0, 'V/K', 'temperature coefficient of vj (tlevc = 1)'),
    ctp: real(0, '1/K', 'temperature coefficient of cjsw (tlevc = 1)'),
    tphp: real(0, 'V/K', 'temperature coefficient of php (tlevc = 1)'),
    kf: real(0, '', 'flicker noise coefficient', '[0:inf)'),
    af: real(1, '', 'flicker noise exponent', '(0:inf)'),
    rth0: optionalReal(
      'K/W',
      'thermal resistance to the surroundings, of all m devices',
      '(0:inf)',
    ),
    cth0: real(1e-5, 'J/K', 'thermal capacitance, of all m devices', '[0:inf)'),
  },
  instance: {
    thermal: flag(false, 'heat itself: the voltage of the node tj is the rise of temperature [K]'),
    off: flag(false, 'start the search for an operating point without conduction'),
    ic: optionalReal('V', 'voltage at the start of a transient with uic'),
  },
  aliases: {
    js: 'is',
    ik: 'ikf',
    nz: 'nbv',
    vb: 'bv',
    vrb: 'bv',
    ib: 'ibv',
    cj0: 'cjo',
    cj: 'cjo',
    pb: 'vj',
    m: 'mj',
    tref: 'tnom',
    trs: 'trs1',
    tbv1: 'tcv',
    ctc: 'cta',
    tvj: 'tpb',
    isw: 'jsw',
    cjp: 'cjsw',
    vjsw: 'php',
    perim: 'pj',
  },
  conservesCharge: true,
  uses: {
    thermalVoltage,
    potentialAtTemperature,
    depletionCapacitanceFactor,
    depletionCharge,
    boundedExponential,
    limitRise,
    pnjlim,
  },
  // prettier-ignore
  analog(
    {
      V, I, collapse, ddt, ddx, limit, previous, initializing, given, temperature,
      circuitTemperature, gmin, multiplicity, whiteNoise, flickerNoise, output, thermalVoltage,
      potentialAtTemperature, depletionCapacitanceFactor, depletionCharge, boundedExponential,
      limitRise, pnjlim,
    },
    {
      is, n, rs, ikf, ikr, isr, nr, bv, ibv, nbv, tt, cjo, vj, mj, fc, area, tnom, eg, xti,
      trs1, trs2, ttt1, ttt2, tm1, tm2, tlev, tcv, tlevc, cta, tpb, kf, af, off, jsw, ns,
      cjsw, php, mjsw, fcs, pj, ctp, tphp, jtun, jtunsw, ntun, xtitun, keg, thermal, rth0, cth0,
    },
  ) {
    const k = 1.38064852e-23;
    const q = 1.6021766208e-19;

    // Temperature of the junction: that of the instance, and above it what its power makes.
    let junctionTemperature = temperature;
    const heats = thermal !== 0 && given('rth0');
    if (heats) {
      const rise = V('tj');
      const next = initializing ? 0 : limitRise(rise, previous('rise'), temperature);
      junctionTemperature = temperature + limit('rise', rise, next);
    }

    // Parameters at this temperature.
    const nominal = tnom + 273.15;
    const dT = junctionTemperature - nominal;
    const vt = thermalVoltage(junctionTemperature);
    const vte = n * vt;
    const saturationCurrent = (current: number, emission: number): number => {
      const exponent = ((junctionTemperature / nominal - 1) * eg) / (emission * vt);
      const power = (xti / emission) * Math.log(junctionTemperature / nominal);
      return current * Math.exp(exponent + power);
    };
    const isT = saturationCurrent(area * Math.max(is, 1e-28), n);
    const vcrit = vte * Math.log(vte / (Math.SQRT2 * isT));

    // Breakdown begins at vbr, so that the current at bv is ibv.
    const bvT = tlev === 0 ? Math.abs(bv) - tcv * dT : Math.abs(bv) * (1 - tcv * dT);
    const vtbr = (given('nbv') ? nbv : n) * vt;
    let matched = bvT - vtbr * Math.log(1 + ibv / isT);
    for (let i = 0; i < 25; i++) {
      matched = bvT - vtbr * Math.log(ibv / isT + 1 - matched / vt);
    }
    const vbr = ibv < (isT * bvT) / vt ? bvT : matched;

    // Series resistance; j is the junction behind it.
    const conductance = area / (rs * (1 + trs1 * dT + trs2 * dT * dT));
    if (rs === 0) collapse('j', 'a');
    else I('a', 'j', conductance * V('a', 'j'));

    // Junction voltage, limited while Newton iterates; in breakdown it is the distance from vbr.
    const proposed = V('j', 'c');
    const last = previous('vd');
    let limited = pnjlim(proposed, last, vte, vcrit);
    if (given('bv') && proposed < Math.min(0, 10 * vtbr - vbr)) {
      limited = -pnjlim(-proposed - vbr, -last - vbr, vtbr, vcrit) - vbr;
    }
    if (initializing) limited = off ? 0 : vcrit;
    const vd = limit('vd', proposed, limited);

    // Potentials and capacitances of bottom and side wall at this temperature.
    const sinceReference = junctionTemperature - 300.15;
    const m = Math.min(0.9, mj * (1 + tm1 * dT + tm2 * dT * dT));
    const potential = (measured: number, slope: number): number =>
      tlevc === 0
        ? potentialAtTemperature(measured, junctionTemperature, nominal)
        : measured - slope * sinceReference;
    const factor = (measured: number, atT: number, grading: number, slope: number): number => {
      const reference = potentialAtTemperature(measured, 300.15, nominal);
      return tlevc === 0
        ? depletionCapacitanceFactor(atT, measured, reference, grading, junctionTemperature, nominal)
        : 1 + slope * sinceReference;
    };
    const vjT = potential(vj, tpb);
    const phpT = potential(php, tphp);
    const cjT = cjo * area * factor(vj, vjT, m, cta);
    const cjswT = cjsw * pj * factor(php, phpT, mjsw, ctp);
    // A corner beyond 1 V is put there.
    const vjBounded = Math.min(vjT, 1 / fc);
    const phpBounded = Math.min(phpT, 1 / fcs);

    // Current: forward, reverse and breakdown.
    const junctionCurrent = (saturation: number, ve: number): number => {
      const reverse = (3 * ve) / (vd * Math.E);
      if (vd >= -3 * ve) return saturation * (boundedExponential(vd / ve) - 1);
      if (!given('bv') || vd >= -vbr) return -saturation * (1 + reverse ** 3);
      return -saturation * boundedExponential(-(vbr + vd) / vtbr);
    };
    let id = junctionCurrent(isT, vte);
    if (isr > 0 && vd >= -3 * vte) {
      const generation = ((1 - vd / vjBounded) ** 2 + 0.005) ** (m / 2);
      const recombination = saturationCurrent(area * isr, nr);
      id += recombination * (boundedExponential(vd / (nr * vt)) - 1) * generation;
    }
    if (jsw > 0 && pj > 0) {
      id += junctionCurrent(saturationCurrent(pj * jsw, ns), given('ns') ? ns * vt : vte);
    }
    // Band to band tunnelling.
    if (jtun > 0 || jtunsw > 0) {
      const exponent = ((junctionTemperature / nominal - 1) * keg * eg) / (ntun * vt);
      const growth = Math.exp(exponent + (xtitun / ntun) * Math.log(junctionTemperature / nominal));
      const tunnel = (jtun * area + jtunsw * pj) * growth;
      id -= tunnel * (boundedExponential(-vd / (ntun * vt)) - 1);
    }
    // High injection.
    if (ikf > 0) id = id > 1e-18 ? id / (1 + Math.sqrt(id / (ikf * area))) : id;
    if (ikr > 0) id = vd < -3 * vte && id < -1e-18 ? id / (1 + Math.sqrt(-id / (ikr * area))) : id;
    id += gmin * vd;

    // Charge: diffusion and depletion.
    let charge = 0;
    if (tt > 0) charge += tt * (1 + ttt1 * dT + ttt2 * dT * dT) * id;
    if (cjo > 0) charge += depletionCharge(vd, cjT, vjBounded, m, fc);
    if (cjsw > 0 && pj > 0) charge += depletionCharge(vd, cjswT, phpBounded, mjsw, fcs);

    I('j', 'c', id);
    I('j', 'c', ddt(charge));

    // Heat: m devices share rth0 and cth0.
    if (heats) {
      const power = id * V('j', 'c') + (rs > 0 ? conductance * V('a', 'j') ** 2 : 0);
      I('tj', '0', V('tj') / rth0 / multiplicity - power);
      I('tj', '0', ddt(cth0 * V('tj')) / multiplicity);
    }

    const excess = area * multiplicity * multiplicity;
    const warmth = heats ? junctionTemperature : circuitTemperature;
    if (rs > 0) whiteNoise('a', 'j', 4 * k * warmth * conductance * excess, 'rs');
    whiteNoise('j', 'c', 2 * q * Math.abs(id), 'id');
    flickerNoise('j', 'c', kf * Math.abs(id) ** af, 1, 'flicker');

    output('vd', vd, 'V', 'junction voltage');
    output('id', id, 'A', 'current');
    output('gd', ddx(id, vd), 'S', 'conductance');
    output('cd', ddx(charge, vd), 'F', 'capacitance');
    output('charge', charge, 'C', 'charge');
    output('p', id * V('a', 'c'), 'W', 'power');
  },
});
