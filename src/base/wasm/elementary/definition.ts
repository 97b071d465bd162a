import type { Body, Variable } from '../formula.js';
import type { ValueType } from '../function-builder.js';

/** How an elementary function is written; `use` gives the index of another one to call. */
export interface Definition {
  /** Number of operands, all f64. */
  readonly arity: 1 | 2;
  /** One f64 where it is left out. */
  readonly results?: readonly ValueType[];
  /** Every way through the body ends with `return`. */
  readonly write: (
    body: Body,
    operands: readonly Variable[],
    use: (name: string) => number,
  ) => void;
}

/** A function of one number. */
export function unary(
  write: (body: Body, x: Variable, use: (name: string) => number) => void,
): Definition {
  return {
    arity: 1,
    write: (body, [x], use) => {
      write(body, x, use);
    },
  };
}

/** Calls a function of f64 that gives one f64. */
export function callUnary(body: Body, index: number, x: Parameters<Body['let']>[0]): Variable {
  return body.call(index, [x], ['f64'])[0];
}
