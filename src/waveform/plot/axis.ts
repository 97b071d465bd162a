import { format } from 'd3-format';
import { scaleLinear, scaleLog } from 'd3-scale';
import type { Quantity } from '../waveform.js';

export interface Tick {
  /** Place in pixels. */
  readonly at: number;
  /** Absent for a grid line without a label. */
  readonly label?: string;
  readonly zero: boolean;
}

/** From values to pixels, with what stands beside it. */
export interface Axis {
  /** NaN for what the axis cannot show. */
  readonly place: (value: number) => number;
  readonly ticks: readonly Tick[];
  /** Such as `Time (µs)`. */
  readonly title: string;
}

export interface AxisRequest {
  readonly heading: string;
  readonly quantity: Quantity;
  /** Smallest and largest value to show, in SI units. */
  readonly extent: readonly [low: number, high: number];
  /** Where these lie, in pixels. */
  readonly range: readonly [from: number, to: number];
  readonly logarithmic: boolean;
  /** Give the data some air, rather than end with them. */
  readonly loose: boolean;
  /** Pixels that a label needs. */
  readonly labelRoom: number;
}

export function axis(request: AxisRequest): Axis {
  return request.logarithmic ? logarithmicAxis(request) : linearAxis(request);
}

/** Values are shown in one unit with an SI prefix, so that the labels are short: 0, 2, 4 (µs). */
function linearAxis(request: AxisRequest): Axis {
  const { heading, quantity, range, labelRoom, loose } = request;
  const [low, high] = widened(request.extent, loose);
  const { factor, unit } = displayUnit(quantity.unit, Math.max(Math.abs(low), Math.abs(high)));
  const count = Math.max(2, Math.floor(Math.abs(range[1] - range[0]) / labelRoom));
  const scale = scaleLinear([low / factor, high / factor], [...range]);
  const [first, last] = scale.domain();
  const angles = quantity.unit === '°' ? angleTicks(first, last, count) : undefined;
  const label = scale.tickFormat(count);
  const ticks = (angles ?? scale.ticks(count)).map((value) => ({
    at: scale(value),
    label: angles ? format(',')(value) : label(value),
    zero: value === 0,
  }));
  return {
    place: (value) => scale(value / factor),
    ticks,
    title: unit ? `${heading} (${unit})` : heading,
  };
}

/** Each label carries its unit, since a prefix holds for three decades only: 1 kHz, 1 MHz. */
function logarithmicAxis({
  heading,
  quantity,
  extent,
  range,
  labelRoom,
  loose,
}: AxisRequest): Axis {
  const scale = scaleLog(decades(extent), [...range]);
  if (loose) scale.nice();
  const [low, high] = scale.domain();
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const room = Math.max(2, Math.floor(Math.abs(range[1] - range[0]) / labelRoom));
  const every = Math.ceil((last - first + 1) / room);
  const few = last - first < 2;
  const ticks: Tick[] = [];
  for (let decade = first - 1; decade <= last; decade++) {
    for (let digit = 1; digit <= 9; digit++) {
      const value = digit * 10 ** decade;
      if (value < low * (1 - 1e-9) || value > high * (1 + 1e-9)) continue;
      if (digit > 1 && last - first > 6) continue;
      const labelled = digit === 1 ? (decade - first) % every === 0 : few && [2, 5].includes(digit);
      const label = labelled ? { label: withUnit(value, quantity.unit) } : {};
      ticks.push({ at: scale(value), ...label, zero: false });
    }
  }
  return { place: (value) => (value > 0 ? scale(value) : NaN), ticks, title: heading };
}

/** What lies more than fifteen decades below the largest value is rounding. */
function decades([low, high]: readonly [number, number]): [number, number] {
  if (!(high > 0)) return [1, 10];
  const from = Math.max(low, high * 1e-15);
  return from < high ? [from, high] : [high / 10, high * 10];
}

/** What is below this part of the values would need labels of seven digits, and is mostly rounding. */
const smallestSwing = 1e-6;

/** Room above and below the data; a constant stands in the middle of an axis around it. */
function widened(
  [low, high]: readonly [number, number],
  loose: boolean,
): readonly [number, number] {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (!(high - low > (loose ? smallestSwing : 1e-9) * size))
    return size === 0 ? [-1, 1] : [low - size / 10, high + size / 10];
  const air = loose ? (high - low) * 0.05 : 0;
  return [low - air, high + air];
}

const prefixes = ['a', 'f', 'p', 'n', 'µ', 'm', '', 'k', 'M', 'G', 'T'];
const unprefixed = new Set(['dB', '°', '°C', '%']);

/** The unit in which values up to `size` have one to three digits before the point. */
export function displayUnit(unit: string, size: number): { factor: number; unit: string } {
  // 1e-9: a largest value of 999.9999999 is 1000.
  const thousands = Math.floor((Math.log10(size) + 1e-9) / 3);
  if (unprefixed.has(unit) || !Number.isFinite(thousands) || thousands === 0)
    return { factor: 1, unit };
  if (unit === '') {
    // 0.2 … 0.9 needs no factor.
    if (size >= 1e-2 && size < 1e5) return { factor: 1, unit };
    return { factor: 10 ** (3 * thousands), unit: `×10${superscript(3 * thousands)}` };
  }
  const index = Math.min(Math.max(thousands + 6, 0), prefixes.length - 1);
  // Powers of ten from literals: 10 ** -6 is not 1e-6 everywhere.
  return { factor: Number(`1e${3 * (index - 6)}`), unit: prefixes[index] + unit };
}

function superscript(exponent: number): string {
  return String(exponent).replace(/./g, (c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)]));
}

/** `1 kHz`, `20 µA`. */
function withUnit(value: number, unit: string): string {
  const [, digits, prefix] = /^([^a-zA-Zµ]*)(.*)$/.exec(format('.3~s')(value)) ?? [];
  return unit || prefix ? `${digits} ${prefix}${unit}` : digits;
}

const angleSteps = [15, 30, 45, 90, 180, 360, 720, 1440];

/** Multiples of a fraction of the circle; undefined where the range is too small for them. */
function angleTicks(low: number, high: number, count: number): number[] | undefined {
  if (high - low < 45) return undefined;
  const step = angleSteps.find((candidate) => (high - low) / candidate <= count) ?? 3600;
  const ticks: number[] = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step)
    ticks.push(value === 0 ? 0 : value);
  return ticks;
}
