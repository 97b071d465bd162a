import { closest, type Diagnostic, error, spanPlace } from '../base/index.js';
import type { Access, Binary, BinaryOperator, Call, Expression, NameReference } from './ast.js';
import { analysisVariables, constants, functions } from './functions.js';
import { drawsRandomly } from './random-draw.js';
import { argumentProblem, type CallBudget, type UserFunction } from './user-function.js';

/** Where an expression finds its parameters. */
export interface EvaluationScope {
  /** The value of a parameter; undefined if there is none; a diagnostic if it has no value. */
  lookup(name: string): number | Diagnostic | undefined;
  /** All names that `lookup` knows, for suggestions. */
  names(): Iterable<string>;
  /** What the deck defines with `.func`; hides a built-in function of that name. */
  functionOf?(name: string): UserFunction | undefined;
  /** All names that `functionOf` knows, for suggestions. */
  functionNames?(): Iterable<string>;
  /** Shared by all scopes of a deck, where there are functions. */
  readonly budget?: CallBudget;
  /** The temperature of the circuit [°C]: `temper`. Absent where it is not known yet. */
  temperature?(): number | undefined;
  /** A random draw; without it, `agauss` and its kin give their nominal value. */
  readonly draw?: ((call: Call, values: readonly number[]) => number) | undefined;
}

export const emptyScope: EvaluationScope = { lookup: () => undefined, names: () => [] };

/**
 * The value of a parameter expression. Comparisons and logic give 1 or 0.
 *
 * Errors: unknown names and functions, wrong numbers of arguments, division by zero, results that
 * are no number, and what only a running circuit knows (voltages, currents, time).
 */
export function evaluate(expression: Expression, scope: EvaluationScope): number | Diagnostic {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'name':
      return evaluateName(expression, scope);
    case 'access':
      return circuitQuantity(expression);
    case 'call':
      return evaluateCall(expression, scope);
    case 'unary': {
      const operand = evaluate(expression.operand, scope);
      if (typeof operand !== 'number') return operand;
      if (expression.operator === '!') return operand === 0 ? 1 : 0;
      return expression.operator === '-' ? -operand : operand;
    }
    case 'binary':
      return evaluateBinary(expression, scope);
    case 'conditional': {
      const test = evaluate(expression.test, scope);
      if (typeof test !== 'number') return test;
      return evaluate(test !== 0 ? expression.whenTrue : expression.whenFalse, scope);
    }
  }
}

/** What operators mean for numbers. A negative base counts as positive, as in ngspice: (-2)**3 = 8. */
export const arithmetic: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '**': (a, b) => Math.abs(a) ** b,
  '==': (a, b) => (a === b ? 1 : 0),
  '!=': (a, b) => (a !== b ? 1 : 0),
  '<': (a, b) => (a < b ? 1 : 0),
  '<=': (a, b) => (a <= b ? 1 : 0),
  '>': (a, b) => (a > b ? 1 : 0),
  '>=': (a, b) => (a >= b ? 1 : 0),
  '&&': (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
  '||': (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
};

function evaluateBinary(expression: Binary, scope: EvaluationScope): number | Diagnostic {
  const left = evaluate(expression.left, scope);
  if (typeof left !== 'number') return left;
  const right = evaluate(expression.right, scope);
  if (typeof right !== 'number') return right;
  const { operator } = expression;
  if (right === 0 && (operator === '/' || operator === '%')) {
    return error('E301', 'division by zero', expression.right.span, { label: 'this is 0' });
  }
  return checked(arithmetic[operator](left, right), expression);
}

function evaluateName(expression: NameReference, scope: EvaluationScope): number | Diagnostic {
  const { name } = expression;
  return (
    scope.lookup(name) ??
    expression.value ??
    constants[name] ??
    (temperatureNames.has(name) ? scope.temperature?.() : undefined) ??
    unknownName(expression, scope.names())
  );
}

/** ngspice and HSPICE say `temper`, PSpice, LTspice and Xyce `temp`. */
export const temperatureNames: ReadonlySet<string> = new Set(['temper', 'temp']);

function evaluateCall(expression: Call, scope: EvaluationScope): number | Diagnostic {
  const own = scope.functionOf?.(expression.name);
  const problem = own
    ? argumentProblem(expression, own)
    : callProblem(expression, scope.functionNames?.());
  if (problem) return problem;
  const { value: implementation } = own ? ownFunction : functions[expression.name];
  if (!implementation) return needsCircuit(`${expression.name}()`, expression);
  const values: number[] = [];
  for (const argument of expression.arguments) {
    const value = evaluate(argument, scope);
    if (typeof value !== 'number') return value;
    values.push(value);
  }
  if (own) return evaluateOwn(expression, own, values, scope);
  if (scope.draw && drawsRandomly(expression.name, values.length))
    return checked(scope.draw(expression, values), expression);
  return checked(implementation(...values), expression);
}

const ownFunction = { value: () => NaN };

/** The body of a function of the deck; names that are no parameters mean what they mean at the call. */
function evaluateOwn(
  expression: Call,
  { parameters, body }: UserFunction,
  values: readonly number[],
  scope: EvaluationScope,
): number | Diagnostic {
  const problem = scope.budget?.enter(expression);
  const own = new Map(parameters.map((name, i) => [name, values[i]]));
  const inner: EvaluationScope = {
    lookup: (name) => own.get(name) ?? scope.lookup(name),
    *names() {
      yield* own.keys();
      yield* scope.names();
    },
    functionOf: (name) => scope.functionOf?.(name),
    temperature: () => scope.temperature?.(),
    ...(scope.budget ? { budget: scope.budget } : {}),
    ...(scope.draw ? { draw: (call, given) => scope.draw?.(call, given) ?? NaN } : {}),
  };
  const value = problem ?? evaluate(body, inner);
  scope.budget?.leave();
  return typeof value === 'number' || problem ? value : calledFrom(value, expression);
}

const mostCallers = 3;

/** Says which call an error in the body of a function comes from. */
function calledFrom(diagnostic: Diagnostic, { name, span }: Call): Diagnostic {
  const { notes = [], code } = diagnostic;
  if (notes.length >= mostCallers || code === 'E304') return diagnostic;
  return { ...diagnostic, notes: [...notes, `in the call of '${name}' at ${spanPlace(span)}`] };
}

function checked(value: number, expression: Expression): number | Diagnostic {
  if (Number.isFinite(value)) return value;
  const what = Number.isNaN(value) ? 'no real value' : 'an infinite value';
  return error('E302', `this expression has ${what}`, expression.span);
}

/**
 * Why a call cannot stand: unknown name, wrong number of arguments, or not there yet. `others` are
 * names that may be meant too.
 */
export function callProblem(call: Call, others: Iterable<string> = []): Diagnostic | undefined {
  const { name, span } = call;
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!known) {
    const meant = closest(name, [...others, ...Object.keys(functions)]);
    return error('E202', `unknown function '${name}'`, span, {
      help: [meant ? `did you mean '${meant}'?` : `define it with '.func ${name}(x) {…}'`],
    });
  }
  if (known.later) {
    return error('E501', `'${name}' is not supported yet`, span, { label: known.later });
  }
  const count = call.arguments.length;
  const [least, most] = known.arity;
  if (count >= least && count <= most) return undefined;
  const wanted =
    least === most ? `${least}` : most === Infinity ? `${least} or more` : `${least} to ${most}`;
  const plural = wanted === '1' ? '' : 's';
  return error('E203', `'${name}' takes ${wanted} argument${plural}, not ${count}`, span, {
    help: [`${name}: ${known.doc}`],
  });
}

export function unknownName(reference: NameReference, candidates: Iterable<string>): Diagnostic {
  const { name, span } = reference;
  if (name in analysisVariables) return needsCircuit(`'${name}'`, reference);
  const meant = closest(name, candidates);
  return error('E201', `unknown parameter '${name}'`, span, {
    help: [meant ? `did you mean '${meant}'?` : `define it with '.param ${name}=…'`],
  });
}

function circuitQuantity(access: Access): Diagnostic {
  const shown =
    access.quantity === '@' ? 'a device quantity' : `${access.quantity}(${access.names.join(',')})`;
  return needsCircuit(shown, access);
}

function needsCircuit(what: string, expression: Expression): Diagnostic {
  return error('E401', `${what} is not known before the simulation`, expression.span, {
    label: 'a parameter needs a fixed value',
    help: ['use a B element for what depends on voltages, currents, time or temperature'],
  });
}
