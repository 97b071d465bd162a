import { type Diagnostic, DiagnosticError, error } from '../../base/index.js';
import { WeakResetArray } from '../weak-reset/index.js';
import { card, comment, figure } from './deck-lines.js';

export interface Array2t2rOptions {
  readonly rows: number;
  readonly columns: number;
  /** Rows that are read, one after the other, from 0; all of them if absent. */
  readonly read?: readonly number[];
  /** Weak-RESET pulses that every device has had. */
  readonly pulses: number;
  /** Seed of the devices. */
  readonly seed: number;
  /**
   * Rows that are not read as one row of as many cells in parallel, each with the mean conductance of
   * its column: they leak and load the bit lines as before, with a fraction of the transistors.
   */
  readonly lump: boolean;
  /** Folder of sense-amplifier.lib and array.lib; empty: that of the deck. */
  readonly library: string;
}

export const array2t2rDefaults = {
  pulses: 300,
  seed: 1,
  lump: false,
  library: '',
} satisfies Partial<Array2t2rOptions>;

export interface GeneratedArray2t2r {
  readonly text: string;
  /** [rows × columns] ln(R_BL/R_BLb), what the sense amplifiers have to find the sign of. */
  readonly weights: readonly (readonly number[])[];
}

/** Period of a read, where in it sen rises, and where the outputs are taken [ns]. */
const timing = { period: 6, sense: 2, taken: 4.9, restore: 5 } as const;

const header = `Majumdar et al., IEEE TED 68(10), 4925, 2021, fig. 7(a): a weight is the sign of
ln(R_BL/R_BLb), equation (9). Resistances are those of devices with the distributions of Tables I
and II, after the same number of pulses for all. Rows are read one after the other, all columns at
once: the word line rises, the outputs are precharged, sen rises, and after 2.9 ns

    v(q) - v(qb) = 1.2 V where ln(R_BL/R_BLb) > 0, else -1.2 V

Measures are named by row and column, from 0.`;

/**
 * The deck that reads an array of 2T2R cells by precharge sense amplifiers; devices are those of a
 * `WeakResetArray`. Throws a `DiagnosticError` for options that no deck can be made of.
 */
export function generateArray2t2r(
  wanted: Partial<Array2t2rOptions> & Pick<Array2t2rOptions, 'rows' | 'columns'>,
): GeneratedArray2t2r {
  const options: Array2t2rOptions = { ...array2t2rDefaults, ...wanted };
  const problems = problemsOf(options);
  if (problems.length > 0) throw new DiagnosticError(problems);
  const { rows, columns, library } = options;
  const read = options.read ?? range(rows);
  const resting = options.lump ? range(rows).filter((n) => !read.includes(n)) : [];
  const single = range(rows).filter((n) => !resting.includes(n));
  const resistances = resistancesOf(options);
  const pair = (n: number, m: number): Pair => {
    const first = 2 * (n * columns + m);
    return [resistances[first], resistances[first + 1]];
  };
  const include = (file: string): string =>
    `.include ${library === '' ? file : `${library}/${file}`}`;
  const text = [
    `Array of ${rows} rows and ${columns} columns of 2T2R cells, read by sense amplifiers`,
    comment(header),
    '',
    include('sense-amplifier.lib'),
    include('array.lib'),
    '.param vsupply=1.2',
    '',
    'vdd vdd 0 {vsupply}',
    'viso iso 0 {1.5*vsupply}',
    pulse('vsen sen', timing.sense, timing.restore - timing.sense, 1),
    ...single.map((n) => wordLine(n, read.indexOf(n))),
    '',
    '* Columns',
    ...range(columns).map(
      (m) => `xc${m} q${m} qb${m} bl${m} blb${m} sl${m} sen iso vdd column cline=${line(rows)}`,
    ),
    '',
    '* Cells',
    ...single.flatMap((n) => range(columns).map((m) => cell(`${n}`, `wl${n}`, m, pair(n, m)))),
    ...lumpedCells(resting, columns, pair),
    '',
    '* Resistances may differ by little: rounding must not decide.',
    '.options reltol=1e-5 vntol=1e-8',
    `.tran 10p ${timing.period * read.length}n 0 50p`,
    card(
      `.save v(sen) ${range(columns)
        .flatMap((m) => [`v(q${m})`, `v(qb${m})`])
        .join(' ')}`,
    ),
    '.print tran v(sen) v(q0) v(qb0)',
    ...read.flatMap((n, k) =>
      range(columns).map((m) => {
        const at = figure(k * timing.period + timing.taken);
        return `.meas tran q${n}_${m} find v(q${m})-v(qb${m}) at=${at}n`;
      }),
    ),
    '.end',
    '',
  ].join('\n');
  const weights = range(rows).map((n) =>
    range(columns).map((m) => Math.log(pair(n, m)[0] / pair(n, m)[1])),
  );
  return { text, weights };
}

type Pair = readonly [number, number];

function cell(name: string, wordLine: string, column: number, resistances: Pair): string {
  const [r, rb] = resistances.map((value) => figure(Number(value.toPrecision(7))));
  return `x${name}_${column} bl${column} blb${column} ${wordLine} sl${column} cell2t2r r=${r} rb=${rb}`;
}

/** A cell for each column that stands for those of all rows that rest. */
function lumpedCells(
  rows: readonly number[],
  columns: number,
  pair: (n: number, m: number) => Pair,
): string[] {
  if (rows.length === 0) return [];
  const mean = (values: readonly number[]): number =>
    values.length / values.reduce((sum, value) => sum + 1 / value, 0);
  const lumped = range(columns).map((m) => {
    const pairs = rows.map((n) => pair(n, m));
    const means: Pair = [mean(pairs.map(([r]) => r)), mean(pairs.map(([, rb]) => rb))];
    return `${cell('rest', '0', m, means)} m=${rows.length}`;
  });
  return ['', `* ${rows.length} rows that are not read`, ...lumped];
}

/** Of all devices, R_BL before R_BLb of each cell, row by row [Ω]. */
function resistancesOf({ rows, columns, pulses, seed }: Array2t2rOptions): Float64Array {
  const devices = new WeakResetArray(2 * rows * columns, { seed });
  devices.apply(pulses);
  const values = new Float64Array(devices.count);
  devices.readResistances(values);
  return values;
}

/** A word line is high in its read; rows that are not read stay low. */
function wordLine(row: number, turn: number): string {
  if (turn < 0) return `vwl${row} wl${row} 0 0`;
  return pulse(`vwl${row} wl${row}`, turn * timing.period + 0.2, timing.period - 0.6, undefined);
}

function pulse(name: string, start: number, width: number, repeated: 1 | undefined): string {
  const again = repeated === undefined ? '' : ` ${timing.period}n`;
  return `${name} 0 pulse(0 {vsupply} ${figure(start)}n 100p 100p ${figure(width - 0.1)}n${again})`;
}

/** Capacitance of a bit line: 10 fF, and 0.2 fF a row. */
function line(rows: number): string {
  return `${figure(10 + 0.2 * rows)}f`;
}

function range(n: number): number[] {
  return Array.from({ length: n }, (_, k) => k);
}

function problemsOf({ rows, columns, read, pulses }: Array2t2rOptions): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [name, size] of Object.entries({ rows, columns }))
    if (!Number.isInteger(size) || size < 1)
      found.push(error('A420', `an array cannot have ${size} ${name}`));
  const outside = read?.find((n) => !Number.isInteger(n) || n < 0 || n >= rows);
  if (outside !== undefined)
    found.push(error('A421', `there is no row ${outside} to read: rows are 0 to ${rows - 1}`));
  if (!Number.isInteger(pulses) || pulses < 0)
    found.push(error('A422', `${pulses} is no number of pulses`));
  return found;
}
