import type { BinaryOperator, Expression } from './ast.js';

/** How strongly operators bind; the grammar's order. */
const strength: Readonly<Record<BinaryOperator, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
  '**': 8,
};
const prefixStrength = 7;
const primaryStrength = 9;

/** Canonical text: lower case, no blanks, the parentheses that are needed, shortest exact numbers. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return printNumber(expression.value);
    case 'name':
      return expression.name;
    case 'access':
      return expression.quantity === '@'
        ? `@${expression.names[0]}[${expression.names[1]}]`
        : `${expression.quantity}(${expression.names.join(',')})`;
    case 'call':
      return `${expression.name}(${expression.arguments.map(printExpression).join(',')})`;
    case 'unary':
      return expression.operator + inside(expression.operand, prefixStrength);
    case 'binary': {
      // Operators group from the left, so that an equal one on the right needs its parentheses.
      const own = strength[expression.operator];
      const left = inside(expression.left, own);
      return left + expression.operator + inside(expression.right, own + 1);
    }
    case 'conditional': {
      const { test, whenTrue, whenFalse } = expression;
      return `${inside(test, 1)}?${printExpression(whenTrue)}:${printExpression(whenFalse)}`;
    }
  }
}

/** The shortest decimal that reads back as the same number. */
export function printNumber(value: number): string {
  return String(value);
}

function inside(expression: Expression, least: number): string {
  const text = printExpression(expression);
  return strengthOf(expression) >= least ? text : `(${text})`;
}

function strengthOf(expression: Expression): number {
  switch (expression.kind) {
    case 'conditional':
      return 0;
    case 'binary':
      return strength[expression.operator];
    case 'unary':
      return prefixStrength;
    case 'number':
      return expression.value < 0 ? prefixStrength : primaryStrength;
    default:
      return primaryStrength;
  }
}
