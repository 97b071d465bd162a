import type { TimeFunction, TimeScale } from './source-waveform.js';

/**
 * The functions of time of independent sources, as ngspice 39 computes them (manual, section 4.1):
 * a time that is missing or zero where zero makes no sense takes its default from the analysis.
 * Arguments stand in the order of the netlist, in V or A, s, Hz and degrees.
 */

/** `PULSE(v1 v2 td tr tf pw per np)`; np > 0 is the number of pulses. */
export function pulse(args: readonly number[]): TimeFunction {
  return {
    name: 'pulse',
    value: (time, scale) => pulseValue(pulseShape(args, scale), time),
    nextBreakpoint: (time, scale) => nextPulseCorner(pulseShape(args, scale), time),
  };
}

interface PulseShape {
  readonly low: number;
  readonly high: number;
  readonly delay: number;
  readonly rise: number;
  readonly fall: number;
  readonly width: number;
  readonly period: number;
  /** Number of pulses. */
  readonly count: number;
}

function pulseShape(args: readonly number[], scale: TimeScale): PulseShape {
  const [low = 0, high = 0, delay = 0, rise, fall, width, period, count = 0] = args;
  return {
    low,
    high,
    delay,
    rise: orDefault(rise, scale.step),
    fall: orDefault(fall, scale.step),
    width: orDefault(width, scale.stop),
    period: orDefault(period, scale.stop),
    count: count > 0 ? count : Infinity,
  };
}

/** ngspice takes a zero as "not given" for times that must be positive. */
function orDefault(value: number | undefined, otherwise: number): number {
  return value === undefined || value === 0 ? otherwise : value;
}

function pulseValue(shape: PulseShape, time: number): number {
  const { low, high, rise, fall, width, period } = shape;
  const sinceDelay = time - shape.delay;
  if (sinceDelay > shape.count * period) return low;
  const phase = sinceDelay > period ? sinceDelay % period : sinceDelay;
  if (phase <= 0 || phase >= rise + width + fall) return low;
  if (phase < rise) return low + ((high - low) * phase) / rise;
  if (phase <= rise + width) return high;
  return high + ((low - high) * (phase - rise - width)) / fall;
}

/**
 * Each corner is computed from the number of its period, so that errors do not accumulate and a
 * corner that a step has landed on is recognized by its very bits. Corners of two periods that
 * coincide but for rounding count as one.
 */
function nextPulseCorner(shape: PulseShape, time: number): number {
  const { delay, rise, fall, width, period, count } = shape;
  const corners = [0, rise, rise + width, rise + width + fall].filter((c) => c < period);
  const apart = time + 16 * Number.EPSILON * Math.max(Math.abs(time), Math.abs(delay));
  const first = Math.max(0, Math.floor((time - delay) / period) - 1);
  for (let k = first; k <= first + 3; k++) {
    const start = delay + k * period;
    if (k >= count) return start > apart ? start : Infinity;
    const found = corners.find((corner) => start + corner > apart);
    if (found !== undefined) return start + found;
  }
  return Infinity;
}

/** `SIN(vo va freq td theta phase)`: constant until td, then a sine damped by theta. */
export function sine(args: readonly number[]): TimeFunction {
  const [offset = 0, amplitude = 0, frequency, delay = 0, damping = 0, degrees = 0] = args;
  const phase = (degrees * Math.PI) / 180;
  return {
    name: 'sin',
    value(time, scale) {
      const t = time - delay;
      if (t <= 0) return offset + amplitude * Math.sin(phase);
      const omega = 2 * Math.PI * orDefault(frequency, 1 / scale.stop);
      return offset + amplitude * Math.sin(omega * t + phase) * Math.exp(-t * damping);
    },
    nextBreakpoint: (time) => firstAfter([delay], time),
  };
}

/** `EXP(v1 v2 td1 tau1 td2 tau2)`: rises towards v2 from td1, falls towards v1 from td2. */
export function exponential(args: readonly number[]): TimeFunction {
  const [from = 0, to = 0] = args;
  const shape = (scale: TimeScale) => {
    const delay1 = orDefault(args[2], scale.step);
    const tau1 = orDefault(args[3], scale.step);
    const delay2 = orDefault(args[4], delay1 + scale.step);
    const tau2 = orDefault(args[5], scale.step);
    return { delay1, tau1, delay2, tau2 };
  };
  return {
    name: 'exp',
    value(time, scale) {
      const { delay1, tau1, delay2, tau2 } = shape(scale);
      if (time <= delay1) return from;
      const rise = -Math.expm1(-(time - delay1) / tau1);
      const fall = time <= delay2 ? 0 : -Math.expm1(-(time - delay2) / tau2);
      return from + (to - from) * (rise - fall);
    },
    nextBreakpoint(time, scale) {
      const { delay1, delay2 } = shape(scale);
      return firstAfter([delay1, delay2], time);
    },
  };
}

/** `PWL(t1 v1 t2 v2 …)`: straight lines; constant before the first and after the last point. */
export function piecewiseLinear(args: readonly number[]): TimeFunction {
  const times = args.filter((_, i) => i % 2 === 0);
  const values = args.filter((_, i) => i % 2 === 1);
  const last = values.length - 1;
  return {
    name: 'pwl',
    value(time) {
      const right = lowerBound(times, time);
      if (right === 0) return values[0] ?? 0;
      if (right > last) return values[last];
      const t0 = times[right - 1];
      const fraction = (time - t0) / (times[right] - t0);
      return values[right - 1] + fraction * (values[right] - values[right - 1]);
    },
    nextBreakpoint(time) {
      let next = lowerBound(times, time);
      while (next < times.length && times[next] <= time) next++;
      return times[next] ?? Infinity;
    },
  };
}

function firstAfter(corners: readonly number[], time: number): number {
  return Math.min(...corners.filter((corner) => corner > time));
}

/** Index of the first element ≥ value. */
function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
