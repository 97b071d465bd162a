import { type Diagnostic, error, type Source } from '../../base/index.js';
import type { LabelledData } from './labelled-data.js';

/** What a reader of data makes of a file. */
export interface ReadData {
  /** Absent where there are diagnostics. */
  readonly data?: LabelledData;
  readonly diagnostics: readonly Diagnostic[];
}

/** A line with something in it. */
interface Row {
  readonly words: readonly string[];
  readonly start: number;
  readonly end: number;
}

/**
 * Reads numbers separated by commas, the label in the last column: a whole number, or in all lines a
 * name. The first line may be a head as scikit-learn writes it (the number of samples, of features and
 * the names of the classes), or have the names of the columns. Without names of classes they are those
 * of the labels, in their order.
 */
export function readCsvData(name: string, source: Source): ReadData {
  const rows = rowsOf(source.text);
  const head = hasHead(rows) ? rows.shift() : undefined;
  if (!head && rows.length > 1 && rows[0].words.every(isText)) rows.shift();
  if (rows.length === 0) return failure(source, { start: 0 }, 'there are no samples');
  const features = rows[0].words.length - 1;
  if (features < 1)
    return failure(source, rows[0], 'a sample has features and a label, with commas between them');
  const inputs = new Float64Array(rows.length * features);
  const labels = rows.map(({ words }) => words[words.length - 1]);
  const byName = !head && labels.every(isText);
  for (const [i, row] of rows.entries()) {
    const problem = rowProblem(source, row, features, byName);
    if (problem) return problem;
    inputs.set(row.words.slice(0, -1).map(Number), i * features);
  }
  const named = head?.words.slice(2);
  if (head && (Number(head.words[0]) !== rows.length || Number(head.words[1]) !== features))
    return failure(
      source,
      head,
      `this promises ${head.words[0]} samples of ${head.words[1]} features`,
    );
  const known = byName ? [...new Set(labels)].sort() : numbersOf(labels);
  if (known.length > 256)
    return failure(source, rows[0], `there are ${known.length} classes, and 256 at the most`);
  const most = Number(known[known.length - 1]);
  if (named && most >= named.length)
    return failure(source, head!, `a label ${most} has no name here`);
  const places = new Map(known.map((label, k) => [label, named ? Number(label) : k]));
  const ownLabels = Uint8Array.from(labels, (label) =>
    places.get(byName ? label : String(Number(label)))!,
  );
  return {
    data: {
      name,
      count: rows.length,
      features,
      inputs,
      labels: ownLabels,
      classes: named ?? known,
    },
    diagnostics: [],
  };
}

function rowsOf(text: string): Row[] {
  return [...text.matchAll(/[^\r\n]+/g)]
    .filter(([line]) => line.trim() !== '')
    .map(({ 0: line, index }) => ({
      words: line.split(',').map((word) => word.trim()),
      start: index,
      end: index + line.length,
    }));
}

/** `150,4,setosa,versicolor,virginica`, which is no sample with a name for its label. */
function hasHead([first, second]: readonly Row[]): boolean {
  if (!first || first.words.length < 3 || !first.words.slice(2).every(isText)) return false;
  if (!first.words.slice(0, 2).every((word) => /^\d+$/.test(word))) return false;
  return (
    !second ||
    second.words.length !== first.words.length ||
    !isText(second.words[second.words.length - 1])
  );
}

function isText(word: string): boolean {
  return word !== '' && Number.isNaN(Number(word));
}

function rowProblem(
  source: Source,
  row: Row,
  features: number,
  byName: boolean,
): ReadData | undefined {
  const { words } = row;
  if (words.length !== features + 1)
    return failure(source, row, `there are ${features} features above, and here another number`);
  if (!words.slice(0, -1).every((word) => word !== '' && Number.isFinite(Number(word))))
    return failure(source, row, 'here is something but numbers');
  const label = words[features];
  if (byName || (/^\d+(\.0*)?$/.test(label) && Number(label) <= 255)) return undefined;
  return failure(source, row, 'the last column is the label, a whole number from 0 to 255');
}

function numbersOf(labels: readonly string[]): string[] {
  return [...new Set(labels.map(Number))].sort((a, b) => a - b).map(String);
}

function failure(
  source: Source,
  { start, end = start }: { readonly start: number; readonly end?: number },
  message: string,
): ReadData {
  return { diagnostics: [error('A110', message, { source, start, end })] };
}
