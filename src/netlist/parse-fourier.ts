import { type Diagnostic, error } from '../base/index.js';
import type { FourierStatement } from './ast.js';
import { type Card, cardSpan } from './cards.js';
import { parseOutputs } from './parse-outputs.js';

/** What ngspice computes: the mean value and nine harmonics. */
const usualHarmonics = 9;

/** `.four frequency v(a) v(a,b) …`, with PSpice's number of harmonics behind the frequency. */
export function parseFourier(
  card: Card,
  from: number,
  diagnostics: Diagnostic[],
): FourierStatement | undefined {
  const before = diagnostics.length;
  const outputs = parseOutputs(card, 'print', from, diagnostics);
  if (!outputs && !/^\s*$/.test(card.text.slice(from))) return undefined;
  const [frequency, ...rest] = outputs?.items ?? [];
  const count = rest[0]?.expression;
  const counted = rest.length > 1 && count !== 'all' && count?.kind === 'number';
  const items = counted ? rest.slice(1) : rest;
  if (!outputs || !frequency || frequency.expression === 'all' || items.length === 0) {
    diagnostics.length = before;
    const help = ["such as '.four 1k v(out) v(in,out)'"];
    const message = "a '.four' has a frequency and what is to be analysed";
    diagnostics.push(error('N401', message, cardSpan(card), { help }));
    return undefined;
  }
  const harmonics = counted ? count.value : usualHarmonics;
  if (!Number.isInteger(harmonics) || harmonics < 1 || harmonics > 10_000) {
    const message = 'the number of harmonics is a whole number from 1 to 10000';
    diagnostics.push(error('N304', message, rest[0].span));
    return undefined;
  }
  return {
    kind: 'fourier',
    frequency: frequency.expression,
    harmonics,
    items,
    span: cardSpan(card),
  };
}
