import { evaluate } from '../expression/index.js';
import type { MeasureEntry, MeasureStatement, OperandText } from './ast.js';
import type { MeasureCard, MeasureItem, MeasureOperand } from './circuit.js';
import { isKnownName, type OtherNames, resolve } from './expand-outputs.js';
import type { Expansion } from './expansion.js';
import { resultNamesIn, withResultNames } from './result-names.js';
import type { Scope } from './scope.js';

/** Resolves the names of a `.meas`; `others` are the names of all measures of the deck. */
export function expandMeasure(
  statement: MeasureStatement,
  scope: Scope,
  expansion: Expansion,
  others: ReadonlySet<string>,
): MeasureCard {
  const { analysis, name, entries, span } = statement;
  const operand = (text: OperandText, isSetting: boolean) => {
    const expression = withResultNames(text.expression, analysis?.text);
    const results = resultNamesIn(expression, analysis?.text);
    return resolveOperand({ ...text, expression }, scope, expansion, {
      later: results.size === 0 ? others : new Set([...others, ...results]),
      valuesFirst: isSetting || !isBareWord(text),
    });
  };
  return {
    ...(analysis ? { analysis: analysis.text.replace(/_cont$/, '') } : {}),
    name: name.text,
    items: entries.map((entry) => itemOf(entry, operand)),
    span,
  };
}

/**
 * A word without quotes names a signal, `find out`. In anything else, `param='out*2'`, a parameter or
 * a measure comes before the node of its name, as in ngspice.
 */
function isBareWord({ expression, span }: OperandText): boolean {
  return expression.kind === 'name' && !"'{".includes(span.source.text[span.start]);
}

function itemOf(
  entry: MeasureEntry,
  operand: (text: OperandText, isSetting: boolean) => MeasureOperand,
): MeasureItem {
  switch (entry.kind) {
    case 'operand':
      return { kind: 'operand', ...operand(entry, false) };
    case 'setting': {
      const { name } = entry;
      const value = operand(entry.value, true);
      return {
        kind: 'setting',
        name: name.text,
        value,
        span: { ...name.span, end: value.span.end },
      };
    }
    case 'equation': {
      const [left, right] = [operand(entry.left, false), operand(entry.right, false)];
      return { kind: 'equation', left, right, span: { ...left.span, end: right.span.end } };
    }
  }
}

function resolveOperand(
  { text, expression, span }: OperandText,
  scope: Scope,
  expansion: Expansion,
  others: OtherNames,
): MeasureOperand {
  // A bare word may be a keyword: only the measure knows.
  const isWord = expression.kind === 'name' && !isKnownName(expression.name, scope, expansion);
  if (isWord) return { text, ...(others.later.has(expression.name) ? { expression } : {}), span };
  const resolved = resolve(expression, scope, expansion, others);
  const value = evaluate(resolved, noNames);
  return { text, expression: resolved, ...(typeof value === 'number' ? { value } : {}), span };
}

const noNames = { lookup: () => undefined, names: () => [] };
