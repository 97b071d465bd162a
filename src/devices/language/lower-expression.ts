import { DiagnosticError, error } from '../../base/index.js';
import type { Expression } from '../../expression/ast.js';
import { visitExpression } from '../../expression/walk.js';
import type { AnalogProgram } from './analog-program.js';
import type { BinaryOp, Node, UnaryOp } from './ir.js';
import type { BehaviouralExpression, ModelDefinition } from './model.js';
import { ProgramBuilder } from './program-builder.js';
import { binary, select, unary } from './simplify.js';
import type { Structure } from './structure.js';

/**
 * Lowers a B element's expression.
 *
 * Functions mean what ngspice 39 computes in a B source: `**` takes the magnitude of its base (even
 * for whole exponents: (−2)**3 is 8), `nint` rounds halves to even. There are few: the netlist writes
 * all others with these (`src/netlist/lower-functions.ts`). Where a function or its derivative is infinite at zero,
 * Newton's first guess, zero itself gets a finite value; arguments out of range stay refused.
 */
export function lowerExpression(
  definition: ModelDefinition,
  equations: BehaviouralExpression,
  structure: Structure,
): AnalogProgram {
  const builder = new ProgramBuilder(definition, structure, new Map());
  const value = new ExpressionLowering(builder, definition).number(equations.expression);
  const scaled = binary(builder.graph, 'mul', builder.environment('sourceFactor'), value);
  if (equations.drives === 'voltage') builder.contributeVoltage('p', 'n', scaled);
  else {
    builder.contributeCurrent('p', 'n', scaled);
    // A derivative that an output reads could not stay a charge.
    if (!readsDerivative(equations.expression))
      builder.output('i', scaled, 'A', 'current from p through the source to n');
  }
  return builder.finish();
}

function readsDerivative(expression: Expression): boolean {
  let found = false;
  visitExpression(expression, (each) => {
    if (each.kind === 'call' && each.name === 'ddt') found = true;
  });
  return found;
}

const unaryNames: Readonly<Record<string, UnaryOp>> = {
  abs: 'abs',
  sgn: 'sign',
  sin: 'sin',
  cos: 'cos',
  tan: 'tan',
  asin: 'asin',
  acos: 'acos',
  atan: 'atan',
  sinh: 'sinh',
  cosh: 'cosh',
  tanh: 'tanh',
  asinh: 'asinh',
  acosh: 'acosh',
  atanh: 'atanh',
  floor: 'floor',
  ceil: 'ceil',
  int: 'trunc',
};

/** Where a function ends with an infinite slope, and its value there. */
const ends: Readonly<Record<string, readonly (readonly [x: number, value: number])[]>> = {
  asin: [
    [-1, Math.asin(-1)],
    [1, Math.asin(1)],
  ],
  acos: [
    [-1, Math.acos(-1)],
    [1, 0],
  ],
  acosh: [[1, 0]],
};

const binaryNames: Readonly<Record<string, BinaryOp>> = {
  min: 'min',
  max: 'max',
  atan2: 'atan2',
};

const comparisons = {
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
} as const;

/** As ngspice: a divisor of zero counts as this, and exp(x) reaches 1e99 here. */
const smallestDivisor = 1e-32;
const largestExponent = 227.9559242;
const huge = 1e99;
const smallestLogarithm = Math.log(1e-300);

class ExpressionLowering {
  private readonly builder: ProgramBuilder;
  private readonly definition: ModelDefinition;
  /** Differences of the comparisons in the condition at work. */
  private compared: Node[] = [];

  constructor(builder: ProgramBuilder, definition: ModelDefinition) {
    this.builder = builder;
    this.definition = definition;
  }

  number(expression: Expression): Node {
    const outer = this.compared;
    this.compared = [];
    const node = this.lower(expression);
    const { graph } = this.builder;
    if (node.type === 'boolean')
      for (const difference of this.compared) this.builder.watch(difference);
    this.compared = outer;
    return node.type === 'boolean' ? select(graph, node, graph.one, graph.zero) : node;
  }

  /** A choice. Between two levels it is a comparator, whose edges steps must not blur. */
  private choose(test: Expression, whenTrue: Expression, whenFalse: Expression): Node {
    const { builder } = this;
    const outer = this.compared;
    this.compared = [];
    const condition = this.condition(test);
    const differences = this.compared;
    this.compared = outer;
    const [a, b] = [this.number(whenTrue), this.number(whenFalse)];
    if (builder.isFree(a) && builder.isFree(b)) {
      for (const difference of differences) builder.watch(difference);
    }
    return select(builder.graph, condition, a, b);
  }

  /** The sides of a comparison; a condition notes their difference. */
  private compare(op: BinaryOp, left: Expression, right: Expression): Node {
    const { graph } = this.builder;
    const [a, b] = [this.number(left), this.number(right)];
    if (op !== 'eq' && op !== 'ne') this.compared.push(binary(graph, 'sub', a, b));
    return binary(graph, op, a, b);
  }

  private condition(expression: Expression): Node {
    const node = this.lower(expression);
    const { graph } = this.builder;
    return node.type === 'boolean' ? node : binary(graph, 'ne', node, graph.zero);
  }

  private lower(expression: Expression): Node {
    const { graph } = this.builder;
    switch (expression.kind) {
      case 'number':
        return graph.constant(expression.value);
      case 'name':
        return this.name(expression.name, expression);
      case 'access':
        return this.access(expression);
      case 'call':
        return this.call(expression);
      case 'unary': {
        if (expression.operator === '!')
          return unary(graph, 'not', this.condition(expression.operand));
        const operand = this.number(expression.operand);
        return expression.operator === '-' ? unary(graph, 'neg', operand) : operand;
      }
      case 'binary':
        return this.operator(expression);
      case 'conditional':
        return this.choose(expression.test, expression.whenTrue, expression.whenFalse);
    }
  }

  private name(name: string, at: Expression): Node {
    const { builder } = this;
    if (name in this.definition.instance) return builder.parameter(name);
    if (name === 'time' || name === 'hertz') return builder.environment(name);
    if (name === 'temper') {
      const kelvin = builder.temperature();
      return binary(builder.graph, 'sub', kelvin, builder.graph.constant(273.15));
    }
    if (name === 'pi') return builder.graph.constant(Math.PI);
    throw refuse(at, `'${name}' has no value in a source's expression`);
  }

  private access(expression: Extract<Expression, { kind: 'access' }>): Node {
    const [a, b = '0'] = expression.names;
    if (expression.quantity === 'v') return this.builder.probe(a, b);
    if (expression.quantity === 'i') return this.builder.reference(a);
    throw refuse(expression, `a source's expression reads v() and i(), not ${expression.quantity}`);
  }

  private call(expression: Extract<Expression, { kind: 'call' }>): Node {
    const { graph } = this.builder;
    const { name } = expression;
    const args = expression.arguments;
    const need = (count: number): void => {
      if (args.length !== count) {
        throw refuse(expression, `${name}() takes ${count} argument${count === 1 ? '' : 's'}`);
      }
    };
    if (name in unaryNames) {
      need(1);
      const x = this.number(args[0]);
      if (unaryNames[name] === 'sign') this.builder.watch(x);
      return (ends[name] ?? []).reduce(
        (value, [end, atEnd]) => this.unless(x, graph.constant(end), graph.constant(atEnd), value),
        unary(graph, unaryNames[name], x),
      );
    }
    if (name in binaryNames) {
      need(2);
      return binary(graph, binaryNames[name], this.number(args[0]), this.number(args[1]));
    }
    switch (name) {
      case 'exp':
        need(1);
        return this.exponential(this.number(args[0]));
      case 'ln':
      case 'log10': {
        need(1);
        const x = this.number(args[0]);
        const op = name === 'log10' ? 'log10' : 'log';
        return this.unlessZero(x, graph.constant(smallestLogarithm), unary(graph, op, x));
      }
      case 'sqrt': {
        need(1);
        const x = this.number(args[0]);
        return this.unlessZero(x, graph.zero, unary(graph, 'sqrt', x));
      }
      case 'limit': {
        need(3);
        const [x, p, q] = args.map((arg) => this.number(arg));
        const low = binary(graph, 'min', p, q);
        const high = binary(graph, 'max', p, q);
        return binary(graph, 'min', binary(graph, 'max', x, low), high);
      }
      case 'nint':
        need(1);
        return this.nearest(this.number(args[0]));
      case 'u2': {
        need(1);
        const x = this.number(args[0]);
        return binary(graph, 'min', binary(graph, 'max', x, graph.zero), graph.one);
      }
      case 'uramp':
        need(1);
        return binary(graph, 'max', this.number(args[0]), graph.zero);
      case 'ddt':
        need(1);
        return this.builder.ddt(this.number(args[0]));
      case 'idt':
        if (args.length !== 1 && args.length !== 2) need(1);
        return this.builder.idt(this.number(args[0]), args[1] ? this.number(args[1]) : graph.zero);
      default:
        throw refuse(expression, `a source's expression has no function '${name}'`);
    }
  }

  private operator(expression: Extract<Expression, { kind: 'binary' }>): Node {
    const { graph } = this.builder;
    const { operator, left, right } = expression;
    if (operator === '&&' || operator === '||') {
      const op = operator === '&&' ? 'and' : 'or';
      return binary(graph, op, this.condition(left), this.condition(right));
    }
    if (operator === '**') return this.power(left, right);
    if (operator === '/') return this.quotient(this.number(left), this.number(right));
    const comparison = comparisons[operator as keyof typeof comparisons];
    if (comparison) return this.compare(comparison, left, right);
    const ops = { '+': 'add', '-': 'sub', '*': 'mul', '%': 'mod' } as const;
    const op = ops[operator as keyof typeof ops];
    return binary(graph, op, this.number(left), this.number(right));
  }

  private power(left: Expression, right: Expression): Node {
    const { graph } = this.builder;
    const exponent = this.number(right);
    const base = this.number(left);
    const even = exponent.op === 'constant' && Number(exponent.payload) % 2 === 0;
    return this.raise(even ? base : unary(graph, 'abs', base), exponent);
  }

  /** base^exponent; whole exponents above zero are harmless at zero, the others are not. */
  private raise(base: Node, exponent: Node): Node {
    const { graph } = this.builder;
    const power = binary(graph, 'pow', base, exponent);
    if (exponent.op === 'constant' && Number(exponent.payload) >= 1) return power;
    const negative = binary(graph, 'lt', exponent, graph.zero);
    const none = binary(graph, 'eq', exponent, graph.zero);
    const positive = select(graph, none, graph.one, graph.zero);
    return this.unlessZero(base, select(graph, negative, graph.constant(huge), positive), power);
  }

  private quotient(a: Node, b: Node): Node {
    const { graph } = this.builder;
    if (b.op === 'constant' || this.definition.instance[String(b.payload)]) {
      return binary(graph, 'div', a, b);
    }
    return binary(graph, 'div', a, this.unlessZero(b, graph.constant(smallestDivisor), b));
  }

  /** e^x, continued by its tangent where it would overflow. */
  private exponential(x: Node): Node {
    const { graph } = this.builder;
    const end = graph.constant(largestExponent);
    const value = unary(graph, 'exp', binary(graph, 'min', x, end));
    const tangent = binary(graph, 'add', binary(graph, 'sub', x, end), graph.one);
    const beyond = binary(graph, 'mul', graph.constant(Math.exp(largestExponent)), tangent);
    return select(graph, binary(graph, 'gt', x, end), beyond, value);
  }

  private unlessZero(x: Node, atZero: Node, otherwise: Node): Node {
    return this.unless(x, this.builder.graph.zero, atZero, otherwise);
  }

  private unless(x: Node, place: Node, there: Node, otherwise: Node): Node {
    const { graph } = this.builder;
    return select(graph, binary(graph, 'eq', x, place), there, otherwise);
  }

  /** Nearest whole number, halves to even. */
  private nearest(x: Node): Node {
    const { graph } = this.builder;
    const two = graph.constant(2);
    const half = binary(graph, 'sub', x, unary(graph, 'floor', x));
    const even = binary(graph, 'mul', two, unary(graph, 'round', binary(graph, 'div', x, two)));
    const tie = binary(graph, 'eq', half, graph.constant(0.5));
    return select(graph, tie, even, unary(graph, 'round', x));
  }
}

function refuse(at: Expression, message: string): DiagnosticError {
  return new DiagnosticError([error('M200', message, at.span)]);
}
