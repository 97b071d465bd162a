import type { TimeFunction, TimeScale } from './source-waveform.js';

/**
 * The functions of time of independent sources, as ngspice 39 computes them (manual, section 4.1):
 * a time that is missing or zero where zero makes no sense takes its default from the analysis.
 * Arguments stand in the order of the netlist, in V or A, s, Hz and degrees.
 */

/** `PULSE(v1 v2 td tr tf pw per np)`; np > 0 is the number of pulses. */
export function pulse(args: readonly number[]): TimeFunction {
  const shape = perScale((scale) => pulseShape(args, scale));
  return {
    name: 'pulse',
    value: (time, scale) => pulseValue(shape(scale), time),
    nextBreakpoint: (time, scale) => nextPulseCorner(shape(scale), time),
  };
}

/** Of an analysis, which asks at every point, always with the same object. */
function perScale<Shape>(make: (scale: TimeScale) => Shape): (scale: TimeScale) => Shape {
  let known: { readonly scale: TimeScale; readonly shape: Shape } | undefined;
  return (scale) => {
    if (known?.scale !== scale) known = { scale, shape: make(scale) };
    return known.shape;
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

/** `SFFM(vo va fc mdi fs phasec phases)`: a sine whose phase swings by mdi with the frequency fs. */
export function frequencyModulation(args: readonly number[]): TimeFunction {
  const [offset = 0, amplitude = 0, carrier, index = 0, signal, carrierPhase = 0, signalPhase = 0] =
    args;
  return {
    name: 'sffm',
    value(time, scale) {
      const swing = turn(orDefault(signal, 1 / scale.stop) * time, signalPhase);
      const phase = turn(orDefault(carrier, 1 / scale.stop) * time, carrierPhase);
      return offset + amplitude * Math.sin(phase + index * Math.sin(swing));
    },
    nextBreakpoint: () => Infinity,
  };
}

/**
 * `AM(va vo mf fc td unused phase)`: va·(vo + sin 2πmf·t)·sin 2πfc·t from td on, 0 before. ngspice 39
 * passes over the sixth value and adds the seventh to both phases (run to see).
 */
export function amplitudeModulation(args: readonly number[]): TimeFunction {
  const [amplitude = 0, offset = 0, signal = 0, carrier = 0, delay = 0, , degrees = 0] = args;
  return {
    name: 'am',
    value(time) {
      const t = time - delay;
      if (t <= 0) return 0;
      const envelope = offset + Math.sin(turn(signal * t, degrees));
      return amplitude * envelope * Math.sin(turn(carrier * t, degrees));
    },
    nextBreakpoint: (time) => firstAfter([delay], time),
  };
}

/** The angle of a number of turns and a phase in degrees [rad]. */
function turn(turns: number, degrees: number): number {
  return 2 * Math.PI * turns + (degrees * Math.PI) / 180;
}

export interface PiecewiseLinearOptions {
  /** Added to all times [s]. */
  readonly delay?: number;
  /** What follows this one of the times is repeated for ever [s]; absent: nothing is. */
  readonly repeat?: number;
}

/**
 * `PWL(t1 v1 t2 v2 …) td=… r=…`: straight lines; constant before the first and after the last point,
 * unless they repeat.
 */
export function piecewiseLinear(
  args: readonly number[],
  { delay = 0, repeat }: PiecewiseLinearOptions = {},
): TimeFunction {
  const times = args.filter((_, i) => i % 2 === 0);
  const values = args.filter((_, i) => i % 2 === 1);
  const end = times[times.length - 1];
  const period = repeat === undefined ? 0 : end - repeat;
  const folded = (t: number): number =>
    period > 0 && t > end ? repeat! + phaseOf(t - end, period, t + Math.abs(delay)) : t;
  return {
    name: 'pwl',
    value: (time) => lineValue(times, values, folded(time - delay)),
    nextBreakpoint(time) {
      const first = firstBehind(times, delay, time);
      if (first < times.length) return times[first] + delay;
      return period > 0 ? nextRepeated(times, end + delay, repeat!, time) : Infinity;
    },
  };
}

/**
 * How far into a period, above zero and up to all of it; `size` is that of the times. At its end a
 * repetition still has its last value, however the corner's time was rounded: a jump there lies
 * behind the corner.
 */
function phaseOf(since: number, period: number, size: number): number {
  const phase = since % period;
  return phase <= roundings * size ? period : phase;
}

/** Times that differ by this part of themselves may be the same corner. */
const roundings = 16 * Number.EPSILON;

function lineValue(times: readonly number[], values: readonly number[], time: number): number {
  const right = lowerBound(times, time);
  if (right === 0) return values[0] ?? 0;
  if (right >= values.length) return values[values.length - 1];
  const t0 = times[right - 1];
  const fraction = (time - t0) / (times[right] - t0);
  return values[right - 1] + fraction * (values[right] - values[right - 1]);
}

/** Each corner is computed from the number of its repetition, as those of a pulse. */
function nextRepeated(times: readonly number[], end: number, repeat: number, time: number): number {
  const corners = times.filter((t) => t > repeat).map((t) => t - repeat);
  const period = corners[corners.length - 1];
  const apart = time + roundings * Math.abs(time);
  for (let k = Math.max(0, Math.floor((time - end) / period) - 1); ; k++) {
    const found = corners.find((corner) => end + k * period + corner > apart);
    if (found !== undefined) return end + k * period + found;
  }
}

function firstAfter(corners: readonly number[], time: number): number {
  return Math.min(...corners.filter((corner) => corner > time));
}

/** Index of the first time that lies behind `time` when `delay` is added; there may be many. */
function firstBehind(times: readonly number[], delay: number, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] + delay > time) high = middle;
    else low = middle + 1;
  }
  return low;
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
