/**
 * Comma-separated values: a header line, then a line per point, ended by `\n`, quoted as in
 * RFC 4180. Numbers are the shortest decimal that reads back as the same float64.
 *
 * A complex column becomes two, `re(v(out))` and `im(v(out))`: ngspice's own names for the parts,
 * so that a header is always an expression that gives its column. (ngspice's `.print` puts both
 * into one column with a comma between, and `wrdata` leaves the names out; tables can keep
 * neither.) The frequency stays one real column.
 */
import { error, warning, type Diagnostic } from '../base/diagnostic.js';
import { Dataset, type AnalysisKind } from './dataset.js';
import { quantityOf, type Column, type Quantity } from './waveform.js';

/** The header line with its line end. `names` replace the columns' own titles where given. */
export function csvHeader(dataset: Dataset, names?: readonly string[]): string {
  const titles = dataset.columns.flatMap((column, c) => {
    const name = names?.[c] ?? column.title ?? column.name;
    return column.imaginary ? [`re(${name})`, `im(${name})`] : [name];
  });
  return `${titles.map(quoted).join(',')}\n`;
}

/** The lines of the points `from` to `to` (exclusive). */
export function csvRows(dataset: Dataset, from = 0, to = dataset.length): string {
  const fields = dataset.columns.flatMap(({ real, imaginary }) =>
    imaginary ? [real, imaginary] : [real],
  );
  const lines: string[] = [];
  for (let i = from; i < to; i++)
    lines.push(`${fields.map((values) => shortest(values[i])).join(',')}\n`);
  return lines.join('');
}

/** A whole file; for millions of points write `csvHeader` and `csvRows` piece by piece. */
export function writeCsv(dataset: Dataset, names?: readonly string[]): string {
  return csvHeader(dataset, names) + csvRows(dataset);
}

/** Undefined, with the reasons, if the text is no table of numbers. */
export interface CsvContents {
  readonly dataset?: Dataset;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads what `writeCsv` writes, and other tables of numbers with a header line. Quantities follow
 * from the names (`time`, `frequency`, `v(…)`, `i(…)`); a pair `re(x)`, `im(x)` is a complex column.
 */
export function readCsv(text: string, title = ''): CsvContents {
  const [header = [], ...lines] = records(text);
  if (header.length === 0)
    return { diagnostics: [error('W201', 'the table is empty: no header line')] };
  const diagnostics: Diagnostic[] = [];
  const short = lines.findIndex((line) => line.length !== header.length);
  const rows = short < 0 ? lines : lines.slice(0, short);
  if (short >= 0)
    diagnostics.push(
      warning('W202', `row ${short + 2} has ${lines[short].length} of ${header.length} fields`),
    );
  const values = header.map((_, c) => Float64Array.from(rows, (row) => toNumber(row[c])));
  return { dataset: datasetOf(title, header, values), diagnostics };
}

function datasetOf(
  title: string,
  header: readonly string[],
  values: readonly Float64Array[],
): Dataset {
  const columns: Column[] = [];
  for (let c = 0; c < header.length; c++) {
    const part = /^re\((.*)\)$/.exec(header[c]);
    if (part && header[c + 1] === `im(${part[1]})`) {
      const quantity = quantityOfName(part[1]);
      columns.push({ name: part[1], quantity, real: values[c], imaginary: values[c + 1] });
      c++;
    } else {
      const quantity = c === 0 ? quantityOfScale(header[c]) : quantityOfName(header[c]);
      columns.push({ name: header[c], quantity, real: values[c] });
    }
  }
  return new Dataset({ title, analysis: analysisOf(columns[0].quantity) }, columns);
}

function analysisOf({ kind }: Quantity): AnalysisKind {
  if (kind === 'time') return 'tran';
  return kind === 'frequency' ? 'ac' : 'dc';
}

/** Of a sweep, the name of a source or `temp`. */
function quantityOfScale(name: string): Quantity {
  const known = quantityOfName(name);
  if (known.kind !== 'other') return known;
  if (/^temp$/i.test(name)) return quantityOf('temperature');
  if (/^v\w*$/i.test(name)) return quantityOf('voltage');
  return /^i\w*$/i.test(name) ? quantityOf('current') : known;
}

function quantityOfName(name: string): Quantity {
  const lower = name.toLowerCase();
  if (lower === 'time' || lower === 'frequency') return quantityOf(lower);
  if (lower === 'temp-sweep') return quantityOf('temperature');
  if (/^v\(.*\)$|^v-sweep$/.test(lower)) return quantityOf('voltage');
  return quantityOf(/^i\(.*\)$|#branch$|^i-sweep$/.test(lower) ? 'current' : 'other');
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

function shortest(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function toNumber(field: string): number {
  const text = field.trim().replace(/^([+-]?)inf(inity)?$/i, '$1Infinity');
  return text === '' ? NaN : Number(text);
}

/** The fields of each record, quotes taken off; a blank line is no record. */
function records(text: string): string[][] {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  const found: string[][] = [];
  let record: string[] = [];
  field.lastIndex = 0;
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (!match) break;
    record.push(match[1]?.replaceAll('""', '"') ?? match[2]);
    if (match[3] === ',' && field.lastIndex < text.length) continue;
    if (match[3] === ',') record.push('');
    if (record.length > 1 || record[0] !== '') found.push(record);
    record = [];
  }
  return found;
}
