import { type Diagnostic, error, type Span } from '../base/index.js';
import {
  type Access,
  analysisVariables,
  argumentProblem,
  arithmetic,
  type Binary,
  type Call,
  callProblem,
  choice,
  constants,
  type EvaluationScope,
  type Expression,
  inlined,
  type NameReference,
  temperatureNames,
  unknownName,
  type UserFunction,
} from '../expression/index.js';
import { plainCall, power, rewritten } from './lower-functions.js';
import { finite, type Lowered, type LoweringSteps, Refusal, refuse } from './lowering-steps.js';

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

/**
 * Takes an expression apart and rewrites it with few functions: `sin cos tan asin acos atan atan2
 * sinh cosh tanh asinh acosh atanh exp ln log10 sqrt abs sgn int floor ceil nint min max limit u2
 * uramp ddt idt`, `time`, `temper` and `hertz`. `lower-functions.ts` has the others; the compiler's
 * `lower-expression.ts` knows these only.
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

class Lowering implements LoweringSteps {
  readonly #surroundings: BehaviouralSurroundings;
  readonly #constants: number[] = [];
  readonly #controls: number[] = [];
  readonly #references: string[] = [];

  constructor(surroundings: BehaviouralSurroundings) {
    this.#surroundings = surroundings;
  }

  get scope(): EvaluationScope {
    return this.#surroundings.scope;
  }

  finish(expression: Expression): LoweredExpression {
    const root = this.node(this.lower(expression), expression.span);
    return {
      expression: root,
      constants: this.#constants,
      controls: this.#controls,
      references: this.#references,
    };
  }

  lower(e: Expression): Lowered {
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
        const operand = this.lower(e.operand);
        if (typeof operand !== 'number') return { ...e, operand };
        if (e.operator === '!') return operand === 0 ? 1 : 0;
        return e.operator === '-' ? -operand : operand;
      }
      case 'binary':
        return this.#binary(e);
      case 'conditional': {
        const test = this.lower(e.test);
        if (typeof test === 'number') return this.lower(test !== 0 ? e.whenTrue : e.whenFalse);
        return choice(test, this.operand(e.whenTrue), this.operand(e.whenFalse), e.span);
      }
    }
  }

  /** An expression as an operand of one that is not constant. */
  operand(e: Expression): Expression {
    return this.node(this.lower(e), e.span);
  }

  /** A number becomes the next `c`. */
  node(lowered: Lowered, span: Span): Expression {
    if (typeof lowered !== 'number') return lowered;
    this.#constants.push(lowered);
    return { kind: 'name', name: `c${this.#constants.length - 1}`, span };
  }

  #name(e: NameReference): Lowered {
    const value = this.scope.lookup(e.name);
    if (typeof value === 'number') return value;
    if (value) throw new Refusal(value);
    if (e.name in analysisVariables) return e;
    if (temperatureNames.has(e.name)) return { ...e, name: 'temper' };
    return constants[e.name] ?? refuse(unknownName(e, this.scope.names()));
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
    const left = this.lower(e.left);
    const right = this.lower(e.right);
    if (e.operator === '**') return power(left, right, e.span, this);
    if (right === 0 && (e.operator === '/' || e.operator === '%')) {
      refuse(error('E301', 'division by zero', e.right.span, { label: 'this is 0' }));
    }
    if (typeof left === 'number' && typeof right === 'number') {
      return finite(arithmetic[e.operator](left, right), e.span);
    }
    const operands = {
      left: this.node(left, e.left.span),
      right: this.node(right, e.right.span),
    };
    return { ...e, ...operands };
  }

  #call(e: Call): Lowered {
    const own = this.scope.functionOf?.(e.name);
    if (own) return this.#ownCall(e, own);
    const problem = callProblem(e, this.scope.functionNames?.());
    if (problem) throw new Refusal(problem);
    const rewrite = Object.hasOwn(rewritten, e.name) ? rewritten[e.name] : undefined;
    return rewrite ? rewrite(e, this) : plainCall(e.name, e, this);
  }

  /** A function of the deck is written out. */
  #ownCall(e: Call, own: UserFunction): Lowered {
    const { budget } = this.scope;
    const misfit = argumentProblem(e, own);
    if (misfit) throw new Refusal(misfit);
    try {
      const problem = budget?.enter(e);
      if (problem) throw new Refusal(problem);
      return this.lower(inlined(e, own));
    } finally {
      budget?.leave();
    }
  }
}

function indexIn<T>(list: T[], item: T): number {
  const known = list.indexOf(item);
  return known >= 0 ? known : list.push(item) - 1;
}
