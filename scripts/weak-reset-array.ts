/**
 * Reads rows of a 2T2R array at transistor level, and compares signs with the resistances:
 * `npm run figures:array -- [folder] [rows, as 0,21,42,63 or all] [size] [seed] [whole]`.
 *
 * Each row is a simulation of its own. The rows that it leaves alone are lumped, as of `oxspice generate
 * array-2t2r --lump`; with `whole` every cell is there, at eight times the effort, and outputs are
 * compared with those of lumped rows. What a row gave is kept in the folder: the same command goes on
 * where it was ended, and reads a row anew whose deck or libraries have changed.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { generateArray2t2r } from '../src/arch/index.js';
import type { Source } from '../src/base/index.js';
import { measureAnalyses, simulate } from '../src/solver/index.js';
import { lines } from './figures/figure.js';

const [folder = 'results/weak-reset-array', chosen = 'all', size = '64', seed = '1', extent] =
  process.argv.slice(2);
const lumped = extent !== 'whole';
const library = join(import.meta.dirname, '..', 'circuits', 'weak-reset-network');
const side = Number(size);
const wanted = chosen === 'all' ? Array.from({ length: side }, (_, n) => n) : listOf(chosen);

interface Reading {
  readonly row: number;
  readonly column: number;
  /** ln(R_BL/R_BLb). */
  readonly weight: number;
  /** v(q) - v(qb) when it is taken [V]. */
  readonly output: number;
}

function listOf(text: string): number[] {
  return text.split(',').map(Number);
}

function includeReader(path: string, from: Source): Source {
  const name = resolve(dirname(from.name), path);
  return { name, text: readFileSync(name, 'utf8') };
}

interface Row {
  /** Of the deck and its libraries. */
  readonly hash: string;
  readonly readings: readonly Reading[];
  /** Processor time that it took [s]. */
  readonly seconds: number;
}

/** What an earlier command read, or a new reading, which is kept. */
async function row(n: number): Promise<Row> {
  const options = { rows: side, columns: side, read: [n], seed: Number(seed), library };
  const { text, weights } = generateArray2t2r({ ...options, lump: lumped });
  const hash = hashOf(text);
  const file = fileOf(n, lumped);
  const kept = keptIn(file);
  if (kept?.hash === hash) return kept;
  const before = process.cpuUsage();
  const readings = await readRow(n, text, weights);
  const { user, system } = process.cpuUsage(before);
  const read = { hash, readings, seconds: (user + system) / 1e6 };
  writeFileSync(file, `${JSON.stringify(read)}\n`);
  return read;
}

function fileOf(n: number, ofLumped: boolean): string {
  return join(target, 'rows', `${size}-${seed}-${n}${ofLumped ? '-lumped' : ''}.json`);
}

function keptIn(file: string): Row | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Row) : undefined;
}

/** Between outputs of a row with all cells and with lumped ones [V], where both were read. */
function differences(n: number): number[] {
  const [whole, lump] = [keptIn(fileOf(n, false)), keptIn(fileOf(n, true))];
  if (!whole || !lump) return [];
  return whole.readings.map(({ output }, m) => Math.abs(output - lump.readings[m].output));
}

function hashOf(text: string): string {
  const files = ['array.lib', 'sense-amplifier.lib', '../models/matched-130nm.lib'];
  const hash = createHash('sha256').update(text);
  for (const name of files) hash.update(readFileSync(join(library, name)));
  return hash.digest('hex');
}

/** @throws Error with the first message if the deck does not run to its end */
async function readRow(
  row: number,
  text: string,
  weights: readonly ArrayLike<number>[],
): Promise<Reading[]> {
  const { circuit, analyses, diagnostics } = await simulate(text, {
    name: 'array',
    reader: includeReader,
  });
  const problem = diagnostics.find(({ severity }) => severity === 'error');
  if (problem || !analyses[0]?.completed) throw new Error(problem?.message ?? 'not completed');
  const measures = await measureAnalyses(circuit!, analyses);
  return measures.map(({ value }, column) => {
    if (value === undefined) throw new Error(`no value of row ${row}, column ${column}`);
    return { row, column, weight: weights[row][column], output: value };
  });
}

function isRight({ weight, output }: Reading): boolean {
  return Math.sign(output) === Math.sign(weight);
}

const target = resolve(folder);
mkdirSync(join(target, 'rows'), { recursive: true });
const readings: Reading[] = [];
let seconds = 0;
for (const n of wanted) {
  const found = await row(n);
  readings.push(...found.readings);
  seconds += found.seconds;
  process.stdout.write(
    `row ${n}: ${found.readings.filter(isRight).length} of ${side} signs, ${found.seconds.toFixed(1)} s\n`,
  );
}

const sorted = [...readings].sort((one, other) => one.weight - other.weight);
const wrong = sorted.filter((each) => !isRight(each));
const compared = wanted.flatMap(differences);
const closest = sorted.filter(isRight).map(({ weight }) => Math.abs(weight));
const svg = lines({
  title: `Outputs of ${wanted.length} rows of a ${side} × ${side} array`,
  beside: 'sense amplifiers against ln(R_BL/R_BLb)',
  x: ['ln(R_BL/R_BLb)', sorted.map(({ weight }) => weight)],
  y: [['v(q) - v(qb)', sorted.map(({ output }) => output)]],
});
writeFileSync(join(target, `array-${side}x${side}.svg`), svg);
writeFileSync(join(target, 'readings.json'), `${JSON.stringify(readings, null, 1)}\n`);
process.stdout.write(
  [
    `${readings.length - wrong.length} of ${readings.length} signs are right, ${seconds.toFixed(0)} s of processor time`,
    ...wrong.map(
      ({ row, column, weight, output }) =>
        `wrong: row ${row}, column ${column}, ln(R_BL/R_BLb) = ${weight.toExponential(2)}, ${output.toFixed(3)} V`,
    ),
    ...(compared.length > 0
      ? [
          `${compared.length} outputs with all cells: ${Math.max(...compared).toExponential(1)} V away`,
        ]
      : []),
    `smallest |ln(R_BL/R_BLb)| that was read rightly: ${Math.min(...closest).toExponential(2)}`,
    '',
  ].join('\n'),
);
