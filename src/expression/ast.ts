import type { Span } from '../base/index.js';

/**
 * The expression language that netlist, measures and calculator share, as a tree.
 *
 * Names are lower case: the language does not tell cases apart. Every node keeps its span.
 */
export type Expression =
  NumberLiteral | NameReference | Access | Call | Unary | Binary | Conditional;

export interface NumberLiteral {
  readonly kind: 'number';
  readonly value: number;
  readonly span: Span;
}

/** A parameter, or one of `time`, `temper`, `hertz`, `pi` … */
export interface NameReference {
  readonly kind: 'name';
  readonly name: string;
  /** What it is worth where nothing else gives it a value: of a parameter that an analysis sweeps. */
  readonly value?: number;
  readonly span: Span;
}

/** A quantity of the circuit: `v(a)`, `v(a,b)`, `i(vx)`, `@m1[gm]`, `vdb(out)`. */
export interface Access {
  readonly kind: 'access';
  /** `v`, `i`, `@`, or an AC form such as `vm`, `vdb`, `vp`, `vr`, `vi`. */
  readonly quantity: string;
  /** Node names for voltages, an instance name for currents, instance and output for `@`. */
  readonly names: readonly string[];
  readonly span: Span;
}

export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly span: Span;
}

export interface Unary {
  readonly kind: 'unary';
  readonly operator: '-' | '+' | '!';
  readonly operand: Expression;
  readonly span: Span;
}

export type BinaryOperator =
  '+' | '-' | '*' | '/' | '%' | '**' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||';

export interface Binary {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

export interface Conditional {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
  readonly span: Span;
}
