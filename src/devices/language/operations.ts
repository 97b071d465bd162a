import type { BinaryOp, UnaryOp } from './ir.js';

/** What each operation computes on numbers, and how it is written in JavaScript. */
type Unary = (x: number) => number;
type Binary = (a: number, b: number) => number;

export const unaryOperations: Readonly<Record<Exclude<UnaryOp, 'not'>, Unary>> = {
  neg: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  log10: Math.log10,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
  trunc: Math.trunc,
};

export const binaryOperations: Readonly<
  Record<'add' | 'sub' | 'mul' | 'div' | 'mod' | 'pow' | 'min' | 'max' | 'atan2', Binary>
> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  mod: (a, b) => a % b,
  pow: (a, b) => a ** b,
  min: Math.min,
  max: Math.max,
  atan2: Math.atan2,
};

export const comparisons: Readonly<
  Record<'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne', (a: number, b: number) => boolean>
> = {
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
};

/** JavaScript's infix operators. */
export const infix: Partial<Record<BinaryOp, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  mod: '%',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  eq: '===',
  ne: '!==',
  and: '&&',
  or: '||',
};

/** Functions of `Math` that a model may call, and their operations. */
export const mathFunctions: ReadonlyMap<string, { op: UnaryOp | BinaryOp; arity: 1 | 2 }> =
  mathTable();

function mathTable(): Map<string, { op: UnaryOp | BinaryOp; arity: 1 | 2 }> {
  const table = new Map<string, { op: UnaryOp | BinaryOp; arity: 1 | 2 }>();
  for (const op of Object.keys(unaryOperations) as UnaryOp[]) {
    if (op !== 'neg') table.set(op, { op, arity: 1 });
  }
  for (const op of ['pow', 'min', 'max', 'atan2'] as const) table.set(op, { op, arity: 2 });
  return table;
}
