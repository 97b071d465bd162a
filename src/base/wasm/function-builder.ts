import { ByteBuffer } from './byte-buffer.js';

export type ValueType = 'i32' | 'i64' | 'f64' | 'v128';

export const valueTypeCodes = { i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b } as const;

/** Of a block: no value, or one. */
const blockCode = (result?: ValueType): number => (result ? valueTypeCodes[result] : 0x40);

/**
 * Writes the body of one function: a method appends one instruction and returns the builder.
 * Operands are on WebAssembly's stack; nothing is checked here, since the engine validates the
 * module. Locals are numbers, parameters first; a new local is 0. Addresses are in bytes.
 *
 *     f.get(x).f64Const(2).op(f64.mul).end()
 */
export class FunctionBuilder {
  /** Index for `call`; valid before the body is written. */
  readonly index: number;
  readonly #code = new ByteBuffer();
  readonly #parameterCount: number;
  /** Types of the locals after the parameters. */
  readonly #locals: ValueType[] = [];

  constructor(index: number, parameterCount: number) {
    this.index = index;
    this.#parameterCount = parameterCount;
  }

  /** Bytes of instructions so far. */
  get size(): number {
    return this.#code.length;
  }

  local(type: ValueType): number {
    return this.#parameterCount + this.#locals.push(type) - 1;
  }

  get(local: number): this {
    return this.#indexed(0x20, local);
  }

  set(local: number): this {
    return this.#indexed(0x21, local);
  }

  tee(local: number): this {
    return this.#indexed(0x22, local);
  }

  /** An instruction without immediates, from the tables of `opcodes.ts`. */
  op(code: number): this {
    if (code <= 0xff) {
      this.#code.byte(code);
    } else {
      this.#code.byte(code >>> 16);
      this.#code.unsigned(code & 0xffff);
    }
    return this;
  }

  f64Const(value: number): this {
    this.#code.byte(0x44);
    this.#code.float64(value);
    return this;
  }

  i32Const(value: number): this {
    this.#code.byte(0x41);
    this.#code.signed(value);
    return this;
  }

  i64Const(value: bigint): this {
    this.#code.byte(0x42);
    this.#code.signed64(value);
    return this;
  }

  /** Loads from the address on the stack plus `offset`. */
  f64Load(offset = 0): this {
    return this.#memory(0x2b, 3, offset);
  }

  f64Store(offset = 0): this {
    return this.#memory(0x39, 3, offset);
  }

  /** A single; arithmetic is done with doubles, `f64.promoteF32` and `f64.demoteF64` convert. */
  f32Load(offset = 0): this {
    return this.#memory(0x2a, 2, offset);
  }

  f32Store(offset = 0): this {
    return this.#memory(0x38, 2, offset);
  }

  i32Load(offset = 0): this {
    return this.#memory(0x28, 2, offset);
  }

  i32Store(offset = 0): this {
    return this.#memory(0x36, 2, offset);
  }

  /** One byte, without sign. */
  i32Load8(offset = 0): this {
    return this.#memory(0x2d, 0, offset);
  }

  i32Store8(offset = 0): this {
    return this.#memory(0x3a, 0, offset);
  }

  i64Load(offset = 0): this {
    return this.#memory(0x29, 3, offset);
  }

  /** Four bytes without sign, as i64. */
  i64Load32(offset = 0): this {
    return this.#memory(0x35, 2, offset);
  }

  i64Store(offset = 0): this {
    return this.#memory(0x37, 3, offset);
  }

  /** Two doubles or four singles. */
  v128Load(offset = 0): this {
    return this.#vectorMemory(0, offset);
  }

  v128Store(offset = 0): this {
    return this.#vectorMemory(11, offset);
  }

  /** One double into both lanes. */
  v128LoadSplat(offset = 0): this {
    return this.#vectorMemory(10, offset);
  }

  /** Four bytes at once, in the order in which all threads see them. */
  i32AtomicLoad(offset = 0): this {
    return this.#atomic(0x10, offset);
  }

  i32AtomicStore(offset = 0): this {
    return this.#atomic(0x17, offset);
  }

  /** address, number ↦ what stood there before it was added. */
  i32AtomicAdd(offset = 0): this {
    return this.#atomic(0x1e, offset);
  }

  /** address, count ↦ number of threads that were woken. */
  atomicNotify(offset = 0): this {
    return this.#atomic(0x00, offset);
  }

  /** address, expected, nanoseconds (i64, −1 for ever) ↦ 0 woken, 1 another number, 2 too late. */
  i32AtomicWait(offset = 0): this {
    return this.#atomic(0x01, offset);
  }

  /** One single into all four lanes. */
  v128LoadSplat32(offset = 0): this {
    this.#code.byte(0xfd);
    return this.#memory(9, 2, offset);
  }

  extractLane(lane: 0 | 1): this {
    return this.#lane(0x21, lane);
  }

  replaceLane(lane: 0 | 1): this {
    return this.#lane(0x22, lane);
  }

  if(result?: ValueType): this {
    return this.#indexed(0x04, blockCode(result));
  }

  else(): this {
    return this.op(0x05);
  }

  block(result?: ValueType): this {
    return this.#indexed(0x02, blockCode(result));
  }

  loop(result?: ValueType): this {
    return this.#indexed(0x03, blockCode(result));
  }

  /** Ends a block, a loop, an `if`, and the function itself. */
  end(): this {
    return this.op(0x0b);
  }

  /** Leaves the block `depth` levels out, or begins a loop again. */
  br(depth: number): this {
    return this.#indexed(0x0c, depth);
  }

  brIf(depth: number): this {
    return this.#indexed(0x0d, depth);
  }

  call(functionIndex: number): this {
    return this.#indexed(0x10, functionIndex);
  }

  return(): this {
    return this.op(0x0f);
  }

  drop(): this {
    return this.op(0x1a);
  }

  /** a, b, condition ↦ a where the condition is not 0, else b; both are evaluated. */
  select(): this {
    return this.op(0x1b);
  }

  unreachable(): this {
    return this.op(0x00);
  }

  /** Writes declarations and instructions as the code section has them. */
  writeBody(out: ByteBuffer): void {
    const declarations = this.#declarations();
    out.unsigned(declarations.length + this.#code.length);
    out.append(declarations.contents());
    out.append(this.#code.contents());
  }

  /** Locals as runs of equal type. */
  #declarations(): ByteBuffer {
    const runs: { type: ValueType; count: number }[] = [];
    for (const type of this.#locals) {
      const last = runs.at(-1);
      if (last?.type === type) last.count++;
      else runs.push({ type, count: 1 });
    }
    const out = new ByteBuffer(16);
    out.unsigned(runs.length);
    for (const { type, count } of runs) {
      out.unsigned(count);
      out.byte(valueTypeCodes[type]);
    }
    return out;
  }

  #indexed(code: number, index: number): this {
    this.#code.byte(code);
    this.#code.unsigned(index);
    return this;
  }

  #memory(code: number, alignment: number, offset: number): this {
    this.#code.byte(code);
    this.#code.byte(alignment);
    this.#code.unsigned(offset);
    return this;
  }

  #vectorMemory(code: number, offset: number): this {
    this.#code.byte(0xfd);
    return this.#memory(code, 2, offset);
  }

  #atomic(code: number, offset: number): this {
    this.#code.byte(0xfe);
    return this.#memory(code, 2, offset);
  }

  #lane(code: number, lane: number): this {
    this.#code.byte(0xfd);
    this.#code.byte(code);
    this.#code.byte(lane);
    return this;
  }
}
