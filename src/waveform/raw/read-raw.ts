/**
 * Reads raw files as ngspice and its relatives write them: binary or text, real or complex, one or
 * several plots in a row.
 *
 * Forgiven, with a warning: a body that ends early (a run that was killed), and a number of points
 * that was never filled in. Refused: LTspice's dialect (UTF-16 header or float32 values).
 */
import { error, warning, type Diagnostic } from '../../base/diagnostic.js';
import { analysisOfPlotName, Dataset, type AnalysisKind } from '../dataset.js';
import type { Column } from '../waveform.js';
import { parseRawHeader, type RawHeaderFields } from './raw-header.js';

export interface RawContents {
  /** One per plot, in the order of the file. */
  readonly datasets: readonly Dataset[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The values of one plot, all its rows one after another, and where they end in the file. */
interface Body {
  readonly rows: Float64Array;
  readonly end: number;
}

export function readRaw(bytes: Uint8Array): RawContents {
  const datasets: Dataset[] = [];
  const diagnostics: Diagnostic[] = [];
  let offset = skipBlank(bytes, 0);
  while (offset < bytes.length) {
    const header = parseRawHeader(bytes, offset);
    if ('severity' in header) return { datasets, diagnostics: [...diagnostics, header] };
    const body = header.binary ? readBinary(bytes, header) : readAscii(bytes, header);
    const dataset = datasetOf(header, body.rows);
    datasets.push(dataset);
    if (dataset.length < header.points) diagnostics.push(endsEarly(header, dataset));
    offset = skipBlank(bytes, body.end);
  }
  if (datasets.length === 0)
    diagnostics.push(error('W101', 'the raw file is empty', undefined, emptyHelp));
  return { datasets, diagnostics };
}

const emptyHelp = { help: ['a raw file begins with a line `Title: …`'] };

function endsEarly({ points, plotName }: RawHeaderFields, { length }: Dataset): Diagnostic {
  return warning(
    'W102',
    `the raw file ends after ${length} of ${points} points of '${plotName}'`,
    undefined,
    { help: ['the points that are there were read'] },
  );
}

function rowWidth({ variables, complex }: RawHeaderFields): number {
  return variables.length * (complex ? 2 : 1);
}

function readBinary(bytes: Uint8Array, header: RawHeaderFields): Body {
  const { bodyOffset: start, points } = header;
  const rowBytes = 8 * rowWidth(header);
  const there = Math.floor((bytes.length - start) / rowBytes);
  // A count of zero with rows behind it was never filled in: the writer did not live to do so.
  const rows = points === 0 ? there : Math.min(points, there);
  const end = rows < points ? bytes.length : start + rows * rowBytes;
  // Copied, because a Float64Array must begin at a multiple of 8 bytes.
  // Not by slice(), which for Node's buffers is a view.
  const aligned = new Uint8Array(bytes.subarray(start, start + rows * rowBytes));
  return { rows: new Float64Array(aligned.buffer), end };
}

function readAscii(bytes: Uint8Array, header: RawHeaderFields): Body {
  const text = new TextDecoder().decode(bytes.subarray(header.bodyOffset));
  const width = rowWidth(header);
  const values: number[] = [];
  const token = /[^\s,]+/g;
  let complete = 0;
  let next = token.exec(text);
  // Each row is its number and then its values.
  for (let expected = width + 1; next && isNumber(next[0]); next = token.exec(text)) {
    if (expected <= width) values.push(toNumber(next[0]));
    if (--expected > 0) continue;
    expected = width + 1;
    complete = values.length;
  }
  const end = next
    ? header.bodyOffset + new TextEncoder().encode(text.slice(0, next.index)).length
    : bytes.length;
  return { rows: Float64Array.from(values.slice(0, complete)), end };
}

function isNumber(text: string): boolean {
  return /^[+-]?(\d|\.\d|nan|inf)/i.test(text);
}

function toNumber(text: string): number {
  return Number(text.replace(/inf(inity)?/i, 'Infinity'));
}

function datasetOf(header: RawHeaderFields, rows: Float64Array): Dataset {
  const width = rowWidth(header);
  const parts = header.complex ? 2 : 1;
  const length = width ? rows.length / width : 0;
  const pick = (first: number): Float64Array =>
    Float64Array.from({ length }, (_, i) => rows[i * width + first]);
  const columns = header.variables.map(({ name, quantity }, c): Column => {
    const column = { name, quantity, real: pick(c * parts) };
    // Frequencies are real; ngspice leaves rubbish of 1e-57 in their imaginary parts.
    if (!header.complex || quantity.kind === 'frequency') return column;
    return { ...column, imaginary: pick(c * parts + 1) };
  });
  const { title, plotName, date, stepped } = header;
  const analysis = analysisOf(header, length);
  return new Dataset({ title, analysis, plotName, ...(date ? { date } : {}), stepped }, columns);
}

function analysisOf({ plotName, variables }: RawHeaderFields, length: number): AnalysisKind {
  const named = analysisOfPlotName(plotName);
  if (named) return named;
  const kind = variables[0]?.quantity.kind;
  if (kind === 'time') return 'tran';
  if (kind === 'frequency') return 'ac';
  if (/operating point/i.test(plotName)) return 'op';
  return /dc/i.test(plotName) || length > 1 ? 'dc' : 'op';
}

function skipBlank(bytes: Uint8Array, from: number): number {
  let offset = from;
  while (offset < bytes.length && bytes[offset] <= 0x20 && bytes[offset] !== 0) offset++;
  return offset;
}
