/** The curve between the points of a waveform: values, slopes, integrals, extremes. */
import { interpolateBetween } from '../resample.js';
import type { Waveform } from '../waveform.js';
import type { Interval } from './measure.js';

/** The same curve with an ascending scale. */
export function ascending(wave: Waveform): Waveform {
  const { x, y, slope } = wave;
  if (x.length < 2 || x[x.length - 1] >= x[0]) return wave;
  return {
    x: x.slice().reverse(),
    y: y.slice().reverse(),
    ...(slope ? { slope: slope.slice().reverse() } : {}),
  };
}

/** First and last place of a waveform. */
export function reach({ x }: Waveform): Interval {
  const [a, b] = [x[0], x[x.length - 1]];
  return a <= b ? { from: a, to: b } : { from: b, to: a };
}

/** Index of the interval of an ascending waveform that holds a place; the later one at a jump. */
function intervalAt({ x }: Waveform, at: number): number {
  let low = 0;
  let high = x.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle] <= at) low = middle;
    else high = middle;
  }
  return x[high] <= at && high < x.length - 1 ? high : low;
}

/** The value at a place within reach; at a jump the later value. */
export function valueAt(wave: Waveform, at: number): number {
  const up = ascending(wave);
  const { x, y } = up;
  const last = x.length - 1;
  if (at >= x[last]) return y[last];
  if (at <= x[0] && last > 0 && x[1] > x[0]) return y[0];
  const i = intervalAt(up, at);
  return at === x[i] ? y[i] : interpolateBetween(up, i, at);
}

/**
 * The derivative at a place: that of the cubic where slopes are known, otherwise that of parabolas
 * through three neighbouring points (error h²/6·|y‴|).
 */
export function slopeAt(wave: Waveform, at: number): number {
  const up = ascending(wave);
  const i = intervalAt(up, at);
  const { x, y, slope } = up;
  const step = x[i + 1] - x[i];
  if (!(step > 0)) return NaN;
  const u = (at - x[i]) / step;
  if (slope && Number.isFinite(slope[i]) && Number.isFinite(slope[i + 1])) {
    const [a, b, c] = derivative(up, i);
    return (a + u * (b + u * c)) / step;
  }
  const straight = (y[i + 1] - y[i]) / step;
  const left = parabolaSlope(up, i, straight);
  const right = parabolaSlope(up, i + 1, straight);
  return left + u * (right - left);
}

/** Of the parabola through a point and its neighbours; `otherwise` where one of them is missing. */
function parabolaSlope({ x, y }: Waveform, i: number, otherwise: number): number {
  const before = x[i] - x[i - 1];
  const after = x[i + 1] - x[i];
  if (!(before > 0 && after > 0)) return otherwise;
  const first = (y[i] - y[i - 1]) / before;
  const second = (y[i + 1] - y[i]) / after;
  return (first * after + second * before) / (before + after);
}

/** dy/du over an interval (u from 0 to 1) as a + b·u + c·u². */
function derivative({ x, y, slope }: Waveform, i: number): [number, number, number] {
  const rise = y[i + 1] - y[i];
  const step = x[i + 1] - x[i];
  if (!slope || !Number.isFinite(slope[i]) || !Number.isFinite(slope[i + 1])) return [rise, 0, 0];
  const left = slope[i] * step - rise;
  const right = slope[i + 1] * step - rise;
  return [rise + left, -4 * left - 2 * right, 3 * (left + right)];
}

/** The part of an ascending waveform inside an interval, with points at its ends. */
export function clip(wave: Waveform, { from, to }: Interval): Waveform {
  const { x, y, slope } = wave;
  if (x.length === 0 || (from <= x[0] && to >= x[x.length - 1])) return wave;
  const xs: number[] = [];
  const ys: number[] = [];
  const slopes: number[] = [];
  const add = (at: number, value: number, s: number): void => {
    xs.push(at);
    ys.push(value);
    slopes.push(s);
  };
  const within = (at: number): boolean => at > x[0] && at < x[x.length - 1];
  if (within(from)) add(from, valueAt(wave, from), slope ? slopeAt(wave, from) : NaN);
  for (let i = 0; i < x.length; i++)
    if ((x[i] > from || (x[i] === from && !within(from))) && x[i] <= to)
      add(x[i], y[i], slope ? slope[i] : NaN);
  if (within(to) && xs[xs.length - 1] < to)
    add(to, valueAt(wave, to), slope ? slopeAt(wave, to) : NaN);
  return {
    x: Float64Array.from(xs),
    y: Float64Array.from(ys),
    ...(slope ? { slope: Float64Array.from(slopes) } : {}),
  };
}

/** Nodes and weights of the four-point Gauss rule on [0, 1]: exact for squares of cubics. */
const nodes = [0.06943184420297371, 0.33000947820757187, 0.6699905217924281, 0.9305681557970263];
const weights = [0.17392742256872692, 0.3260725774312731, 0.3260725774312731, 0.17392742256872692];

/** ∫ f(y(x)) dx over an ascending waveform. */
export function integrate(wave: Waveform, f: (y: number) => number = (y) => y): number {
  const { x } = wave;
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const step = x[i + 1] - x[i];
    if (!(step > 0)) continue;
    let part = 0;
    for (let k = 0; k < 4; k++)
      part += weights[k] * f(interpolateBetween(wave, i, x[i] + nodes[k] * step));
    sum += part * step;
  }
  return sum;
}

/** The highest point of an ascending waveform's curve, which may lie between two of its points. */
export function highest(wave: Waveform): { readonly x: number; readonly y: number } {
  const { x, y, slope } = wave;
  let best = { x: NaN, y: -Infinity };
  const consider = (at: number, value: number): void => {
    if (value > best.y) best = { x: at, y: value };
  };
  for (let i = 0; i < x.length; i++) {
    consider(x[i], y[i]);
    if (!slope || !(x[i + 1] > x[i])) continue;
    for (const u of rootsWithin(derivative(wave, i))) {
      const at = x[i] + u * (x[i + 1] - x[i]);
      consider(at, interpolateBetween(wave, i, at));
    }
  }
  return best;
}

/** Zeros of a + b·u + c·u² between 0 and 1. */
function rootsWithin([a, b, c]: readonly [number, number, number]): number[] {
  const discriminant = b * b - 4 * a * c;
  if (!(discriminant >= 0)) return [];
  // The form that does not cancel.
  const q = -(b + (b < 0 ? -1 : 1) * Math.sqrt(discriminant)) / 2;
  return [q / c, a / q].filter((u) => u > 0 && u < 1);
}

/** The waveform upside down. */
export function mirrored({ x, y, slope }: Waveform): Waveform {
  const opposite = (values: Float64Array): Float64Array => values.map((value) => -value);
  return { x, y: opposite(y), ...(slope ? { slope: opposite(slope) } : {}) };
}

/** Total length of several pieces. */
export function totalWidth(pieces: readonly Waveform[]): number {
  return pieces.reduce((sum, { x }) => sum + (x.length > 1 ? x[x.length - 1] - x[0] : 0), 0);
}
