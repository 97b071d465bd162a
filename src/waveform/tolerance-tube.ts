/**
 * Whether a waveform stays within a tube around a reference.
 *
 * The tube is what a rectangle of half width `x` and half height `y` covers as its centre runs
 * along the reference: it forgives a small shift in time at steep edges, where a tolerance of the
 * value alone does not. At a place p,
 *
 *     upper(p) = max { reference(s) : |s − p| <= x } + y,   lower(p) likewise with min and − y
 *
 * The maximum of a piecewise linear function over a window is at a point of the reference inside
 * the window or at the window's ends. The reference is taken as linear between its points.
 */
import { unionGrid } from './compare.js';
import { interpolate } from './resample.js';
import type { Waveform } from './waveform.js';

export interface Tolerance {
  /** Half width in units of the scale. Default 0. */
  readonly x?: number;
  /** Half height in units of the value. */
  readonly y: number;
}

export interface TubeResult {
  readonly inside: boolean;
  /** How far outside the worst point is, in units of the value; 0 when inside, NaN for a NaN. */
  readonly excess: number;
  /** Where that is; NaN when inside. */
  readonly at: number;
}

export function compareInTube(
  reference: Waveform,
  candidate: Waveform,
  tolerance: Tolerance,
): TubeResult {
  const grid = unionGrid(reference.x, candidate.x);
  const values = interpolate(candidate, grid);
  const { lower, upper } = toleranceTube(reference, grid, tolerance);
  let excess = 0;
  let at = NaN;
  for (let i = 0; i < grid.length; i++) {
    const outside = Math.max(lower[i] - values[i], values[i] - upper[i], 0);
    if (Number.isNaN(outside)) return { inside: false, excess: NaN, at: grid[i] };
    if (outside <= excess) continue;
    excess = outside;
    at = grid[i];
  }
  return { inside: excess === 0, excess, at };
}

/** The tube's bounds at the places `at` (ascending). */
export function toleranceTube(
  reference: Waveform,
  at: Float64Array,
  { x: halfWidth = 0, y: halfHeight }: Tolerance,
): { lower: Float64Array; upper: Float64Array } {
  const { x, y } = reference;
  const linear = { x, y };
  const left = interpolate(
    linear,
    at.map((p) => p - halfWidth),
  );
  const right = interpolate(
    linear,
    at.map((p) => p + halfWidth),
  );
  const highest = slidingMaximum(reference, at, halfWidth, 1);
  const lowest = slidingMaximum(reference, at, halfWidth, -1);
  return {
    upper: at.map((_, i) => Math.max(left[i], right[i], highest[i]) + halfHeight),
    lower: at.map((_, i) => Math.min(left[i], right[i], -lowest[i]) - halfHeight),
  };
}

/**
 * max of `sign·y` over the reference's points within `halfWidth` of each place, −∞ where there is
 * none. The queue holds the points that can still become the maximum, largest first.
 */
function slidingMaximum(
  { x, y }: Waveform,
  at: Float64Array,
  halfWidth: number,
  sign: 1 | -1,
): Float64Array {
  const queue = new Int32Array(x.length);
  let head = 0;
  let end = 0;
  let next = 0;
  return at.map((place) => {
    for (; next < x.length && x[next] <= place + halfWidth; next++) {
      while (end > head && sign * y[queue[end - 1]] <= sign * y[next]) end--;
      queue[end++] = next;
    }
    while (head < end && x[queue[head]] < place - halfWidth) head++;
    return head < end ? sign * y[queue[head]] : -Infinity;
  });
}
