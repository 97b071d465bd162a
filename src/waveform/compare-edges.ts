import { middleLevel } from './compare.js';
import { crossings, type Direction } from './crossings.js';
import { extremes, type Waveform } from './waveform.js';

export interface EdgeDifference {
  /** Number of edges in each; if they differ, the times below are of the pairs that exist. */
  readonly count: { readonly reference: number; readonly candidate: number };
  /** The largest difference in time of an edge and its counterpart (candidate − reference). */
  readonly worst: number;
  /** The time of that edge in the reference; NaN if there is no pair. */
  readonly at: number;
  /** Whether every pair goes the same way. */
  readonly sameDirections: boolean;
}

export interface EdgeOptions {
  /** Default: half-way between the extremes of the reference, for both. */
  readonly level?: number;
  readonly direction?: Direction;
}

/** Pairs the crossings of both through one level in their order, and compares their times. */
export function compareEdges(
  reference: Waveform,
  candidate: Waveform,
  { level = middleLevel(reference), direction }: EdgeOptions = {},
): EdgeDifference {
  const [low, high] = extremes(reference.y);
  const options = { hysteresis: (high - low) / 10, ...(direction ? { direction } : {}) };
  const expected = crossings(reference, level, options);
  const actual = crossings(candidate, level, options);
  const pairs = Math.min(expected.length, actual.length);
  let worst = 0;
  let at = expected[0] && pairs ? expected[0].x : NaN;
  for (let i = 0; i < pairs; i++) {
    const late = actual[i].x - expected[i].x;
    if (Math.abs(late) <= Math.abs(worst)) continue;
    worst = late;
    at = expected[i].x;
  }
  return {
    count: { reference: expected.length, candidate: actual.length },
    worst,
    at,
    sameDirections: expected
      .slice(0, pairs)
      .every((edge, i) => edge.direction === actual[i].direction),
  };
}
