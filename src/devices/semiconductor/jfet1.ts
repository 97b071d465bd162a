import { flag, integer, optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';
import { boundedExponential } from './bounded-exponential.js';
import { depletionCapacitanceFactor } from './depletion-capacitance-factor.js';
import { depletionCharge } from './depletion-charge.js';
import { junctionCurrent } from './junction-current.js';
import { fetlim, limitGates, pnjlim } from './limiting.js';
import { potentialAtTemperature } from './potential-at-temperature.js';
import { thermalVoltage } from './thermal-voltage.js';

/**
 * Junction field-effect transistor, level 1: Shichman and Hodges, IEEE JSSC 3(3), 285, 1968, with
 * the doping tail `b` of Parker and Skellern as ngspice 39 has it (manual, chapter 9).
 *
 * All voltages and currents are those of an n-channel transistor: `type` turns them round.
 * Thermal noise is of the temperature of the circuit, whatever an instance says: so does ngspice.
 */
export const jfet1 = model({
  name: 'jfet1',
  title: 'JFET, level 1 (Shichman and Hodges)',
  terminals: ['d', 'g', 's'],
  internal: ['di', 'si'],
  beside: { di: 'd', si: 's' },
  parameters: {
    type: real(1, '', '1: n-channel, −1: p-channel; the type of the card sets it', '[-1:1]'),
    vto: real(-2, 'V', 'threshold voltage'),
    beta: real(1e-4, 'A/V²', 'transconductance parameter', '[0:inf)'),
    lambda: real(0, '1/V', 'channel-length modulation', '[0:inf)'),
    b: real(1, '', 'doping tail, 1 for a square law'),
    rd: real(0, 'Ω', 'drain resistance', '[0:inf)'),
    rs: real(0, 'Ω', 'source resistance', '[0:inf)'),
    cgs: real(0, 'F', 'gate-source capacitance at zero bias', '[0:inf)'),
    cgd: real(0, 'F', 'gate-drain capacitance at zero bias', '[0:inf)'),
    pb: real(1, 'V', 'built-in potential of the gate junctions', '(0:inf)'),
    is: real(1e-14, 'A', 'saturation current of the gate junctions', '[0:inf)'),
    fc: real(0.5, '', 'where forward capacitances become linear, as a part of pb', '[0:1)'),
    tnom: real(27, '°C', 'temperature of measurement', '(-273.15:inf)'),
    tcv: real(0, 'V/K', 'fall of vto with temperature'),
    vtotc: optionalReal('V/K', 'rise of vto with temperature, instead of tcv'),
    bex: real(0, '', 'temperature exponent of beta'),
    betatce: optionalReal('%/K', 'exponential temperature coefficient of beta, instead of bex'),
    xti: real(0, '', 'temperature exponent of is'),
    eg: real(1.11, 'eV', 'activation energy', '(0:inf)'),
    kf: real(0, '', 'flicker noise coefficient', '[0:inf)'),
    af: real(1, '', 'flicker noise exponent', '(0:inf)'),
    nlev: integer(2, 'noise of the channel: below 3 by gm, 3 also in the linear region', '[0:3]'),
    gdsnoi: real(1, '', 'factor of the noise of the channel with nlev = 3', '[0:inf)'),
  },
  instance: {
    area: real(1, '', 'area factor', '(0:inf)'),
    off: flag(false, 'start the search for an operating point without conduction'),
    icvds: optionalReal('V', 'drain-source voltage at the start of a transient with uic'),
    icvgs: optionalReal('V', 'gate-source voltage at the start of a transient with uic'),
  },
  aliases: { vt0: 'vto', tref: 'tnom' },
  conservesCharge: true,
  uses: {
    thermalVoltage,
    potentialAtTemperature,
    depletionCapacitanceFactor,
    depletionCharge,
    boundedExponential,
    junctionCurrent,
    pnjlim,
    fetlim,
    limitGates,
  },
  // prettier-ignore
  analog(
    {
      V, I, collapse, ddt, ddx, limit, previous, initializing, given, temperature,
      circuitTemperature, wholeGmin, whiteNoise, flickerNoise, output, thermalVoltage,
      potentialAtTemperature, depletionCapacitanceFactor, depletionCharge, boundedExponential,
      junctionCurrent, pnjlim, fetlim, limitGates,
    },
    {
      type: polarity, vto, beta, lambda, b, rd, rs, cgs, cgd, pb, is, fc, tnom, tcv, vtotc, bex,
      betatce, xti, eg, kf, af, nlev, gdsnoi, area, off,
    },
  ) {
    const k = 1.38064852e-23;
    if (rd === 0) collapse('di', 'd');
    if (rs === 0) collapse('si', 's');

    // Parameters at the temperature of the instance.
    const nominal = tnom + 273.15;
    const dT = temperature - nominal;
    const ratio = temperature / nominal;
    const vt = thermalVoltage(temperature);
    const isT = is * area * Math.exp(((ratio - 1) * eg) / vt) * ratio ** xti;
    const vtoT = given('vtotc') ? vto + vtotc * dT : vto - tcv * dT;
    const betaT = area * beta * (given('betatce') ? 1.01 ** (betatce * dT) : ratio ** bex);
    const pbT = potentialAtTemperature(pb, temperature, nominal);
    const pbReference = potentialAtTemperature(pb, 300.15, nominal);
    const growth = depletionCapacitanceFactor(pbT, pb, pbReference, 0.5, temperature, nominal);
    const vcrit = vt * Math.log(vt / (Math.SQRT2 * Math.max(isT, 1e-30)));

    // Voltages of both gate junctions, limited together while Newton iterates.
    const raw = { vgs: polarity * V('g', 'si'), vgd: polarity * V('g', 'di') };
    const last = { vgs: previous('vgs'), vgd: previous('vgd') };
    const next = limitGates(fetlim, pnjlim, raw, last, vtoT, vt, vcrit);
    const start = off ? 0 : -1;
    const vgs = limit('vgs', raw.vgs, initializing ? start : next.vgs);
    const vgd = limit('vgd', raw.vgd, initializing ? start : next.vgd);

    // Gate junctions.
    const igs = junctionCurrent(boundedExponential, vgs, isT, vt) + wholeGmin * vgs;
    const igd = junctionCurrent(boundedExponential, vgd, isT, vt) + wholeGmin * vgd;
    I('g', 'si', polarity * igs);
    I('g', 'di', polarity * igd);

    // Channel; in reverse mode drain and source change places.
    const forward = vgs >= vgd;
    const vds = forward ? vgs - vgd : vgd - vgs;
    const vgst = (forward ? vgs : vgd) - vtoT;
    const tail = (1 - b) / (pb - vto);
    let shape = 0;
    if (vgst > 0) {
      if (vgst <= vds) shape = vgst * vgst * (b + tail * vgst);
      else shape = vds * (vds * (tail * vds - b) + vgst * (2 * b + 3 * tail * (vgst - vds)));
    }
    const ichannel = betaT * (1 + lambda * vds) * shape;
    const ids = forward ? ichannel : -ichannel;
    I('di', 'si', polarity * ids);

    // Charges of the gate junctions.
    let [qgs, qgd] = [0, 0];
    if (cgs > 0) qgs = depletionCharge(vgs, cgs * area * growth, pbT, 0.5, fc);
    if (cgd > 0) qgd = depletionCharge(vgd, cgd * area * growth, pbT, 0.5, fc);
    I('g', 'si', polarity * ddt(qgs));
    I('g', 'di', polarity * ddt(qgd));

    if (rd > 0) I('d', 'di', (area / rd) * V('d', 'di'));
    if (rs > 0) I('s', 'si', (area / rs) * V('s', 'si'));

    // Noise.
    const gds = -ddx(ids, vgd);
    const gm = ddx(ids, vgs) - gds;
    const open = vgst > 0 ? Math.max(0, 1 - vds / vgst) : 0;
    const byRegion = (betaT * Math.max(vgst, 0) * (1 + open + open * open)) / (1 + open);
    const thermal = nlev < 3 ? Math.abs(gm) : byRegion * gdsnoi;
    if (rd > 0) whiteNoise('d', 'di', (4 * k * circuitTemperature * area) / rd, 'rd');
    if (rs > 0) whiteNoise('s', 'si', (4 * k * circuitTemperature * area) / rs, 'rs');
    whiteNoise('di', 'si', (8 / 3) * k * circuitTemperature * thermal, 'id');
    flickerNoise('di', 'si', kf * Math.abs(ids - igd) ** af, 1, 'flicker');

    output('vgs', vgs, 'V', 'gate-source voltage');
    output('vgd', vgd, 'V', 'gate-drain voltage');
    output('id', ids - igd, 'A', 'drain current');
    output('ig', igs + igd, 'A', 'gate current');
    output('is', -ids - igs, 'A', 'source current');
    output('igd', igd, 'A', 'gate-drain current');
    output('gm', gm, 'S', 'transconductance');
    output('gds', gds, 'S', 'drain-source conductance');
    output('ggs', ddx(igs, vgs), 'S', 'gate-source conductance');
    output('ggd', ddx(igd, vgd), 'S', 'gate-drain conductance');
    output('qgs', qgs, 'C', 'gate-source charge');
    output('qgd', qgd, 'C', 'gate-drain charge');
    output('p', ids * V('d', 's'), 'W', 'power');
  },
});
