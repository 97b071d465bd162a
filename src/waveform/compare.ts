/**
 * How far two waveforms are apart. The difference d(x) is taken on the union of both grids:
 *
 *     rms = sqrt( 1/(x₁ − x₀) ∫ d² dx ),   span = max(reference) − min(reference)
 *
 * The integral weighs by x, not by points: a solver that puts many points on an edge does not make
 * the edge count more.
 */
import { interpolate } from './resample.js';
import { extremes, type Waveform } from './waveform.js';

export interface Difference {
  /** max − min of the reference on the compared range. */
  readonly span: number;
  readonly rms: number;
  /** rms / span; 0 when both are equal, infinite when only the reference is constant. */
  readonly relativeRms: number;
  readonly maximum: number;
  readonly relativeMaximum: number;
  /** Where the maximum is. */
  readonly at: number;
}

/** The difference on the range that both cover. Where they share none, everything is NaN. */
export function compareWaveforms(reference: Waveform, candidate: Waveform): Difference {
  const grid = unionGrid(reference.x, candidate.x);
  const expected = interpolate(reference, grid);
  const actual = interpolate(candidate, grid);
  const [low, high] = extremes(expected);
  const span = high - low;
  const difference = actual.map((value, i) => value - expected[i]);
  const { maximum, at } = largest(grid, difference);
  const rms = rootMeanSquare(grid, difference);
  return {
    span,
    rms,
    relativeRms: relativeTo(span, rms),
    maximum,
    relativeMaximum: relativeTo(span, maximum),
    at,
  };
}

/** All abscissae of both within the range that both cover, ascending, each once. */
export function unionGrid(a: Float64Array, b: Float64Array): Float64Array {
  const from = Math.max(a[0], b[0]);
  const to = Math.min(a[a.length - 1], b[b.length - 1]);
  const merged = new Float64Array(a.length + b.length);
  merged.set(a);
  merged.set(b, a.length);
  merged.sort();
  return merged.filter((x, i) => x >= from && x <= to && x !== merged[i - 1]);
}

function largest(x: Float64Array, difference: Float64Array): { maximum: number; at: number } {
  let maximum = x.length ? 0 : NaN;
  let at = x[0] ?? NaN;
  for (let i = 0; i < x.length; i++) {
    const size = Math.abs(difference[i]);
    // A NaN is the largest difference, and not one to be passed over.
    if (Number.isNaN(size)) return { maximum: size, at: x[i] };
    if (size <= maximum) continue;
    maximum = size;
    at = x[i];
  }
  return { maximum, at };
}

/** Exact for a difference that is linear between points. */
function rootMeanSquare(x: Float64Array, d: Float64Array): number {
  const last = x.length - 1;
  if (last < 1) return last < 0 ? NaN : Math.abs(d[0]);
  let integral = 0;
  for (let i = 0; i < last; i++)
    integral += ((x[i + 1] - x[i]) * (d[i] ** 2 + d[i] * d[i + 1] + d[i + 1] ** 2)) / 3;
  return Math.sqrt(integral / (x[last] - x[0]));
}

function relativeTo(span: number, value: number): number {
  return value === 0 ? 0 : value / span;
}

/** The level half-way between the extremes. */
export function middleLevel(wave: Waveform): number {
  const [low, high] = extremes(wave.y);
  return low + (high - low) / 2;
}
