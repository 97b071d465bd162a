import { isFailure, type WindowMeasure } from './measure.js';
import { meanLength, pulseTable, stretchesOf } from './on-intervals.js';

/** How long a signal is on: the mean over the pulses that begin and end in the window. */
export const onTime: WindowMeasure = {
  form: 'window',
  name: 'on_time',
  usage: '.meas tran name on_time v(out) [on=…] [off=…] [from=…] [to=…]',
  title: 'mean time that a signal stays on',
  table: pulseTable,
  signals: 1,
  unit: (_, scale) => scale,
  measure([pieces], settings, [label]) {
    const found = stretchesOf(pieces, settings, label);
    if (isFailure(found)) return found;
    const value = meanLength(found, true);
    if (value !== undefined) return { value };
    return { reason: `${label} does not begin and end to be on within the window` };
  },
};
