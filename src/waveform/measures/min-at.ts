import type { WindowMeasure } from './measure.js';
import { minimum } from './peak.js';

/** Where the smallest value is. */
export const minAt: WindowMeasure = {
  form: 'window',
  name: 'min_at',
  usage: '.meas tran name min_at v(out) [from=…] [to=…]',
  title: 'place of the smallest value',
  signals: 1,
  unit: (_, scale) => scale,
  measure: ([pieces]) => ({ value: minimum(pieces).x }),
};
