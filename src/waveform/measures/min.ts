import type { WindowMeasure } from './measure.js';
import { minimum } from './peak.js';

/** The smallest value of the curve, which may lie between two points where slopes are known. */
export const min: WindowMeasure = {
  form: 'window',
  name: 'min',
  usage: '.meas tran name min v(out) [from=…] [to=…]',
  title: 'smallest value',
  signals: 1,
  unit: (signal) => signal,
  measure([pieces]) {
    const { x, y } = minimum(pieces);
    return { value: y, where: { at: x } };
  },
};
