import type { Definition } from './elementary/definition.js';
import { exp, expm1 } from './elementary/exponential.js';
import { acosh, asinh, atanh, cosh, sinh, tanh } from './elementary/hyperbolic.js';
import { acos, asin, atan, atan2 } from './elementary/inverse-trigonometric.js';
import { log, log10, log1p } from './elementary/logarithm.js';
import { pow, powAtTheEnds } from './elementary/power.js';
import { mod, round, sign } from './elementary/rounding.js';
import { cos, reduceAngle, reduceLargeAngle, sin, tan } from './elementary/trigonometric.js';
import { Body } from './formula.js';
import type { WasmModule } from './module-builder.js';

/**
 * The functions of `Math` that are no instruction of WebAssembly, written in it: calls to
 * JavaScript's would cost more than they compute. They use no imports and the same operations on
 * every engine, so that results are the same bits everywhere.
 */
export const elementaryFunctions = {
  exp,
  expm1,
  log,
  log1p,
  log10,
  pow,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  atan2,
  sinh,
  cosh,
  tanh,
  asinh,
  acosh,
  atanh,
  round,
  sign,
  mod,
} as const satisfies Record<string, Definition>;

export type ElementaryFunction = keyof typeof elementaryFunctions;

const definitions: Readonly<Record<string, Definition>> = {
  ...elementaryFunctions,
  powAtTheEnds,
  reduceAngle,
  reduceLargeAngle,
};

function indexOf(module: WasmModule, name: string): number {
  const { arity, results = ['f64'], write } = definitions[name];
  const params = Array<'f64'>(arity).fill('f64');
  return module.once(name, { params, results }, (builder) => {
    const body = new Body(builder);
    const operands = params.map((type, i) => body.operand(type, i));
    write(body, operands, (other) => indexOf(module, other));
    builder.end();
  });
}

/**
 * The index of an elementary function of f64 in the module (two operands for `pow`, `atan2` and
 * `mod`), which is added with those that it calls when it is first asked for. The module's memory
 * must begin with the tables that `writeElementaryTables` writes. What is not here is an instruction:
 * `sqrt`, `abs`, `floor`, `ceil`, `trunc`, `min` and `max` have the meaning that they have in `Math`.
 */
export function elementary(module: WasmModule, name: ElementaryFunction): number {
  return indexOf(module, name);
}
