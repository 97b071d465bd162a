import { integer, real } from '../../base/index.js';
import { model } from '../language/model.js';
import { boundaryWindow } from './boundary-window.js';

/**
 * Linear ion drift: the first model of the titanium dioxide memristor.
 * Strukov, Snider, Stewart and Williams, "The missing memristor found", Nature 453, 80, 2008; windows
 * as in `boundary-window.ts`.
 *
 * The state is the doped part x = w/D of the film: 1 is on. Current from p to n dopes further. With
 * windows 1, 3 and 4 nothing moves at the bounds themselves: a device that starts there stays there.
 */
export const ionDrift = model({
  name: 'iondrift',
  title: 'HP memristor (linear ion drift)',
  terminals: ['p', 'n'],
  parameters: {
    ron: real(100, 'Ω', 'resistance when all is doped', '(0:inf)'),
    roff: real(16e3, 'Ω', 'resistance when nothing is doped', '(0:inf)'),
    d: real(10e-9, 'm', 'thickness of the film', '(0:inf)'),
    uv: real(1e-14, 'm²/(V·s)', 'mobility of the dopants', '[0:inf)'),
    window: integer(0, 'window: 0 none, 1 Joglekar, 2 Biolek, 3 Prodromakis, 4 Strukov', '[0:4]'),
    p: real(1, '', 'exponent of windows 1, 2 and 3', '(0:inf)'),
    j: real(1, '', 'height of window 3', '(0:inf)'),
    x0: real(0.1, '', 'state at the start', '[0:1]'),
  },
  aliases: { mu: 'uv', xo: 'x0', init_state: 'x0' },
  states: {
    x: { unit: '', initial: 'x0', bounds: [0, 1], abstol: 1e-9, doc: 'doped part of the film' },
  },
  conservesCharge: true,
  uses: { boundaryWindow },
  analog({ V, I, state, rate, output, boundaryWindow }, { ron, roff, d, uv, window, p, j }) {
    const x = state('x');

    // (5)
    const resistance = ron * x + roff * (1 - x);
    const v = V('p', 'n');
    const i = v / resistance;
    I('p', 'n', i);

    // (6), over D; the window of the paper is w·(D − w)/D².
    const f = window === 4 ? x * (1 - x) : boundaryWindow(window, x, i > 0, p, j);
    rate('x', ((uv * ron) / d ** 2) * i * f);

    output('r', resistance, 'Ω', 'resistance');
    output('i', i, 'A', 'current');
    output('v', v, 'V', 'voltage');
    output('x', x, '', 'state');
  },
});
