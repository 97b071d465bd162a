/**
 * A module with which several threads evaluate a circuit's devices, in WebAssembly down to the
 * waiting, so that a thread needs nothing but the module and the memory.
 *
 *     run    clears what devices add to; offers the shares (a new round); works; waits for the rest;
 *            adds up what has places of its own
 *     serve  until it is told to end: waits for a round; works
 *     work   while there are shares left: takes the next one and evaluates its devices
 *
 * Nobody waits for a thread that has not begun. A share is taken by raising a counter, which `run`
 * sets back only after all that belongs to the round is written: a latecomer finds either nothing
 * left or the new round.
 */
import { constant, Term, type Variable } from '../../base/wasm/formula.js';
import type { FunctionBuilder } from '../../base/wasm/function-builder.js';
import type { WasmModule } from '../../base/wasm/module-builder.js';
import { f64, i32 } from '../../base/wasm/opcodes.js';
import type { CompiledModel } from '../../devices/language/compiled.js';
import { KernelBody, loadIndex } from '../linear/kernel-body.js';
import type { SystemMemory } from './memory.js';
import { controlWords, type ShareAddresses, type SumAddresses } from './share-memory.js';
import { stepsFor, summingPlans, type SummingPlan } from './shares.js';
import { emitRange, emitStart } from './wasm-evaluation.js';

/** Evaluations that threads share; their positions are commands. */
export const sharedPlans = [...summingPlans, 'finishCharges', 'evaluateCharges'] as const;
export type SharedPlan = (typeof sharedPlans)[number];

/** What `run` returns when a thread that took a share does not finish it. */
export const lost = -1;

const quit = -1;

/**
 * Looks at a word before a thread goes to sleep, which costs some ten microseconds: who serves looks
 * for less than that; who waits for the last shares, longer, as these are under way.
 */
const looks = { serve: 3000, run: 30_000 };

/** Nanoseconds after which a thread counts as lost. */
const patience = 60_000_000_000n;

const forever = -1n;

export interface ThreadedCircuit {
  readonly models: readonly CompiledModel[];
  readonly memory: SystemMemory;
  readonly addresses: ShareAddresses;
  /** [groups] index tables with places. */
  readonly tables: readonly Int32Array[];
  readonly shares: number;
}

/** Exports `serve`, `end`, and one function () → vetoes for each of `sharedPlans`, by its name. */
export function emitThreadKernels(module: WasmModule, circuit: ThreadedCircuit): void {
  const control = new Control(circuit.addresses.control);
  const parts = sharedPlans.map((plan) => emitPart(module, plan, circuit));
  const work = emitWork(module, circuit, control, parts);
  emitServe(module, control, work);
  emitEnd(module, control);
  const sleep = emitSleep(module, control, 'done', patience);
  sharedPlans.forEach((plan, command) => {
    emitRun(module, plan, command, circuit, control, { work, sleep });
  });
}

const zero = constant('i32', 0);
const isSumming = (plan: SharedPlan): plan is SummingPlan =>
  (summingPlans as readonly SharedPlan[]).includes(plan);

/** The devices of one share: (share) → vetoes. */
function emitPart(
  module: WasmModule,
  plan: SharedPlan,
  { models, memory, addresses, tables }: ThreadedCircuit,
): number {
  const loops = models.map((model, k) => {
    const steps = stepsFor(plan, model);
    if (steps.length === 0) return undefined;
    const group = memory.groups[k];
    const target = isSumming(plan) ? { ...group, index: tables[k] } : group;
    return emitRange(module, plan, model, target);
  });
  const f = module.function({ params: ['i32'], results: ['i32'] });
  const body = new KernelBody(f);
  const word = body.let(body.operand('i32', 0).shl(2));
  if (isSumming(plan)) emitClearPlaces(body, memory, addresses, plan, word);
  f.i32Const(0);
  loops.forEach((loop, k) => {
    if (loop === undefined) return;
    loadIndex(word, addresses.bounds[k]).emit(f);
    loadIndex(word, addresses.bounds[k] + 4).emit(f);
    f.call(loop).op(i32.add);
  });
  f.end();
  return f.index;
}

/** Copies unknowns and sets a share's places to 0. */
function emitClearPlaces(
  body: KernelBody,
  memory: SystemMemory,
  { copies, copyBounds, entries, entryBounds }: ShareAddresses,
  plan: SummingPlan,
  word: Variable,
): void {
  const { x, f, fScale } = memory;
  const last = body.let(loadIndex(word, copyBounds + 4));
  body.for(loadIndex(word, copyBounds), last, 8, (record) => {
    const place = body.let(loadIndex(record, copies));
    body.store(place, x.byteOffset, loadIndex(record, copies + 4).loadF64(x.byteOffset));
    body.clear(place, f.byteOffset);
    body.clear(place, fScale.byteOffset);
  });
  const end = body.let(loadIndex(word, entryBounds[plan] + 4));
  body.for(loadIndex(word, entryBounds[plan]), end, 8, (at) => {
    body.clear(at, entries);
  });
}

/** Takes shares until none is left. */
function emitWork(
  module: WasmModule,
  { shares }: ThreadedCircuit,
  control: Control,
  parts: readonly number[],
): number {
  const f = module.function({ params: [], results: [] });
  const body = new KernelBody(f);
  const share = body.let(control.add('next', constant('i32', 1)));
  const command = body.let(zero);
  const vetoes = body.let(zero);
  body.while(share.is('lt', shares), () => {
    // Only now: the command belongs to the round that the share is of.
    body.assign(command, control.load('command'));
    parts.forEach((part, k) => {
      body.if(command.is('eq', k), () => {
        body.assign(vetoes, body.call(part, [share], ['i32'])[0]);
      });
    });
    control.add('vetoes', vetoes).emit(f);
    f.drop();
    body.if(control.add('done', constant('i32', 1)).is('eq', shares - 1), () => {
      control.notify(f, 'done');
    });
    body.assign(share, control.add('next', constant('i32', 1)));
  });
  f.end();
  return f.index;
}

function emitServe(module: WasmModule, control: Control, work: number): void {
  const sleep = emitSleep(module, control, 'round', forever);
  const f = module.function({ params: [], results: [] }, 'serve');
  const body = new KernelBody(f);
  const seen = body.let(zero);
  control.add('ready', constant('i32', 1)).emit(f);
  f.drop().loop();
  emitWait(body, control, 'round', looks.serve, seen, sleep);
  f.drop();
  body.assign(seen, control.load('round'));
  body.if(control.load('command').is('eq', quit), () => {
    f.return();
  });
  f.call(work).br(0).end().end();
}

/** Lets all threads end. */
function emitEnd(module: WasmModule, control: Control): void {
  const f = module.function({ params: [], results: ['i32'] }, 'end');
  control.store(f, 'command', quit);
  control.add('round', constant('i32', 1)).emit(f);
  f.drop();
  control.notify(f, 'round');
  f.i32Const(0).end();
}

function emitRun(
  module: WasmModule,
  plan: SharedPlan,
  command: number,
  { memory, addresses, shares }: ThreadedCircuit,
  control: Control,
  { work, sleep }: { readonly work: number; readonly sleep: number },
): void {
  const f = module.function({ params: [], results: ['i32'] }, plan);
  const body = new KernelBody(f);
  emitStart(f, plan, memory);
  control.store(f, 'command', command);
  control.store(f, 'vetoes', 0);
  control.store(f, 'done', 0);
  control.store(f, 'next', 0);
  control.add('round', constant('i32', 1)).emit(f);
  f.drop();
  control.notify(f, 'round');
  f.call(work);
  const done = body.let(control.load('done'));
  body.while(done.is('lt', shares), () => {
    emitWait(body, control, 'done', looks.run, done, sleep);
    f.i32Const(2).op(i32.eq).if().i32Const(lost).return().end();
    body.assign(done, control.load('done'));
  });
  if (isSumming(plan)) {
    const { f: rows, fScale, jf } = addresses.sums[plan];
    emitSums(body, rows, memory.f, f64.add);
    emitSums(body, fScale, memory.fScale, f64.max);
    emitSums(body, jf, memory.jf, f64.add);
  }
  control.load('vetoes').emit(f);
  f.end();
}

/** Waits while a word has this value; leaves what `i32AtomicWait` says, 0 if it did not sleep. */
function emitWait(
  body: KernelBody,
  control: Control,
  word: ControlWord,
  count: number,
  value: Variable,
  sleep: number,
): void {
  const f = body.builder;
  const answer = body.let(zero);
  const left = body.let(constant('i32', count));
  body.while(control.load(word).is('eq', value), () => {
    body.if(
      left.is('gt', 0),
      () => {
        body.assign(left, left.minus(1));
      },
      () => {
        f.get(value.local).call(sleep).tee(answer.local);
        f.i32Const(2).op(i32.eq).brIf(2);
      },
    );
  });
  f.get(answer.local);
}

/**
 * (value) → answer: sleeps while a word has this value. A function of its own, with nothing to
 * remember: V8's baseline compiler (of Node 20 at least) loses locals over this instruction.
 */
function emitSleep(
  module: WasmModule,
  control: Control,
  word: ControlWord,
  nanoseconds: bigint,
): number {
  const f = module.function({ params: ['i32'], results: ['i32'] });
  f.i32Const(0).get(0).i64Const(nanoseconds).i32AtomicWait(control.at(word)).end();
  return f.index;
}

/** Adds to each target what stands in its places, one after the other. */
function emitSums(
  body: KernelBody,
  { records, count, places }: SumAddresses,
  { byteOffset }: Float64Array,
  operation: number,
): void {
  const place = body.let(zero);
  const sum = body.let(constant('f64', 0));
  const end = body.let(zero);
  body.for(zero, constant('i32', 8 * count), 8, (record) => {
    const target = body.let(loadIndex(record, records));
    body.assign(end, loadIndex(record, records + 4));
    body.assign(sum, target.loadF64(byteOffset));
    body.while(place.is('lt', end), () => {
      body.assign(sum, sum.with(loadIndex(place, places).loadF64(byteOffset), operation));
      body.assign(place, place.plus(4));
    });
    body.store(target, byteOffset, sum);
  });
}

type ControlWord = Exclude<keyof typeof controlWords, 'size'>;

/** The words through which threads agree. */
class Control {
  readonly #start: number;

  constructor(start: number) {
    this.#start = start;
  }

  at(word: ControlWord): number {
    return this.#start + controlWords[word];
  }

  load(word: ControlWord): Term {
    return new Term('i32', (f) => f.i32Const(0).i32AtomicLoad(this.at(word)));
  }

  store(f: FunctionBuilder, word: ControlWord, value: number): void {
    f.i32Const(0).i32Const(value).i32AtomicStore(this.at(word));
  }

  /** Adds; what stood there before. */
  add(word: ControlWord, value: Term): Term {
    return new Term('i32', (f) => {
      f.i32Const(0);
      value.emit(f);
      f.i32AtomicAdd(this.at(word));
    });
  }

  /** Wakes all that wait. */
  notify(f: FunctionBuilder, word: ControlWord): void {
    f.i32Const(0).i32Const(-1).atomicNotify(this.at(word)).drop();
  }
}
