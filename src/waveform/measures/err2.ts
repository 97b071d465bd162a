import { errorTable, meanOverPoints } from './compare-signals.js';
import type { WindowMeasure } from './measure.js';

/** HSPICE's ERR2: mean of |m - c|/max(minval, |m|) over the points. */
export const err2: WindowMeasure = {
  form: 'window',
  name: 'err2',
  usage:
    '.meas tran name err2 v(measured) v(calculated) [minval=…] [ymin=…] [ymax=…] [from=…] [to=…]',
  title: 'mean relative difference of two signals',
  table: errorTable,
  signals: 2,
  unit: () => '',
  measure: (parts, settings) =>
    meanOverPoints(
      parts,
      settings,
      (m, c) => Math.abs(m - c) / Math.max(settings.minval, Math.abs(m)),
    ),
};
