import { flag, optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';
import { boundedExponential } from './bounded-exponential.js';
import { junctionCurrent } from './junction-current.js';
import { fetlim, limitGates, pnjlim } from './limiting.js';
import { statzCapacitances } from './statz-capacitances.js';
import { thermalVoltage } from './thermal-voltage.js';

/**
 * MESFET, level 1: Statz, Newman, Smith, Pucel and Haus, "GaAs FET device and circuit simulation in
 * SPICE", IEEE TED 34(2), 160, 1987; details as in ngspice 39 (manual, chapter 10).
 *
 * All voltages and currents are those of an n-channel transistor: `type` turns them round. As in
 * ngspice nothing depends on the temperature but noise: kT/q is that of 27 °C. The charge of the
 * gate is divided by its derivatives, so that what source and drain get is not conserved each.
 * ngspice takes the last of `area` and `m` of an instance for both, here they multiply; flicker noise
 * takes m devices for one of m times the area, as there.
 */
export const mesfet = model({
  name: 'mesfet',
  title: 'MESFET, level 1 (Statz)',
  terminals: ['d', 'g', 's'],
  internal: ['di', 'si'],
  beside: { di: 'd', si: 's' },
  parameters: {
    type: real(1, '', '1: n-channel, −1: p-channel; the type of the card sets it', '[-1:1]'),
    vto: real(-2, 'V', 'pinch-off voltage'),
    alpha: real(2, '1/V', 'saturation parameter', '(0:inf)'),
    beta: real(2.5e-3, 'A/V²', 'transconductance parameter', '[0:inf)'),
    lambda: real(0, '1/V', 'channel-length modulation', '[0:inf)'),
    b: real(0.3, '1/V', 'doping tail', '[0:inf)'),
    rd: real(0, 'Ω', 'drain resistance', '[0:inf)'),
    rs: real(0, 'Ω', 'source resistance', '[0:inf)'),
    cgs: real(0, 'F', 'gate-source capacitance at zero bias', '[0:inf)'),
    cgd: real(0, 'F', 'gate-drain capacitance at zero bias', '[0:inf)'),
    pb: real(1, 'V', 'built-in potential of the gate', '(0:inf)'),
    is: real(1e-14, 'A', 'saturation current of the gate junctions', '[0:inf)'),
    fc: real(0.5, '', 'where the capacitance stays, as a part of a pb below 0.5 V', '[0:1)'),
    kf: real(0, '', 'flicker noise coefficient', '[0:inf)'),
    af: real(1, '', 'flicker noise exponent', '(0:inf)'),
  },
  instance: {
    area: real(1, '', 'area factor', '(0:inf)'),
    off: flag(false, 'start the search for an operating point without conduction'),
    icvds: optionalReal('V', 'drain-source voltage at the start of a transient with uic'),
    icvgs: optionalReal('V', 'gate-source voltage at the start of a transient with uic'),
  },
  aliases: { vt0: 'vto' },
  uses: {
    thermalVoltage,
    boundedExponential,
    junctionCurrent,
    statzCapacitances,
    pnjlim,
    fetlim,
    limitGates,
  },
  // prettier-ignore
  analog(
    {
      V, I, collapse, ddt, ddx, limit, previous, initializing, temperature, gmin, multiplicity,
      whiteNoise, flickerNoise, output, thermalVoltage, boundedExponential, junctionCurrent,
      statzCapacitances, pnjlim, fetlim, limitGates,
    },
    {
      type: polarity, vto, alpha, beta, lambda, b, rd, rs, cgs, cgd, pb, is, fc, kf, af, area, off,
    },
  ) {
    const k = 1.38064852e-23;
    if (rd === 0) collapse('di', 'd');
    if (rs === 0) collapse('si', 's');
    const vt = thermalVoltage(300.15);
    const saturation = is * area;
    const vcrit = vt * Math.log(vt / (Math.SQRT2 * Math.max(saturation, 1e-30)));

    // Voltages of both gate junctions, limited together while Newton iterates.
    const raw = { vgs: polarity * V('g', 'si'), vgd: polarity * V('g', 'di') };
    const last = { vgs: previous('vgs'), vgd: previous('vgd') };
    const next = limitGates(fetlim, pnjlim, raw, last, vto, vt, vcrit);
    const start = off ? 0 : -1;
    const vgs = limit('vgs', raw.vgs, initializing ? start : next.vgs);
    const vgd = limit('vgd', raw.vgd, initializing ? start : next.vgd);

    // Gate junctions.
    const igs = junctionCurrent(boundedExponential, vgs, saturation, vt) + gmin * vgs;
    const igd = junctionCurrent(boundedExponential, vgd, saturation, vt) + gmin * vgd;
    I('g', 'si', polarity * igs);
    I('g', 'di', polarity * igd);

    // Channel (5), (6); in reverse mode drain and source change places.
    const forward = vgs >= vgd;
    const vds = forward ? vgs - vgd : vgd - vgs;
    const vgst = (forward ? vgs : vgd) - vto;
    const knee = vds < 3 / alpha ? 1 - (1 - (alpha * vds) / 3) ** 3 : 1;
    const open = (area * beta * vgst * vgst) / (1 + b * vgst);
    const ichannel = vgst > 0 ? open * knee * (1 + lambda * vds) : 0;
    const ids = forward ? ichannel : -ichannel;
    I('di', 'si', polarity * ids);

    // Charge of the gate (12) … (17), as capacitances.
    const capacitances = statzCapacitances(vgs, vgd, vto, alpha, pb, fc, cgs * area, cgd * area);
    I('g', 'si', capacitances.gs * ddt(V('g', 'si')));
    I('g', 'di', capacitances.gd * ddt(V('g', 'di')));

    if (rd > 0) I('d', 'di', (area / rd) * V('d', 'di'));
    if (rs > 0) I('s', 'si', (area / rs) * V('s', 'si'));

    const gds = -ddx(ids, vgd);
    const gm = ddx(ids, vgs) - gds;
    if (rd > 0) whiteNoise('d', 'di', (4 * k * temperature * area) / rd, 'rd');
    if (rs > 0) whiteNoise('s', 'si', (4 * k * temperature * area) / rs, 'rs');
    whiteNoise('di', 'si', (8 / 3) * k * temperature * Math.abs(gm), 'id');
    // Of m devices it is that of one of m times the area.
    const flicker = kf * Math.abs(ids - igd) ** af * multiplicity ** (af - 1);
    flickerNoise('di', 'si', flicker, 1, 'flicker');

    output('vgs', vgs, 'V', 'gate-source voltage');
    output('vgd', vgd, 'V', 'gate-drain voltage');
    output('id', ids - igd, 'A', 'drain current');
    output('ig', igs + igd, 'A', 'gate current');
    output('is', -ids - igs, 'A', 'source current');
    output('gm', gm, 'S', 'transconductance');
    output('gds', gds, 'S', 'drain-source conductance');
    output('cgs', capacitances.gs, 'F', 'gate-source capacitance');
    output('cgd', capacitances.gd, 'F', 'gate-drain capacitance');
  },
});
