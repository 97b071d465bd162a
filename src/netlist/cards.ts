import { type Diagnostic, error, type Source, type Span, warning } from '../base/index.js';
import type { Dialect } from '../expression/index.js';

/**
 * One logical line of a deck.
 *
 * `text` has as many characters as the stretch of source it comes from, with comments, line ends
 * and continuation marks blanked: character i of the card is character start + i of the source, so
 * that spans point to the right line and column across continuation lines.
 */
export interface Card {
  readonly source: Source;
  readonly start: number;
  readonly text: string;
  /** What its expressions and numbers mean. */
  readonly dialect: Dialect;
}

export function cardSpan(card: Card, from = 0, to = card.text.length): Span {
  return { source: card.source, start: card.start + from, end: card.start + to };
}

/** The title of a deck: its first line, whatever that looks like. */
export function titleLine(source: Source): { readonly text: string; readonly span: Span } {
  const end = lineEnd(source.text, 0);
  return { text: source.text.slice(0, end).trim(), span: { source, start: 0, end } };
}

/** The line behind the title. */
export function afterTitle(source: Source): number {
  const newline = source.text.indexOf('\n');
  return newline < 0 ? source.text.length : newline + 1;
}

/**
 * The cards of a text from `from` on, one at a time.
 *
 * Comments, as ngspice 39 reads them (run to see): a line that starts with `*`; the rest of a line
 * behind `;`, behind `//`, and behind a `$` that has a blank or a comma before it or starts the
 * line (`b$x` is a name). Other dialects have `;` only, or `$` too. Blank lines and comments may
 * stand before a `+`.
 */
export function* readCards(
  source: Source,
  from: number,
  dialect: Dialect,
  diagnostics: Diagnostic[],
): Generator<Card, void, undefined> {
  const { text } = source;
  let pieces: Piece[] = [];
  let position = from;
  while (position < text.length) {
    const end = lineEnd(text, position);
    const piece = contentOf(text, position, end, dialect);
    position = end + 1;
    if (!piece) continue;
    if (text[piece.start] !== '+') {
      if (pieces.length > 0) yield joined(source, pieces, dialect);
      pieces = [piece];
    } else if (pieces.length > 0) {
      pieces.push({ start: piece.start + 1, end: piece.end });
    } else {
      const span = { source, start: piece.start, end: piece.end };
      diagnostics.push(
        error('N101', 'there is no card that this line could continue', span, {
          help: ["a line that starts with '+' continues the card above it"],
        }),
      );
    }
  }
  if (pieces.length > 0) yield joined(source, pieces, dialect);
}

/** A stretch of one line without blanks at its ends and without its comment. */
interface Piece {
  readonly start: number;
  readonly end: number;
}

function lineEnd(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline;
}

function contentOf(
  text: string,
  from: number,
  lineEndsAt: number,
  dialect: Dialect,
): Piece | undefined {
  let start = from;
  while (start < lineEndsAt && isBlank(text.charCodeAt(start))) start++;
  if (start === lineEndsAt || text[start] === '*') return undefined;
  let end = commentStart(text, start, lineEndsAt, dialect);
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return end > start ? { start, end } : undefined;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}

const semicolon = 59;
const dollar = 36;
const slash = 47;
const doubleQuote = 34;
const comma = 44;

/** Where the comment at the end of a line starts; `end` if there is none. */
function commentStart(text: string, start: number, end: number, { comments }: Dialect): number {
  const [dollars, slashes] = [comments.includes('$'), comments.includes('//')];
  let quoted = false;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === doubleQuote) quoted = !quoted;
    if (quoted) continue;
    if (code === semicolon) return i;
    if (slashes && code === slash && text.charCodeAt(i + 1) === slash && i + 1 < end) return i;
    if (!dollars || code !== dollar) continue;
    const before = i === start ? 32 : text.charCodeAt(i - 1);
    if (isBlank(before) || before === comma) return i;
  }
  return end;
}

function joined(source: Source, pieces: readonly Piece[], dialect: Dialect): Card {
  const { start } = pieces[0];
  if (pieces.length === 1) {
    return { source, start, text: source.text.slice(start, pieces[0].end), dialect };
  }
  let text = '';
  for (const piece of pieces) {
    text = text.padEnd(piece.start - start) + source.text.slice(piece.start, piece.end);
  }
  return { source, start, text, dialect };
}

/** The first word of a card, lower case: what decides how it is read. */
export function firstWord(card: Card): string {
  const end = card.text.search(/[\s=(){},]/);
  return (end < 0 ? card.text : card.text.slice(0, end)).toLowerCase();
}

/**
 * Makes one card of `.data` and the lines up to `.enddata`: HSPICE lets rows go without `+`.
 */
export function* withTables(
  cards: Iterable<Card>,
  diagnostics: Diagnostic[],
): Generator<Card, void, undefined> {
  let open: Card | undefined;
  for (const card of cards) {
    const word = card.text.startsWith('.') ? firstWord(card) : '';
    if (open && word === '') open = together(open, card);
    else if (word === '.enddata' && open) {
      yield open;
      open = undefined;
    } else {
      if (open) diagnostics.push(unclosedTable(open));
      open = word === '.data' && !endOfTable.test(card.text) ? card : undefined;
      if (!open) yield word === '.data' ? withoutEnd(card) : card;
    }
  }
  if (open) diagnostics.push(unclosedTable(open));
}

/** `.data … .enddata` on one card. */
const endOfTable = /\s\.enddata\s*$/i;

function withoutEnd(card: Card): Card {
  return { ...card, text: card.text.replace(endOfTable, '') };
}

function together(card: Card, next: Card): Card {
  return { ...card, text: card.text.padEnd(next.start - card.start) + next.text };
}

function unclosedTable(card: Card): Diagnostic {
  return error('N403', "this '.data' has no '.enddata'", cardSpan(card, 0, '.data'.length));
}

/**
 * Leaves out `.control` … `.endc` blocks with one warning each, and ends at `.end`.
 * Returns the cards that are for this program.
 */
export function* withoutControl(
  cards: Iterable<Card>,
  diagnostics: Diagnostic[],
): Generator<Card, void, undefined> {
  let control: Card | undefined;
  let ended = false;
  for (const card of cards) {
    const word = card.text.startsWith('.') ? firstWord(card) : '';
    if (ended) {
      diagnostics.push(
        warning('N402', "cards behind '.end' are not read", cardSpan(card), {
          help: ["move them above '.end'"],
        }),
      );
      return;
    }
    if (word === '.end') ended = true;
    else if (control) {
      if (word === '.endc') control = undefined;
    } else if (word === '.control') {
      control = card;
      diagnostics.push(controlSkipped(card));
    } else yield card;
  }
  if (control && !ended) {
    diagnostics.push(error('N403', "this '.control' has no '.endc'", cardSpan(control)));
  }
}

function controlSkipped(card: Card): Diagnostic {
  return warning('N404', "commands of a '.control' block are not carried out", cardSpan(card), {
    label: "everything up to '.endc' is left out",
    help: ["write analyses as cards: '.tran 1n 1u', with '.print' and '.save' for results"],
  });
}
