/** A text that a user wrote: a deck, an included file, a model. Spans point into it. */
export interface Source {
  /** What messages call it, usually a path relative to where the user stands. */
  readonly name: string;
  readonly text: string;
}

/** A half-open range of characters `[start, end)` of one source. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** Line and column, both counted from 1 as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

const lineStarts = new WeakMap<Source, Int32Array>();

function startsOf(source: Source): Int32Array {
  const known = lineStarts.get(source);
  if (known) return known;
  const starts = [0];
  for (let i = source.text.indexOf('\n'); i >= 0; i = source.text.indexOf('\n', i + 1)) {
    starts.push(i + 1);
  }
  const table = Int32Array.from(starts);
  lineStarts.set(source, table);
  return table;
}

/** The position of a character offset. */
export function positionAt(source: Source, offset: number): Position {
  const starts = startsOf(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low] + 1 };
}

/** The text of line `line` (from 1), without its line end. */
export function lineText(source: Source, line: number): string {
  const starts = startsOf(source);
  const start = starts[line - 1] ?? source.text.length;
  const end = starts[line] ?? source.text.length + 1;
  return source.text.slice(start, end - 1).replace(/\r$/, '');
}

/** The characters that a span covers. */
export function spanText(span: Span): string {
  return span.source.text.slice(span.start, span.end);
}

/** `name:line:column` of a span's first character. */
export function spanPlace(span: Span): string {
  const { line, column } = positionAt(span.source, span.start);
  return `${span.source.name}:${String(line)}:${String(column)}`;
}
