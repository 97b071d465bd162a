import { real } from '../../base/index.js';
import { model } from '../language/model.js';

/**
 * Yakopcic's memristor.
 * Yakopcic, Taha, Subramanyam, Pino and Rogers, "A memristor device model", IEEE EDL 32(10), 1436,
 * 2011, eqs. (1)-(6), with values of the test of Xyce's level 3, which has the same equations.
 *
 * The state x is 0 in the off and 1 in the on state; a positive voltage beyond vp raises it (eta = 1).
 */
export const yakopcic = model({
  name: 'yakopcic',
  title: 'Yakopcic memristor',
  terminals: ['p', 'n'],
  parameters: {
    a1: real(0.17, 'A', 'current factor at positive voltages', '[0:inf)'),
    a2: real(0.17, 'A', 'current factor at negative voltages', '[0:inf)'),
    b: real(0.05, '1/V', 'curvature of the current', '(0:inf)'),
    vp: real(0.16, 'V', 'threshold of positive voltages', '[0:inf)'),
    vn: real(0.15, 'V', 'threshold of negative voltages', '[0:inf)'),
    ap: real(4000, '1/s', 'speed at positive voltages', '[0:inf)'),
    an: real(4000, '1/s', 'speed at negative voltages', '[0:inf)'),
    xp: real(0.3, '', 'state from which a rise is slowed down', '[0:1)'),
    xn: real(0.5, '', 'distance from 1 below which a fall is slowed down', '[0:1)'),
    alphap: real(1, '', 'decay of the speed of a rise', '[0:inf)'),
    alphan: real(5, '', 'decay of the speed of a fall', '[0:inf)'),
    eta: real(1, '', 'direction of the state: 1 or -1', '[-1:1]'),
    xo: real(0.11, '', 'state at the start', '[0:1]'),
  },
  aliases: { x0: 'xo' },
  states: {
    x: { unit: '', initial: 'xo', bounds: [0, 1], abstol: 1e-9, doc: 'off (0) to on (1)' },
  },
  conservesCharge: true,
  analog(
    { V, I, state, rate, output },
    { a1, a2, b, vp, vn, ap, an, xp, xn, alphap, alphan, eta },
  ) {
    const x = state('x');
    const v = V('p', 'n');

    // (1)
    const i = (v >= 0 ? a1 : a2) * x * Math.sinh(b * v);
    I('p', 'n', i);

    // Thresholds (2).
    let g = 0;
    if (v > vp) g = ap * (Math.exp(v) - Math.exp(vp));
    if (v < -vn) g = -an * (Math.exp(-v) - Math.exp(vn));

    // Slower near the bounds: (3) with (5), (4) with (6).
    let f = 1;
    if (eta * v >= 0) {
      if (x >= xp) f = Math.exp(-alphap * (x - xp)) * ((xp - x) / (1 - xp) + 1);
    } else if (x <= 1 - xn) f = Math.exp(alphan * (x + xn - 1)) * (x / (1 - xn));
    rate('x', eta * g * f);

    output('i', i, 'A', 'current');
    output('v', v, 'V', 'voltage');
    output('x', x, '', 'state');
  },
});
