import type { FunctionBuilder, ValueType } from './function-builder.js';
import { f64, i32, i64 } from './opcodes.js';

type Operand = Term | number | bigint;
type Infix = 'plus' | 'minus' | 'times' | 'shl' | 'shr' | 'and' | 'or';
type Relation = 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne';

const float = { plus: f64.add, minus: f64.sub, times: f64.mul } as const;
const word = (ops: typeof i32 | typeof i64) => ({
  plus: ops.add,
  minus: ops.sub,
  times: ops.mul,
  shl: ops.shl,
  shr: ops.shr,
  and: ops.and,
  or: ops.or,
});
const infixCodes: Readonly<Record<string, Partial<Record<Infix, number>>>> = {
  f64: float,
  i32: word(i32),
  i64: word(i64),
};
const relationCodes: Readonly<Record<string, Record<Relation, number>>> = { f64, i32, i64 };

/** An expression that can be written into a function: what `FunctionBuilder` takes, in infix. */
export class Term {
  readonly type: ValueType;
  /** Leaves the value on the stack. */
  readonly emit: (f: FunctionBuilder) => void;

  constructor(type: ValueType, emit: (f: FunctionBuilder) => void) {
    this.type = type;
    this.emit = emit;
  }

  /** A constant becomes a term of this term's type. */
  #lift(operand: Operand): Term {
    return operand instanceof Term ? operand : constant(this.type, operand);
  }

  /** This term and another one as operands of an instruction. */
  with(operand: Operand, code: number, type: ValueType = this.type): Term {
    const other = this.#lift(operand);
    return new Term(type, (f) => {
      this.emit(f);
      other.emit(f);
      f.op(code);
    });
  }

  /** An instruction applied to this term. */
  apply(code: number, type: ValueType = this.type): Term {
    return new Term(type, (f) => {
      this.emit(f);
      f.op(code);
    });
  }

  plus(operand: Operand): Term {
    return this.with(operand, infixCodes[this.type].plus!);
  }

  minus(operand: Operand): Term {
    return this.with(operand, infixCodes[this.type].minus!);
  }

  times(operand: Operand): Term {
    return this.with(operand, infixCodes[this.type].times!);
  }

  over(operand: Operand): Term {
    return this.with(operand, f64.div);
  }

  shl(operand: Operand): Term {
    return this.with(operand, infixCodes[this.type].shl!);
  }

  /** Shift that keeps the sign. */
  shr(operand: Operand): Term {
    return this.with(operand, infixCodes[this.type].shr!);
  }

  /** Shift of an i64 that fills with zeros. */
  shrUnsigned(operand: Operand): Term {
    return this.with(operand, i64.shrUnsigned);
  }

  and(operand: Operand): Term {
    return this.with(operand, infixCodes[this.type].and!);
  }

  or(operand: Operand): Term {
    return this.with(operand, infixCodes[this.type].or!);
  }

  /** A comparison (i32: 1 or 0), of integers with their sign. */
  is(relation: Relation, operand: Operand): Term {
    return this.with(operand, relationCodes[this.type][relation], 'i32');
  }

  not(): Term {
    return this.apply(i32.eqz);
  }

  abs(): Term {
    return this.apply(f64.abs);
  }

  negated(): Term {
    return this.apply(f64.neg);
  }

  sqrt(): Term {
    return this.apply(f64.sqrt);
  }

  signOf(operand: Operand): Term {
    return this.with(operand, f64.copysign);
  }

  /** The bits of a double. */
  bits(): Term {
    return this.apply(i64.reinterpretF64, 'i64');
  }

  /** The double that has these bits. */
  asDouble(): Term {
    return this.apply(f64.reinterpretI64, 'f64');
  }

  /** An i64 without its upper half. */
  low(): Term {
    return this.apply(i32.wrapI64, 'i32');
  }

  /** This term where the condition holds, the other one elsewhere. */
  where(condition: Term, otherwise: Operand): Term {
    const other = this.#lift(otherwise);
    return new Term(this.type, (f) => {
      this.emit(f);
      other.emit(f);
      condition.emit(f);
      f.select();
    });
  }

  /** Loads from this address (i32) plus a constant. */
  loadF64(offset: number): Term {
    return new Term('f64', (f) => {
      this.emit(f);
      f.f64Load(offset);
    });
  }

  loadI64(offset: number): Term {
    return new Term('i64', (f) => {
      this.emit(f);
      f.i64Load(offset);
    });
  }

  /** Four bytes without sign. */
  loadWord(offset: number): Term {
    return new Term('i64', (f) => {
      this.emit(f);
      f.i64Load32(offset);
    });
  }
}

export function constant(type: ValueType, value: number | bigint): Term {
  return new Term(type, (f) => {
    if (type === 'i64') f.i64Const(BigInt(value));
    else if (type === 'i32') f.i32Const(Number(value));
    else f.f64Const(Number(value));
  });
}

/** c₀ + x (c₁ + x (c₂ + …)). */
export function polynomial(x: Term, coefficients: readonly number[]): Term {
  const last = constant('f64', coefficients[coefficients.length - 1]);
  return coefficients.slice(0, -1).reduceRight((sum, c) => x.times(sum).plus(c), last);
}

/** A variable of a body. */
export class Variable extends Term {
  readonly local: number;

  constructor(type: ValueType, local: number) {
    super(type, (f) => {
      f.get(local);
    });
    this.local = local;
  }
}

/** Writes statements over terms into a function. */
export class Body {
  readonly builder: FunctionBuilder;

  constructor(builder: FunctionBuilder) {
    this.builder = builder;
  }

  /** A parameter of the function. */
  operand(type: ValueType, index: number): Variable {
    return new Variable(type, index);
  }

  /** A new local with this value. */
  let(value: Term): Variable {
    const variable = new Variable(value.type, this.builder.local(value.type));
    this.assign(variable, value);
    return variable;
  }

  assign(variable: Variable, value: Term): void {
    value.emit(this.builder);
    this.builder.set(variable.local);
  }

  if(condition: Term, then: () => void, otherwise?: () => void): void {
    condition.emit(this.builder);
    this.builder.if();
    then();
    if (otherwise) {
      this.builder.else();
      otherwise();
    }
    this.builder.end();
  }

  while(condition: Term, step: () => void): void {
    this.builder.block().loop();
    condition.not().emit(this.builder);
    this.builder.brIf(1);
    step();
    this.builder.br(0).end().end();
  }

  return(...values: readonly Term[]): void {
    for (const value of values) value.emit(this.builder);
    this.builder.return();
  }

  /** Values of a call, the results in new locals. */
  call(index: number, inputs: readonly Term[], results: readonly ValueType[]): Variable[] {
    for (const input of inputs) input.emit(this.builder);
    this.builder.call(index);
    const variables = results.map((type) => new Variable(type, this.builder.local(type)));
    for (const { local } of [...variables].reverse()) this.builder.set(local);
    return variables;
  }
}
