import { average } from './trajectories.js';

/** A one-sided power spectral density. */
export interface PowerSpectrum {
  /** 1/T, 2/T … up to one half [1/pulse]. */
  readonly frequency: Float64Array;
  /** [square of the signal × pulse] */
  readonly density: Float64Array;
}

/**
 * Power spectral density of signals of one length T, averaged over them: periodograms without a
 * window, of each signal less its mean. A trend is not removed; it shows as 1/f².
 */
export function meanSpectrum(rows: readonly Float64Array[]): PowerSpectrum {
  const length = rows[0].length;
  const half = Math.floor(length / 2);
  const cosine = Float64Array.from({ length }, (_, j) => Math.cos((2 * Math.PI * j) / length));
  const sine = Float64Array.from({ length }, (_, j) => Math.sin((2 * Math.PI * j) / length));
  const density = new Float64Array(half);
  for (const row of rows) {
    const mean = average(row);
    const centred = row.map((value) => value - mean);
    for (let k = 1; k <= half; k++) {
      let real = 0;
      let imaginary = 0;
      for (let t = 0, j = 0; t < length; t++) {
        real += centred[t] * cosine[j];
        imaginary += centred[t] * sine[j];
        j += k;
        if (j >= length) j -= length;
      }
      density[k - 1] += (2 * (real * real + imaginary * imaginary)) / (length * rows.length);
    }
  }
  const frequency = Float64Array.from({ length: half }, (_, k) => (k + 1) / length);
  return { frequency, density };
}

/** Exponent of the power law that fits a spectrum between two frequencies, in logarithms. */
export function powerLaw(spectrum: PowerSpectrum, from: number, to: number): number {
  const { frequency, density } = spectrum;
  let [n, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
  frequency.forEach((f, k) => {
    if (f < from || f > to || density[k] <= 0) return;
    const x = Math.log(f);
    const y = Math.log(density[k]);
    n++;
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
  });
  return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}
