/**
 * The ngspice raw file, as ngspice 39 writes it with `-r` (outitf.c): one plot per file, a header
 * of text lines, then the points in rows.
 *
 *     Title: …               Flags: real | complex       Variables:
 *     Date: …                No. Variables: 4             ⇥0⇥time⇥time
 *     Plotname: …            No. Points: 89               …
 *
 * After `Binary:` a row is one float64 per variable in the machine's byte order (little-endian
 * wherever JavaScript runs today), or two (real, imaginary) in a complex file. After `Values:` it
 * is text. The number of points is padded to eight characters, so that it can be patched in place:
 * a file is begun with `rawHeader`, rows follow as they come, and `rawPointsField` written at
 * `pointsOffset` closes it.
 */
import type { DatasetDescription } from '../dataset-builder.js';
import { plotNameOf, type Dataset } from '../dataset.js';
import type { Column } from '../waveform.js';
import { rawNameOf, rawTypeOf } from './raw-types.js';

export type RawEncoding = 'binary' | 'ascii';

export interface RawHeader {
  readonly bytes: Uint8Array;
  /** Where the eight bytes of `rawPointsField` belong, in bytes from the start of the header. */
  readonly pointsOffset: number;
}

const encoder = new TextEncoder();

/** The header of a file that will hold, or holds so far, `points` points. */
export function rawHeader(
  description: DatasetDescription | Dataset,
  points: number,
  encoding: RawEncoding = 'binary',
): RawHeader {
  const { columns, complex = false } = description;
  const before = [
    `Title: ${oneLine(description.title)}`,
    `Date: ${oneLine(description.date ?? '')}`,
    `Plotname: ${oneLine(plotNameOf(description))}`,
    `Flags: ${complex ? 'complex' : 'real'}${description.stepped ? ' stepped' : ''}`,
    `No. Variables: ${columns.length}`,
    'No. Points: ',
  ].join('\n');
  const after = ['', 'Variables:', ...columns.map(variableLine), bodyMarks[encoding], ''];
  const bytes = encoder.encode(before + pointsText(points) + after.join('\n'));
  return { bytes, pointsOffset: encoder.encode(before).length };
}

/** The eight bytes that a count of points takes in the header. */
export function rawPointsField(points: number): Uint8Array {
  return encoder.encode(pointsText(points));
}

/** The points `from` to `to` (exclusive) in the form that follows the header. */
export function rawRows(
  dataset: Dataset,
  from = 0,
  to = dataset.length,
  encoding: RawEncoding = 'binary',
): Uint8Array {
  return encoding === 'binary'
    ? binaryRows(dataset, from, to)
    : encoder.encode(asciiRows(dataset, from, to));
}

/** A whole file. */
export function writeRaw(dataset: Dataset, encoding: RawEncoding = 'binary'): Uint8Array {
  const header = rawHeader(dataset, dataset.length, encoding).bytes;
  const rows = rawRows(dataset, 0, dataset.length, encoding);
  const bytes = new Uint8Array(header.length + rows.length);
  bytes.set(header);
  bytes.set(rows, header.length);
  return bytes;
}

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A date as it stands in raw files: `Sun Nov 22 13:58:37  2026` (local time). */
export function rawDate(date: Date): string {
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  const day = String(date.getDate()).padStart(2);
  return `${days[date.getDay()]} ${months[date.getMonth()]} ${day} ${clock}  ${date.getFullYear()}`;
}

const bodyMarks: Readonly<Record<RawEncoding, string>> = { binary: 'Binary:', ascii: 'Values:' };
const mostPoints = 99_999_999;

function pointsText(points: number): string {
  // ngspice reserves no more either; one variable of so many points would take 0.8 GB.
  if (points > mostPoints) throw new RangeError(`a raw file holds at most ${mostPoints} points`);
  return String(points).padEnd(8);
}

function variableLine({ name, quantity }: Pick<Column, 'name' | 'quantity'>, i: number): string {
  // grid=3 tells ngspice to plot over a logarithmic axis.
  const grid = i === 0 && quantity.kind === 'frequency' ? '\tgrid=3' : '';
  return `\t${i}\t${rawNameOf(name, quantity)}\t${rawTypeOf(quantity, i === 0)}${grid}`;
}

function binaryRows({ columns, complex }: Dataset, from: number, to: number): Uint8Array {
  const parts = complex ? 2 : 1;
  const width = columns.length * parts;
  const rows = new Float64Array(Math.max(0, to - from) * width);
  columns.forEach(({ real, imaginary }, c) => {
    for (let i = from, k = c * parts; i < to; i++, k += width) {
      rows[k] = real[i];
      if (imaginary) rows[k + 1] = imaginary[i];
    }
  });
  return new Uint8Array(rows.buffer);
}

function asciiRows({ columns, complex }: Dataset, from: number, to: number): string {
  const rows: string[] = [];
  for (let i = from; i < to; i++) {
    const values = columns.map(({ real, imaginary }) =>
      complex ? `${number(real[i])},${number(imaginary ? imaginary[i] : 0)}` : number(real[i]),
    );
    rows.push(`${i}\t\t${values.join('\n\t')}\n`);
  }
  return rows.join('');
}

/** 17 significant digits in C's form, `1.0000000000000000e-09`: reading gives the same number. */
function number(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (!Number.isFinite(value)) return `${sign}inf`;
  const [mantissa, exponent] = Math.abs(value).toExponential(16).split('e');
  return `${sign}${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}
