import { integer, optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';
import { boundaryWindow } from './boundary-window.js';
import { thresholdSpeed } from './threshold-speed.js';

/**
 * TEAM: threshold adaptive memristor.
 * Kvatinsky, Friedman, Kolodny and Weiser, "TEAM: threshold adaptive memristor model", IEEE TCAS-I
 * 60(1), 211, 2013. Default values are those of the Technion's Verilog-A model, whose ion lacks its
 * sign.
 *
 * The state is the position s = (x − xon)/(xoff − xon) of the boundary x between on (0) and off (1);
 * current from p to n above ioff drives it towards off. It stops at its bounds whatever the window.
 * A window of Kvatinsky's with bounds of its own (aon, aoff inside xon … xoff) freezes the device
 * between them, so these stand at xon and xoff unless given.
 */
export const team = model({
  name: 'team',
  title: 'TEAM memristor (current threshold)',
  terminals: ['p', 'n'],
  parameters: {
    ron: real(100, 'Ω', 'resistance at x = xon', '(0:inf)'),
    roff: real(200e3, 'Ω', 'resistance at x = xoff', '(0:inf)'),
    law: integer(0, 'resistance over x: 0 linear, 1 exponential', '[0:1]'),
    koff: real(8e-13, 'm/s', 'speed factor towards off', '[0:inf)'),
    kon: real(-8e-13, 'm/s', 'speed factor towards on', '(-inf:0]'),
    ioff: real(115e-6, 'A', 'threshold current towards off', '(0:inf)'),
    ion: real(-8.9e-6, 'A', 'threshold current towards on', '(-inf:0)'),
    alphaoff: real(3, '', 'exponent towards off', '[1:inf)'),
    alphaon: real(3, '', 'exponent towards on', '[1:inf)'),
    xon: real(0, 'm', 'boundary in the on state', '[0:inf)'),
    xoff: real(3e-9, 'm', 'boundary in the off state', '(0:inf)'),
    window: integer(0, 'window: 0 none, 1 Joglekar, 2 Biolek, 3 Prodromakis, 4 Kvatinsky', '[0:4]'),
    p: real(2, '', 'exponent of windows 1, 2 and 3', '(0:inf)'),
    j: real(1, '', 'height of window 3', '(0:inf)'),
    aoff: optionalReal('m', 'where window 4 closes towards off; xoff if not given'),
    aon: optionalReal('m', 'where window 4 closes towards on; xon if not given'),
    wc: real(107e-12, 'm', 'width of the edges of window 4', '(0:inf)'),
    s0: real(0.5, '', 'state at the start', '[0:1]'),
  },
  aliases: { xc: 'wc', init_state: 's0', wt: 'window', ivrelation: 'law' },
  states: {
    s: { unit: '', initial: 's0', bounds: [0, 1], abstol: 1e-9, doc: 'between on (0) and off (1)' },
  },
  conservesCharge: true,
  uses: { boundaryWindow, thresholdSpeed },
  // prettier-ignore
  analog(
    { V, I, state, rate, given, output, boundaryWindow, thresholdSpeed },
    {
      ron, roff, law, koff, kon, ioff, ion, alphaoff, alphaon, xon, xoff, window, p, j, aoff, aon,
      wc,
    },
  ) {
    const s = state('s');
    const d = xoff - xon;
    const x = xon + s * d;

    // Resistance: (7) linear, (8) exponential.
    const resistance = law === 0 ? ron + (roff - ron) * s : ron * (roff / ron) ** s;
    const v = V('p', 'n');
    const i = v / resistance;
    I('p', 'n', i);

    // Windows over x/d, here s.
    const toOff = i > 0;
    let f = boundaryWindow(window, s, toOff, p, j);
    if (window === 4) {
      const edgeOff = (x - (given('aoff') ? aoff : xoff)) / wc;
      const edgeOn = ((given('aon') ? aon : xon) - x) / wc;
      f = Math.exp(-Math.exp(Math.min(toOff ? edgeOff : edgeOn, 50)));
    }

    // Speed of the boundary (5).
    const speed = thresholdSpeed(i, ioff, ion, koff, kon, alphaoff, alphaon);
    rate('s', (speed * f) / d);

    output('r', resistance, 'Ω', 'resistance');
    output('i', i, 'A', 'current');
    output('v', v, 'V', 'voltage');
    output('s', s, '', 'state');
    output('x', x, 'm', 'boundary');
  },
});
