import { flag, optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';
import { boundedExponential } from '../semiconductor/bounded-exponential.js';

/**
 * OxRAM by the radius of its filament (Marseille).
 * Bocquet, Deleruyelle, Aziza, Muller, Portal, Cabout and Jalaguier, "Robust compact model for
 * bipolar oxide-based resistive switching memories", IEEE TED 61(3), 674, 2014.
 *
 * A positive voltage from p to n reduces the oxide and widens the filament (SET); forming widens the
 * region in which that can happen. States: s = rcf/rwork and m = rmax/rwork.
 *
 * The values of the paper could not be verified. The defaults are a calibration of OURS, and marked
 * so in the table: 6.4 kΩ with the filament, 424 kΩ without, switching near ±0.54 V at 1 V/s behind
 * 3 kΩ. Variability: the
 * transfer coefficients are drawn anew whenever the polarity changes (the group's later papers take
 * 5 %), thickness and radius once a device.
 */
export const bocquet = model({
  name: 'bocquet',
  title: 'OxRAM by its filament (Bocquet; default values: ours)',
  terminals: ['p', 'n'],
  internal: ['c'],
  parameters: {
    lx: real(10e-9, 'm', 'thickness of the oxide; ours', '(0:inf)'),
    rwork: real(2.5e-9, 'm', 'radius of the region that forming makes; ours', '(0:inf)'),
    m0: real(1, '', 'formed part of that radius at the start', '[0:1]'),
    rcf0: real(0, 'm', 'radius of the filament at the start', '[0:inf)'),
    sigmacf: real(8e4, 'S/m', 'conductivity of the filament; ours', '(0:inf)'),
    sigmaox: real(1.2e3, 'S/m', 'conductivity of the region around it; ours', '[0:inf)'),
    kth: real(25, 'W/(m·K)', 'thermal conductivity; ours', '(0:inf)'),
    tamb: optionalReal('K', "ambient temperature; the circuit's if not given", '[1:5000]'),
    tau0: real(1e-14, 's', 'time factor of reduction and oxidation; ours', '(0:inf)'),
    ea: real(1.3, 'eV', 'activation energy of reduction and oxidation; ours', '(0:inf)'),
    alphared: real(0.85, '', 'transfer coefficient of reduction; ours', '[0:inf)'),
    alphaox: real(0.85, '', 'transfer coefficient of oxidation; ours', '[0:inf)'),
    forming: flag(true, 'whether rmax grows to rwork'),
    tauform0: real(1e-14, 's', 'time factor of forming; ours', '(0:inf)'),
    eaform: real(1.3, 'eV', 'activation energy of forming; ours', '(0:inf)'),
    alphaform: real(0.3, '', 'transfer coefficient of forming; ours', '[0:inf)'),
    rs: real(0, 'Ω', 'series resistance', '[0:inf)'),
    devl: real(0, '', 'spread of lx between devices', '[0:inf)'),
    devr: real(0, '', 'spread of rwork between devices', '[0:inf)'),
    cycalpha: real(0, '', 'spread of the transfer coefficients between cycles', '[0:inf)'),
    vcycle: real(0.01, 'V', 'voltage beyond which the polarity has changed', '(0:inf)'),
  },
  // Switching runs away: what a tolerance leaves open in the beginning shifts the edge later on.
  states: {
    s: {
      unit: '',
      initial: 'rcf0/rwork',
      bounds: [0, 1],
      abstol: 1e-9,
      reltol: 2e-8,
      doc: 'filament',
    },
    m: { unit: '', initial: 'm0', bounds: [0, 1], abstol: 1e-9, doc: 'formed region' },
  },
  held: {
    polarity: { initial: 0, doc: 'of the last cycle: 1 SET, -1 RESET' },
    zred: { initial: 0, doc: 'deviation of alphared in this cycle' },
    zox: { initial: 0, doc: 'deviation of alphaox in this cycle' },
  },
  conservesCharge: true,
  uses: { boundedExponential },
  // prettier-ignore
  analog(
    {
      V, I, collapse, state, rate, held, set, on, cross, initial, draw, given, temperature, output,
      boundedExponential,
    },
    {
      lx, rwork, sigmacf, sigmaox, kth, tamb, tau0, ea, alphared, alphaox, forming, tauform0,
      eaform, alphaform, rs, devl, devr, cycalpha, vcycle,
    },
  ) {
    if (rs === 0) collapse('c', 'p');
    else I('p', 'c', V('p', 'c') / rs);
    const v = V('c', 'n');

    // Variability.
    const spread = (sigma: number, name: 'l' | 'r'): number =>
      sigma === 0 ? 1 : Math.exp(sigma * draw(name, 'normal'));
    if (cycalpha > 0) {
      on(initial(), () => {
        set('zred', draw('zred', 'normal'));
        set('zox', draw('zox', 'normal'));
      });
      on(cross(V('p', 'n') - vcycle, 1), () => {
        if (held('polarity') < 0) set('zred', draw('zred', 'normal'));
        set('polarity', 1);
      });
      on(cross(V('p', 'n') + vcycle, -1), () => {
        if (held('polarity') > 0) set('zox', draw('zox', 'normal'));
        set('polarity', -1);
      });
    }
    const length = lx * spread(devl, 'l');
    const radius = rwork * spread(devr, 'r');

    // Current through filament and region.
    const s = state('s');
    const m = state('m');
    const g = (Math.PI * radius ** 2 * (s ** 2 * (sigmacf - sigmaox) + m ** 2 * sigmaox)) / length;
    const i = g * v;
    I('c', 'n', i);

    // Temperature in the middle, in eV.
    const filled = Math.min(s / Math.max(m, 1e-6), 1) ** 2;
    const t = (given('tamb') ? tamb : temperature) +
      (v ** 2 / (8 * kth)) * (filled * (sigmacf - sigmaox) + sigmaox);
    const kt = 8.617333262e-5 * t;

    // Reduction and oxidation, by Butler and Volmer.
    const red = alphared * (1 + cycalpha * held('zred'));
    const ox = alphaox * (1 + cycalpha * held('zox'));
    const reduction = boundedExponential((red * v - ea) / kt) / tau0;
    const oxidation = boundedExponential((-ox * v - ea) / kt) / tau0;
    rate('s', (m - s) * reduction - s * oxidation);

    // Forming.
    rate('m', forming ? (boundedExponential((alphaform * v - eaform) / kt) / tauform0) * (1 - m) : 0);

    output('r', 1 / g + rs, 'Ω', 'resistance');
    output('i', i, 'A', 'current');
    output('v', V('p', 'n'), 'V', 'voltage');
    output('rcf', s * radius, 'm', 'radius of the filament');
    output('rmax', m * radius, 'm', 'radius of the formed region');
    output('t', t, 'K', 'temperature');
    output('taured', 1 / reduction, 's', 'time of reduction');
    output('tauox', 1 / oxidation, 's', 'time of oxidation');
  },
});
