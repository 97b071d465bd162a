import { integer, optionalReal, real } from '../../base/index.js';
import { model } from '../language/model.js';
import { boundaryWindow } from './boundary-window.js';
import { thresholdSpeed } from './threshold-speed.js';

/**
 * VTEAM: voltage threshold adaptive memristor.
 * Kvatinsky, Ramadan, Friedman and Kolodny, "VTEAM: a general model for voltage-controlled
 * memristors", IEEE TCAS-II 62(8), 786, 2015. Default values are those of MemTorch.
 *
 * The state is the position s = (w − won)/(woff − won) of the boundary between on (0) and off (1);
 * a voltage from p to n above voff drives it towards off. It stops at its bounds whatever the window.
 */
export const vteam = model({
  name: 'vteam',
  title: 'VTEAM memristor (voltage threshold)',
  terminals: ['p', 'n'],
  parameters: {
    ron: real(50, 'Ω', 'resistance at w = won', '(0:inf)'),
    roff: real(1e3, 'Ω', 'resistance at w = woff', '(0:inf)'),
    law: integer(0, 'resistance over w: 0 linear, 1 exponential', '[0:1]'),
    koff: real(5e-4, 'm/s', 'speed factor towards off', '[0:inf)'),
    kon: real(-10, 'm/s', 'speed factor towards on', '(-inf:0]'),
    voff: real(0.02, 'V', 'threshold voltage towards off', '(0:inf)'),
    von: real(-0.2, 'V', 'threshold voltage towards on', '(-inf:0)'),
    alphaoff: real(1, '', 'exponent towards off', '[1:inf)'),
    alphaon: real(3, '', 'exponent towards on', '[1:inf)'),
    won: real(0, 'm', 'boundary in the on state', '[0:inf)'),
    woff: real(3e-9, 'm', 'boundary in the off state', '(0:inf)'),
    window: integer(0, 'window: 0 none, 1 Joglekar, 2 Biolek, 3 Prodromakis, 4 Kvatinsky', '[0:4]'),
    p: real(2, '', 'exponent of windows 1, 2 and 3', '(0:inf)'),
    j: real(1, '', 'height of window 3', '(0:inf)'),
    aoff: optionalReal('m', 'where window 4 closes towards off; woff if not given'),
    aon: optionalReal('m', 'where window 4 closes towards on; won if not given'),
    wc: real(107e-12, 'm', 'width of the edges of window 4', '(0:inf)'),
    s0: real(0.5, '', 'state at the start', '[0:1]'),
  },
  aliases: { xon: 'won', xoff: 'woff', init_state: 's0', wt: 'window', ivrelation: 'law' },
  states: {
    s: { unit: '', initial: 's0', bounds: [0, 1], abstol: 1e-9, doc: 'between on (0) and off (1)' },
  },
  conservesCharge: true,
  uses: { boundaryWindow, thresholdSpeed },
  // prettier-ignore
  analog(
    { V, I, state, rate, given, output, boundaryWindow, thresholdSpeed },
    {
      ron, roff, law, koff, kon, voff, von, alphaoff, alphaon, won, woff, window, p, j, aoff, aon,
      wc,
    },
  ) {
    const s = state('s');
    const d = woff - won;
    const w = won + s * d;

    // Resistance: (6) linear, (7) exponential; (1).
    const resistance = law === 0 ? ron + (roff - ron) * s : ron * (roff / ron) ** s;
    const v = V('p', 'n');
    const i = v / resistance;
    I('p', 'n', i);

    // Windows over (w − won)/(woff − won).
    const toOff = v > 0;
    let f = boundaryWindow(window, s, toOff, p, j);
    if (window === 4) {
      const edgeOff = (w - (given('aoff') ? aoff : woff)) / wc;
      const edgeOn = ((given('aon') ? aon : won) - w) / wc;
      f = Math.exp(-Math.exp(Math.min(toOff ? edgeOff : edgeOn, 50)));
    }

    // Speed of the boundary (5).
    const speed = thresholdSpeed(v, voff, von, koff, kon, alphaoff, alphaon);
    rate('s', (speed * f) / d);

    output('r', resistance, 'Ω', 'resistance');
    output('i', i, 'A', 'current');
    output('v', v, 'V', 'voltage');
    output('s', s, '', 'state');
    output('w', w, 'm', 'boundary');
  },
});
