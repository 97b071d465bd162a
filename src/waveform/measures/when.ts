import type { PointMeasure } from './measure.js';

/** Where a signal passes a level or another signal. */
export const when: PointMeasure = {
  form: 'point',
  name: 'when',
  usage: '.meas tran name when v(out)=… [rise|fall|cross=n|last] [td=…] [from=…] [to=…]',
  title: 'place of an event',
  reads: false,
  unit: (_, scale) => scale,
  measure: ({ x }) => ({ value: x }),
};
