import type { WindowMeasure } from './measure.js';
import { integrate, totalWidth } from './piecewise.js';

/** √(∫y² dx divided by the width of the window). */
export const rms: WindowMeasure = {
  form: 'window',
  name: 'rms',
  usage: '.meas tran name rms v(out) [from=…] [to=…]',
  title: 'root of the mean square',
  signals: 1,
  unit: (signal) => signal,
  measure([pieces]) {
    const width = totalWidth(pieces);
    if (!(width > 0)) return { reason: 'the window has no width' };
    const squares = pieces.reduce((sum, wave) => sum + integrate(wave, (y) => y * y), 0);
    return { value: Math.sqrt(squares / width) };
  },
};
