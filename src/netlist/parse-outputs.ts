import { type Diagnostic, error, type Span } from '../base/index.js';
import { parseExpression } from '../expression/index.js';
import type { NodeValueStatement, OutputEntry, OutputStatement, Value, Word } from './ast.js';
import { type Card, cardSpan } from './cards.js';

/** A stretch of a card: what stands between blanks outside parentheses. */
interface Chunk {
  readonly start: number;
  readonly end: number;
}

const analyses = new Set(['op', 'dc', 'ac', 'tran', 'noise', 'tf', 'sens', 'pz', 'disto']);

/** `.save v(a) i(v1) @m1[gm]` and `.print tran v(a) v(a,b) {v(a)*2}`. */
export function parseOutputs(
  card: Card,
  kind: 'save' | 'print',
  from: number,
  diagnostics: Diagnostic[],
): OutputStatement | undefined {
  const chunks = chunksOf(card.text, from);
  let analysis: Word | undefined;
  if (chunks.length > 0) {
    const first = wordOf(card, chunks[0]);
    if (analyses.has(first.text)) {
      analysis = first;
      chunks.shift();
    }
  }
  const items = chunks.flatMap((chunk) => readEntry(card, chunk, diagnostics) ?? []);
  if (items.length < chunks.length) return undefined;
  if (items.length === 0) {
    diagnostics.push(
      error('N401', `this '.${kind}' names no quantity`, cardSpan(card), {
        help: [`such as '.${kind}${kind === 'print' ? ' tran' : ''} v(out) i(v1)'`],
      }),
    );
    return undefined;
  }
  return { kind, ...(analysis ? { analysis } : {}), items, span: cardSpan(card) };
}

function readEntry(card: Card, chunk: Chunk, diagnostics: Diagnostic[]): OutputEntry | undefined {
  const span = cardSpan(card, chunk.start, chunk.end);
  const written = card.text.slice(chunk.start, chunk.end);
  const text = written.replaceAll(/\s/g, '');
  if (text.toLowerCase() === 'all') return { text, expression: 'all', span };
  // A node may have a number for its name: `.save 3`; `3` alone is no expression worth printing.
  const parsed = parseExpression(card.source, card.start + chunk.start, written, card.dialect);
  if (parsed.expression) return { text, expression: parsed.expression, span };
  diagnostics.push(parsed.diagnostic);
  return undefined;
}

/** Cuts at blanks and commas outside parentheses; `v (a)` and `v( a , b )` stay whole. */
function chunksOf(text: string, from: number): Chunk[] {
  const chunks: Chunk[] = [];
  let depth = 0;
  let start = -1;
  for (let i = from; i <= text.length; i++) {
    const character = text[i] ?? ' ';
    const separates = depth === 0 && /[\s,]/.test(character);
    if (separates && start >= 0 && !/^\s*\(/.test(text.slice(i, i + 8))) {
      chunks.push({ start, end: i });
      start = -1;
    } else if (!separates && start < 0 && i < text.length) start = i;
    if (/[({[]/.test(character)) depth++;
    else if (/[)}\]]/.test(character)) depth = Math.max(0, depth - 1);
  }
  if (start >= 0) chunks.push({ start, end: text.length });
  return chunks;
}

function wordOf(card: Card, chunk: Chunk): Word {
  const text = card.text.slice(chunk.start, chunk.end).toLowerCase();
  return { kind: 'word', text, span: cardSpan(card, chunk.start, chunk.end) };
}

const entryPattern =
  /[\s,]*(?:v\s*\(\s*([^\s(),]+)\s*\)\s*=\s*(\{[^{}]*\}|'[^']*'|[^\s,{}']+)|(\S+))/giy;

/** `.ic v(a)=1 v(b)={start}` and `.nodeset …`. */
export function parseNodeValues(
  card: Card,
  kind: 'ic' | 'nodeset',
  from: number,
  diagnostics: Diagnostic[],
): NodeValueStatement | undefined {
  const entries: { node: Word; value: Value; span: Span }[] = [];
  const { text } = card;
  entryPattern.lastIndex = from;
  for (let match = entryPattern.exec(text); match; match = entryPattern.exec(text)) {
    const [whole, node, written, wrong] = match;
    const end = match.index + whole.length;
    if (wrong !== undefined) {
      diagnostics.push(nodeValueForm(card, kind, end - wrong.length, end));
      return undefined;
    }
    const value = readValue(card, { start: end - written.length, end }, diagnostics);
    if (!value) return undefined;
    const start = match.index + whole.search(/[^\s,]/);
    const nodeStart =
      text.indexOf('(', start) + 1 + text.slice(text.indexOf('(', start) + 1).search(/\S/);
    const word = wordOf(card, { start: nodeStart, end: nodeStart + node.length });
    entries.push({ node: word, value, span: cardSpan(card, start, end) });
  }
  if (entries.length > 0) return { kind, entries, span: cardSpan(card) };
  diagnostics.push(nodeValueForm(card, kind, 0, text.length));
  return undefined;
}

function nodeValueForm(card: Card, kind: string, from: number, to: number): Diagnostic {
  return error('N401', `'v(node)=value' is expected here`, cardSpan(card, from, to), {
    help: [`such as '.${kind} v(out)=2.5'`],
  });
}

function readValue(card: Card, chunk: Chunk, diagnostics: Diagnostic[]): Value | undefined {
  const first = card.text[chunk.start];
  if (first !== '{' && first !== "'") return wordOf(card, chunk);
  const inner = card.text.slice(chunk.start + 1, chunk.end - 1);
  const parsed = parseExpression(card.source, card.start + chunk.start + 1, inner, card.dialect);
  if (parsed.expression) {
    const span = cardSpan(card, chunk.start, chunk.end);
    return { kind: 'braced', expression: parsed.expression, span };
  }
  diagnostics.push(parsed.diagnostic);
  return undefined;
}
