import type { PointMeasure } from './measure.js';
import { slopeAt } from './piecewise.js';

/** The derivative of a signal by the scale, at a place or when something else happens. */
export const deriv: PointMeasure = {
  form: 'point',
  name: 'deriv',
  aliases: ['derivative'],
  usage: '.meas tran name deriv v(out) at=… | when v(in)=… [rise|fall|cross=n|last] [td=…]',
  title: 'derivative at a place or event',
  reads: true,
  unit: (signal, scale) => (signal === scale ? '' : `${signal || '1'}/${scale}`),
  measure({ x, piece }, signal) {
    const value = slopeAt(signal!.pieces[piece], x);
    if (Number.isNaN(value)) return { reason: `${signal!.label} jumps there` };
    return { value, where: { at: x } };
  },
};
