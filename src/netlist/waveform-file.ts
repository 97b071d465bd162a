import { type Diagnostic, error, parseQuantity, type Source } from '../base/index.js';
import { type Dialect, translatedNumber } from '../expression/index.js';
import type { Word } from './ast.js';

const separators = /[\s,]+/;

/**
 * The pairs of time [s] and value [V or A] in a file for `pwl`: numbers with blanks, tabs, commas or
 * line ends between them, in any layout. Comments start with `*` or `#` at the begin of a line, or
 * with `;`. A first line of words is taken as the head of a table of two columns.
 *
 * Numbers may have SPICE suffixes. Undefined after an error, which points into the file.
 */
export function readWaveformFile(
  source: Source,
  dialect: Dialect,
  diagnostics: Diagnostic[],
): Word[] | undefined {
  const words: Word[] = [];
  let start = 0;
  for (const line of source.text.split('\n')) {
    const problem = readLine(source, line, start, dialect, words);
    if (problem) {
      diagnostics.push(problem);
      return undefined;
    }
    start += line.length + 1;
  }
  if (words.length > 0 && words.length % 2 === 0) return words;
  const what = words.length === 0 ? 'no points' : 'a time without a value at its end';
  const span = words.at(-1)?.span ?? { source, start: 0, end: Math.min(source.text.length, 1) };
  diagnostics.push(error('N426', `the file '${source.name}' has ${what}`, span, { help: [form] }));
  return undefined;
}

const form =
  'a file for pwl has pairs of time and value, such as two columns with commas or blanks';

function readLine(
  source: Source,
  line: string,
  start: number,
  dialect: Dialect,
  words: Word[],
): Diagnostic | undefined {
  const content = /^\s*[*#]/.test(line) ? '' : line.replace(/;.*/, '');
  const found = [...content.matchAll(/[^\s,]+/g)];
  const isHead = words.length === 0 && found.length > 0 && !/^\s*[-+.\d]/.test(content);
  if (isHead && content.trim().split(separators).length <= 2) return undefined;
  for (const { 0: written, index } of found) {
    const span = { source, start: start + index, end: start + index + written.length };
    const text = translatedNumber(written, dialect).toLowerCase();
    if (!Number.isFinite(parseQuantity(text))) {
      return error('N426', `'${written}' is not a number`, span, { help: [form] });
    }
    words.push({ kind: 'word', text, span });
  }
  return undefined;
}
