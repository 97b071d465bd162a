import { EmbeddedActionsParser, type IToken } from 'chevrotain';
import { type Diagnostic, error, type Span } from '../base/index.js';
import { ngspice, parseExpression, translatedNumber } from '../expression/index.js';
import type { Assignment, Group, Item, Value, Word } from './ast.js';
import { type Card, cardSpan } from './cards.js';
import * as t from './card-tokens.js';

/**
 * The grammar that all cards share:
 *
 *     card:  item*
 *     item:  value | name = value (, value)* | name ( item* ) | ( item* )
 *     value: word | {expression} | 'expression'
 *
 * Commas between items are blanks. What the items mean is for the reader of each kind of card.
 */
class CardGrammar extends EmbeddedActionsParser {
  #card: Card = { source: { name: '', text: '' }, start: 0, text: '', dialect: ngspice };
  diagnostics: Diagnostic[] = [];

  constructor() {
    super(t.cardTokens, { maxLookahead: 2, skipValidations: true });
    this.performSelfAnalysis();
  }

  begin(card: Card, tokens: IToken[], diagnostics: Diagnostic[]): void {
    this.#card = card;
    this.diagnostics = diagnostics;
    this.input = tokens;
  }

  readonly items = this.RULE('items', (): Item[] => {
    const items: Item[] = [];
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.comma) },
        {
          ALT: () => {
            const item = this.SUBRULE(this.item);
            this.ACTION(() => items.push(item));
          },
        },
      ]);
    });
    return items;
  });

  readonly item = this.RULE('item', (): Item => {
    return this.OR([
      { ALT: () => this.SUBRULE(this.assignment) },
      { ALT: () => this.SUBRULE(this.call) },
      { ALT: () => this.SUBRULE(this.value) },
      { ALT: () => this.SUBRULE(this.group) },
    ]);
  });

  readonly assignment = this.RULE('assignment', (): Item => {
    const name = this.#word(this.CONSUME(t.word));
    this.CONSUME(t.equals);
    const values = [this.SUBRULE(this.value)];
    this.MANY({
      // A comma before `name=` or `name(` parts items; before anything else it makes a list.
      GATE: () => this.LA(3).tokenType !== t.equals && this.LA(3).tokenType !== t.open,
      DEF: () => {
        this.CONSUME(t.comma);
        const value = this.SUBRULE2(this.value);
        this.ACTION(() => values.push(value));
      },
    });
    return this.ACTION((): Assignment => {
      const end = values[values.length - 1].span.end;
      return { kind: 'assignment', name, values, span: { ...name.span, end } };
    });
  });

  readonly call = this.RULE('call', (): Item => {
    const name = this.#word(this.CONSUME(t.word));
    const group = this.SUBRULE(this.group) as Group;
    return this.ACTION(() => ({
      ...group,
      name,
      span: { ...name.span, end: group.span.end },
    }));
  });

  readonly group = this.RULE('group', (): Item => {
    const first = this.CONSUME(t.open);
    const items = this.SUBRULE(this.items);
    const last = this.CONSUME(t.close);
    return this.ACTION((): Group => {
      const end = this.#span(last).end;
      return { kind: 'group', items, span: { ...this.#span(first), end } };
    });
  });

  readonly value = this.RULE('value', (): Value => {
    return this.OR([
      { ALT: () => this.#word(this.CONSUME(t.word)) },
      { ALT: () => this.#word(this.CONSUME(t.text)) },
      { ALT: () => this.#braced(this.CONSUME(t.braced)) },
      { ALT: () => this.#braced(this.CONSUME(t.quoted)) },
    ]);
  });

  #span(token: IToken): Span {
    return cardSpan(this.#card, token.startOffset, token.startOffset + token.image.length);
  }

  #word(token: IToken): Word {
    return this.ACTION(() => {
      const isText = token.tokenType === t.text;
      const text = isText
        ? token.image.slice(1, -1)
        : translatedNumber(token.image, this.#card.dialect);
      return { kind: 'word', text: text.toLowerCase(), span: this.#span(token) };
    });
  }

  #braced(token: IToken): Value {
    return this.ACTION((): Value => {
      const span = this.#span(token);
      const inner = token.image.slice(1, -1);
      const parsed = parseExpression(span.source, span.start + 1, inner, this.#card.dialect);
      if (parsed.expression) return { kind: 'braced', expression: parsed.expression, span };
      this.diagnostics.push(parsed.diagnostic);
      return { kind: 'braced', expression: { kind: 'number', value: NaN, span }, span };
    });
  }
}

let grammar: CardGrammar | undefined;

/** Parses the tokens of one card; undefined after an error, which goes to `diagnostics`. */
export function parseItems(
  card: Card,
  tokens: IToken[],
  diagnostics: Diagnostic[],
): Item[] | undefined {
  grammar ??= new CardGrammar();
  const before = diagnostics.length;
  grammar.begin(card, tokens, diagnostics);
  const items = grammar.items();
  const [problem] = grammar.errors;
  if (problem) diagnostics.push(syntaxProblem(card, problem.token));
  return diagnostics.length > before ? undefined : items;
}

function syntaxProblem(card: Card, token: IToken): Diagnostic {
  if (Number.isNaN(token.startOffset) || token.image === '') {
    const end = card.text.length;
    return error('N401', 'this card ends too early', cardSpan(card, Math.max(end - 1, 0), end), {
      label: 'a value or a closing parenthesis is missing behind this',
    });
  }
  const span = cardSpan(card, token.startOffset, token.startOffset + token.image.length);
  return error('N401', `unexpected '${token.image}'`, span, {
    ...(token.image === '='
      ? { label: 'a name must stand before this, and a value behind it' }
      : {}),
    ...(token.image === ')' ? { label: "there is no '(' for this" } : {}),
  });
}
