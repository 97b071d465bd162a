import { isFailure, type WindowMeasure } from './measure.js';
import { pulseTable, stretchesOf, timeIn } from './on-intervals.js';
import { totalWidth } from './piecewise.js';

/** The part of the window in which a signal is on, from 0 to 1. */
export const duty: WindowMeasure = {
  form: 'window',
  name: 'duty',
  usage: '.meas tran name duty v(out) [on=…] [off=…] [from=…] [to=…]',
  title: 'part of the window in which a signal is on',
  table: pulseTable,
  signals: 1,
  unit: () => '',
  measure([pieces], settings, [label]) {
    const found = stretchesOf(pieces, settings, label);
    if (isFailure(found)) return found;
    const width = totalWidth(pieces);
    return width > 0
      ? { value: timeIn(found, true) / width }
      : { reason: 'the window has no width' };
  },
};
