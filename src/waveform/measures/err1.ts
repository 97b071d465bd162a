import { errorTable, meanOverPoints } from './compare-signals.js';
import { isFailure, type WindowMeasure } from './measure.js';

/** HSPICE's ERR and ERR1: √(mean of ((m - c)/max(minval, |m|))²) over the points. */
export const err1: WindowMeasure = {
  form: 'window',
  name: 'err1',
  aliases: ['err'],
  usage:
    '.meas tran name err1 v(measured) v(calculated) [minval=…] [ymin=…] [ymax=…] [from=…] [to=…]',
  title: 'root of the mean squared relative difference of two signals',
  table: errorTable,
  signals: 2,
  unit: () => '',
  measure(parts, settings) {
    const relative = (m: number, c: number): number =>
      (m - c) / Math.max(settings.minval, Math.abs(m));
    const mean = meanOverPoints(parts, settings, (m, c) => relative(m, c) ** 2);
    return isFailure(mean) ? mean : { value: Math.sqrt(mean.value) };
  },
};
