import { error } from '../base/index.js';
import { evaluate } from '../expression/index.js';
import type { FourierStatement } from './ast.js';
import type { FourierCard } from './circuit.js';
import { resolveItem } from './expand-outputs.js';
import type { Expansion } from './expansion.js';
import type { Scope } from './scope.js';

/** A `.four` with its frequency and signals; none after an error. */
export function expandFourier(
  { frequency, harmonics, items, span }: FourierStatement,
  scope: Scope,
  expansion: Expansion,
): FourierCard[] {
  const { report } = expansion;
  const value = report.number(evaluate(frequency, scope));
  const found = items.flatMap((item) => resolveItem(item, scope, expansion) ?? []);
  if (value === undefined || found.length < items.length) return [];
  if (value > 0) return [{ frequency: value, harmonics, items: found, span }];
  report.add(error('N304', "the frequency of '.four' lies above 0 Hz", frequency.span));
  return [];
}
