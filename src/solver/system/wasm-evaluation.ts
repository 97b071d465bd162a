/**
 * Evaluating all devices in WebAssembly: a module for each kind of evaluation, with the addresses of
 * the circuit's memory in its code, made when it is first needed.
 *
 * In time, devices that are linear put constants into the matrix, which depend on a0 and parameters
 * alone: these are stamped once (`linear`), and each evaluation begins with a copy of them.
 */
import { compileModule, instantiate, type WasmMemory } from '../../base/wasm/engine.js';
import type { FunctionBuilder } from '../../base/wasm/function-builder.js';
import { WasmModule } from '../../base/wasm/module-builder.js';
import { i32 } from '../../base/wasm/opcodes.js';
import type { CompiledModel, KernelMemory } from '../../devices/language/compiled.js';
import { environment, keptStride } from '../../devices/language/compiled.js';
import {
  emitCarryingLoop,
  emitLoop,
  emitUnrolled,
  planSize,
} from '../../devices/language/emit-wasm.js';
import type { PlanName, Step } from '../../devices/language/kernel-plan.js';
import type { Evaluation } from './evaluation.js';
import type { SystemMemory } from './memory.js';
import { stepsFor } from './shares.js';

/** Operations that are written out instance by instance at most; above, code loops over instances. */
const unrolledOperations = 3000;

/** Bytes that are cleared or copied by instructions, and not by the engine's bulk operations. */
const shortRange = 1024;

export class WasmEvaluation implements Evaluation {
  readonly #models: readonly CompiledModel[];
  readonly #memory: SystemMemory;
  readonly #engine: WasmMemory;
  readonly #functions = new Map<PlanName, () => number>();
  /** a0 that the linear part was stamped for; not a number if it must be stamped again. */
  #stamped = NaN;
  /** Counts the stamps of linear devices. */
  linearVersion = 0;

  constructor(models: readonly CompiledModel[], memory: SystemMemory, engine: WasmMemory) {
    this.#models = models;
    this.#memory = memory;
    this.#engine = engine;
  }

  evaluateStatic(): number {
    return this.#function('evaluateStatic')();
  }

  evaluate(): number {
    return this.#function('evaluate')();
  }

  evaluateTransient(): number {
    this.stampLinear();
    return this.#function('evaluateTransient')();
  }

  evaluateCharges(): void {
    this.#function('evaluateCharges')();
  }

  finishCharges(): void {
    this.#function('finishCharges')();
  }

  invalidate(): void {
    this.#stamped = NaN;
    this.#models.forEach((model, k) => {
      const { kept } = this.#memory.groups[k];
      if (!kept) return;
      for (let at = 0; at < kept.length; at += keptStride(model)) kept[at] = 0;
    });
  }

  restored(): void {
    this.#stamped = NaN;
  }

  end(): void {
    // There is nothing to end.
  }

  /** Brings the constants of linear devices up to date. */
  stampLinear(): void {
    const a0 = this.#memory.environment[environment.a0];
    if (a0 === this.#stamped) return;
    this.#function('jacobian')();
    this.#stamped = a0;
    this.linearVersion++;
  }

  /** Somebody else has stamped them for the present a0. */
  takeStamps(): void {
    const a0 = this.#memory.environment[environment.a0];
    if (a0 === this.#stamped) return;
    this.#stamped = a0;
    this.linearVersion++;
  }

  #function(name: PlanName): () => number {
    let known = this.#functions.get(name);
    if (!known) {
      const module = new WasmModule(memoryImport(this.#engine));
      emitEvaluation(module, name, this.#models, this.#memory, 'run');
      const { run } = instantiate(compileModule(module.build()), this.#engine);
      this.#functions.set(name, (known = run));
    }
    return known;
  }
}

/** What a module that works on this memory imports. */
export function memoryImport(engine: WasmMemory): {
  initial: number;
  maximum?: number;
  shared?: boolean;
} {
  const initial = engine.buffer.byteLength / 65536;
  const shared =
    typeof SharedArrayBuffer !== 'undefined' && engine.buffer instanceof SharedArrayBuffer;
  return shared ? { initial, maximum: initial, shared } : { initial };
}

/** Adds the evaluation of all groups: () → vetoes. Returns the function's index. */
export function emitEvaluation(
  module: WasmModule,
  name: PlanName,
  models: readonly CompiledModel[],
  memory: SystemMemory,
  exported?: string,
): number {
  const calls = models.flatMap((model, k) => {
    if (name === 'jacobian' && !model.linear) return [];
    const steps = stepsFor(name, model);
    if (steps.length === 0) return [];
    const group = memory.groups[k];
    const target = name === 'jacobian' ? { ...group, jf: memory.jLinear } : group;
    return [emitGroup(module, name, steps, model, target)];
  });
  const f = module.function({ params: [], results: ['i32'] }, exported);
  emitStart(f, name, memory);
  f.i32Const(0);
  for (const call of calls) {
    call(f);
    f.op(i32.add);
  }
  f.end();
  return f.index;
}

function emitGroup(
  module: WasmModule,
  name: PlanName,
  steps: readonly Step[],
  model: CompiledModel,
  group: KernelMemory,
): (f: FunctionBuilder) => void {
  if (planSize(steps) * group.count <= unrolledOperations) {
    const all = emitUnrolled(module, steps, model.plans.layout, group);
    return (f) => f.call(all);
  }
  const range = emitRange(module, name, model, group);
  return (f) => f.i32Const(0).i32Const(group.count).call(range);
}

/** The evaluation of instances of one group: (first, last) → vetoes. */
export function emitRange(
  module: WasmModule,
  name: PlanName,
  model: CompiledModel,
  group: KernelMemory,
): number {
  const { plans } = model;
  if (name !== 'evaluateTransient' || !group.kept)
    return emitLoop(module, stepsFor(name, model), plans.layout, group);
  const both = { keep: plans.get('keep'), carry: plans.get('carry') };
  return emitCarryingLoop(module, both, plans.layout, group);
}

/** Clears what kernels add to. */
export function emitStart(f: FunctionBuilder, name: PlanName, memory: SystemMemory): void {
  const { f: residual, fScale, jf, q, jq, jLinear } = memory;
  switch (name) {
    case 'evaluateCharges':
    case 'finishCharges':
      return;
    case 'jacobian':
      emitClear(f, jLinear);
      return;
    case 'evaluateTransient':
      emitClear(f, residual);
      emitClear(f, fScale);
      emitCopy(f, jLinear, jf);
      return;
    default:
      emitClear(f, residual);
      emitClear(f, fScale);
      emitClear(f, jf);
      if (name !== 'evaluate') return;
      emitClear(f, q);
      emitClear(f, jq);
  }
}

function emitClear(f: FunctionBuilder, { byteOffset, byteLength }: Float64Array): void {
  if (byteLength > shortRange) {
    f.i32Const(byteOffset).i32Const(0).i32Const(byteLength).op(memoryFill).op(0);
    return;
  }
  for (let at = 0; at < byteLength; at += 8)
    f.i32Const(0)
      .f64Const(0)
      .f64Store(byteOffset + at);
}

function emitCopy(f: FunctionBuilder, from: Float64Array, to: Float64Array): void {
  if (from.byteLength > shortRange) {
    f.i32Const(to.byteOffset).i32Const(from.byteOffset).i32Const(from.byteLength);
    f.op(memoryCopy).op(0).op(0);
    return;
  }
  for (let at = 0; at < from.byteLength; at += 8)
    f.i32Const(0)
      .i32Const(0)
      .f64Load(from.byteOffset + at)
      .f64Store(to.byteOffset + at);
}

const memoryCopy = 0xfc000a;
const memoryFill = 0xfc000b;
