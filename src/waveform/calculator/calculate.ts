/**
 * Expressions over results: `v(a)-v(b)`, `v(a)*i(v1)`, `db(v(out))`, `vp(out)`.
 *
 * Values are computed column by column. Operators and functions are those of the expression
 * language, except that powers of negative numbers are what mathematics says ((-2)^3 = -8, as
 * ngspice's results have it). Where complex values meet, complex arithmetic takes over.
 */
import { closest, type Diagnostic, DiagnosticError, error } from '../../base/index.js';
import { callProblem, constants, functions, arithmetic } from '../../expression/index.js';
import type { Access, Call, Expression, NameReference } from '../../expression/index.js';
import type { Dataset } from '../dataset.js';
import type { Column } from '../waveform.js';
import { isPartFunction, partFunctions, partSuffixes } from './parts.js';
import { groupDelay, scaleFunctions } from './scale-functions.js';
import { slopeOfResult } from './slopes.js';
import * as vectors from './vector.js';
import type { Vector } from './vector.js';

export interface CalculatorOptions {
  /** Name of the result. */
  readonly name: string;
  /** Parameters that an expression may name. */
  readonly parameters?: ReadonlyMap<string, number>;
}

/** The values of an expression at every point, or why there are none. */
export async function calculate(
  expression: Expression,
  dataset: Dataset,
  { name, parameters = new Map() }: CalculatorOptions,
): Promise<Column | Diagnostic> {
  try {
    const vector = await new Calculator(dataset, parameters).value(expression);
    return vectors.columnOf(vector, name);
  } catch (problem) {
    if (problem instanceof DiagnosticError) return problem.diagnostics[0];
    throw problem;
  }
}

class Calculator {
  readonly #dataset: Dataset;
  readonly #parameters: ReadonlyMap<string, number>;

  constructor(dataset: Dataset, parameters: ReadonlyMap<string, number>) {
    this.#dataset = dataset;
    this.#parameters = parameters;
  }

  async value(expression: Expression): Promise<Vector> {
    switch (expression.kind) {
      case 'number':
        return this.#constant(expression.value);
      case 'name':
        return this.#name(expression);
      case 'access':
        return this.#access(expression);
      case 'call':
        return this.#call(expression);
      case 'unary': {
        const operand = await this.value(expression.operand);
        if (expression.operator === '+') return operand;
        if (expression.operator === '-') return negative(operand);
        return this.#apply('!', (x) => (x === 0 ? 1 : 0), [operand], expression);
      }
      case 'binary': {
        const { operator } = expression;
        const operands = [await this.value(expression.left), await this.value(expression.right)];
        const operation =
          operator === '**' ? (x: number, y: number) => x ** y : arithmetic[operator];
        return this.#apply(operator, operation, operands, expression);
      }
      case 'conditional': {
        const { test, whenTrue, whenFalse } = expression;
        const operands = await this.#values([test, whenTrue, whenFalse]);
        return this.#apply('?', (a, b, c) => (a !== 0 ? b : c), operands, expression);
      }
    }
  }

  async #values(expressions: readonly Expression[]): Promise<Vector[]> {
    const found: Vector[] = [];
    for (const expression of expressions) found.push(await this.value(expression));
    return found;
  }

  #constant(value: number): Vector {
    return vectors.constantVector(value, this.#dataset.length);
  }

  #name(reference: NameReference): Vector {
    const { name, span } = reference;
    const { scale } = this.#dataset;
    if (scale.quantity.kind === 'parameter' && scale.title === name) return scale;
    const value = this.#parameters.get(name) ?? reference.value;
    if (value !== undefined) return this.#constant(value);
    if (name === scale.name.toLowerCase()) return scale;
    if (name === 'hertz' && scale.quantity.kind === 'frequency') return scale;
    const constant = Object.hasOwn(constants, name) ? constants[name] : undefined;
    if (constant !== undefined) return this.#constant(constant);
    return this.#dataset.get(name) ?? this.#unknown(name, span);
  }

  #access(access: Access): Vector {
    const signal = signalName(access);
    const column = this.#dataset.get(signal) ?? this.#unknown(signal, access.span);
    const suffix = access.quantity.slice(1);
    if (suffix === 'g') return this.#groupDelay(column, access);
    const part = partSuffixes.get(suffix);
    return part ? part(column) : column;
  }

  #groupDelay(column: Column, access: Access): Vector {
    const found = groupDelay(column, this.#dataset.scale);
    if (typeof found === 'string') throw refusal('W504', found, access);
    return found;
  }

  async #call(call: Call): Promise<Vector> {
    if (isPartFunction(call)) {
      const operand = await this.value(call.arguments[0]);
      const overScale = scaleFunctions.get(call.name);
      if (!overScale) return partFunctions.get(call.name)!(operand);
      const found = overScale(operand, this.#dataset.scale);
      if (typeof found === 'string') throw refusal('W504', found, call);
      return found;
    }
    const problem = callProblem(call);
    if (problem) throw new DiagnosticError([problem]);
    const implementation = functions[call.name].value;
    if (!implementation) throw refusal('W502', `'${call.name}' of results cannot be taken`, call);
    return this.#apply(call.name, implementation, await this.#values(call.arguments), call);
  }

  /** Applies an operation point by point. */
  async #apply(
    name: string,
    operation: (...values: number[]) => number,
    operands: readonly Vector[],
    place: Expression,
  ): Promise<Vector> {
    const quantity = resultQuantity(name, operands);
    const { length } = this.#dataset;
    if (!operands.some((operand) => operand.imaginary)) {
      const columns = operands.map((operand) => operand.real);
      const result = vectors.vectorOf(length, quantity, (i) =>
        operation(...columns.map((c) => c[i])),
      );
      const slope = slopeOfResult(name, operands);
      return slope ? { ...result, slope } : result;
    }
    if (name === 'abs') return partFunctions.get('mag')!(operands[0]);
    const complex = await import('./complex-functions.js');
    const combine = Object.hasOwn(complex.complexFunctions, name)
      ? complex.complexFunctions[name]
      : undefined;
    if (!combine) throw refusal('W503', `'${name}' has no meaning for complex values`, place);
    const real = new Float64Array(length);
    const imaginary = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const values = operands.map((operand) =>
        complex.complexNumber(operand.real[i], operand.imaginary ? operand.imaginary[i] : 0),
      );
      [real[i], imaginary[i]] = complex.partsOf(combine(...values));
    }
    return { real, imaginary, quantity };
  }

  #unknown(name: string, span: Expression['span']): never {
    const names = this.#dataset.columns.map((column) => column.name);
    const near = closest(name, [...names, ...names.map((known) => `v(${known})`)]);
    const shown = names.slice(0, 12).join(', ') + (names.length > 12 ? ', …' : '');
    throw new DiagnosticError([
      error('W501', `there is no signal '${name}' in the results`, span, {
        help: [near ? `did you mean '${near}'?` : `there are: ${shown}`],
      }),
    ]);
  }
}

/** The signal that an access reads, without the part of it: `vdb(out)` reads `v(out)`. */
export function signalName({ quantity, names }: Access): string {
  return quantity === '@' ? `@${names[0]}[${names[1]}]` : `${quantity[0]}(${names.join(',')})`;
}

function negative({ real, imaginary, slope, quantity }: Vector): Vector {
  const opposite = (values: Float64Array): Float64Array => values.map((value) => -value);
  return {
    real: opposite(real),
    ...(imaginary ? { imaginary: opposite(imaginary) } : {}),
    ...(slope ? { slope: opposite(slope) } : {}),
    quantity,
  };
}

const keepsQuantity = new Set(['abs', 'min', 'max', 'limit', 'u2', 'uramp', '?', 'if']);

function resultQuantity(name: string, operands: readonly Vector[]): Vector['quantity'] {
  const quantities = operands.map(({ quantity }) => quantity);
  const plain = vectors.constantVector(0, 0).quantity;
  if (name === '+' || name === '-') return vectors.quantityOfSum(quantities[0], quantities[1]);
  if (name === '*') return vectors.quantityOfProduct(quantities[0], quantities[1]);
  if (name === '/') return vectors.quantityOfRatio(quantities[0], quantities[1]);
  return keepsQuantity.has(name) ? (quantities.at(-1) ?? plain) : plain;
}

function refusal(code: string, message: string, place: Expression): DiagnosticError {
  return new DiagnosticError([
    error(code, message, place.span, {
      ...(code === 'W503'
        ? { help: ['take a part of each value: mag(), re(), im(), db(), ph()'] }
        : {}),
    }),
  ]);
}
