import { evaluate } from '../expression/index.js';
import type { MeasureEntry, MeasureStatement, OperandText } from './ast.js';
import type { MeasureCard, MeasureItem, MeasureOperand } from './circuit.js';
import { isKnownName, resolve } from './expand-outputs.js';
import type { Expansion } from './expansion.js';
import type { Scope } from './scope.js';

/** Resolves the names of a `.meas`; `others` are the names of all measures of the deck. */
export function expandMeasure(
  statement: MeasureStatement,
  scope: Scope,
  expansion: Expansion,
  others: ReadonlySet<string>,
): MeasureCard {
  const { analysis, name, entries, span } = statement;
  const operand = (text: OperandText) => resolveOperand(text, scope, expansion, others);
  return {
    ...(analysis ? { analysis: analysis.text.replace(/_cont$/, '') } : {}),
    name: name.text,
    items: entries.map((entry) => itemOf(entry, operand)),
    span,
  };
}

function itemOf(entry: MeasureEntry, operand: (text: OperandText) => MeasureOperand): MeasureItem {
  switch (entry.kind) {
    case 'operand':
      return { kind: 'operand', ...operand(entry) };
    case 'setting': {
      const { name } = entry;
      const value = operand(entry.value);
      return {
        kind: 'setting',
        name: name.text,
        value,
        span: { ...name.span, end: value.span.end },
      };
    }
    case 'equation': {
      const [left, right] = [operand(entry.left), operand(entry.right)];
      return { kind: 'equation', left, right, span: { ...left.span, end: right.span.end } };
    }
  }
}

function resolveOperand(
  { text, expression, span }: OperandText,
  scope: Scope,
  expansion: Expansion,
  others: ReadonlySet<string>,
): MeasureOperand {
  // A bare word may be a keyword: only the measure knows.
  const isWord = expression.kind === 'name' && !isKnownName(expression.name, scope, expansion);
  if (isWord) return { text, ...(others.has(expression.name) ? { expression } : {}), span };
  const resolved = resolve(expression, scope, expansion, others);
  const value = evaluate(resolved, noNames);
  return { text, expression: resolved, ...(typeof value === 'number' ? { value } : {}), span };
}

const noNames = { lookup: () => undefined, names: () => [] };
