import { optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';
import { boundedExponential } from '../semiconductor/bounded-exponential.js';
import { boundedSinh } from './bounded-sinh.js';
import { restrained } from './restrained.js';
import { smoothStep } from './smooth-step.js';

/**
 * OxRAM by gap and width of the filament (Peking and Stanford).
 * Li, Huang, Gao, Chen, Liu and Kang, "A SPICE model of resistive random access memory for
 * large-scale memory array simulation", IEEE EDL 35(2), 211, 2014; Li et al., "Variation-aware,
 * reliability-emphasized design and optimization of RRAM using SPICE model", DATE 2015, 1425.
 * Default values are those of release 2.0.
 *
 * A positive voltage from p to n closes the gap x, then widens the filament (SET); a negative one
 * opens the gap (RESET). Both are unknowns of the circuit, s = x/l0 and u = w/wcf. What release 2.0
 * has as jumps is continuous here:
 *  - rates count ions both ways and so vanish with the voltage (the release moves at 0+ V);
 *  - under SET the gap's share of the voltage vanishes, and the width starts to grow, while x goes
 *    through the last hundredth of l0, not at x = 0.
 * Variability: devices differ by log-normal factors; the limits of gap and width are drawn anew
 * whenever the polarity changes, where the release adds noise at each time step.
 */
export const pku = model({
  name: 'pku',
  title: 'OxRAM by gap and width of its filament (PKU/Stanford)',
  terminals: ['p', 'n'],
  internal: ['c', 'g'],
  parameters: {
    a: real(0.25e-9, 'm', 'distance of vacancies', '(0:inf)'),
    f: real(1e13, 'Hz', 'attempt frequency', '(0:inf)'),
    z: real(1, '', 'charge of an ion, elementary charges', '(0:inf)'),
    ea: real(0.7, 'eV', 'activation energy of vacancies', '(0:inf)'),
    eh: real(1.12, 'eV', 'barrier of hopping oxygen', '(0:inf)'),
    ei: real(0.82, 'eV', 'barrier between electrode and oxide', '(0:inf)'),
    gamma: real(1.5, '', 'enhancement of the voltage at the electrode', '[0:inf)'),
    alphaa: real(0.75e-9, 'm', 'lowering of ea by the field', '[0:inf)'),
    alphah: real(0.75e-9, 'm', 'lowering of eh by the field', '[0:inf)'),
    xt: real(0.4e-9, 'm', 'decay of the current with the gap', '(0:inf)'),
    vt: real(0.4, 'V', 'curvature of the current', '(0:inf)'),
    l0: real(3e-9, 'm', 'thickness of the oxide', '(0:inf)'),
    x0: real(3e-9, 'm', 'gap at the start', '[0:inf)'),
    w0: real(0.5e-9, 'm', 'width at the start', '(0:inf)'),
    wcf: real(5e-9, 'm', 'largest width', '(0:inf)'),
    weff: real(0.5e-9, 'm', 'by how much the filament widens at a time', '(0:inf)'),
    i0: real(1e13, 'A/m²', 'density of the hopping current at no gap', '[0:inf)'),
    rho: real(19.635e-6, 'Ω·m', 'resistivity of the filament', '(0:inf)'),
    rth: real(5e5, 'K/W', 'thermal resistance', '[0:inf)'),
    t0: optionalReal(
      'K',
      "ambient temperature; the circuit's if not given (release: 300)",
      '[1:5000]',
    ),
    vlim: real(100, 'm/s', 'largest speed under SET', '(0:inf)'),
    xmax: optionalReal('m', 'largest gap; l0 if not given', '(0:inf)'),
    rs: real(20, 'Ω', 'series resistance', '[0:inf)'),
    rp: real(200e6, 'Ω', 'parallel resistance', '(0:inf)'),
    cp: real(20e-15, 'F', 'parallel capacitance', '[0:inf)'),
    devi0: real(0, '', 'spread of i0 between devices', '[0:inf)'),
    devea: real(0, '', 'spread of ea and ei between devices', '[0:inf)'),
    devw: real(0, '', 'spread of wcf between devices', '[0:inf)'),
    devx: real(0, '', 'spread of xmax between devices', '[0:inf)'),
    cycx: real(0, 'm', 'spread of the largest gap between cycles', '[0:inf)'),
    cycw: real(0, 'm', 'spread of the largest width between cycles', '[0:inf)'),
    vcycle: real(0.01, 'V', 'voltage beyond which the polarity has changed', '(0:inf)'),
  },
  aliases: { rou: 'rho', rl: 'rs', rh: 'rp' },
  // Switching runs away: what a tolerance leaves open in the beginning shifts the edge later on.
  states: {
    s: {
      unit: '',
      initial: 'x0/l0',
      bounds: [0, 1],
      abstol: 1e-9,
      reltol: 2e-8,
      doc: 'gap over oxide',
    },
    u: { unit: '', initial: 'w0/wcf', bounds: [0, 1], abstol: 1e-9, doc: 'width over largest' },
  },
  held: {
    polarity: { initial: 0, doc: 'of the last cycle: 1 SET, -1 RESET' },
    zx: { initial: 0, doc: 'deviation of the largest gap in this cycle' },
    zw: { initial: 0, doc: 'deviation of the largest width in this cycle' },
  },
  conservesCharge: true,
  uses: { boundedExponential, boundedSinh, restrained, smoothStep },
  // prettier-ignore
  analog(
    {
      V, I, ddt, collapse, state, rate, held, set, on, cross, initial, draw, given, temperature,
      output, boundedExponential, boundedSinh, restrained, smoothStep,
    },
    {
      a, f, ea, eh, ei, gamma, alphaa, alphah, z, xt, vt, l0, wcf, weff, i0, rho, rth, t0, vlim,
      xmax, rs, rp, cp, devi0, devea, devw, devx, cycx, cycw, vcycle,
    },
  ) {
    if (rs === 0) collapse('c', 'p');
    else I('p', 'c', V('p', 'c') / rs);
    I('p', 'n', V('p', 'n') / rp);
    I('p', 'n', ddt(cp * V('p', 'n')));

    // Variability.
    const spread = (sigma: number, name: 'i0' | 'ea' | 'w' | 'x'): number =>
      sigma === 0 ? 1 : Math.exp(sigma * draw(name, 'normal'));
    if (cycx > 0 || cycw > 0) {
      on(initial(), () => {
        set('zx', draw('zx', 'normal'));
        set('zw', draw('zw', 'normal'));
      });
      on(cross(V('p', 'n') - vcycle, 1), () => {
        if (held('polarity') < 0) set('zw', draw('zw', 'normal'));
        set('polarity', 1);
      });
      on(cross(V('p', 'n') + vcycle, -1), () => {
        if (held('polarity') > 0) set('zx', draw('zx', 'normal'));
        set('polarity', -1);
      });
    }
    const own = spread(devea, 'ea');
    const density = i0 * spread(devi0, 'i0');
    const largest = given('xmax') ? xmax : l0;
    const highest = Math.max((largest * spread(devx, 'x') + cycx * held('zx')) / l0, 0.01);
    const widest = Math.max(spread(devw, 'w') + (cycw * held('zw')) / wcf, 0.01);

    // Currents: beside the filament, and through it and the gap in series.
    const s = state('s');
    const u = state('u');
    const x = s * l0;
    const w = Math.max(u, 1e-3) * wcf;
    const area = (Math.PI * w ** 2) / 4;
    const closed = 1 - smoothStep(s / 0.01);
    const v = V('c', 'n');
    const i1 = density * Math.max((Math.PI * wcf ** 2) / 4 - area, 0) * Math.exp(-l0 / xt) *
      boundedSinh(v / vt);
    I('c', 'n', i1);
    I('c', 'g', (V('c', 'g') * area) / (rho * Math.max(l0 - x, 1e-4 * l0)));
    const ig = I('g', 'n');
    const share = ig > 0 ? 1 - closed : 1;
    V('g', 'n', share * vt * Math.asinh(ig / (density * area * Math.exp(-x / xt))));
    const vg = V('g', 'n');
    const i = i1 + ig;

    // Temperature, in eV.
    const t = (given('t0') ? t0 : temperature) + Math.abs(v * i) * rth;
    const kt = 8.617333262e-5 * t;
    /** Ions over a barrier that `lowering` lowers, less those that come back. */
    const net = (barrier: number, lowering: number): number => {
      const back = boundedExponential(-barrier / kt);
      if (lowering < kt) return back * Math.expm1(Math.min(lowering / kt, 1));
      return boundedExponential((lowering - barrier) / kt) - back;
    };

    // Gap and width.
    const gap = Math.max(x, 1e-12);
    let speed = 0;
    if (vg > 0) {
      speed = -Math.min(a * f * net(own * ea, (vg * alphaa * z) / gap), vlim) * (1 - closed);
    } else {
      const fromElectrode = a * f * net(own * ei, -gamma * z * vg);
      const hopping =
        a * f * Math.exp(-eh / kt) * boundedSinh((-alphah * z * vg) / (gap * kt));
      speed = Math.min(fromElectrode, hopping);
    }
    const grows = (weff + weff ** 2 / (2 * w)) * f * net(own * ea, (v * alphaa * z) / l0);
    const widening = v > 0 ? Math.min(grows, vlim) * closed : 0;
    rate('s', restrained(speed / l0, s, 0, highest, 1e-4));
    rate('u', restrained(widening / wcf, u, 0, widest, 1e-4));

    output('r', Math.abs(V('p', 'n')) > 1e-9 ? V('p', 'n') / (i + V('p', 'n') / rp) : 0, 'Ω', 'resistance; 0 at 0 V');
    output('i', i, 'A', 'current');
    output('v', V('p', 'n'), 'V', 'voltage');
    output('x', x, 'm', 'gap');
    output('w', w, 'm', 'width');
    output('vg', vg, 'V', 'voltage over the gap');
    output('t', t, 'K', 'temperature');
  },
});
