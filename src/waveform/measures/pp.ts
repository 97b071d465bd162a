import type { WindowMeasure } from './measure.js';
import { maximum, minimum } from './peak.js';

/** The largest value less the smallest. */
export const pp: WindowMeasure = {
  form: 'window',
  name: 'pp',
  usage: '.meas tran name pp v(out) [from=…] [to=…]',
  title: 'peak to peak',
  signals: 1,
  unit: (signal) => signal,
  measure: ([pieces]) => ({ value: maximum(pieces).y - minimum(pieces).y }),
};
