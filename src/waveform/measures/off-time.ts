import { isFailure, type WindowMeasure } from './measure.js';
import { meanLength, pulseTable, stretchesOf } from './on-intervals.js';

/** How long a signal is off: the mean over the pulses that begin and end in the window. */
export const offTime: WindowMeasure = {
  form: 'window',
  name: 'off_time',
  usage: '.meas tran name off_time v(out) [on=…] [off=…] [from=…] [to=…]',
  title: 'mean time that a signal stays off',
  table: pulseTable,
  signals: 1,
  unit: (_, scale) => scale,
  measure([pieces], settings, [label]) {
    const found = stretchesOf(pieces, settings, label);
    if (isFailure(found)) return found;
    const value = meanLength(found, false);
    if (value !== undefined) return { value };
    return { reason: `${label} does not begin and end to be off within the window` };
  },
};
