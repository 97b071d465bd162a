/**
 * Functions of a whole result over its scale: derivative, integral, running average, group delay.
 * They return why they have no value as a text.
 */
import { quantityOf, type Column, type Quantity } from '../waveform.js';
import type { Vector } from './vector.js';

export type ScaleFunction = (value: Vector, scale: Column) => Vector | string;

/**
 * d/dx: the known slope, otherwise that of the parabola through a point and its two neighbours
 * (error h²/6·|y‴|), one-sided at ends and jumps.
 */
const derivative: ScaleFunction = (value, scale) => {
  const x = scale.real;
  if (x.length < 2) return 'a derivative needs two points';
  const quantity = quantityOf('other', `${value.quantity.unit || '1'}/${scale.quantity.unit}`);
  const differences = (y: Float64Array): Float64Array => y.map((_, i) => parabola(x, y, i));
  const { real, imaginary, slope } = value;
  return {
    real: slope
      ? slope.map((s, i) => (Number.isNaN(s) ? parabola(x, real, i) : s))
      : differences(real),
    ...(imaginary ? { imaginary: differences(imaginary) } : {}),
    quantity,
  };
};

function parabola(x: Float64Array, y: Float64Array, i: number): number {
  const before = i > 0 ? x[i] - x[i - 1] : 0;
  const after = i + 1 < x.length ? x[i + 1] - x[i] : 0;
  const first = (y[i] - y[i - 1]) / before;
  const second = (y[i + 1] - y[i]) / after;
  if (before === 0) return second;
  if (after === 0) return first;
  return (first * after + second * before) / (before + after);
}

/** ∫ dx from the first point: the trapezoidal rule, with the end correction where slopes are known. */
const integral: ScaleFunction = (value, scale) => {
  const x = scale.real;
  const cumulated = (y: Float64Array, slope?: Float64Array): Float64Array => {
    const sums = new Float64Array(y.length);
    for (let i = 1; i < y.length; i++) {
      const step = x[i] - x[i - 1];
      const bend = slope ? (step * step * (slope[i - 1] - slope[i])) / 12 : 0;
      sums[i] = sums[i - 1] + (step * (y[i] + y[i - 1])) / 2 + (Number.isFinite(bend) ? bend : 0);
    }
    return sums;
  };
  return {
    real: cumulated(value.real, value.slope),
    ...(value.imaginary ? { imaginary: cumulated(value.imaginary) } : { slope: value.real }),
    quantity: integralQuantity(value.quantity, scale.quantity),
  };
};

function integralQuantity({ unit }: Quantity, { unit: by }: Quantity): Quantity {
  if (unit === 'A' && by === 's') return quantityOf('other', 'C');
  return quantityOf('other', [unit, by].filter(Boolean).join('·'));
}

/** The mean from the first point to here. */
const average: ScaleFunction = (value, scale) => {
  const x = scale.real;
  const sums = integral(value, scale) as Vector;
  const means = (y: Float64Array, values: Float64Array): Float64Array =>
    y.map((sum, i) => (x[i] === x[0] ? values[i] : sum / (x[i] - x[0])));
  return {
    real: means(sums.real, value.real),
    ...(value.imaginary ? { imaginary: means(sums.imaginary!, value.imaginary) } : {}),
    quantity: value.quantity,
  };
};

/**
 * −dφ/dω = −Im((dX/dω)/X) in seconds: of small signals only. The derivative is taken of the complex
 * value, which unlike its phase does not wrap.
 */
export const groupDelay: ScaleFunction = ({ real, imaginary }, scale) => {
  if (scale.quantity.kind !== 'frequency') return 'a group delay needs an .ac analysis';
  if (real.length < 2) return 'a group delay needs two frequencies';
  const x = scale.real;
  const im = imaginary ?? new Float64Array(real.length);
  return {
    quantity: quantityOf('time'),
    real: real.map((re, i) => {
      const [dre, dim] = [parabola(x, real, i), parabola(x, im, i)];
      return -(dim * re - dre * im[i]) / (re * re + im[i] * im[i]) / (2 * Math.PI);
    }),
  };
};

/** The phase in radians, continuous: a step of more than half a turn is taken for one the other way. */
const continuousPhase: ScaleFunction = ({ real, imaginary }) => {
  let turns = 0;
  let before = NaN;
  const phases = real.map((re, i) => {
    const angle = Math.atan2(imaginary ? imaginary[i] : 0, re);
    if (angle - before > Math.PI) turns--;
    if (angle - before < -Math.PI) turns++;
    before = angle;
    return angle + 2 * Math.PI * turns;
  });
  return { real: phases, quantity: quantityOf('other', 'rad') };
};

/** `spectra.ts` has taken out what can be transformed. */
const spectrum: ScaleFunction = () => 'a spectrum is over frequency, and cannot stand here';

export const scaleFunctions: ReadonlyMap<string, ScaleFunction> = new Map([
  ['deriv', derivative],
  ['ddt', derivative],
  ['integ', integral],
  ['idt', integral],
  ['sdt', integral],
  ['avg', average],
  ['gd', groupDelay],
  ['cph', continuousPhase],
  ['fft', spectrum],
]);
