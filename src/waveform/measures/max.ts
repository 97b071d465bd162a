import type { WindowMeasure } from './measure.js';
import { maximum } from './peak.js';

/** The largest value of the curve, which may lie between two points where slopes are known. */
export const max: WindowMeasure = {
  form: 'window',
  name: 'max',
  usage: '.meas tran name max v(out) [from=…] [to=…]',
  title: 'largest value',
  signals: 1,
  unit: (signal) => signal,
  measure([pieces]) {
    const { x, y } = maximum(pieces);
    return { value: y, where: { at: x } };
  },
};
