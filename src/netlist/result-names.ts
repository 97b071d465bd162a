import { type Expression, mapChildren, visitExpression } from '../expression/index.js';

/** Names of results that are no quantities of the circuit, by the analysis that has them. */
const resultNames: Readonly<Record<string, RegExp>> = {
  noise: /^[oi]noise([_.]|$)/,
  tf: /^transfer_function$/,
  sens: /./,
};

/** What LTspice calls the spectra of `.noise`. */
const shortNames: Readonly<Record<string, string>> = {
  onoise: 'onoise_spectrum',
  inoise: 'inoise_spectrum',
};

/** The names in an expression that only results of this analysis have. */
export function resultNamesIn(
  expression: Expression,
  analysis: string | undefined,
): ReadonlySet<string> {
  const pattern = resultNames[analysis ?? ''] as RegExp | undefined;
  const found = new Set<string>();
  visitExpression(expression, (node) => {
    if (node.kind === 'name' && pattern?.test(node.name)) found.add(node.name);
  });
  return found;
}

/** An expression with the names that ngspice has: `v(onoise)` and `onoise` are `onoise_spectrum`. */
export function withResultNames(expression: Expression, analysis: string | undefined): Expression {
  if (analysis !== 'noise') return expression;
  const { span } = expression;
  const written =
    expression.kind === 'access' && expression.quantity === 'v' && expression.names.length === 1
      ? expression.names[0]
      : expression.kind === 'name'
        ? expression.name
        : '';
  if (Object.hasOwn(shortNames, written)) return { kind: 'name', name: shortNames[written], span };
  return mapChildren(expression, (child) => withResultNames(child, analysis));
}
