import { Lexer } from 'chevrotain';
import { type Diagnostic, error } from '../base/index.js';
import { translatedNumber } from '../expression/index.js';
import type { Item, Word } from './ast.js';
import { parseItems } from './card-grammar.js';
import * as t from './card-tokens.js';
import { type Card, cardSpan } from './cards.js';

let lexer: Lexer | undefined;

/** Characters that need the grammar. */
const special = /[{}()'",]/;
/** An equals sign with a blank beside it, or two in one word. */
const looseEquals = /(?:^|\s)=|=(?:\s|$|\S*=)/;

/** Deeper parentheses than this are refused, so that the parser's stack holds. */
const deepestNesting = 100;

/**
 * The items of a card from character `from` on; undefined if it is malformed (the reason goes to
 * `diagnostics`).
 *
 * Most cards of a large deck are plain words and `name=value`, and need no grammar.
 */
export function readItems(card: Card, from: number, diagnostics: Diagnostic[]): Item[] | undefined {
  if (!special.test(card.text) && !looseEquals.test(card.text)) return readWords(card, from);
  lexer ??= new Lexer(t.cardTokens, { positionTracking: 'onlyOffset', skipValidations: true });
  // Blanks in place of what comes before `from` keep the positions.
  const lexed = lexer.tokenize(' '.repeat(from) + card.text.slice(from));
  let depth = 0;
  for (const { tokenType, startOffset, image } of lexed.tokens) {
    if (tokenType === t.unclosed || tokenType === t.stray) {
      diagnostics.push(unclosed(card, startOffset, image[0]));
      return undefined;
    }
    if (tokenType === t.open && ++depth > deepestNesting) {
      diagnostics.push(
        error('N401', 'too many parentheses inside one another', cardSpan(card, startOffset)),
      );
      return undefined;
    }
    if (tokenType === t.close) depth--;
  }
  return parseItems(card, lexed.tokens, diagnostics);
}

function unclosed(card: Card, at: number, opener: string): Diagnostic {
  const closer = opener === '{' ? '}' : opener;
  const span = cardSpan(card, at, at + 1);
  if (opener === '}') return error('N102', "there is no '{' for this '}'", span);
  return error('N102', `this ${opener} is not closed`, span, {
    label: `no ${closer} follows on this card`,
  });
}

const wordPattern = /\S+/g;

/** The items of a card of words and `name=value` only. */
function readWords(card: Card, from: number): Item[] {
  const items: Item[] = [];
  wordPattern.lastIndex = from;
  for (let match = wordPattern.exec(card.text); match; match = wordPattern.exec(card.text)) {
    items.push(wordOrAssignment(card, match.index, match[0]));
  }
  return items;
}

function wordOrAssignment(card: Card, start: number, text: string): Item {
  const equals = text.indexOf('=');
  if (equals < 0) return plainWord(card, start, text);
  return {
    kind: 'assignment',
    name: plainWord(card, start, text.slice(0, equals)),
    values: [plainWord(card, start + equals + 1, text.slice(equals + 1))],
    span: cardSpan(card, start, start + text.length),
  };
}

function plainWord(card: Card, start: number, text: string): Word {
  const span = cardSpan(card, start, start + text.length);
  return { kind: 'word', text: translatedNumber(text, card.dialect).toLowerCase(), span };
}
