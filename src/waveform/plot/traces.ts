import type { Dataset } from '../dataset.js';
import type { Column, Quantity } from '../waveform.js';
import { quantityOf } from '../waveform.js';

/** A connected piece of a trace, in SI units. */
export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** One line of a legend, and all the curves that it stands for. */
export interface Trace {
  readonly label: string;
  /** Its place in the palette: magnitude and phase of one signal share it. */
  readonly style: number;
  /** Traces with equal headings share a pane. */
  readonly heading: string;
  readonly quantity: Quantity;
  readonly curves: readonly Curve[];
  /** One of many curves that lie over each other. */
  readonly faint?: boolean;
}

export interface TraceOptions {
  /** Show absolute values, for a logarithmic axis. */
  readonly absolute: boolean;
}

const decibels = quantityOf('other', 'dB');
const degrees = quantityOf('other', '°');

const headings: Readonly<Record<Quantity['kind'], string>> = {
  time: 'Time',
  frequency: 'Frequency',
  voltage: 'Voltage',
  current: 'Current',
  temperature: 'Temperature',
  parameter: 'Parameter',
  state: 'State',
  other: 'Value',
};

/** Of what is no voltage, current, …, by its unit. */
const headingsOfUnits: Readonly<Record<string, string>> = {
  dB: 'Level',
  rad: 'Phase',
  '°': 'Phase',
  Ω: 'Resistance',
  S: 'Conductance',
  F: 'Capacitance',
  C: 'Charge',
  W: 'Power',
  J: 'Energy',
  K: 'Temperature',
  m: 'Length',
  s: 'Time',
  V: 'Voltage',
  A: 'Current',
};

/** What an axis of this quantity is called. */
export function headingOf({ kind, unit }: Quantity): string {
  const named = kind === 'other' || kind === 'state' ? headingsOfUnits[unit] : undefined;
  return named ?? headings[kind];
}

/** What has no quantity of its own is called what its column is called, if that has a title. */
function headingOfColumn({ quantity, title }: Column): string {
  return (quantity.kind === 'other' ? title : undefined) ?? headingOf(quantity);
}

/** The traces of the chosen columns over `x`; a complex column gives its magnitude and its phase. */
export function tracesOf(
  dataset: Dataset,
  columns: readonly Column[],
  x: Column,
  { absolute }: TraceOptions,
): Trace[] {
  const split = curveSplitter(dataset, x.real);
  const real = columns.map((column, style): Trace => {
    const y = absolute ? magnitude(column) : column.imaginary ? levels(column) : column.real;
    const inDecibels = column.imaginary !== undefined && !absolute;
    const heading = headingOfColumn(column);
    return {
      label: column.name,
      style,
      heading: column.imaginary ? `${heading} magnitude` : absolute ? `|${heading}|` : heading,
      quantity: inDecibels ? decibels : column.quantity,
      curves: split(y),
    };
  });
  const phases = columns.flatMap((column, style): Trace[] =>
    column.imaginary
      ? [
          {
            label: column.name,
            style,
            heading: 'Phase',
            quantity: degrees,
            curves: split(phase(column)),
          },
        ]
      : [],
  );
  return [...real, ...phases];
}

/**
 * Cuts columns where the inner sweep of a `.dc` starts again: where the scale steps against the
 * direction of its first step. Other analyses are one curve.
 */
function curveSplitter(dataset: Dataset, x: Float64Array): (y: Float64Array) => Curve[] {
  const starts = startsOf(dataset);
  return (y) =>
    starts.map((start, k) => ({
      x: x.subarray(start, starts[k + 1]),
      y: y.subarray(start, starts[k + 1]),
    }));
}

function startsOf({ analysis, stepped, scale }: Dataset): number[] {
  if (analysis === 'dc') return sweepStarts(scale.real);
  return stepped ? stepStarts(scale.real) : [0];
}

/** The first point of each step: where time or frequency goes back. */
function stepStarts(scale: Float64Array): number[] {
  const starts = [0];
  for (let i = 1; i < scale.length; i++) if (scale[i] < scale[i - 1]) starts.push(i);
  return starts;
}

/** The first point of each inner sweep. */
export function sweepStarts(scale: Float64Array): number[] {
  const direction = Math.sign(scale[1] - scale[0]);
  const starts = [0];
  for (let i = 1; i < scale.length; i++)
    if (Math.sign(scale[i] - scale[i - 1]) !== direction) starts.push(i);
  return starts;
}

function magnitude({ real, imaginary }: Column): Float64Array {
  return real.map((value, i) => Math.hypot(value, imaginary ? imaginary[i] : 0));
}

/** 20·log10 of the magnitude; a gap where that is zero. */
function levels(column: Column): Float64Array {
  return magnitude(column).map((value) => (value > 0 ? 20 * Math.log10(value) : NaN));
}

/** In degrees, continuous: a step of more than half a turn is taken for one the other way. */
function phase({ real, imaginary }: Column): Float64Array {
  let turns = 0;
  let before = NaN;
  return real.map((re, i) => {
    const im = imaginary ? imaginary[i] : 0;
    if (re === 0 && im === 0) return NaN;
    const angle = (Math.atan2(im, re) * 180) / Math.PI;
    if (angle - before > 180) turns--;
    if (angle - before < -180) turns++;
    before = angle;
    return angle + 360 * turns;
  });
}
