import { optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';
import { boundedExponential } from '../semiconductor/bounded-exponential.js';

/**
 * Valence change memory by the vacancies in its disc: JART VCM v1b.
 * Cüppers, Menzel, Bengel, Hardtdegen, von Witzleben, Böttger, Waser and Hoffmann-Eifert, "Exploiting
 * the switching dynamics of HfO2-based ReRAM devices for reliable analog memristive behavior", APL
 * Materials 7, 091105, 2019; Bengel et al., "Variability-aware modeling of filamentary oxide-based
 * bipolar resistive switching cells using SPICE level compact models", IEEE TCAS-I 67(12), 4618,
 * 2020, with its values.
 *
 * p is the active electrode: a negative voltage raises the concentration of vacancies in the disc
 * (SET). Schottky barrier, disc, plug and leads are in series; states are n, the concentration over
 * its maximum, and the temperature. Ours are
 *  - the temperature's time constant `tth`: the published model has none, and two temperatures at
 *    one bias where power feeds back;
 *  - that the lowering of the barrier ends over 1 mV where its fourth root would end vertically.
 * Variability as published: radius and length of the disc approach values drawn anew whenever the
 * polarity changes, as the concentration moves (21)-(24); devices differ in them and in the limits
 * of the concentration.
 */
export const jart = model({
  name: 'jart',
  title: 'valence change memory (JART VCM v1b)',
  terminals: ['p', 'n'],
  internal: ['d'],
  parameters: {
    eps: real(17, '', 'permittivity of the oxide', '(0:inf)'),
    epsphib: real(5.5, '', 'permittivity for the lowering of the barrier', '(0:inf)'),
    phibn0: real(0.18, 'V', 'height of the barrier', '(0:inf)'),
    phin: real(0.1, 'V', 'from the Fermi level to the conduction band', '[0:inf)'),
    un: real(4e-6, 'm²/(V·s)', 'mobility of electrons', '(0:inf)'),
    ndiscmax: real(20, '1e26/m³', 'largest concentration in the disc', '(0:inf)'),
    ndiscmin: real(0.008, '1e26/m³', 'least concentration in the disc', '(0:inf)'),
    ninit: real(0.008, '1e26/m³', 'concentration in the disc at the start', '(0:inf)'),
    nplug: real(20, '1e26/m³', 'concentration in the plug', '(0:inf)'),
    a: real(0.25e-9, 'm', 'hopping distance', '(0:inf)'),
    nyo: real(2e13, 'Hz', 'attempt frequency', '(0:inf)'),
    dwa: real(1.35, 'eV', 'activation energy', '(0:inf)'),
    rth0: real(15.72e6, 'K/W', 'thermal resistance', '[0:inf)'),
    rtheff_scaling: real(0.27, '', 'its factor under RESET', '[0:inf)'),
    rdet: real(45e-9, 'm', 'radius of the filament', '(0:inf)'),
    lcell: real(3e-9, 'm', 'length of disc and plug', '(0:inf)'),
    ldet: real(0.4e-9, 'm', 'length of the disc', '(0:inf)'),
    rtiox: real(650, 'Ω', 'resistance of the TiOx layer', '[0:inf)'),
    r0: real(719.2437, 'Ω', 'resistance of the lines at no current', '[0:inf)'),
    rthline: real(90471.47, 'K/W', 'thermal resistance of the lines', '[0:inf)'),
    alphaline: real(3.92e-3, '1/K', 'temperature coefficient of the lines', '[0:inf)'),
    arichardson: real(6.01e5, 'A/(m²·K²)', "Richardson's constant", '(0:inf)'),
    t0: optionalReal(
      'K',
      "ambient temperature; the circuit's if not given (paper: 293)",
      '[1:5000]',
    ),
    tth: real(10e-12, 's', 'thermal time constant', '(0:inf)'),
    devr: real(0, '', 'spread of the radius between devices', '[0:inf)'),
    devl: real(0, '', 'spread of the length between devices', '[0:inf)'),
    devnmin: real(0, '', 'spread of ndiscmin between devices', '[0:inf)'),
    devnmax: real(0, '', 'spread of ndiscmax between devices', '[0:inf)'),
    cycr: real(0, '', 'spread of the radius between cycles', '[0:inf)'),
    cycl: real(0, '', 'spread of the length between cycles', '[0:inf)'),
    cycmost: real(0.3, '', 'largest deviation of radius and length in a cycle', '(0:1)'),
    vcycle: real(1.5e-5, 'V', 'voltage beyond which the polarity has changed', '(0:inf)'),
  },
  // Switching runs away: what a tolerance leaves open in the beginning shifts the edge later on.
  states: {
    n: {
      unit: '',
      initial: 'ninit/ndiscmax',
      bounds: [0, 1],
      abstol: 1e-9,
      reltol: 3e-7,
      doc: 'in the disc',
    },
    heat: {
      unit: 'K',
      initial: 0,
      abstol: 1e-4,
      reltol: 3e-7,
      settles: true,
      doc: 'above the ambient',
    },
  },
  held: {
    polarity: { initial: 0, doc: 'of the last cycle: -1 SET, 1 RESET' },
    nold: { initial: 'ninit/ndiscmax', doc: 'state when the polarity changed' },
    rold: { initial: 1, doc: 'radius over rdet then' },
    lold: { initial: 1, doc: 'length over ldet then' },
    rnew: { initial: 1, doc: 'radius over rdet that this cycle approaches' },
    lnew: { initial: 1, doc: 'length over ldet that this cycle approaches' },
  },
  conservesCharge: true,
  uses: { boundedExponential },
  // prettier-ignore
  analog(
    {
      V, I, state, rate, held, set, on, cross, initial, draw, given, temperature, limit, previous,
      output, boundedExponential,
    },
    {
      eps, epsphib, phibn0, phin, un, ndiscmax, ndiscmin, nplug, a, nyo, dwa, rth0, rtheff_scaling,
      rdet, lcell, ldet, rtiox, r0, rthline, alphaline, arichardson, t0, tth, devr, devl, devnmin,
      devnmax, cycr, cycl, cycmost, vcycle,
    },
  ) {
    const q = 1.602176634e-19;
    const k = 1.380649e-23;
    const h = 6.62607015e-34;
    const eps0 = 8.8541878128e-12;
    const electron = 9.1093837015e-31;
    const z = 2;

    const v = V('p', 'n');
    const n = state('n');

    // Variability: (21)-(24).
    const spread = (sigma: number, name: 'r' | 'l' | 'nmin' | 'nmax'): number =>
      sigma === 0 ? 1 : Math.exp(sigma * draw(name, 'normal'));
    const least = (ndiscmin / ndiscmax) * spread(devnmin, 'nmin');
    const most = Math.min(spread(devnmax, 'nmax'), 1 / 0.999);
    let ownR = 1;
    let ownL = 1;
    if (cycr > 0 || cycl > 0) {
      const before = held('nold');
      // The direction is that of the cycle: at rest nothing jumps back.
      const filling = held('polarity') < 0;
      const way = filling ? Math.max(most - before, 1e-6) : Math.max(before - least, 1e-6);
      const gone = Math.min(Math.max((filling ? n - before : before - n) / way, 0), 1);
      ownR = held('rold') + (held('rnew') - held('rold')) * gone;
      ownL = held('lold') + (held('lnew') - held('lold')) * gone;
      const within = (deviation: number): number =>
        1 + Math.min(Math.max(deviation, -cycmost), cycmost);
      const drawAgain = (): void => {
        set('rnew', within(cycr * draw('radius', 'normal')));
        set('lnew', within(cycl * draw('length', 'normal')));
      };
      const turn = (polarity: number): void => {
        if (held('polarity') !== polarity) {
          set('nold', n);
          set('rold', ownR);
          set('lold', ownL);
          drawAgain();
        }
        set('polarity', polarity);
      };
      on(initial(), drawAgain);
      on(cross(v - vcycle, 1), () => {
        turn(1);
      });
      on(cross(v + vcycle, -1), () => {
        turn(-1);
      });
    }
    const radius = rdet * spread(devr, 'r') * ownR;
    const length = ldet * spread(devl, 'l') * ownL;
    const area = Math.PI * radius ** 2;
    // What stands under fractions and roots keeps away from zero.
    const concentration = Math.max(n, 0.5 * least) * ndiscmax * 1e26;

    // Temperature.
    const heat = state('heat');
    const t = (given('t0') ? t0 : temperature) + Math.max(heat, 0);
    const kt = k * t;

    // Schottky barrier: its height, lowered by the image force, then thermionic emission forwards,
    // thermionic field emission backwards.
    const proposed = V('p', 'd');
    const last = previous('vs');
    const reach = 0.1 + 0.5 * Math.abs(last);
    const vs = limit('vs', proposed, Math.min(Math.max(proposed, last - reach), last + reach));
    const ends = phibn0 - phin - vs;
    const psi = 0.5 * (ends + Math.sqrt(ends ** 2 + 1e-6));
    const lowering =
      ((q ** 3 * z * concentration * psi) / (8 * Math.PI ** 2 * (epsphib * eps0) ** 3)) ** 0.25;
    const phi = Math.max(phibn0 - lowering, 0);
    let i = 0;
    if (vs < 0) {
      const w00 = ((q * h) / (4 * Math.PI)) * Math.sqrt((z * concentration) / (electron * eps * eps0));
      const ratio = w00 / kt;
      const w0 = w00 / Math.tanh(ratio);
      const slope = w00 / (ratio - Math.tanh(ratio));
      const root = Math.sqrt(Math.PI * w00 * q * (-vs + phi / Math.cosh(ratio) ** 2 + 1e-12));
      i = -((area * arichardson * t) / k) * root * Math.exp((-q * phi) / w0) *
        (boundedExponential((-q * vs) / slope) - 1);
    } else {
      i = area * arichardson * t ** 2 * Math.exp((-q * phi) / kt) *
        (boundedExponential((q * vs) / kt) - 1);
    }
    I('p', 'd', i);

    // Disc, plug and lines in series.
    const disc = length / (concentration * z * q * un * area);
    const plug = (lcell - length) / (nplug * 1e26 * z * q * un * area);
    const current = I('d', 'n');
    const series = rtiox + r0 * (1 + r0 * alphaline * current ** 2 * rthline);
    V('d', 'n', current * (disc + plug + series));

    // Heat of barrier, disc and plug. SET and RESET are told apart by signs that are the same in
    // every solution, each where it makes nothing jump on the way to one.
    const inside = V('p', 'd') + current * (disc + plug);
    const underSet = Math.min(current, 0) * Math.min(inside, 0);
    const underReset = Math.max(current, 0) * Math.max(inside, 0) * rtheff_scaling;
    rate('heat', ((underSet + underReset) * rth0 * (rdet / radius) ** 2 - heat) / tth);

    // Hopping of vacancies in the field of the disc, or of disc, plug and barrier.
    const field = (Math.min(current, 0) * disc) / length + Math.max(inside, 0) / lcell;
    const window =
      field < 0
        ? 1 - (Math.max(n, 0) / most) ** 10
        : 1 - (least / Math.max(n, 0.5 * least)) ** 10;
    const bend = Math.min(Math.max((z * field * a) / (Math.PI * dwa), -0.99), 0.99);
    const even = Math.sqrt(1 - bend ** 2) + bend * Math.asin(bend);
    const odd = (bend * Math.PI) / 2;
    const forwards = boundedExponential((-q * dwa * (even - odd)) / kt);
    const backwards = boundedExponential((-q * dwa * (even + odd)) / kt);
    const mean = (nplug / ndiscmax + Math.max(n, 0)) / 2;
    rate('n', ((-mean * a * nyo) / length) * (forwards - backwards) * window);

    output('i', i, 'A', 'current');
    output('v', v, 'V', 'voltage');
    output('ndisc', n * ndiscmax, '1e26/m³', 'concentration in the disc');
    output('vs', vs, 'V', 'voltage of the barrier');
    output('t', t, 'K', 'temperature');
    output('radius', radius, 'm', 'radius of the filament');
    output('length', length, 'm', 'length of the disc');
  },
});
