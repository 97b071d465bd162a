import type { PointMeasure } from './measure.js';
import { valueAt } from './piecewise.js';

/** The value of a signal at a place, or when something else happens. */
export const find: PointMeasure = {
  form: 'point',
  name: 'find',
  usage: '.meas tran name find v(out) at=… | when v(in)=… [rise|fall|cross=n|last] [td=…]',
  title: 'value at a place or event',
  reads: true,
  unit: (signal) => signal,
  measure: ({ x, piece }, signal) => ({
    value: valueAt(signal!.pieces[piece], x),
    where: { at: x },
  }),
};
