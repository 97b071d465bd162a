import type { WindowMeasure } from './measure.js';
import { integrate, totalWidth } from './piecewise.js';

/** ∫y dx divided by the width of the window. */
export const avg: WindowMeasure = {
  form: 'window',
  name: 'avg',
  aliases: ['mean'],
  usage: '.meas tran name avg v(out) [from=…] [to=…]',
  title: 'mean over the scale',
  signals: 1,
  unit: (signal) => signal,
  measure([pieces]) {
    const width = totalWidth(pieces);
    if (!(width > 0)) return { reason: 'the window has no width' };
    return { value: pieces.reduce((sum, wave) => sum + integrate(wave), 0) / width };
  },
};
