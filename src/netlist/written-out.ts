import type { Span } from '../base/index.js';
import {
  type Call,
  type Expression,
  inlined,
  mapChildren,
  parseExpressionText,
} from '../expression/index.js';

/** Functions that are an expression of others in x and y. */
export const writtenOut: Readonly<Record<string, string>> = {
  sign: 'sgn(y)*abs(x)',
  fmod: 'x%y',
  hypot: 'sqrt(x*x+y*y)',
  cbrt: 'pwrs(x,1/3)',
  buf: 'x>0.5?1:0',
  inv: 'x>0.5?0:1',
  eq0: 'x==0?1:0',
  ne0: 'x!=0?1:0',
  gt0: 'x>0?1:0',
  lt0: 'x<0?1:0',
  ge0: 'x>=0?1:0',
  le0: 'x<=0?1:0',
};

/** A call of one of them, written out; all of it points to the call. */
export function writeOut(call: Call): Expression {
  const text = writtenOut[call.name];
  const { expression: body } = parseExpressionText(text);
  if (!body) throw new Error(`'${text}' does not parse`);
  const parameters = ['x', 'y'].slice(0, call.arguments.length);
  const { name, span } = call;
  return withSpan(inlined(call, { name, parameters, body, span }), span);
}

function withSpan(expression: Expression, span: Span): Expression {
  if (expression.span.source === span.source) return expression;
  return mapChildren({ ...expression, span }, (child) => withSpan(child, span));
}
