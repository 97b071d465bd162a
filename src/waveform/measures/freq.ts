import { isFailure, type WindowMeasure } from './measure.js';
import { pulseTable, stretchesOf } from './on-intervals.js';

/** Whole periods divided by their time, from the first start of being on to the last one. */
export const freq: WindowMeasure = {
  form: 'window',
  name: 'freq',
  usage: '.meas tran name freq v(out) [on=…] [off=…] [from=…] [to=…]',
  title: 'frequency of a repeating signal',
  table: pulseTable,
  signals: 1,
  unit: (_, scale) => (scale === 's' ? 'Hz' : `1/${scale}`),
  measure([pieces], settings, [label]) {
    const found = stretchesOf(pieces, settings, label);
    if (isFailure(found)) return found;
    const starts = found.filter(({ on }, i) => on && i > 0).map(({ from }) => from);
    const periods = starts.length - 1;
    if (periods < 1) return { reason: `${label} has no whole period in the window` };
    return { value: periods / (starts[periods] - starts[0]) };
  },
};
