import { interpolateBetween } from './resample.js';
import type { Waveform } from './waveform.js';

export type Direction = 'rising' | 'falling';

export interface Crossing {
  readonly x: number;
  readonly direction: Direction;
}

export interface CrossingOptions {
  /** Only crossings in this direction; both by default. */
  readonly direction?: Direction;
  /**
   * A crossing counts once the waveform has gone this far beyond the level, so that noise on a
   * slow edge gives one crossing (the last one before it went). Default 0.
   */
  readonly hysteresis?: number;
}

/**
 * Where a waveform passes through a level, in order.
 *
 * A rising crossing goes from below the level to the level or above, a falling one back below. It
 * is placed on the curve that `interpolate` draws. An excursion of the curve that begins and ends
 * between two points is not seen.
 */
export function crossings(
  wave: Waveform,
  level: number,
  { direction, hysteresis = 0 }: CrossingOptions = {},
): Crossing[] {
  const { x, y } = wave;
  const found: Crossing[] = [];
  let above = y[0] >= level;
  let candidate: number | undefined;
  for (let i = 0; i + 1 < x.length; i++) {
    const after = y[i + 1] >= level;
    if (y[i] >= level !== after) candidate = after === above ? undefined : locate(wave, i, level);
    if (candidate === undefined) continue;
    const beyond = above ? level - y[i + 1] : y[i + 1] - level;
    if (beyond < hysteresis) continue;
    above = !above;
    const passed = above ? 'rising' : 'falling';
    if (!direction || direction === passed) found.push({ x: candidate, direction: passed });
    candidate = undefined;
  }
  return found;
}

/** Bisection to the last bit, started from an interval whose ends lie on different sides. */
function locate(wave: Waveform, i: number, level: number): number {
  const { x, y, slope } = wave;
  if (!slope) return x[i] + ((level - y[i]) / (y[i + 1] - y[i])) * (x[i + 1] - x[i]);
  const startsAbove = y[i] >= level;
  let low = x[i];
  let high = x[i + 1];
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    if (interpolateBetween(wave, i, middle) >= level === startsAbove) low = middle;
    else high = middle;
  }
}
