import { type Diagnostic, error, type Span } from '../base/index.js';
import { parseExpression } from '../expression/index.js';
import type { MeasureEntry, MeasureStatement, OperandText, Word } from './ast.js';
import { type Card, cardSpan } from './cards.js';

/** A stretch of the card: an operand, or an equals sign. */
interface Piece {
  start: number;
  end: number;
}

const analyses = new Set(['tran', 'ac', 'dc', 'op', 'noise', 'sp', 'tf', 'tran_cont', 'ac_cont']);
const plainName = /^[a-z_][\w.#]*$/i;

/**
 * Reads `.meas [analysis] name …`. What measures there are is no part of the grammar: the rest is
 * cut into operands, `name=value` and equations, and the measures make of these what they need.
 */
export function parseMeasure(
  card: Card,
  from: number,
  diagnostics: Diagnostic[],
): MeasureStatement | undefined {
  const pieces = joinOperators(card.text, cut(card.text, from));
  const words = pieces.slice(0, 2).map((piece) => wordOf(card, piece));
  const analysis = words.length > 0 && analyses.has(words[0].text) ? words[0] : undefined;
  const name = words[analysis ? 1 : 0] as Word | undefined;
  const rest = pieces.slice(analysis ? 2 : 1);
  if (!name || !plainName.test(name.text) || rest.length === 0) {
    diagnostics.push(
      error('N419', "a '.meas' has an analysis, a name and what is measured", cardSpan(card), {
        help: ["such as '.meas tran peak max v(out) from=1n to=5n'"],
      }),
    );
    return undefined;
  }
  const entries = readEntries(card, rest, diagnostics);
  if (!entries) return undefined;
  return {
    kind: 'measure',
    ...(analysis ? { analysis } : {}),
    name,
    entries,
    span: cardSpan(card),
  };
}

function readEntries(
  card: Card,
  pieces: readonly Piece[],
  diagnostics: Diagnostic[],
): MeasureEntry[] | undefined {
  const entries: MeasureEntry[] = [];
  for (let i = 0; i < pieces.length; i++) {
    const left = pieces[i];
    const isEquation = isEquals(card.text, pieces[i + 1]);
    const right = isEquation ? pieces[i + 2] : undefined;
    if (isEquals(card.text, left) || (isEquation && !right) || isEquals(card.text, right)) {
      diagnostics.push(
        error('N419', "a name must stand before '=' and a value behind it", spanOf(card, left)),
      );
      return undefined;
    }
    const entry = right
      ? readPair(card, left, right, entries.at(-1), diagnostics)
      : readOperand(card, left, diagnostics);
    if (!entry) return undefined;
    entries.push('kind' in entry ? entry : { kind: 'operand', ...entry });
    if (right) i += 2;
  }
  return entries;
}

/** `val=0.5` sets something; `v(out)=0.5`, and whatever stands behind `when`, is an equation. */
function readPair(
  card: Card,
  left: Piece,
  right: Piece,
  before: MeasureEntry | undefined,
  diagnostics: Diagnostic[],
): MeasureEntry | undefined {
  const value = readOperand(card, right, diagnostics);
  if (!value) return undefined;
  const name = wordOf(card, left);
  const asked = before?.kind === 'operand' && before.text === 'when';
  if (plainName.test(name.text) && !asked) return { kind: 'setting', name, value };
  const operand = readOperand(card, left, diagnostics);
  return operand && { kind: 'equation', left: operand, right: value };
}

function readOperand(card: Card, piece: Piece, diagnostics: Diagnostic[]): OperandText | undefined {
  const written = card.text.slice(piece.start, piece.end);
  const parsed = parseExpression(card.source, card.start + piece.start, written, card.dialect);
  if (!parsed.expression) {
    diagnostics.push(parsed.diagnostic);
    return undefined;
  }
  const bare = /^(?:\{[^{}]*\}|'[^']*')$/.test(written) ? written.slice(1, -1) : written;
  const text = bare.replaceAll(/\s/g, '').toLowerCase();
  return { text, expression: parsed.expression, span: spanOf(card, piece) };
}

/** Cuts at blanks, commas and equals signs outside parentheses, braces and quotes. */
function cut(text: string, from: number): Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  let quoted = false;
  let start = -1;
  const close = (end: number): void => {
    if (start >= 0) pieces.push({ start, end });
    start = -1;
  };
  for (let i = from; i < text.length; i++) {
    const character = text[i];
    if (character === "'") quoted = !quoted;
    else if (!quoted && '({['.includes(character)) depth++;
    else if (!quoted && ')}]'.includes(character)) depth = Math.max(0, depth - 1);
    const inside = quoted || depth > 0;
    if (!inside && isSettingSign(text, i)) {
      close(i);
      pieces.push({ start: i, end: i + 1 });
    } else if (!inside && (character === ',' || character.trim() === '')) {
      if (!opensParentheses(text, i) || start < 0) close(i);
    } else if (start < 0) start = i;
  }
  close(text.length);
  return pieces;
}

/** An equals sign that is no part of `==`, `<=`, `>=` or `!=`. */
function isSettingSign(text: string, at: number): boolean {
  return text[at] === '=' && text[at + 1] !== '=' && !'=<>!'.includes(text[at - 1] ?? ' ');
}

/** Whether only blanks lie between here and a `(`: `v (a)` is one quantity. */
function opensParentheses(text: string, at: number): boolean {
  return /^\s{1,8}\(/.test(text.slice(at, at + 10));
}

const opensOperation = /^(?:[*/^%?:<>&|!=]|[-+]$)/;
const leavesOperation = /[-+*/^%?:<>&|!]$|==$/;

/** `v(a) * 2` is one operand: puts pieces together that an operator joins. */
function joinOperators(text: string, pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const open = last && !isEquals(text, last) && !isEquals(text, piece);
    const shown = text.slice(piece.start, piece.end);
    const continues =
      open &&
      (opensOperation.test(shown) || leavesOperation.test(text.slice(last.start, last.end)));
    if (continues) last.end = piece.end;
    else joined.push({ ...piece });
  }
  return joined;
}

function isEquals(text: string, piece: Piece | undefined): boolean {
  return piece !== undefined && text.slice(piece.start, piece.end) === '=';
}

function spanOf(card: Card, { start, end }: Piece): Span {
  return cardSpan(card, start, end);
}

function wordOf(card: Card, piece: Piece): Word {
  const text = card.text.slice(piece.start, piece.end).toLowerCase();
  return { kind: 'word', text, span: spanOf(card, piece) };
}
