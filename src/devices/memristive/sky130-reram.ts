import { optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';
import { boundedExponential } from '../semiconductor/bounded-exponential.js';
import { boundedSinh } from './bounded-sinh.js';
import { restrained } from './restrained.js';

/**
 * The ReRAM cell of SkyWater's 130 nm process, as two continuous states.
 * Equations and values of `sky130_fd_pr_reram__reram_cell` (SkyWater PDK, 2020), which follow Jiang
 * et al., IEEE TED 63(5), 1884, 2016. The PDK integrates thickness of the filament and temperature
 * by hand, by steps of Euler that the simulator's steps decide; here the circuit's solver does.
 *
 * A positive voltage from p (top electrode) to n makes the filament longer. Variability is ours, as
 * in the gap model: log-normal factors once a device, limits drawn anew when the polarity changes.
 */
export const sky130Reram = model({
  name: 'sky130reram',
  title: 'SkyWater 130 nm ReRAM cell',
  terminals: ['p', 'n'],
  internal: ['c'],
  parameters: {
    tox: real(5e-9, 'm', 'thickness of the oxide', '(0:inf)'),
    tfilament_max: real(4.9e-9, 'm', 'longest filament', '(0:inf)'),
    tfilament_min: real(3.3e-9, 'm', 'shortest filament', '(0:inf)'),
    tfilament_0: real(3.3e-9, 'm', 'filament at the start', '(0:inf)'),
    eact_generation: real(1.501, 'eV', 'activation energy of generation', '(0:inf)'),
    eact_recombination: real(1.5, 'eV', 'activation energy of recombination', '(0:inf)'),
    i_k1: real(6.14e-5, 'A', 'current factor', '[0:inf)'),
    tfilament_ref: real(4.7249e-9, 'm', 'length at which the current is i_k1/e·sinh', '(0:inf)'),
    v_ref: real(0.43, 'V', 'curvature of the current', '(0:inf)'),
    velocity_k1: real(150, 'm/s', 'speed factor', '[0:inf)'),
    gamma_k0: real(16.5, '', 'enhancement of the field at a full filament', '[0:inf)'),
    gamma_k1: real(-1.25, '', 'its change at a gap of 1 nm', '(-inf:0]'),
    a0: real(0.25e-9, 'm', 'atomic distance', '(0:inf)'),
    temperature_0: optionalReal(
      'K',
      "ambient temperature; the circuit's if not given (PDK: 300)",
      '[1:5000]',
    ),
    c_thermal: real(3.1825e-16, 'J/K', 'thermal capacitance', '(0:inf)'),
    tau_thermal: real(0.23e-9, 's', 'thermal time constant', '(0:inf)'),
    rs: real(0, 'Ω', 'series resistance', '[0:inf)'),
    devi: real(0, '', 'spread of i_k1 between devices', '[0:inf)'),
    devgamma: real(0, '', 'spread of the enhancement between devices', '[0:inf)'),
    cycmin: real(0, 'm', 'spread of the shortest filament between cycles', '[0:inf)'),
    cycmax: real(0, 'm', 'spread of the longest filament between cycles', '[0:inf)'),
    vcycle: real(0.01, 'V', 'voltage beyond which the polarity has changed', '(0:inf)'),
  },
  states: {
    s: { unit: '', initial: 'tfilament_0/tox', bounds: [0, 1], abstol: 1e-9, doc: 'filament' },
    heat: { unit: 'K', initial: 0, abstol: 1e-4, settles: true, doc: 'above the ambient' },
  },
  held: {
    polarity: { initial: 0, doc: 'of the last cycle: 1 SET, -1 RESET' },
    zmin: { initial: 0, doc: 'deviation of the shortest filament in this cycle' },
    zmax: { initial: 0, doc: 'deviation of the longest filament in this cycle' },
  },
  conservesCharge: true,
  uses: { boundedExponential, boundedSinh, restrained },
  // prettier-ignore
  analog(
    {
      V, I, collapse, state, rate, held, set, on, cross, initial, draw, given, temperature, output,
      boundedExponential, boundedSinh, restrained,
    },
    {
      tox, tfilament_max, tfilament_min, eact_generation, eact_recombination, i_k1, tfilament_ref,
      v_ref, velocity_k1, gamma_k0, gamma_k1, a0, temperature_0, c_thermal, tau_thermal, rs, devi,
      devgamma, cycmin, cycmax, vcycle,
    },
  ) {
    if (rs === 0) collapse('c', 'p');
    else I('p', 'c', V('p', 'c') / rs);
    const v = V('c', 'n');

    // Variability.
    const spread = (sigma: number, name: 'i' | 'gamma'): number =>
      sigma === 0 ? 1 : Math.exp(sigma * draw(name, 'normal'));
    if (cycmin > 0 || cycmax > 0) {
      on(initial(), () => {
        set('zmin', draw('zmin', 'normal'));
        set('zmax', draw('zmax', 'normal'));
      });
      on(cross(V('p', 'n') - vcycle, 1), () => {
        if (held('polarity') < 0) set('zmax', draw('zmax', 'normal'));
        set('polarity', 1);
      });
      on(cross(V('p', 'n') + vcycle, -1), () => {
        if (held('polarity') > 0) set('zmin', draw('zmin', 'normal'));
        set('polarity', -1);
      });
    }
    const range = tfilament_max - tfilament_min;
    const shortest = Math.max(tfilament_min + cycmin * held('zmin'), 0);
    const longest = Math.min(tfilament_max + cycmax * held('zmax'), tox);

    // Current.
    const s = state('s');
    const gap = tox * (1 - s);
    const scale = i_k1 * spread(devi, 'i') * Math.exp(-gap / (tox - tfilament_ref));
    const i = scale * boundedSinh(v / v_ref);
    I('c', 'n', i);

    // Temperature, and kT/q.
    const heat = state('heat');
    rate('heat', Math.abs(v * i) / c_thermal - heat / tau_thermal);
    const t = (given('temperature_0') ? temperature_0 : temperature) + heat;
    const kt = 8.617333262e-5 * Math.max(t, 1);

    // Length of the filament.
    const enhancement = (gamma_k0 + gamma_k1 * (gap / 1e-9) ** 3) * spread(devgamma, 'gamma');
    const drop = (enhancement * a0 * v) / tox;
    const speed = velocity_k1 * (boundedExponential((drop - eact_generation) / kt) -
      boundedExponential((-drop - eact_recombination) / kt));
    rate('s', restrained(speed / tox, s, shortest / tox, longest / tox, (1e-4 * range) / tox));

    output('r', Math.abs(v) > 1e-9 ? V('p', 'n') / i : v_ref / scale + rs, 'Ω', 'resistance');
    output('i', i, 'A', 'current');
    output('v', V('p', 'n'), 'V', 'voltage');
    output('tf', s * tox, 'm', 'length of the filament');
    output('t', t, 'K', 'temperature');
    output('speed', speed, 'm/s', 'speed of the filament');
  },
});
