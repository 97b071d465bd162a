import type { WindowMeasure } from './measure.js';
import { integrate } from './piecewise.js';

/** ∫y dx over the window. */
export const integ: WindowMeasure = {
  form: 'window',
  name: 'integ',
  aliases: ['integral'],
  usage: '.meas tran name integ i(v1) [from=…] [to=…]',
  title: 'integral over the scale',
  signals: 1,
  unit: (signal, scale) =>
    signal === 'A' && scale === 's' ? 'C' : [signal, scale].filter(Boolean).join('·'),
  measure: ([pieces]) => ({ value: pieces.reduce((sum, wave) => sum + integrate(wave), 0) }),
};
