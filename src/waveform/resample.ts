import { Dataset } from './dataset.js';
import type { Column, Waveform } from './waveform.js';

/**
 * The waveform at `at` (ascending), in one pass over both.
 *
 * Between two points whose slopes are known the value is the cubic Hermite polynomial through
 * values and slopes (error h⁴/384 · max|y⁗|), otherwise the straight line (h²/8 · max|y″|).
 * Outside of the waveform its first or last value is held; an empty waveform gives NaN.
 */
export function interpolate(wave: Waveform, at: Float64Array): Float64Array {
  const { x, y } = wave;
  const result = new Float64Array(at.length);
  const last = x.length - 1;
  if (last < 0) return result.fill(NaN);
  let i = 0;
  for (let k = 0; k < at.length; k++) {
    const here = at[k];
    // Invariant: x[i] <= here, unless here lies before the first point.
    while (i < last && x[i + 1] <= here) i++;
    if (here < x[0]) result[k] = y[0];
    else if (i === last || here === x[i]) result[k] = y[i];
    else result[k] = interpolateBetween(wave, i, here);
  }
  return result;
}

/** The value at `here` within the interval from point `i` to point `i + 1`. */
export function interpolateBetween({ x, y, slope }: Waveform, i: number, here: number): number {
  const step = x[i + 1] - x[i];
  const u = (here - x[i]) / step;
  const rise = y[i + 1] - y[i];
  const straight = y[i] + u * rise;
  if (!slope) return straight;
  // The cubic is the line plus u(1-u)·(excess slopes at both ends), which vanishes at the ends.
  const left = slope[i] * step - rise;
  const right = slope[i + 1] * step - rise;
  const bend = u * (1 - u) * ((1 - u) * left - u * right);
  return Number.isFinite(bend) ? straight + bend : straight;
}

/**
 * `start, start + step, …` up to `stop`, which is included if it is a multiple of the step away
 * (within 1e-9 steps). Computed by multiplication, so that rounding does not add up.
 */
export function uniformGrid(start: number, stop: number, step: number): Float64Array {
  if (!(step > 0)) throw new RangeError(`step of a grid must be positive, is ${step}`);
  const count = Math.max(0, Math.floor((stop - start) / step + 1e-9) + 1);
  return Float64Array.from({ length: count }, (_, i) => start + i * step);
}

/** A dataset on another scale (ascending, in the scale's unit). Its slopes are used up. */
export function resample(dataset: Dataset, grid: Float64Array): Dataset {
  const x = dataset.scale.real;
  const columns = dataset.columns.map((column, c): Column => {
    const { name, quantity, real, imaginary, slope } = column;
    if (c === 0) return { name, quantity, real: grid };
    return {
      name,
      quantity,
      real: interpolate({ x, y: real, ...(slope ? { slope } : {}) }, grid),
      ...(imaginary ? { imaginary: interpolate({ x, y: imaginary }, grid) } : {}),
    };
  });
  return new Dataset(dataset, columns);
}

/**
 * A transient on the grid of its `.tran` card: at `start`, `start + step`, … as far as it goes [s];
 * from its first time on, if no start is given.
 */
export function resampleEvery(dataset: Dataset, step: number, start?: number): Dataset {
  const x = dataset.scale.real;
  if (x.length === 0) return dataset;
  return resample(dataset, uniformGrid(start ?? x[0], x[x.length - 1], step));
}
