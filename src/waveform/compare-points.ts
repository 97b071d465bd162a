import type { Column } from './waveform.js';

/** How far two columns of one scale are apart, point by point. */
export interface PointDifference {
  /** The largest |candidate − reference|, of complex numbers too. */
  readonly maximum: number;
  /** The largest |candidate − reference| / |reference| of the points that count. */
  readonly relative: number;
  /** `maximum` over the largest |reference|: the figure where a signal passes through zero. */
  readonly relativeToLargest: number;
  /** The index of the point with the largest relative difference; −1 if no point counts. */
  readonly at: number;
}

/**
 * For results whose points correspond: operating points, sweeps, small-signal results. Points that
 * differ by no more than `absolute` (in the column's unit) do not count in `relative`: below a
 * simulator's absolute tolerance there is nothing to compare. A NaN in either makes all figures
 * NaN. Throws if the lengths differ.
 */
export function comparePoints(reference: Column, candidate: Column, absolute = 0): PointDifference {
  const { real, imaginary } = reference;
  if (real.length !== candidate.real.length)
    throw new Error(`${real.length} and ${candidate.real.length} points do not correspond`);
  let maximum = 0;
  let largest = 0;
  let relative = 0;
  let at = -1;
  for (let i = 0; i < real.length; i++) {
    const im = imaginary ? imaginary[i] : 0;
    const imOther = candidate.imaginary ? candidate.imaginary[i] : 0;
    const apart = Math.hypot(candidate.real[i] - real[i], imOther - im);
    const size = Math.hypot(real[i], im);
    if (Number.isNaN(apart)) return { maximum: NaN, relative: NaN, relativeToLargest: NaN, at: i };
    maximum = Math.max(maximum, apart);
    largest = Math.max(largest, size);
    if (apart <= absolute || apart / size <= relative) continue;
    relative = apart / size;
    at = i;
  }
  return { maximum, relative, relativeToLargest: maximum === 0 ? 0 : maximum / largest, at };
}
