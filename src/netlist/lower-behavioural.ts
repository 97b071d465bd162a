import { type Diagnostic, error, type Span } from '../base/index.js';
import {
  type Access,
  argumentProblem,
  arithmetic,
  type Binary,
  call,
  choice,
  type Call,
  callProblem,
  constants,
  type EvaluationScope,
  type Expression,
  functions,
  inlined,
  literal,
  operation,
  type NameReference,
  type SplineKind,
  splinePieces,
  splineValue,
  unknownName,
  type UserFunction,
} from '../expression/index.js';
import { curveOf, linesThrough } from './piecewise.js';
import { writeOut, writtenOut } from './written-out.js';

/** Where a B element stands: its parameters, nodes and neighbours. */
export interface BehaviouralSurroundings {
  readonly scope: EvaluationScope;
  /** The circuit's node of a name; 0 is ground. */
  node(name: string, span: Span): number;
  /** The full name of an instance whose current is read. */
  instance(name: string, span: Span): string;
}

/** A B element's expression, apart from its numbers, nodes and neighbours. */
export interface LoweredExpression {
  readonly expression: Expression;
  /** Values of `c0`, `c1` … */
  readonly constants: readonly number[];
  /** Circuit nodes of `k0`, `k1` … */
  readonly controls: readonly number[];
  /** Instances of `r0`, `r1` … */
  readonly references: readonly string[];
}

/** Carries a diagnostic out of the recursion; never leaves this file. */
class Refusal extends Error {
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

/**
 * Takes an expression apart and rewrites it with few functions: `sin cos tan asin acos atan atan2
 * sinh cosh tanh asinh acosh atanh exp ln log10 sqrt abs sgn int floor ceil nint min max limit u2
 * uramp ddt idt`, `time` and `temper`.
 *
 * Parameters and constant parts become numbers. Powers take the magnitude of their base as in
 * ngspice 39 (run to see): `v(a)**3` is |v(a)|³, also for `pow`; `pwr` gives the sign back. Whole
 * exponents stay literal, since they decide which code is generated.
 */
export function lowerBehavioural(
  expression: Expression,
  surroundings: BehaviouralSurroundings,
): LoweredExpression | Diagnostic {
  const lowering = new Lowering(surroundings);
  try {
    return lowering.finish(expression);
  } catch (problem) {
    if (problem instanceof Refusal) return problem.diagnostic;
    throw problem;
  }
}

/** What an expression becomes: a number where it is constant. */
type Lowered = number | Expression;

const mostTablePoints = 500;

class Lowering {
  readonly #surroundings: BehaviouralSurroundings;
  readonly #constants: number[] = [];
  readonly #controls: number[] = [];
  readonly #references: string[] = [];

  constructor(surroundings: BehaviouralSurroundings) {
    this.#surroundings = surroundings;
  }

  finish(expression: Expression): LoweredExpression {
    const root = this.#node(this.#lower(expression), expression.span);
    return {
      expression: root,
      constants: this.#constants,
      controls: this.#controls,
      references: this.#references,
    };
  }

  #lower(e: Expression): Lowered {
    switch (e.kind) {
      case 'number':
        return e.value;
      case 'name':
        return this.#name(e);
      case 'access':
        return this.#access(e);
      case 'call':
        return this.#call(e);
      case 'unary': {
        const operand = this.#lower(e.operand);
        if (typeof operand !== 'number') return { ...e, operand };
        if (e.operator === '!') return operand === 0 ? 1 : 0;
        return e.operator === '-' ? -operand : operand;
      }
      case 'binary':
        return this.#binary(e);
      case 'conditional': {
        const test = this.#lower(e.test);
        if (typeof test === 'number') return this.#lower(test !== 0 ? e.whenTrue : e.whenFalse);
        return choice(test, this.#operand(e.whenTrue), this.#operand(e.whenFalse), e.span);
      }
    }
  }

  /** An expression as an operand of one that is not constant. */
  #operand(e: Expression): Expression {
    return this.#node(this.#lower(e), e.span);
  }

  /** A number becomes the next `c`. */
  #node(lowered: Lowered, span: Span): Expression {
    if (typeof lowered !== 'number') return lowered;
    this.#constants.push(lowered);
    return { kind: 'name', name: `c${this.#constants.length - 1}`, span };
  }

  #name(e: NameReference): Lowered {
    const value = this.#surroundings.scope.lookup(e.name);
    if (typeof value === 'number') return value;
    if (value) throw new Refusal(value);
    if (e.name === 'time' || e.name === 'temper') return e;
    if (e.name === 'hertz') throw new Refusal(frequency(e.span));
    return constants[e.name] ?? refuse(unknownName(e, this.#surroundings.scope.names()));
  }

  #access(e: Access): Lowered {
    if (e.quantity === 'i') {
      if (e.names.length !== 1) refuse(error('E203', 'i() takes one element', e.span));
      const name = this.#surroundings.instance(e.names[0], e.span);
      return { ...e, names: [`r${indexIn(this.#references, name)}`] };
    }
    if (e.quantity === 'v') return this.#voltage(e);
    const shown = e.quantity === '@' ? `@${e.names[0]}[…]` : `${e.quantity}()`;
    return refuse(
      error('E402', `${shown} has no value while the circuit is solved`, e.span, {
        help: ['a B element reads v(node), v(node,node) and i(source)'],
      }),
    );
  }

  /** `v(a)` and `v(a,b)` over terminals; ground is left out. */
  #voltage(e: Access): Lowered {
    const [a, b] = e.names.map((name) => this.#surroundings.node(name, e.span));
    const terminal = (node: number): string => `k${indexIn(this.#controls, node)}`;
    if (a === b || (a === 0 && b === undefined)) return 0;
    if (a === 0) {
      const operand: Access = { ...e, names: [terminal(b)] };
      return { kind: 'unary', operator: '-', operand, span: e.span };
    }
    return { ...e, names: b ? [terminal(a), terminal(b)] : [terminal(a)] };
  }

  #binary(e: Binary): Lowered {
    const left = this.#lower(e.left);
    const right = this.#lower(e.right);
    if (e.operator === '**') return this.#power(left, right, e);
    if (right === 0 && (e.operator === '/' || e.operator === '%')) {
      refuse(error('E301', 'division by zero', e.right.span, { label: 'this is 0' }));
    }
    if (typeof left === 'number' && typeof right === 'number') {
      return finite(arithmetic[e.operator](left, right), e.span);
    }
    const operands = {
      left: this.#node(left, e.left.span),
      right: this.#node(right, e.right.span),
    };
    return { ...e, ...operands };
  }

  #power(left: Lowered, right: Lowered, at: Expression): Lowered {
    const { span } = at;
    if (typeof left === 'number' && typeof right === 'number') {
      return finite(Math.abs(left) ** right, span);
    }
    const base = this.#node(left, span);
    if (typeof right === 'number' && Number.isInteger(right)) {
      const even = right % 2 === 0;
      return operation('**', even ? base : call('abs', [base], span), literal(right, span), span);
    }
    return operation('**', call('abs', [base], span), this.#node(right, span), span);
  }

  #call(e: Call): Lowered {
    const own = this.#surroundings.scope.functionOf?.(e.name);
    if (own) return this.#ownCall(e, own);
    const problem = callProblem(e, this.#surroundings.scope.functionNames?.());
    if (problem) throw new Refusal(problem);
    const rewrite = Object.hasOwn(this.#rewritten, e.name) ? this.#rewritten[e.name] : undefined;
    if (rewrite) return rewrite(e);
    return this.#plainCall(e.name, e);
  }

  /** A function of the deck is written out. */
  #ownCall(e: Call, own: UserFunction): Lowered {
    const { budget } = this.#surroundings.scope;
    const misfit = argumentProblem(e, own);
    if (misfit) throw new Refusal(misfit);
    try {
      const problem = budget?.enter(e);
      if (problem) throw new Refusal(problem);
      return this.#lower(inlined(e, own));
    } finally {
      budget?.leave();
    }
  }

  /** A call that stays one, unless all its arguments are numbers. */
  #plainCall(name: string, e: Call): Lowered {
    const lowered = e.arguments.map((argument) => this.#lower(argument));
    const { value } = functions[name];
    if (value && lowered.every((each) => typeof each === 'number')) {
      return finite(value(...lowered), e.span);
    }
    const nodes = lowered.map((each, i) => this.#node(each, e.arguments[i].span));
    return { ...e, name, arguments: nodes };
  }

  /** Functions that are written with others. */
  readonly #rewritten: Readonly<Record<string, (e: Call) => Lowered>> = {
    log: (e) => this.#plainCall('ln', e),
    arctan: (e) => this.#plainCall('atan', e),
    sdt: (e) => this.#plainCall('idt', e),
    sqr: (e) => this.#power(this.#lower(e.arguments[0]), 2, e),
    pow: (e) => this.#power(this.#lower(e.arguments[0]), this.#lower(e.arguments[1]), e),
    pwr: (e) => this.#signedPower(e),
    if: (e) => this.#if(e),
    ternary_fcn: (e) => this.#if(e),
    u: (e) => this.#step(e),
    stp: (e) => this.#step(e),
    table: (e) => this.#table(e),
    pwl: (e) => this.#table(e),
    tbl: (e) => this.#table(e),
    fasttable: (e) => this.#table(e),
    akima: (e) => this.#spline('akima', e),
    spline: (e) => this.#spline('akima', e),
    cubic: (e) => this.#spline('natural', e),
    arccos: (e) => this.#plainCall('acos', e),
    arcsin: (e) => this.#plainCall('asin', e),
    m: (e) => this.#plainCall('abs', e),
    par: (e) => this.#lower(e.arguments[0]),
    pwrs: (e) => this.#signedPower(e),
    apow: (e) => this.#power(this.#lower(e.arguments[0]), this.#lower(e.arguments[1]), e),
    rpow: (e) => this.#realPower(e, (exponent) => exponent),
    ipow: (e) => this.#realPower(e, Math.trunc),
    limit: (e) => (e.arguments.length === 2 ? this.#nominal(e) : this.#plainCall('limit', e)),
    ...Object.fromEntries(
      Object.keys(writtenOut).map((name) => [name, (e: Call) => this.#lower(writeOut(e))]),
    ),
    ...Object.fromEntries(draws.map((name) => [name, (e: Call) => this.#nominal(e)])),
  };

  /** A random draw has its nominal value here; a Monte Carlo draws in parameters. */
  #nominal(e: Call): Lowered {
    const { scope } = this.#surroundings;
    const values = e.arguments.map((argument) => this.#lower(argument));
    const numbers = values.filter((value) => typeof value === 'number');
    if (numbers.length === values.length && scope.draw) return scope.draw(e, numbers);
    return e.arguments.length > 1 ? values[0] : (functions[e.name].value?.() ?? NaN);
  }

  /** A power as in C: whole exponents keep the sign of their base, others take its magnitude. */
  #realPower(e: Call, change: (exponent: number) => number): Lowered {
    const [left, written] = e.arguments.map((argument) => this.#lower(argument));
    const right = typeof written === 'number' ? change(written) : written;
    if (typeof left === 'number' && typeof right === 'number') return finite(left ** right, e.span);
    if (typeof right !== 'number' || !Number.isInteger(right) || right % 2 === 0) {
      return this.#power(left, right, e);
    }
    const base = this.#node(left, e.span);
    if (right === 1) return base;
    const even = this.#node(this.#power(base, right - 1, e), e.span);
    return operation('*', base, even, e.span);
  }

  #spline(kind: SplineKind, e: Call): Lowered {
    const points = this.#points(e);
    const pieces = splinePieces(kind, points);
    if (!pieces) refuse(error('E403', 'a spline needs two points or more', e.span));
    const x = this.#lower(e.arguments[0]);
    if (typeof x === 'number') return finite(splineValue(kind, x, points), e.span);
    return curveOf(x, pieces, (value) => this.#node(value, e.span), e.span);
  }

  #signedPower(e: Call): Lowered {
    const base = this.#lower(e.arguments[0]);
    const exponent = this.#lower(e.arguments[1]);
    if (typeof base === 'number' && typeof exponent === 'number') {
      return finite(Math.sign(base) * Math.abs(base) ** exponent, e.span);
    }
    const node = this.#node(base, e.span);
    const size = this.#power(node, exponent, e);
    return operation('*', call('sgn', [node], e.span), this.#node(size, e.span), e.span);
  }

  #if(e: Call): Lowered {
    const [test, whenTrue, whenFalse] = e.arguments;
    return this.#lower({ kind: 'conditional', test, whenTrue, whenFalse, span: e.span });
  }

  /** 0 below, 1 above and ½ at zero, as ngspice 39 has it. */
  #step(e: Call): Lowered {
    const x = this.#lower(e.arguments[0]);
    if (typeof x === 'number') return x > 0 ? 1 : x < 0 ? 0 : 0.5;
    const { span } = e;
    const [zero, half, one] = [0, 0.5, 1].map((value) => literal(value, span));
    const notBelow = choice(operation('>', x, zero, span), one, half, span);
    return choice(operation('<', x, zero, span), zero, notBelow, span);
  }

  #table(e: Call): Lowered {
    const points = this.#points(e);
    const x = this.#lower(e.arguments[0]);
    if (typeof x === 'number') return finite(functions.table.value?.(x, ...points) ?? NaN, e.span);
    return linesThrough(x, points, (value) => this.#node(value, e.span), e.span);
  }

  /** The constants behind the first argument: pairs whose first number rises. */
  #points(e: Call): number[] {
    const rest = e.arguments.slice(1);
    const points = rest.map((each) => {
      const value = this.#lower(each);
      return typeof value === 'number'
        ? value
        : refuse(error('E403', 'the points of a table are constants', each.span));
    });
    if (points.length % 2 !== 0 || points.length > 2 * mostTablePoints) {
      refuse(
        error('E203', `'${e.name}' takes x and up to ${mostTablePoints} pairs of numbers`, e.span, {
          help: [`such as '${e.name}(v(in), 0,0, 1,2, 3,2.5)'`],
        }),
      );
    }
    for (let i = 2; i < points.length; i += 2) {
      if (points[i] <= points[i - 2]) {
        refuse(error('E403', 'the x of a table must rise', rest[i].span));
      }
    }
    return points;
  }
}

const draws = ['agauss', 'gauss', 'aunif', 'unif', 'sgauss', 'sunif', 'rand'];

function indexIn<T>(list: T[], item: T): number {
  const known = list.indexOf(item);
  return known >= 0 ? known : list.push(item) - 1;
}

function refuse(diagnostic: Diagnostic): never {
  throw new Refusal(diagnostic);
}

function frequency(span: Span): Diagnostic {
  return error('E501', "'hertz' is not supported yet", span, {
    label: 'a source has one value for all frequencies',
    help: ['build the transfer function from R, L, C and linear sources'],
  });
}

function finite(value: number, span: Span): number {
  if (Number.isFinite(value)) return value;
  const what = Number.isNaN(value) ? 'no real value' : 'an infinite value';
  return refuse(error('E302', `this expression has ${what}`, span));
}
