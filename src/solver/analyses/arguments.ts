/** Binding the arguments of an analysis card to a parameter table, by position. */
import { error, parameterProblem, type Diagnostic, type ParameterTable } from '../../base/index.js';
import type { AnalysisCard, CardArgument } from '../../netlist/circuit.js';

export interface PositionalTable<T extends ParameterTable> {
  readonly table: T;
  /** Names in the card's order; those behind the first `required` may be left out. */
  readonly required: number;
  readonly usage: string;
}

export type BoundNumbers<T extends ParameterTable> = { readonly [K in keyof T]: number };

/** Binds numbers in order; parameters left out keep their defaults. */
export function bindPositional<T extends ParameterTable>(
  card: AnalysisCard,
  args: readonly CardArgument[],
  { table, required, usage }: PositionalTable<T>,
  diagnostics: Diagnostic[],
): BoundNumbers<T> | undefined {
  const names = Object.keys(table);
  const before = diagnostics.length;
  const values: Record<string, number> = {};
  names.forEach((name, k) => {
    const argument = args[k];
    values[name] = table[name].default;
    if (argument === undefined) {
      if (k < required)
        diagnostics.push(
          wrongUse(card, `.${card.name} lacks ${name}, the ${table[name].doc}`, usage),
        );
    } else if (argument.value === undefined) {
      const message = `'${argument.text}' stands where .${card.name} expects ${name}, a number`;
      diagnostics.push(wrongUse(card, message, usage, argument));
    } else {
      const problem = parameterProblem(table[name], argument.value);
      if (problem)
        diagnostics.push(wrongUse(card, `${name} of .${card.name} ${problem}`, usage, argument));
      else values[name] = argument.value;
    }
  });
  if (args.length > names.length) {
    const extra = args[names.length];
    diagnostics.push(wrongUse(card, `.${card.name} has no use for '${extra.text}'`, usage, extra));
  }
  return diagnostics.length > before ? undefined : (values as BoundNumbers<T>);
}

/** An error about a card's arguments, with the usage as help. */
export function wrongUse(
  card: AnalysisCard,
  message: string,
  usage: string,
  argument?: CardArgument,
): Diagnostic {
  return error('S111', message, argument?.span ?? card.span, { help: [`usage: ${usage}`] });
}

/** Points that a sweep may have: a step that lost its suffix asks for more than memory holds. */
export const mostPoints = 1e7;

/** What is wrong with a sweep of more. */
export function tooManyPoints(count: number): string {
  return `a sweep of ${count.toPrecision(3)} points is more than the ${String(mostPoints)} that fit`;
}
