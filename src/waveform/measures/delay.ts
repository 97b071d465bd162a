import type { DelayMeasure } from './measure.js';

/** From a trigger to a target: delays, rise times, periods. Negative if the target comes first. */
export const delay: DelayMeasure = {
  form: 'delay',
  name: 'trig',
  usage: '.meas tran name trig v(in) val=… rise=1 [td=…] targ v(out) val=… fall=1 [td=…]',
  title: 'from one event to another',
  unit: (_, scale) => scale,
  measure: ({ x: trig }, { x: targ }) => ({ value: targ - trig, where: { trig, targ } }),
};
