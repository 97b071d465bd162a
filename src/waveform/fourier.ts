/** The discrete Fourier transform of a waveform. */
import { interpolate } from './resample.js';
import type { Waveform } from './waveform.js';

/** Complex amplitudes at multiples of 1/T, as a small-signal result has them. */
export interface Spectrum {
  /** 0, 1/T, 2/T … up to half of the sampling rate [1/unit of the scale]. */
  readonly frequency: Float64Array;
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

const mostSamples = 2 ** 20;

/**
 * The spectrum over the whole scale of length T, sampled evenly at the next power of two above the
 * number of points (at most 2^20), the end excluded. A cosine of amplitude a whose period divides T
 * gives a at its frequency; there is no window, so that any other leaks as a rectangle does.
 */
export function spectrumOf(wave: Waveform): Spectrum {
  const { x } = wave;
  const length = Math.min(mostSamples, 2 ** Math.ceil(Math.log2(Math.max(x.length, 2))));
  const [start, end] = [x[0], x[x.length - 1]];
  const step = (end - start) / length;
  const re = interpolate(
    wave,
    Float64Array.from({ length }, (_, i) => start + i * step),
  );
  const im = new Float64Array(length);
  transform(re, im);
  const half = length / 2 + 1;
  // Each line but the one at zero and the last one has its mirror at the negative frequency.
  const scaled = (values: Float64Array): Float64Array =>
    values.slice(0, half).map((value, k) => (value * (k === 0 || k === half - 1 ? 1 : 2)) / length);
  return {
    frequency: Float64Array.from({ length: half }, (_, k) => k / (end - start)),
    real: scaled(re),
    imaginary: scaled(im),
  };
}

/**
 * In place, Σ x[i]·exp(−2πj·ik/n), n a power of two (Cooley and Tukey, Math. Comput. 19, 297, 1965,
 * decimation in time).
 */
export function transform(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  permute(re, im);
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      // By angle, not by multiplication: rounding must not add up.
      const angle = (-2 * Math.PI * k) / size;
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      for (let i = k; i < n; i += size) {
        const j = i + half;
        const tr = c * re[j] - s * im[j];
        const ti = c * im[j] + s * re[j];
        re[j] = re[i] - tr;
        im[j] = im[i] - ti;
        re[i] += tr;
        im[i] += ti;
      }
    }
  }
}

/** To the order of reversed bits. */
function permute(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [re[i], re[j]] = [re[j], re[i]];
    [im[i], im[j]] = [im[j], im[i]];
  }
}
