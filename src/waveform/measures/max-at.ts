import type { WindowMeasure } from './measure.js';
import { maximum } from './peak.js';

/** Where the largest value is. */
export const maxAt: WindowMeasure = {
  form: 'window',
  name: 'max_at',
  usage: '.meas tran name max_at v(out) [from=…] [to=…]',
  title: 'place of the largest value',
  signals: 1,
  unit: (_, scale) => scale,
  measure: ([pieces]) => ({ value: maximum(pieces).x }),
};
