import { real, type ParameterTable } from '../../base/index.js';
import type { Waveform } from '../waveform.js';
import type { Outcome, Settings } from './measure.js';

/** Settings of the error measures, with HSPICE's defaults. */
export const errorTable: ParameterTable = {
  minval: real(1e-12, '', 'least denominator', '(0:inf)'),
  ymin: real(1e-15, '', 'points whose magnitude is below this do not count', '[0:inf)'),
  ymax: real(1e15, '', 'points whose magnitude is above this do not count', '(0:inf)'),
};

/**
 * The mean of a function of measured value m and calculated value c over the points that count
 * (HSPICE: all points of the window, each with the same weight).
 */
export function meanOverPoints(
  [measured, calculated]: readonly (readonly Waveform[])[],
  { ymin, ymax }: Settings,
  f: (m: number, c: number) => number,
): Outcome {
  let sum = 0;
  let count = 0;
  measured.forEach(({ y }, piece) => {
    y.forEach((m, i) => {
      if (Math.abs(m) < ymin || Math.abs(m) > ymax) return;
      sum += f(m, calculated[piece].y[i]);
      count++;
    });
  });
  if (count === 0) return { reason: 'no point of the window counts', help: 'see ymin and ymax' };
  return { value: sum / count };
}
