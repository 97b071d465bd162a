/**
 * Writes kernels in WebAssembly: the steps of a plan for instance after instance, with the addresses
 * of one circuit's memory in the code.
 *
 * A value is computed or loaded once and kept in a local; what is loaded inside an arm of a choice is
 * known there only. Few instances are written out one by one: then unknowns and matrix entries are
 * constant addresses, and what belongs to ground is left out.
 */
import { elementary, type ElementaryFunction } from '../../base/wasm/elementary-functions.js';
import type { FunctionBuilder } from '../../base/wasm/function-builder.js';
import type { WasmModule } from '../../base/wasm/module-builder.js';
import { f64, i32 } from '../../base/wasm/opcodes.js';
import type { Limit } from './analog-program.js';
import { environment, type KernelMemory, type SlotKind } from './compiled.js';
import { isSetUp, type Node } from './ir.js';
import { isDerived, type Step } from './kernel-plan.js';
import type { KernelLayout } from './layout.js';
import { dependence, Dependence } from './partition.js';
import type { Statement } from './schedule.js';

/** A kernel over a range of instances: (first, last) → vetoes. */
export function emitLoop(
  module: WasmModule,
  steps: readonly Step[],
  layout: KernelLayout,
  memory: KernelMemory,
  name?: string,
): number {
  const f = module.function({ params: ['i32', 'i32'], results: ['i32'] }, name);
  const instance = f.local('i32');
  const vetoes = f.local('i32');
  f.get(0).set(instance);
  f.block().get(instance).get(1).op(i32.ge).brIf(0).loop();
  new InstanceWriter(module, f, layout, memory, vetoes, instance).steps(steps);
  f.get(instance).i32Const(1).op(i32.add).tee(instance).get(1).op(i32.lt).brIf(0).end().end();
  f.get(vetoes).end();
  return f.index;
}

/**
 * The same in two parts: an instance is evaluated (`keep`) only where an unknown has gone further than
 * `environment.carried` since it was last, and then adds what it comes to now (`carry`). Where a limit
 * vetoes, what was kept is not what the neighbours would find, and it is evaluated again.
 */
export function emitCarryingLoop(
  module: WasmModule,
  plans: { readonly keep: readonly Step[]; readonly carry: readonly Step[] },
  layout: KernelLayout,
  memory: KernelMemory,
): number {
  const f = module.function({ params: ['i32', 'i32'], results: ['i32'] });
  const instance = f.local('i32');
  const vetoes = f.local('i32');
  const before = f.local('i32');
  f.get(0).set(instance);
  f.block().get(instance).get(1).op(i32.ge).brIf(0).loop();
  const writer = (): InstanceWriter =>
    new InstanceWriter(module, f, layout, memory, vetoes, instance);
  f.block().block();
  writer().leaveIfMoved();
  f.br(1).end();
  f.get(vetoes).set(before);
  const evaluating = writer();
  evaluating.steps(plans.keep);
  evaluating.keepUnknowns(before);
  f.end();
  writer().steps(plans.carry);
  f.get(instance).i32Const(1).op(i32.add).tee(instance).get(1).op(i32.lt).brIf(0).end().end();
  f.get(vetoes).end();
  return f.index;
}

/** The same for all instances written out one after the other: () → vetoes. */
export function emitUnrolled(
  module: WasmModule,
  steps: readonly Step[],
  layout: KernelLayout,
  memory: KernelMemory,
  name?: string,
): number {
  const f = module.function({ params: [], results: ['i32'] }, name);
  const vetoes = f.local('i32');
  const locals = new LocalPool(f);
  for (let i = 0; i < memory.count; i++) {
    new InstanceWriter(module, f, layout, memory, vetoes, undefined, i, locals).steps(steps);
    locals.reuse();
  }
  f.get(vetoes).end();
  return f.index;
}

/** Number of operations of a plan, to judge how large its code becomes. */
export function planSize(steps: readonly Step[]): number {
  const count = (list: readonly Statement[]): number =>
    list.reduce(
      (sum, s) => sum + (s.kind === 'compute' ? 1 : 2 + count(s.whenTrue) + count(s.whenFalse)),
      0,
    );
  return steps.reduce((sum, s) => sum + (s.kind === 'statement' ? count([s.statement]) : 3), 0);
}

/** Locals that the next instance takes over. */
class LocalPool {
  readonly #f: FunctionBuilder;
  readonly #made = { i32: [] as number[], f64: [] as number[] };
  #used = { i32: 0, f64: 0 };

  constructor(f: FunctionBuilder) {
    this.#f = f;
  }

  take(type: 'i32' | 'f64'): number {
    const list = this.#made[type];
    const position = this.#used[type]++;
    if (position === list.length) list.push(this.#f.local(type));
    return list[position];
  }

  reuse(): void {
    this.#used = { i32: 0, f64: 0 };
  }
}

const unaryOps: Readonly<Record<string, number>> = {
  neg: f64.neg,
  abs: f64.abs,
  sqrt: f64.sqrt,
  floor: f64.floor,
  ceil: f64.ceil,
  trunc: f64.trunc,
};

const binaryOps: Readonly<Record<string, number>> = {
  add: f64.add,
  sub: f64.sub,
  mul: f64.mul,
  div: f64.div,
  min: f64.min,
  max: f64.max,
  lt: f64.lt,
  le: f64.le,
  gt: f64.gt,
  ge: f64.ge,
  eq: f64.eq,
  ne: f64.ne,
  and: i32.and,
  or: i32.or,
};

class InstanceWriter {
  readonly #module: WasmModule;
  readonly #f: FunctionBuilder;
  readonly #layout: KernelLayout;
  readonly #memory: KernelMemory;
  readonly #vetoes: number;
  /** The local that counts instances; undefined where one instance is written out. */
  readonly #loop: number | undefined;
  readonly #instance: number;
  readonly #locals: LocalPool;
  /** Locals of what statements compute: later arms of the same condition use them again. */
  readonly #computed = new Map<Node, number>();
  /** Locals of what is loaded, and of addresses by what they are, in the order of their definition. */
  readonly #defined = new Map<Node | string, number>();
  readonly #order: (Node | string)[] = [];
  /** Slots of limits, and locals with their new values. */
  readonly #limits: [slot: number, local: number][] = [];

  constructor(
    module: WasmModule,
    f: FunctionBuilder,
    layout: KernelLayout,
    memory: KernelMemory,
    vetoes: number,
    loop: number | undefined,
    instance = 0,
    locals = new LocalPool(f),
  ) {
    this.#module = module;
    this.#f = f;
    this.#layout = layout;
    this.#memory = memory;
    this.#vetoes = vetoes;
    this.#loop = loop;
    this.#instance = instance;
    this.#locals = locals;
  }

  steps(steps: readonly Step[]): void {
    for (const step of steps) this.#step(step);
    this.#keepLimits();
  }

  /** At the end: until then the slots hold what limits were before, for whoever asks. */
  #keepLimits(): void {
    for (const [slot, local] of this.#limits) {
      const offset = this.#slot(this.#memory.instance, slot);
      this.#f.get(local).f64Store(offset);
    }
  }

  #step(step: Step): void {
    switch (step.kind) {
      case 'statement':
        this.#statements([step.statement]);
        return;
      case 'limit':
        this.#limit(step.limit);
        return;
      case 'row':
        this.#addTo(this.#memory[step.array], this.#unknown(step.row), step.value);
        return;
      case 'entry':
        this.#addTo(this.#memory[step.array], this.#place(step.index), step.value);
        return;
      case 'scale':
        this.#scale(this.#unknown(step.row), step.value);
        return;
      case 'charge':
      case 'chargeRate':
      case 'chargeSlope':
        this.#store(this.#memory[step.kind], step.charge, step.value);
        return;
      case 'slot':
        this.#store(this.#memory.instance, step.slot, step.value);
        return;
      case 'keep': {
        const offset = this.#kept(this.#firstKept + step.ordinal);
        this.#push(step.value);
        this.#f.f64Store(offset);
      }
    }
  }

  // --- what is kept: 1 or 0, unknowns, numbers ---

  get #firstKept(): number {
    return 1 + this.#layout.unknownCount;
  }

  /** Address of a number that this instance keeps: what is pushed, and the rest. */
  #kept(place: number): number {
    const kept = this.#memory.kept!;
    const stride = kept.length / this.#memory.count;
    this.#address('kept', () =>
      this.#f
        .get(this.#loop!)
        .i32Const(8 * stride)
        .op(i32.mul),
    );
    return kept.byteOffset + 8 * place;
  }

  /** Leaves the innermost block if what is kept does not hold for the present unknowns. */
  leaveIfMoved(): void {
    const f = this.#f;
    const { unknownCount } = this.#layout;
    const allowed = this.#memory.environment.byteOffset + 8 * environment.carried;
    f.f64Load(this.#kept(0)).f64Const(0).op(f64.eq).brIf(0);
    for (let u = 0; u < unknownCount; u++) {
      this.#loadUnknown('x', u);
      f.f64Load(this.#kept(1 + u));
      f.op(f64.sub).op(f64.abs).i32Const(0).f64Load(allowed);
      f.op(f64.le).op(i32.eqz).brIf(0);
    }
  }

  /** @param before local with the vetoes that were there before this instance */
  keepUnknowns(before: number): void {
    const f = this.#f;
    const { unknownCount } = this.#layout;
    const e = this.#memory.environment.byteOffset;
    for (let u = 0; u < unknownCount; u++) {
      const offset = this.#kept(1 + u);
      this.#loadUnknown('x', u);
      f.f64Store(offset);
    }
    const offset = this.#kept(0);
    f.f64Const(1).f64Const(0);
    f.get(this.#vetoes).get(before).op(i32.eq);
    f.i32Const(0)
      .f64Load(e + 8 * environment.initializing)
      .f64Const(0)
      .op(f64.eq);
    f.op(i32.and).select().f64Store(offset);
  }

  // --- addresses ---

  /** Address of slot `slot` of this instance in an array of instances: what is pushed, and the rest. */
  #slot(array: Float64Array, slot: number): number {
    const { count } = this.#memory;
    const base = array.byteOffset + slot * count * 8;
    if (this.#loop === undefined) {
      this.#f.i32Const(0);
      return base + this.#instance * 8;
    }
    this.#address('instance*8', () => this.#f.get(this.#loop!).i32Const(3).op(i32.shl));
    return base;
  }

  /** The position that stands in a row of the index table: a number, or a local with 8 times it. */
  #indexed(row: number): Place {
    const { index, count } = this.#memory;
    if (this.#loop === undefined) return { constant: index[row * count + this.#instance] };
    const key = `index ${String(row)}`;
    if (!this.#defined.has(key)) {
      this.#address('instance*4', () => this.#f.get(this.#loop!).i32Const(2).op(i32.shl));
      this.#f
        .i32Load(index.byteOffset + row * count * 4)
        .i32Const(3)
        .op(i32.shl);
      this.#f.set(this.#define(key, 'i32'));
    }
    return { local: this.#defined.get(key)! };
  }

  #unknown(local: number): Place {
    return this.#indexed(local);
  }

  /** Entries are used once each. */
  #place(row: number): Place {
    return this.#indexed(row);
  }

  /** Pushes an address that is computed once. */
  #address(key: string, compute: () => unknown): void {
    const known = this.#defined.get(key);
    if (known !== undefined) {
      this.#f.get(known);
      return;
    }
    compute();
    this.#f.tee(this.#define(key, 'i32'));
  }

  /** Pushes what goes with the returned offset to an element of an array of the circuit. */
  #element(array: Float64Array, place: Place): number {
    if ('local' in place) {
      this.#f.get(place.local);
      return array.byteOffset;
    }
    this.#f.i32Const(0);
    return array.byteOffset + place.constant * 8;
  }

  #card(): { readonly pushed: () => void; readonly constant: number } {
    const { index, count } = this.#memory;
    const row = this.#layout.staticStart - 1;
    if (this.#loop === undefined)
      return {
        pushed: () => this.#f.i32Const(0),
        constant: index[row * count + this.#instance] * 8,
      };
    if (this.#memory.cards === 1) return { pushed: () => this.#f.i32Const(0), constant: 0 };
    const place = this.#indexed(row) as { local: number };
    return { pushed: () => this.#f.get(place.local), constant: 0 };
  }

  // --- results ---

  #addTo(array: Float64Array, place: Place, value: Node): void {
    if (isNowhere(place)) return;
    const f = this.#f;
    const offset = this.#element(array, place);
    this.#element(array, place);
    f.f64Load(offset);
    if (value.op === 'neg' && !isDerived(value)) {
      this.#push(value.args[0]);
      f.op(f64.sub);
    } else {
      this.#push(value);
      f.op(f64.add);
    }
    f.f64Store(offset);
  }

  #scale(place: Place, value: Node): void {
    if (isNowhere(place)) return;
    const f = this.#f;
    const { fScale } = this.#memory;
    const offset = this.#element(fScale, place);
    this.#element(fScale, place);
    f.f64Load(offset);
    this.#push(value);
    f.op(f64.abs).op(f64.max).f64Store(offset);
  }

  #store(array: Float64Array, slot: number, value: Node): void {
    const offset = this.#slot(array, slot);
    this.#push(value);
    this.#f.f64Store(offset);
  }

  /** v̂ is kept for the next iteration; |v − v̂| ≤ vntol + reltol·max(|v|, |v̂|) or it vetoes. */
  #limit({ leaf, limited, value, name }: Limit): void {
    const f = this.#f;
    this.#push(limited);
    const kept = this.#define(leaf, 'f64');
    f.set(kept);
    this.#limits.push([this.#layout.slotNumber('limit', name), kept]);
    const e = this.#memory.environment.byteOffset;
    f.get(this.#vetoes);
    this.#push(value);
    f.get(kept).op(f64.sub).op(f64.abs);
    f.i32Const(0).f64Load(e + environment.vntol * 8);
    f.i32Const(0).f64Load(e + environment.reltol * 8);
    this.#push(value);
    f.op(f64.abs).get(kept).op(f64.abs).op(f64.max).op(f64.mul).op(f64.add);
    f.op(f64.le).op(i32.eqz).op(i32.add).set(this.#vetoes);
  }

  // --- computing ---

  #statements(list: readonly Statement[]): void {
    const f = this.#f;
    for (const statement of list) {
      if (statement.kind === 'compute') {
        this.#compute(statement.node);
        f.set(this.#result(statement.node));
        continue;
      }
      const { condition, selects, whenTrue, whenFalse } = statement;
      const results = selects.map((node) => this.#result(node));
      this.#push(condition);
      f.if();
      this.#arm(whenTrue, selects, results, 1);
      f.else();
      this.#arm(whenFalse, selects, results, 2);
      f.end();
    }
  }

  /** The local that a statement leaves a node's value in. */
  #result(node: Node): number {
    let local = this.#computed.get(node);
    if (local === undefined) this.#computed.set(node, (local = this.#locals.take(typeOf(node))));
    return local;
  }

  #arm(
    list: readonly Statement[],
    selects: readonly Node[],
    results: readonly number[],
    position: 1 | 2,
  ): void {
    const outside = this.#order.length;
    this.#statements(list);
    selects.forEach((node, k) => {
      this.#push(node.args[position]);
      this.#f.set(results[k]);
    });
    while (this.#order.length > outside) this.#defined.delete(this.#order.pop()!);
  }

  #define(key: Node | string, type: 'i32' | 'f64'): number {
    const local = this.#locals.take(type);
    this.#defined.set(key, local);
    this.#order.push(key);
    return local;
  }

  /** Pushes a node's value. */
  #push(node: Node): void {
    const f = this.#f;
    if (node.op === 'constant') {
      f.f64Const(node.payload as number);
      return;
    }
    if (node.op === 'true' || node.op === 'false') {
      f.i32Const(node.op === 'true' ? 1 : 0);
      return;
    }
    const known = this.#computed.get(node) ?? this.#defined.get(node);
    if (known !== undefined) {
      f.get(known);
      return;
    }
    if (!isDerived(node)) throw new Error(`'${node.op}' is used before it is computed`);
    this.#load(node);
    f.tee(this.#define(node, typeOf(node)));
  }

  #load(node: Node): void {
    const f = this.#f;
    const layout = this.#layout;
    const memory = this.#memory;
    if (node.args.length > 0 || isSetUp(node)) {
      const slot = layout.derivedNumber(node);
      if (dependence(node) === Dependence.model) this.#loadOfCard(slot);
      else f.f64Load(this.#slot(memory.instance, slot));
      if (node.type === 'boolean') f.f64Const(0).op(f64.ne);
      return;
    }
    const name = String(node.payload);
    switch (node.op) {
      case 'modelParameter':
        this.#loadOfCard(layout.modelParameterNumber(name));
        return;
      case 'environment':
        f.i32Const(0).f64Load(memory.environment.byteOffset + Number(name) * 8);
        return;
      case 'charge':
      case 'chargeHistory':
      case 'chargeRate':
        f.f64Load(this.#slot(memory[node.op], Number(name)));
        return;
      case 'kept':
        f.f64Load(this.#kept(this.#firstKept + Number(name)));
        return;
      case 'keptMove':
        this.#loadUnknown('x', Number(name));
        f.f64Load(this.#kept(1 + Number(name)));
        f.op(f64.sub);
        return;
      case 'unknown':
      case 'unknownMove':
        this.#loadUnknown(node.op === 'unknown' ? 'x' : 'delta', layout.unknownNumber(name));
        return;
      case 'probe':
      case 'probeMove': {
        const array = node.op === 'probe' ? 'x' : 'delta';
        const [a, b] = name.split(',').map(Number);
        this.#loadUnknown(array, a);
        if (b < 0) return;
        this.#loadUnknown(array, b);
        f.op(f64.sub);
        return;
      }
      default:
        f.f64Load(this.#slot(memory.instance, layout.slotNumber(slotKind(node), name)));
    }
  }

  #loadOfCard(slot: number): void {
    const { model, cards } = this.#memory;
    const { pushed, constant } = this.#card();
    pushed();
    this.#f.f64Load(model.byteOffset + slot * cards * 8 + constant);
  }

  #loadUnknown(array: 'x' | 'delta', local: number): void {
    const key = `${array} ${String(local)}`;
    const known = this.#defined.get(key);
    if (known !== undefined) {
      this.#f.get(known);
      return;
    }
    const place = this.#unknown(local);
    this.#f.f64Load(this.#element(this.#memory[array], place));
    this.#f.tee(this.#define(key, 'f64'));
  }

  #compute(node: Node): void {
    const f = this.#f;
    const { op, args } = node;
    if (op === 'select') {
      this.#push(args[1]);
      this.#push(args[2]);
      this.#push(args[0]);
      f.select();
      return;
    }
    for (const arg of args) this.#push(arg);
    if (op === 'not') f.op(i32.eqz);
    else if ((op === 'eq' || op === 'ne') && args[0].type === 'boolean')
      f.op(op === 'eq' ? i32.eq : i32.ne);
    else if (op in unaryOps) f.op(unaryOps[op]);
    else if (op in binaryOps) f.op(binaryOps[op]);
    else f.call(elementary(this.#module, op as ElementaryFunction));
  }
}

type Place = { readonly local: number } | { readonly constant: number };

/** What belongs to ground: the first unknown, the first slot of the matrix. */
function isNowhere(place: Place): boolean {
  return 'constant' in place && place.constant === 0;
}

function typeOf(node: Node): 'i32' | 'f64' {
  return node.type === 'boolean' ? 'i32' : 'f64';
}

function slotKind(node: Node): SlotKind {
  switch (node.op) {
    case 'instanceParameter':
      return 'parameter';
    case 'previous':
      return 'limit';
    case 'input':
    case 'stateHold':
    case 'held':
    case 'draw':
    case 'borrowed':
    case 'delayed':
    case 'delayWeight':
    case 'gradient':
      return node.op;
    default:
      throw new Error(`a kernel cannot load '${node.op}'`);
  }
}
