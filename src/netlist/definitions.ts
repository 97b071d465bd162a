import { type Diagnostic, error } from '../base/index.js';
import { parseExpression } from '../expression/index.js';
import type { Definition } from './ast.js';
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
    return [];
  }
  const definitions: Definition[] = [];
  heads.forEach((head, i) => {
    const definition = readDefinition(
      card,
      head,
      heads[i + 1]?.start ?? card.text.length,
      diagnostics,
    );
    if (definition) definitions.push(definition);
  });
  return definitions;
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
  if (name.includes('(')) {
    diagnostics.push(
      error('N501', 'functions with arguments are not supported yet', nameSpan, {
        help: ["write the expression out where it is used, or use a '.param' without arguments"],
      }),
    );
    return undefined;
  }
  const text = card.text.slice(head.value, end).replace(/[\s,]+$/, '');
  if (text.trim() === '') {
    diagnostics.push(
      error('N401', `'${name}=' has no value`, cardSpan(card, head.start, head.value)),
    );
    return undefined;
  }
  const parsed = parseExpression(card.source, card.start + head.value, text);
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
