import { type Diagnostic, error, warning } from '../base/index.js';
import type { Assignment, CornerStatement, MonteCarloStatement } from './ast.js';
import { readItems } from './card-items.js';
import { type Card, cardSpan } from './cards.js';

/**
 * `.mc runs [seed=number]`. What PSpice has behind the runs (analysis, output, function) is said to
 * be the business of `.meas`.
 */
export function parseMonteCarlo(
  card: Card,
  from: number,
  diagnostics: Diagnostic[],
): MonteCarloStatement | undefined {
  const items = readItems(card, from, diagnostics);
  if (!items) return undefined;
  const [runs, ...rest] = items;
  if (runs?.kind !== 'word' && runs?.kind !== 'braced') {
    diagnostics.push(
      error('N429', "a '.mc' has a number of runs", cardSpan(card), {
        help: ["such as '.mc 1000' or '.mc 1000 seed=7'"],
      }),
    );
    return undefined;
  }
  const seed = rest.find((item) => item.kind === 'assignment' && item.name.text === 'seed');
  const other = rest.find((item) => item !== seed);
  if (other) {
    diagnostics.push(
      warning('N503', "what stands here on a '.mc' has no effect", other.span, {
        help: ['all analyses are run; what is wanted of them is said by .meas'],
      }),
    );
  }
  return {
    kind: 'monteCarlo',
    runs,
    ...(seed?.kind === 'assignment' ? { seed: seed.values[0] } : {}),
    span: cardSpan(card),
  };
}

/** `.corner name parameter=value … temp=value`: one row of a loop over all corners. */
export function parseCorner(
  card: Card,
  from: number,
  diagnostics: Diagnostic[],
): CornerStatement | undefined {
  const items = readItems(card, from, diagnostics);
  if (!items) return undefined;
  const [name, ...rest] = items;
  const wrong = rest.find((item) => item.kind !== 'assignment' || item.values.length !== 1);
  if (name?.kind !== 'word' || rest.length === 0 || wrong) {
    const message = "a '.corner' has a name and what it sets";
    diagnostics.push(
      error('N429', message, wrong?.span ?? cardSpan(card), {
        help: ["such as '.corner slow vdd=4.5 temp=125'"],
      }),
    );
    return undefined;
  }
  return {
    kind: 'corner',
    name,
    settings: rest as Assignment[],
    span: cardSpan(card),
  };
}
