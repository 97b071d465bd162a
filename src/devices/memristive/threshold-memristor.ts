import { real } from '../../base/index.js';
import { model } from '../language/model.js';

/**
 * Bipolar memristor with a voltage threshold, whose state is its resistance.
 * Pershin and Di Ventra, "SPICE model of memristive devices with threshold", Radioengineering 22(2),
 * 485, 2013, eqs. (3)-(5), with the values given there; "Memory effects in complex materials and
 * nanoscale systems", Adv. Phys. 60, 145, 2011.
 *
 * A voltage from p to n raises the resistance: by alpha below the threshold, by beta beyond it. The
 * state is s = (R − ron)/(roff − ron).
 */
export const thresholdMemristor = model({
  name: 'threshold',
  title: 'memristor with a threshold (Pershin and Di Ventra)',
  terminals: ['p', 'n'],
  parameters: {
    ron: real(1e3, 'Ω', 'least resistance', '(0:inf)'),
    roff: real(10e3, 'Ω', 'largest resistance', '(0:inf)'),
    alpha: real(0, 'Ω/(V·s)', 'change below the threshold', '[0:inf)'),
    beta: real(1e13, 'Ω/(V·s)', 'change beyond the threshold', '[0:inf)'),
    vt: real(4.6, 'V', 'threshold', '[0:inf)'),
    s0: real(0.5, '', 'state at the start', '[0:1]'),
  },
  states: {
    s: { unit: '', initial: 's0', bounds: [0, 1], abstol: 1e-9, doc: 'between on (0) and off (1)' },
  },
  conservesCharge: true,
  analog({ V, I, state, rate, output }, { ron, roff, alpha, beta, vt }) {
    const s = state('s');
    const v = V('p', 'n');
    const resistance = ron + (roff - ron) * s;
    const i = v / resistance; // (3)
    I('p', 'n', i);
    // (4), (5); the steps at the limits of the resistance are the bounds of the state.
    const below = Math.min(Math.max(v, -vt), vt);
    const change = alpha * below + beta * (v - below);
    rate('s', change / (roff - ron));

    output('r', resistance, 'Ω', 'resistance');
    output('i', i, 'A', 'current');
    output('v', v, 'V', 'voltage');
    output('s', s, '', 'state');
  },
});
