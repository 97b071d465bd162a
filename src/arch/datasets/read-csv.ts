import { type Diagnostic, error, type Source } from '../../base/index.js';
import type { LabelledData } from './labelled-data.js';

/** What a reader of data makes of a file. */
export interface ReadData {
  /** Absent where there are diagnostics. */
  readonly data?: LabelledData;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads numbers separated by commas, the label in the last column. With a head (as scikit-learn writes
 * it) the first line has the number of samples, of features and the names of the classes; without one
 * the classes are named by their numbers.
 */
export function readCsvData(name: string, source: Source): ReadData {
  const lines = source.text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const head = lines[0]?.split(',') ?? [];
  const named = head.length > 2 && head.slice(2).every((word) => Number.isNaN(Number(word)));
  if (named) lines.shift();
  const features = (lines[0]?.split(',').length ?? 1) - 1;
  if (features < 1) return failure(source, 0, 'there are no samples');
  const inputs = new Float64Array(lines.length * features);
  const labels = new Uint8Array(lines.length);
  for (const [i, line] of lines.entries()) {
    const values = line.split(',').map(Number);
    const label = values.pop() ?? NaN;
    const place = source.text.indexOf(line);
    if (values.length !== features)
      return failure(
        source,
        place,
        `there are ${features} features above, and here another number`,
      );
    if (values.some(Number.isNaN)) return failure(source, place, 'here is something but numbers');
    if (!Number.isInteger(label) || label < 0 || label > 255)
      return failure(source, place, 'the last column is the label, a whole number from 0 to 255');
    inputs.set(values, i * features);
    labels[i] = label;
  }
  if (named && (Number(head[0]) !== lines.length || Number(head[1]) !== features))
    return failure(source, 0, `this promises ${head[0]} samples of ${head[1]} features`);
  const most = labels.reduce((a, b) => Math.max(a, b), 0);
  const classes = named ? head.slice(2) : Array.from({ length: most + 1 }, (_, k) => String(k));
  if (most >= classes.length) return failure(source, 0, `a label ${most} has no name here`);
  return {
    data: { name, count: lines.length, features, inputs, labels, classes },
    diagnostics: [],
  };
}

function failure(source: Source, start: number, message: string): ReadData {
  const newline = source.text.indexOf('\n', start);
  const end = newline < 0 ? source.text.length : newline;
  return { diagnostics: [error('A110', message, { source, start, end })] };
}
