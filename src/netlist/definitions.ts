import { type Diagnostic, error } from '../base/index.js';
import { parseExpression } from '../expression/index.js';
import type { Definition, FunctionDefinition, Word } from './ast.js';
import { type Card, cardSpan } from './cards.js';

/**
 * Reads `name=expression name=expression …` where expressions may stand bare and hold blanks
 * (`.param`, B elements): one ends where the next `name=` begins outside parentheses and braces.
 *
 * Expressions that do not parse are reported and left out.
 */
export function readDefinitions(
  card: Card,
  from: number,
  diagnostics: Diagnostic[],
): readonly Definition[] {
  const { definitions } = readWithFunctions(card, from, diagnostics);
  return definitions;
}

/** As `readDefinitions`, with `name(a, b)=expression` among them. */
export function readWithFunctions(
  card: Card,
  from: number,
  diagnostics: Diagnostic[],
): {
  readonly definitions: readonly Definition[];
  readonly functions: readonly FunctionDefinition[];
} {
  const heads = findHeads(card.text, from);
  const before = card.text.slice(from, heads[0]?.start ?? card.text.length);
  if (before.replaceAll(',', '').trim() !== '') {
    const start = from + before.search(/[^\s,]/);
    diagnostics.push(
      error(
        'N401',
        "'name=value' is expected here",
        cardSpan(card, start, start + before.trim().length),
      ),
    );
    return { definitions: [], functions: [] };
  }
  const definitions: Definition[] = [];
  const functions: FunctionDefinition[] = [];
  heads.forEach((head, i) => {
    const end = heads[i + 1]?.start ?? card.text.length;
    const definition = readDefinition(card, head, end, diagnostics);
    const called = definition && asFunction(card, head, definition, diagnostics);
    if (called === 'no function') definitions.push(definition as Definition);
    else if (called) functions.push(called);
  });
  return { definitions, functions };
}

const parameterPattern = /[A-Za-z_]\w*/y;

function asFunction(
  card: Card,
  head: Head,
  { name, expression, span }: Definition,
  diagnostics: Diagnostic[],
): FunctionDefinition | 'no function' | undefined {
  const opening = card.text.indexOf('(', head.start);
  if (opening < 0 || opening >= head.end) return 'no function';
  const own = { ...name, text: name.text.slice(0, opening - head.start).trim() };
  const parameters = readParameters(card, opening + 1, diagnostics);
  return parameters && { name: own, parameters: parameters.names, body: expression, span };
}

/** `a, b)`: names up to the closing parenthesis; undefined after an error. */
export function readParameters(
  card: Card,
  from: number,
  diagnostics: Diagnostic[],
): { readonly names: readonly Word[]; readonly end: number } | undefined {
  const names: Word[] = [];
  const closing = card.text.indexOf(')', from);
  for (let i = from; i < closing; i++) {
    if (/[\s,]/.test(card.text[i])) continue;
    parameterPattern.lastIndex = i;
    const match = parameterPattern.exec(card.text);
    if (!match) break;
    const end = i + match[0].length;
    names.push({ kind: 'word', text: match[0].toLowerCase(), span: cardSpan(card, i, end) });
    i = end - 1;
    if (/^\s*\)/.test(card.text.slice(end, closing + 1))) return { names, end: closing + 1 };
  }
  if (closing >= 0 && card.text.slice(from, closing).trim() === '') {
    return { names, end: closing + 1 };
  }
  diagnostics.push(
    error('N423', 'a function has names for its arguments', cardSpan(card, from - 1), {
      help: ["such as '.func scale(x, gain) {x*gain}'"],
    }),
  );
  return undefined;
}

/** Where a name, its end and its value stand on the card. */
interface Head {
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

const headPattern = /([A-Za-z_][\w.$#]*)(\s*\([^()]*\))?\s*=(?!=)/y;

function findHeads(text: string, from: number): Head[] {
  const heads: Head[] = [];
  let depth = 0;
  let quoted = false;
  for (let i = from; i < text.length; i++) {
    const character = text[i];
    if (character === "'") quoted = !quoted;
    else if (character === '(' || character === '{') depth++;
    else if (character === ')') depth--;
    // A closing brace also ends parentheses that are left open inside it.
    else if (character === '}') depth = 0;
    if (quoted || depth > 0 || !startsWord(text, i)) continue;
    headPattern.lastIndex = i;
    const match = headPattern.exec(text);
    if (!match) continue;
    const value = i + match[0].length;
    heads.push({ start: i, end: i + match[1].length + (match[2]?.length ?? 0), value });
    i = value - 1;
  }
  return heads;
}

function startsWord(text: string, at: number): boolean {
  return /[A-Za-z_]/.test(text[at]) && (at === 0 || !/[\w.$#]/.test(text[at - 1]));
}

function readDefinition(
  card: Card,
  head: Head,
  end: number,
  diagnostics: Diagnostic[],
): Definition | undefined {
  const name = card.text.slice(head.start, head.end).toLowerCase();
  const nameSpan = cardSpan(card, head.start, head.end);
  const text = card.text.slice(head.value, end).replace(/[\s,]+$/, '');
  if (text.trim() === '') {
    diagnostics.push(
      error('N401', `'${name}=' has no value`, cardSpan(card, head.start, head.value)),
    );
    return undefined;
  }
  const parsed = parseExpression(card.source, card.start + head.value, text, card.dialect);
  if (!parsed.expression) {
    diagnostics.push(parsed.diagnostic);
    return undefined;
  }
  const span = cardSpan(card, head.start, head.value + text.length);
  return {
    name: { kind: 'word', text: name, span: nameSpan },
    expression: parsed.expression,
    span,
  };
}
