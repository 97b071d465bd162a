/**
 * Oscillators are compared by period, and by one period of each with the phases aligned: two good
 * simulators of one oscillator drift apart in phase, and a difference over time says nothing then.
 */
import { compareWaveforms, type Difference } from './compare.js';
import { crossings } from './crossings.js';
import { interpolate } from './resample.js';
import { extremes, type Waveform } from './waveform.js';

export interface Oscillation {
  /** Mean time from one rising crossing to the next. */
  readonly period: number;
  /** (longest − shortest) / mean of the periods counted. */
  readonly spread: number;
  /** Where the last whole period begins. */
  readonly start: number;
  readonly periods: number;
}

export interface OscillationOptions {
  /** Crossings are counted through this level; default: half-way between the extremes. */
  readonly level?: number;
  /** Time from which the oscillation has settled; default: the middle of the record. */
  readonly from?: number;
}

/** The oscillation in the settled part of a waveform; undefined below one whole period. */
export function oscillationOf(
  wave: Waveform,
  options: OscillationOptions = {},
): Oscillation | undefined {
  const { x } = wave;
  const from = options.from ?? (x[0] + x[x.length - 1]) / 2;
  const settled = tail(wave, from);
  const [low, high] = extremes(settled.y);
  const level = options.level ?? low + (high - low) / 2;
  // A tenth of the swing keeps ripple at the level from being taken for a period.
  const rising = crossings(settled, level, {
    direction: 'rising',
    hysteresis: (high - low) / 10,
  });
  if (rising.length < 2) return undefined;
  const lengths = Float64Array.from(rising.slice(1), ({ x: end }, i) => end - rising[i].x);
  const [shortest, longest] = extremes(lengths);
  const period = (rising[rising.length - 1].x - rising[0].x) / lengths.length;
  return {
    period,
    spread: (longest - shortest) / period,
    start: rising[rising.length - 2].x,
    periods: lengths.length,
  };
}

export interface OscillationDifference {
  readonly reference: Oscillation;
  readonly candidate: Oscillation;
  /** (candidate − reference) / reference. */
  readonly relativePeriod: number;
  /** The last whole periods laid over each other, each over its own phase from 0 to 1. */
  readonly aligned: Difference;
}

/** Undefined if either does not oscillate. */
export function compareOscillations(
  reference: Waveform,
  candidate: Waveform,
  options: OscillationOptions = {},
): OscillationDifference | undefined {
  const a = oscillationOf(reference, options);
  const b = oscillationOf(candidate, options);
  if (!a || !b) return undefined;
  return {
    reference: a,
    candidate: b,
    relativePeriod: (b.period - a.period) / a.period,
    aligned: compareWaveforms(onePeriod(reference, a), onePeriod(candidate, b)),
  };
}

function onePeriod(wave: Waveform, { start, period }: Oscillation): Waveform {
  const inside = wave.x.filter((x) => x > start && x < start + period);
  const grid = new Float64Array(inside.length + 2);
  grid[0] = start;
  grid.set(inside, 1);
  grid[grid.length - 1] = start + period;
  return { x: grid.map((x) => (x - start) / period), y: interpolate(wave, grid) };
}

function tail({ x, y, slope }: Waveform, from: number): Waveform {
  const first = Math.max(
    0,
    x.findIndex((value) => value >= from),
  );
  return {
    x: x.subarray(first),
    y: y.subarray(first),
    ...(slope ? { slope: slope.subarray(first) } : {}),
  };
}
