import { type Diagnostic, error } from '../base/index.js';
import { parseExpression } from '../expression/index.js';
import type { ParameterStatement } from './ast.js';
import { type Card, cardSpan } from './cards.js';
import { readParameters } from './definitions.js';

const namePattern = /^\s*([A-Za-z_][\w.]*)\s*\(/;

/** `.func name(a, b) {…}`, with braces, quotes or nothing round the body, and `=` or not before it. */
export function parseFunction(
  card: Card,
  from: number,
  diagnostics: Diagnostic[],
): ParameterStatement | undefined {
  const match = namePattern.exec(card.text.slice(from));
  if (!match) {
    diagnostics.push(
      error('N423', "a '.func' has a name, arguments and an expression", cardSpan(card), {
        help: ["such as '.func scale(x, gain) {x*gain}'"],
      }),
    );
    return undefined;
  }
  const start = from + match[0].indexOf(match[1]);
  const name = {
    kind: 'word',
    text: match[1].toLowerCase(),
    span: cardSpan(card, start, start + match[1].length),
  } as const;
  const parameters = readParameters(card, from + match[0].length, diagnostics);
  if (!parameters) return undefined;
  const rest = card.text.slice(parameters.end);
  const body = parameters.end + (/^\s*=(?!=)/.exec(rest)?.[0].length ?? 0);
  const { source, dialect } = card;
  const parsed = parseExpression(source, card.start + body, card.text.slice(body), dialect);
  if (!parsed.expression) {
    diagnostics.push(parsed.diagnostic);
    return undefined;
  }
  const span = cardSpan(card);
  const own = { name, parameters: parameters.names, body: parsed.expression, span };
  return { kind: 'param', definitions: [], functions: [own], span };
}
