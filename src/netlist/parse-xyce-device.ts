import { type Diagnostic, error } from '../base/index.js';
import type { ElementStatement } from './ast.js';
import { readItems } from './card-items.js';
import { type Card, cardSpan } from './cards.js';

const pattern = /^(y\w+)(?:!|\s+)([^\s=(){}',]+)/i;

/**
 * `YMEMRISTOR name n1 n2 model` of Xyce, whose instance is called `ymemristor!name`: as an N element,
 * with the device that its model card says.
 */
export function parseXyceDevice(
  card: Card,
  diagnostics: Diagnostic[],
): ElementStatement | undefined {
  const match = pattern.exec(card.text);
  const kind = match?.[1].toLowerCase() ?? '';
  if (!match || kind !== 'ymemristor') {
    const end = kind.length || 1;
    diagnostics.push(
      error('N502', "of Xyce's Y devices only YMEMRISTOR is supported", cardSpan(card, 0, end), {
        help: ["such as 'YMEMRISTOR mr1 n1 n2 mrm' with '.model mrm memristor level=2 …'"],
      }),
    );
    return undefined;
  }
  const end = match[0].length;
  const items = readItems(card, end, diagnostics);
  const text = `${kind}!${match[2].toLowerCase()}`;
  const name = { kind: 'word', text, span: cardSpan(card, 0, end) } as const;
  return items && { kind: 'element', letter: 'n', name, items, span: cardSpan(card) };
}
