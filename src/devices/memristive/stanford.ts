import { optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';
import { boundedSinh } from './bounded-sinh.js';
import { restrained } from './restrained.js';
import { smoothStep } from './smooth-step.js';

/**
 * OxRAM by the gap between filament and electrode (Stanford and Arizona State).
 * Guan, Yu and Wong, "A SPICE compact model of metal oxide resistive switching memory with
 * variations", IEEE EDL 33(10), 1405, 2012, with the default values of its release 1.0.0; Jiang et
 * al., "A compact model for metal-oxide resistive random access memory with experiment
 * verification", IEEE TED 63(5), 1884, 2016, whose Table I has further sets.
 *
 * A positive voltage from p to n shrinks the gap (SET). The gap is an unknown of the circuit, as
 * Wang and Roychowdhury ask for (arXiv:1605.04897): s = g/tox, between gmin and gmax. Ours are
 *  - the edge of the least field, which the release has as a jump: 1 % wide;
 *  - the variability, where the release adds noise at each time step: devices differ by log-normal
 *    factors; the limits of the gap and the enhancement are drawn anew whenever the polarity changes.
 */
export const stanford = model({
  name: 'stanford',
  title: 'OxRAM by its gap (Stanford/ASU)',
  terminals: ['p', 'n'],
  internal: ['f'],
  parameters: {
    i0: real(1e-3, 'A', 'current factor', '[0:inf)'),
    g0: real(0.25e-9, 'm', 'decay of the current with the gap', '(0:inf)'),
    v0: real(0.25, 'V', 'curvature of the current', '(0:inf)'),
    vel0: real(10, 'm/s', 'speed factor of the gap', '[0:inf)'),
    ea: real(0.6, 'eV', 'activation energy', '(0:inf)'),
    a0: real(0.25e-9, 'm', 'hopping distance', '(0:inf)'),
    tox: real(12e-9, 'm', 'thickness of the oxide', '(0:inf)'),
    gammaset: real(16, '', 'enhancement of the field at no gap, SET', '[0:inf)'),
    gammareset: real(16, '', 'enhancement of the field at no gap, RESET', '[0:inf)'),
    betaset: real(0.8, '', 'decrease of the enhancement at a gap of 1 nm, SET', '[0:inf)'),
    betareset: real(0.8, '', 'decrease of the enhancement at a gap of 1 nm, RESET', '[0:inf)'),
    alpha: real(3, '', 'exponent of that decrease', '[1:inf)'),
    fmin: real(1.4e9, 'V/m', 'least enhanced field that moves the gap', '[0:inf)'),
    rth: real(2.1e3, 'K/W', 'thermal resistance', '[0:inf)'),
    t0: optionalReal(
      'K',
      "ambient temperature; the circuit's if not given (release: 298)",
      '[1:5000]',
    ),
    gmin: real(0.2e-9, 'm', 'least gap', '(0:inf)'),
    gmax: real(1.7e-9, 'm', 'largest gap', '(0:inf)'),
    gini: real(0.2e-9, 'm', 'gap at the start', '(0:inf)'),
    rs: real(0, 'Ω', 'series resistance', '[0:inf)'),
    devi0: real(0, '', 'spread of i0 between devices', '[0:inf)'),
    devg0: real(0, '', 'spread of g0 between devices', '[0:inf)'),
    devgamma: real(0, '', 'spread of the enhancement between devices', '[0:inf)'),
    devea: real(0, '', 'spread of ea between devices', '[0:inf)'),
    devg: real(0, '', 'spread of gmin and gmax between devices', '[0:inf)'),
    cycgmin: real(0, 'm', 'spread of the least gap between cycles', '[0:inf)'),
    cycgmax: real(0, 'm', 'spread of the largest gap between cycles', '[0:inf)'),
    cycgamma: real(0, '', 'spread of the enhancement between cycles', '[0:inf)'),
    vcycle: real(0.01, 'V', 'voltage beyond which the polarity has changed', '(0:inf)'),
  },
  aliases: { gap_ini: 'gini', g_ini: 'gini', g_min: 'gmin', g_max: 'gmax' },
  // Switching runs away: what a tolerance leaves open in the beginning shifts the edge later on.
  states: {
    s: {
      unit: '',
      initial: 'gini/tox',
      bounds: [0, 1],
      abstol: 1e-9,
      reltol: 3e-8,
      doc: 'gap over oxide',
    },
  },
  held: {
    polarity: { initial: 0, doc: 'of the last cycle: 1 SET, -1 RESET' },
    zmin: { initial: 0, doc: 'deviation of the least gap in this cycle' },
    zmax: { initial: 0, doc: 'deviation of the largest gap in this cycle' },
    zset: { initial: 0, doc: 'deviation of the enhancement of this SET' },
    zreset: { initial: 0, doc: 'deviation of the enhancement of this RESET' },
  },
  conservesCharge: true,
  uses: { boundedSinh, restrained, smoothStep },
  // prettier-ignore
  analog(
    {
      V, I, collapse, state, rate, held, set, on, cross, initial, draw, given, temperature, output,
      boundedSinh, restrained, smoothStep,
    },
    {
      i0, g0, v0, vel0, ea, a0, tox, gammaset, gammareset, betaset, betareset, alpha, fmin, rth, t0,
      gmin, gmax, rs, devi0, devg0, devgamma, devea, devg, cycgmin, cycgmax, cycgamma, vcycle,
    },
  ) {
    if (rs === 0) collapse('f', 'p');
    else I('p', 'f', V('p', 'f') / rs);
    const v = V('f', 'n');
    const setting = v > 0;

    // Variability.
    const spread = (sigma: number, name: 'i0' | 'g0' | 'gamma' | 'ea' | 'g'): number =>
      sigma === 0 ? 1 : Math.exp(sigma * draw(name, 'normal'));
    if (cycgmin > 0 || cycgmax > 0 || cycgamma > 0) {
      const drawSet = (): void => {
        set('zmin', draw('zmin', 'normal'));
        set('zset', draw('zset', 'normal'));
      };
      const drawReset = (): void => {
        set('zmax', draw('zmax', 'normal'));
        set('zreset', draw('zreset', 'normal'));
      };
      on(initial(), () => {
        drawSet();
        drawReset();
      });
      on(cross(V('p', 'n') - vcycle, 1), () => {
        if (held('polarity') < 0) drawSet();
        set('polarity', 1);
      });
      on(cross(V('p', 'n') + vcycle, -1), () => {
        if (held('polarity') > 0) drawReset();
        set('polarity', -1);
      });
    }
    const ownGap = spread(devg, 'g');
    const range = gmax - gmin;
    const lowest = Math.max(gmin * ownGap + cycgmin * held('zmin'), 0.01 * gmin);
    const highest = Math.max(gmax * ownGap + cycgmax * held('zmax'), lowest + 0.01 * range);
    const zCycle = setting ? held('zset') : held('zreset');
    const ownGamma = spread(devgamma, 'gamma') * Math.exp(cycgamma * zCycle);

    // Current.
    const s = state('s');
    const g = s * tox;
    const scale = i0 * spread(devi0, 'i0') * Math.exp(-g / (g0 * spread(devg0, 'g0')));
    const i = scale * boundedSinh(v / v0);
    I('f', 'n', i);

    // Temperature of the filament, in eV.
    const t = (given('t0') ? t0 : temperature) + Math.abs(v * i) * rth;
    const kt = 8.617333262e-5 * t;

    // Enhanced field, and speed of the gap.
    const nanometres = Math.max(g, 0) / 1e-9;
    const beta = setting ? betaset : betareset;
    const gamma = ((setting ? gammaset : gammareset) - beta * nanometres ** alpha) * ownGamma;
    const acts = fmin > 0 ? smoothStep(((gamma * Math.abs(v)) / tox / fmin - 1) / 0.01 + 0.5) : 1;
    const e = spread(devea, 'ea') * ea;
    const drop = (gamma * a0 * v) / tox;
    const speed = -vel0 * acts * Math.exp(-e / kt) * boundedSinh(drop / kt);
    rate('s', restrained(speed / tox, s, lowest / tox, highest / tox, (1e-4 * range) / tox));

    output('r', Math.abs(v) > 1e-9 ? V('p', 'n') / i : v0 / scale + rs, 'Ω', 'resistance');
    output('i', i, 'A', 'current');
    output('v', V('p', 'n'), 'V', 'voltage');
    output('g', g, 'm', 'gap');
    output('t', t, 'K', 'temperature of the filament');
    output('speed', speed, 'm/s', 'speed of the gap');
  },
});
