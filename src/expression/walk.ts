import type { Expression } from './ast.js';

/** The operands and arguments of an expression, from left to right. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.test, expression.whenTrue, expression.whenFalse];
    case 'call':
      return expression.arguments;
    default:
      return [];
  }
}

/** Calls `visit` for the expression and everything in it, parents first. */
export function visitExpression(
  expression: Expression,
  visit: (expression: Expression) => void,
): void {
  visit(expression);
  for (const child of childrenOf(expression)) visitExpression(child, visit);
}

/** The same expression with its direct operands replaced by what `change` makes of them. */
export function mapChildren(
  expression: Expression,
  change: (expression: Expression) => Expression,
): Expression {
  switch (expression.kind) {
    case 'unary':
      return { ...expression, operand: change(expression.operand) };
    case 'binary':
      return { ...expression, left: change(expression.left), right: change(expression.right) };
    case 'conditional':
      return {
        ...expression,
        test: change(expression.test),
        whenTrue: change(expression.whenTrue),
        whenFalse: change(expression.whenFalse),
      };
    case 'call':
      return { ...expression, arguments: expression.arguments.map(change) };
    default:
      return expression;
  }
}
