import { flag, optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';
import { depletionCapacitanceFactor } from './depletion-capacitance-factor.js';
import { fetlim, limitGates, pnjlim } from './limiting.js';
import { parkerCapacitances } from './parker-capacitances.js';
import { parkerChannel } from './parker-channel.js';
import { potentialAtTemperature } from './potential-at-temperature.js';
import { tangentExponential } from './tangent-exponential.js';
import { thermalVoltage } from './thermal-voltage.js';

/**
 * Junction field-effect transistor, level 2: A. E. Parker and D. J. Skellern, "A realistic
 * large-signal MESFET model for SPICE", IEEE TMTT 45(9), 1563, 1997; parameters and details as in
 * ngspice 39 (manual, section 9.2).
 *
 * All voltages and currents are those of an n-channel transistor: `type` turns them round. Traps
 * follow the voltages of the gate with `taug`, the heat follows the power with `taud`, each as one
 * pole: what they have reached are nodes of their own. ngspice puts (1 + h/4τ)⁻⁴ in place of
 * exp(−h/τ) for a step h; its small signals mix up the two traps in reverse mode, and count the current
 * of the gate-drain junction as heating. As in the other models of MESFETs the charge of the gate is
 * divided by its derivatives, so that what source and drain get is not conserved each.
 * Thermal noise is of the temperature of the circuit, whatever an instance says: so does ngspice.
 * Its `dtemp` makes the temperature of the instance that many kelvins; here it is a difference.
 */
export const jfet2 = model({
  name: 'jfet2',
  title: 'JFET or MESFET, level 2 (Parker and Skellern)',
  terminals: ['d', 'g', 's'],
  internal: ['di', 'si', 'ts', 'td', 'heat'],
  beside: { di: 'd', si: 's', ts: 's', td: 's', heat: 's' },
  parameters: {
    type: real(1, '', '1: n-channel, −1: p-channel; the type of the card sets it', '[-1:1]'),
    vto: real(-2, 'V', 'threshold voltage'),
    beta: real(1e-4, 'A/V²', 'transconductance parameter, per V^q', '[0:inf)'),
    lambda: real(0, '1/V', 'channel-length modulation', '[0:inf)'),
    p: real(2, '', 'exponent of the linear region', '(0:inf)'),
    q: real(2, '', 'exponent of the saturated region', '(0:inf)'),
    xi: real(1000, '', 'index of velocity saturation', '(0:inf)'),
    mxi: real(0, '', 'how the saturation index follows the gate', '[0:inf)'),
    z: real(1, '', 'sharpness of the knee', '(0:inf)'),
    vst: real(0, 'V', 'potential of subthreshold conduction', '[0:inf)'),
    mvst: real(0, '1/V', 'how the drain changes vst', '[0:inf)'),
    lfgam: real(0, '', 'drain feedback at low frequencies'),
    lfg1: real(0, '1/V', 'how the gate changes lfgam'),
    lfg2: real(0, '1/V', 'how the drain changes lfgam'),
    hfgam: optionalReal('', 'drain feedback at high frequencies; lfgam if not given'),
    hfg1: real(0, '1/V', 'how the gate changes hfgam'),
    hfg2: real(0, '1/V', 'how the drain changes hfgam'),
    hfeta: real(0, '', 'gate feedback at high frequencies'),
    hfe1: real(0, '1/V', 'how the drain changes hfeta'),
    hfe2: real(0, '1/V', 'how the gate changes hfeta'),
    taug: real(0, 's', 'relaxation time of the feedback', '[0:inf)'),
    delta: real(0, '1/W', 'reduction of the current by heat', '[0:inf)'),
    taud: real(0, 's', 'thermal relaxation time', '[0:inf)'),
    rd: real(0, 'Ω', 'drain resistance', '[0:inf)'),
    rs: real(0, 'Ω', 'source resistance', '[0:inf)'),
    is: real(1e-14, 'A', 'saturation current of the gate junctions', '(0:inf)'),
    n: real(1, '', 'emission coefficient of the gate junctions', '(0:inf)'),
    ibd: real(0, 'A', 'breakdown current of the gate junctions', '[0:inf)'),
    vbd: real(1, 'V', 'breakdown potential of the gate junctions', '(0:inf)'),
    pb: real(1, 'V', 'built-in potential of the gate junctions', '(0:inf)'),
    cgs: real(0, 'F', 'gate-source capacitance at zero bias', '[0:inf)'),
    cgd: real(0, 'F', 'gate-drain capacitance at zero bias', '[0:inf)'),
    cds: real(0, 'F', 'drain-source capacitance', '[0:inf)'),
    acgam: real(0, '', 'how the drain shifts the capacitances'),
    xc: real(0, '', 'part of the capacitance that is left at pinch-off', '[0:1]'),
    fc: real(0.5, '', 'where forward capacitances become linear, as a part of pb', '[0:0.95]'),
    tnom: real(27, '°C', 'temperature of measurement', '(-273.15:inf)'),
    kf: real(0, '', 'flicker noise coefficient', '[0:inf)'),
    af: real(1, '', 'flicker noise exponent', '(0:inf)'),
    ver: real(0, '', 'version of the model; there is one'),
  },
  instance: {
    area: real(1, '', 'area factor', '(0:inf)'),
    off: flag(false, 'start the search for an operating point without conduction'),
    icvds: optionalReal('V', 'drain-source voltage at the start of a transient with uic'),
    icvgs: optionalReal('V', 'gate-source voltage at the start of a transient with uic'),
  },
  aliases: { vt0: 'vto', vbi: 'pb', tref: 'tnom' },
  uses: {
    thermalVoltage,
    potentialAtTemperature,
    depletionCapacitanceFactor,
    tangentExponential,
    parkerCapacitances,
    parkerChannel,
    pnjlim,
    fetlim,
    limitGates,
  },
  // prettier-ignore
  analog(
    {
      V, I, collapse, ddt, ddx, limit, previous, initializing, given, temperature,
      circuitTemperature, wholeGmin, whiteNoise, flickerNoise, output, positive, thermalVoltage,
      potentialAtTemperature, depletionCapacitanceFactor, tangentExponential, parkerCapacitances,
      parkerChannel, pnjlim, fetlim, limitGates,
    },
    {
      type: polarity, vto, beta, lambda, p, q, xi, mxi, z, vst, mvst, lfgam, lfg1, lfg2, hfgam,
      hfg1, hfg2, hfeta, hfe1, hfe2, taug, delta, taud, rd, rs, is, n, ibd, vbd, pb, cgs, cgd, cds,
      acgam, xc, fc, tnom, kf, af, area, off,
    },
  ) {
    const k = 1.38064852e-23;
    // Siemens with which the nodes of traps and heat are drawn to what they follow.
    const unit = 1e-3;
    if (rd === 0) collapse('di', 'd');
    if (rs === 0) collapse('si', 's');

    // Parameters at the temperature of the instance.
    const nominal = tnom + 273.15;
    const vt = thermalVoltage(temperature);
    const isT = is * Math.exp(((temperature / nominal - 1) * 1.11) / vt);
    const pbT = potentialAtTemperature(pb, temperature, nominal);
    const pbReference = potentialAtTemperature(pb, 300.15, nominal);
    const growth = depletionCapacitanceFactor(pbT, pb, pbReference, 0.5, temperature, nominal);
    const vcrit = vt * Math.log(vt / (Math.SQRT2 * isT));
    const pinch = pbT - vto;
    positive(pinch, 'V', 'pinch-off potential, pb less vto,');

    // Voltages of both gate junctions, limited together while Newton iterates.
    const raw = { vgs: polarity * V('g', 'si'), vgd: polarity * V('g', 'di') };
    const last = { vgs: previous('vgs'), vgd: previous('vgd') };
    const next = limitGates(fetlim, pnjlim, raw, last, vto, vt, vcrit);
    const start = off ? 0 : -1;
    const vgs = limit('vgs', raw.vgs, initializing ? start : next.vgs);
    const vgd = limit('vgd', raw.vgd, initializing ? start : next.vgd);

    // Gate junctions, forward and in breakdown.
    const junction = (v: number): number => {
      let current = isT * area * (tangentExponential(v / (n * vt)) - 1) + wholeGmin * v;
      if (ibd > 0) current -= ibd * area * (tangentExponential(-v / vbd) - 1);
      return current;
    };
    const igs = junction(vgs);
    const igd = junction(vgd);
    I('g', 'si', polarity * igs);
    I('g', 'di', polarity * igd);

    // Traps follow the voltages of the gate: τ·x′ + x = v.
    if (taug === 0) {
      collapse('ts', 'si');
      collapse('td', 'si');
    }
    const trapSource = V('ts', 'si');
    const trapDrain = V('td', 'si');
    let slowGs = vgs;
    let slowGd = vgd;
    if (taug > 0) {
      I('ts', 'si', unit * (trapSource - vgs) + ddt(unit * taug * trapSource));
      I('td', 'si', unit * (trapDrain - vgd) + ddt(unit * taug * trapDrain));
      slowGs = trapSource;
      slowGd = trapDrain;
    }

    // In reverse mode drain and source change places. Threshold with its feedback from the drain.
    const forward = vgs >= vgd;
    const [fastS, fastD] = forward ? [vgs, vgd] : [vgd, vgs];
    const [slowS, slowD] = forward ? [slowGs, slowGd] : [slowGd, slowGs];
    const vds = fastS - fastD;
    const highFeedback = given('hfgam') ? hfgam : lfgam;
    let vgst = fastS - vto - (lfgam - lfg1 * slowS + lfg2 * slowD) * slowD;
    if (taug > 0) {
      vgst += (hfeta - hfe1 * slowD + hfe2 * slowS) * (slowS - fastS);
      vgst += (highFeedback - hfg1 * slowS + hfg2 * slowD) * (slowD - fastD);
    }

    // Channel, and what heat takes away of its current.
    const shape = parkerChannel(
      vgst, vds, vst * (1 + mvst * vds), p, q, z, mxi, xi * pinch, p / q / pinch ** (p - q),
    );
    const cold = beta * area * (1 + lambda * vds) * shape;
    let power = vds * cold;
    if (delta > 0 && taud > 0) {
      const heat = V('heat', 'si');
      I('heat', 'si', unit * (heat - power) + ddt(unit * taud * heat));
      power = heat;
    }
    const ichannel = delta > 0 ? cold / (1 + (power * delta) / area) : cold;
    const ids = forward ? ichannel : -ichannel;
    I('di', 'si', polarity * ids);

    // Charge of the gate, as capacitances.
    const softness = (xi * pinch) / (2 * (xi + 1));
    const capacitances = parkerCapacitances(
      vgs, vgd, vto, softness * softness, pbT, fc * pbT, xc, acgam, cgs * area * growth,
      cgd * area * growth,
    );
    I('g', 'si', capacitances.gs * ddt(V('g', 'si')));
    I('g', 'di', capacitances.gd * ddt(V('g', 'di')));
    I('di', 'si', ddt(cds * area * V('di', 'si')));

    if (rd > 0) I('d', 'di', (area / rd) * V('d', 'di'));
    if (rs > 0) I('s', 'si', (area / rs) * V('s', 'si'));

    // Conductances are those of slow changes, with traps and heat at rest. Noise.
    let byGate = ddx(ids, vgs);
    let byDrain = ddx(ids, vgd);
    if (taug > 0) {
      byGate += ddx(ids, trapSource);
      byDrain += ddx(ids, trapDrain);
    }
    const gds = -byDrain;
    const gm = byGate - gds;
    const id = ids - igd;
    if (rd > 0) whiteNoise('d', 'di', (4 * k * circuitTemperature * area) / rd, 'rd');
    if (rs > 0) whiteNoise('s', 'si', (4 * k * circuitTemperature * area) / rs, 'rs');
    whiteNoise('di', 'si', (8 / 3) * k * circuitTemperature * Math.abs(gm), 'id');
    flickerNoise('di', 'si', kf * Math.abs(id) ** af, 1, 'flicker');

    output('vgs', vgs, 'V', 'gate-source voltage');
    output('vgd', vgd, 'V', 'gate-drain voltage');
    output('id', id, 'A', 'drain current');
    output('ig', igs + igd, 'A', 'gate current');
    output('is', -ids - igs, 'A', 'source current');
    output('igd', igd, 'A', 'gate-drain current');
    output('gm', gm, 'S', 'transconductance');
    output('gds', gds, 'S', 'drain-source conductance');
    output('ggs', ddx(igs, vgs), 'S', 'gate-source conductance');
    output('ggd', ddx(igd, vgd), 'S', 'gate-drain conductance');
    output('cgs', capacitances.gs, 'F', 'gate-source capacitance');
    output('cgd', capacitances.gd, 'F', 'gate-drain capacitance');
    output('vtrap', slowGd, 'V', 'gate-drain voltage that the traps have reached');
    output('pave', power, 'W', 'power that the heat has reached');
  },
});
