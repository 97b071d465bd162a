import { crossings, type Dataset, extremes, interpolate } from '../../src/waveform/index.js';

/** The value of a signal at a place on the scale. */
export function at(dataset: Dataset, name: string, place: number): number {
  return interpolate(dataset.waveform(name)!, Float64Array.of(place))[0];
}

/** Smallest and largest value from one place to another, both included. */
export function range(dataset: Dataset, name: string, from: number, to: number): [number, number] {
  const { x, y } = dataset.waveform(name)!;
  const inside = y.filter((_, i) => x[i] > from && x[i] < to);
  return extremes(Float64Array.of(at(dataset, name, from), ...inside, at(dataset, name, to)));
}

/** How far apart the smallest and the largest value are. */
export function span(dataset: Dataset, name: string, from: number, to: number): number {
  const [low, high] = range(dataset, name, from, to);
  return high - low;
}

/** How far a signal goes beyond both of its values at two places, between these. */
export function spike(dataset: Dataset, name: string, from: number, to: number): number {
  const [low, high] = range(dataset, name, from, to);
  const ends = [at(dataset, name, from), at(dataset, name, to)];
  return Math.max(high - Math.max(...ends), Math.min(...ends) - low);
}

/** Time of the n-th crossing (from 0) of `later` behind the n-th of `earlier`, at one level. */
export function delay(dataset: Dataset, earlier: string, later: string, level: number, n: number) {
  const [from, to] = [earlier, later].map((name) => crossings(dataset.waveform(name)!, level)[n]);
  return to.x - from.x;
}

/** Where a signal first rises through a level. */
export function rising(dataset: Dataset, name: string, level: number): number {
  return upward(dataset, name, level)[0];
}

/** Where a signal first falls through a level. */
export function falling(dataset: Dataset, name: string, level: number): number {
  return crossings(dataset.waveform(name)!, level, { direction: 'falling' })[0].x;
}

/** From one rise through a level to the next. */
export function ringing(dataset: Dataset, name: string, level: number): number {
  const [first, second] = upward(dataset, name, level);
  return second - first;
}

/** The part of a whole period, the second, that a signal is above a level. */
export function duty(dataset: Dataset, name: string, level: number): number {
  const [, begin, next] = upward(dataset, name, level);
  const end = crossings(dataset.waveform(name)!, level).find(({ x }) => x > begin)!;
  return (end.x - begin) / (next - begin);
}

function upward(dataset: Dataset, name: string, level: number): number[] {
  return crossings(dataset.waveform(name)!, level, { direction: 'rising' }).map(({ x }) => x);
}

/** Mean over time by the trapezoidal rule. */
export function mean(dataset: Dataset, name: string, from: number, to: number): number {
  const { x } = dataset.waveform(name)!;
  const places = Float64Array.of(from, ...x.filter((t) => t > from && t < to), to);
  const y = interpolate(dataset.waveform(name)!, places);
  let integral = 0;
  for (let i = 0; i + 1 < places.length; i++)
    integral += ((places[i + 1] - places[i]) * (y[i] + y[i + 1])) / 2;
  return integral / (to - from);
}

/** |value| of a small-signal result at the frequency nearest to `frequency`. */
export function magnitude(dataset: Dataset, name: string, frequency: number): number {
  const { real, imaginary } = dataset.get(name)!;
  const i = nearest(dataset.scale.real, frequency);
  return Math.hypot(real[i], imaginary![i]);
}

function nearest(values: Float64Array, wanted: number): number {
  const distances = values.map((value) => Math.abs(value - wanted));
  return distances.indexOf(extremes(distances)[0]);
}

/** The time for which a signal is beyond ±2.5 V, less that for which it is beyond it downwards. */
export function pulseLength(dataset: Dataset, name: string, from: number, to: number): number {
  const waveform = dataset.waveform(name)!;
  const inside = (level: number): number[] =>
    crossings(waveform, level)
      .map(({ x }) => x)
      .filter((x) => x > from && x < to);
  const length = (level: number): number => {
    const [begin, end] = inside(level);
    return begin === undefined ? 0 : (end ?? to) - begin;
  };
  return length(2.5) - length(-2.5);
}
