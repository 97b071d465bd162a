import type { Span } from '../base/index.js';
import type { BinaryOperator, Expression } from './ast.js';

/** Makers of nodes, for code that rewrites expressions. */
export function literal(value: number, span: Span): Expression {
  return { kind: 'number', value, span };
}

export function call(name: string, values: readonly Expression[], span: Span): Expression {
  return { kind: 'call', name, arguments: values, span };
}

export function operation(
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
  span: Span,
): Expression {
  return { kind: 'binary', operator, left, right, span };
}

export function choice(
  test: Expression,
  whenTrue: Expression,
  whenFalse: Expression,
  span: Span,
): Expression {
  return { kind: 'conditional', test, whenTrue, whenFalse, span };
}
