/**
 * Several steps in one call: what `Transient` does with one step that is solved, judged and accepted
 * without anything out of the ordinary, as a loop in WebAssembly inside the module of a circuit's
 * Newton kernel.
 *
 *     weights, if the distances of points have changed; sources; history and prediction
 *     Newton; truncation error; ringing                any objection: the step is not taken
 *     move on by a point, put it down in the block of points, choose the next step
 *
 * It stops before landings, where the block is full, and before a step that must be refused: that one
 * is solved again, by the code that knows what to do. Numbers are the same, bit by bit, however many
 * steps are taken in a call.
 */
import type { WasmFunction } from '../../base/wasm/engine.js';
import type { FunctionBuilder } from '../../base/wasm/function-builder.js';
import type { WasmModule } from '../../base/wasm/module-builder.js';
import { f64, i32 } from '../../base/wasm/opcodes.js';
import { environment } from '../../devices/language/compiled.js';
import type { KernelExtension, KernelParts } from '../newton/newton-kernel.js';
import { control } from '../system/step-memory.js';
import type { System } from '../system/system.js';
import type { IntegrationMethod } from './method.js';
import { emitKeepLimits, emitRecord } from './record-kernel.js';
import { emitKeepRates, emitRinging } from './ringing-kernel.js';
import { goodPart, mostGrowth, negligible, sameDistance } from './step-growth.js';
import {
  emitJudge,
  emitMoveOn,
  emitPrepare,
  emitSpreadPeaks,
  type StepCounts,
} from './step-kernel.js';

/** What a march asks the outside for. */
export interface MarchCallbacks {
  /** Writes the weights of a step to `time`, and its a0. */
  readonly weigh: (time: number) => void;
  /** Writes the values of sources. */
  readonly drive: (time: number) => void;
  /** Whether the solved step shows ringing: 1 or 0. */
  readonly rings: () => number;
}

/** How far a call may go. */
export interface MarchLimits {
  /** Steps that would reach this time are not taken [s]. */
  readonly landing: number;
  readonly maxStep: number;
  readonly points: number;
  readonly maxIterations: number;
  /** Whether a source changes with time. */
  readonly driven: boolean;
  readonly mustFactor: boolean;
}

/** Below this ratio a step may double: (0.9/2)³ is 0.0911. */
const doubling = 0.091;

export class MarchKernel implements KernelExtension {
  readonly key: string;
  readonly imports: Readonly<Record<string, WasmFunction>>;
  readonly #system: System;
  readonly #counts: StepCounts;
  readonly #method: IntegrationMethod;
  #march: WasmFunction | undefined;
  #indices = { weigh: 0, drive: 0, rings: 0, cbrt: 0 };
  /** Of who marches now: the code may outlive a run. */
  #callbacks: MarchCallbacks | undefined;

  /** Undefined where steps have more to them: stages, events, or no room for points. */
  static of(
    system: System,
    counts: StepCounts,
    method: IntegrationMethod,
  ): MarchKernel | undefined {
    const plain = method.order === 2 && !method.stage && system.smooth;
    if (!plain || system.memory.points.capacity === 0) return undefined;
    return new MarchKernel(system, counts, method);
  }

  private constructor(system: System, counts: StepCounts, method: IntegrationMethod) {
    this.key = method.name;
    this.#system = system;
    this.#counts = counts;
    this.#method = method;
    const call = (name: keyof MarchCallbacks) => (time: number) =>
      this.#callbacks![name](time) ?? 0;
    const [weigh, drive, rings] = [call('weigh'), call('drive'), call('rings')];
    this.imports = { weigh, drive, rings, cbrt: Math.cbrt };
  }

  declare(module: WasmModule): void {
    const told = { params: ['f64'], results: [] } as const;
    this.#indices = {
      weigh: module.importFunction('weigh', told),
      drive: module.importFunction('drive', told),
      rings: module.importFunction('rings', { params: [], results: ['i32'] }),
      cbrt: module.importFunction('cbrt', { params: ['f64'], results: ['f64'] }),
    };
  }

  emit(module: WasmModule, parts: KernelParts): void {
    const system = this.#system;
    const { rings: judge, ...indices } = this.#indices;
    const rings = this.#method.rings === true;
    emitMarch(module, system, {
      ...parts,
      ...indices,
      spreadPeaks: emitSpreadPeaks(module, system, this.#counts),
      prepare: emitPrepare(module, system),
      judge: emitJudge(module, system, this.#counts),
      moveOn: emitMoveOn(module, system, this.#counts),
      record: emitRecord(module, system),
      keepLimits: emitKeepLimits(module, system),
      ...(rings ? { ringing: emitRinging(module, system, this.#counts, judge) } : {}),
      ...(rings ? { keepRates: emitKeepRates(module, system) } : {}),
    });
  }

  adopt(functions: Readonly<Record<string, WasmFunction>>): void {
    this.#march = functions.march;
  }

  /** Steps that were taken; their points stand in the system's `points`, the rest in `control`. */
  advance(
    callbacks: MarchCallbacks,
    { landing, maxStep, points, maxIterations, driven, mustFactor }: MarchLimits,
  ): number {
    this.#callbacks = callbacks;
    return this.#march!(
      landing,
      maxStep,
      points,
      maxIterations,
      driven ? 1 : 0,
      mustFactor ? 1 : 0,
    );
  }
}

interface MarchParts extends KernelParts {
  readonly weigh: number;
  readonly drive: number;
  readonly cbrt: number;
  readonly prepare: number;
  readonly judge: number;
  readonly moveOn: number;
  readonly record: number;
  readonly spreadPeaks: number;
  readonly keepLimits: number;
  readonly ringing?: number;
  readonly keepRates?: number;
}

/** (landing, maxStep, points, maxIterations, driven, mustFactor) → points that were taken. */
function emitMarch(module: WasmModule, system: System, parts: MarchParts): void {
  const params = ['f64', 'f64', 'i32', 'i32', 'i32', 'i32'] as const;
  const f = module.function({ params, results: ['i32'] }, 'march');
  const [landing, maxStep, most, maxIterations, driven, mustFactor] = [0, 1, 2, 3, 4, 5];
  const { memory, linear } = system;
  const { times } = memory.steps;
  const a0 = memory.environment.byteOffset + 8 * environment.a0;
  const number = (name: keyof typeof control): number =>
    memory.steps.control.byteOffset + 8 * control[name];
  const load = (address: number): FunctionBuilder => f.i32Const(0).f64Load(address);
  const [taken, iterations, wasCurrent] = ['i32', 'i32', 'i32'].map(() => f.local('i32'));
  const real = (): number => f.local('f64');
  const [time, h, step, remaining, ratio, allowed, stamped] = Array.from({ length: 7 }, real);
  const [sum, factored] = [real(), real()];
  const gaps = [real(), real(), real(), real()];
  const gapsBefore = [real(), real(), real(), real()];

  load(number('step')).set(step);
  f.get(mustFactor).op(i32.eqz).set(wasCurrent);
  for (const gap of gapsBefore) f.f64Const(NaN).set(gap);
  f.block().loop();
  f.get(taken).get(most).op(i32.ge).brIf(1);

  // --- where to ---
  f.get(landing);
  load(times.byteOffset).op(f64.sub).set(remaining);
  f.get(step).get(maxStep).op(f64.min).set(h);
  f.get(h).get(remaining).f64Const(sameDistance).op(f64.mul).op(f64.ge).brIf(1);
  f.get(h).f64Const(2).op(f64.mul).get(remaining).op(f64.gt).brIf(1);
  load(times.byteOffset).get(h).op(f64.add).set(time);

  // --- weights: functions of the distances between points alone ---
  f.get(time);
  load(times.byteOffset).op(f64.sub).tee(gaps[0]).set(h);
  for (let k = 1; k < 4; k++) {
    load(times.byteOffset + 8 * (k - 1));
    load(times.byteOffset + 8 * k);
    f.op(f64.sub).set(gaps[k]);
  }
  gaps.forEach((gap, k) => {
    f.get(gap).get(gapsBefore[k]).op(f64.ne);
    if (k > 0) f.op(i32.or);
  });
  f.if();
  load(a0).set(stamped);
  f.get(time).call(parts.weigh);
  gaps.forEach((gap, k) => f.get(gap).set(gapsBefore[k]));
  load(a0).get(stamped).op(f64.ne).if();
  f.call(parts.stamp).drop();
  f.i32Const(1).set(mustFactor).i32Const(0).set(wasCurrent).end();
  f.end();

  // --- solve ---
  f.i32Const(0)
    .get(time)
    .f64Store(memory.environment.byteOffset + 8 * environment.time);
  f.get(driven).if().get(time).call(parts.drive).end();
  f.call(parts.prepare).drop();
  emitBounds(f, system, 'predicted');
  f.get(maxIterations).get(mustFactor).call(parts.iterate).tee(iterations);
  f.i32Const(0).op(i32.le).brIf(1);
  if (emitBounds(f, system, 'delta')) f.call(parts.finish).drop();

  // --- judge ---
  f.call(parts.judge).set(ratio);
  load(number('jumps')).f64Const(0).op(f64.ne).brIf(1);
  f.get(ratio).get(ratio).op(f64.ne).brIf(1);
  f.get(h).f64Const(mostGrowth).op(f64.mul).set(allowed);
  f.get(ratio).f64Const(negligible).op(f64.ge).if();
  f.get(ratio).f64Const(doubling).op(f64.gt).if();
  f.get(h);
  f.f64Const(1).get(ratio).call(parts.cbrt).op(f64.div).op(f64.mul).set(allowed);
  f.end().end();
  f.get(allowed).f64Const(goodPart).get(h).op(f64.mul).op(f64.ge).op(i32.eqz).brIf(1);
  if (parts.ringing !== undefined) f.call(parts.ringing).brIf(1);

  // --- accept ---
  f.f64Const(2).get(h).op(f64.mul);
  f.f64Const(goodPart).get(allowed).op(f64.mul).op(f64.min).set(step);
  f.get(sum).get(iterations).op(f64.fromI32).op(f64.add).set(sum);
  f.get(mustFactor).if();
  f.get(factored).get(iterations).op(f64.fromI32).op(f64.add).set(factored);
  f.end();
  f.i32Const(linear ? 0 : 1)
    .set(mustFactor)
    .i32Const(1)
    .set(wasCurrent);
  if (parts.keepRates !== undefined) f.call(parts.keepRates).drop();
  f.call(parts.moveOn).drop();
  f.call(parts.spreadPeaks).drop();
  for (let k = 3; k > 0; k--) {
    f.i32Const(0);
    load(times.byteOffset + 8 * (k - 1)).f64Store(times.byteOffset + 8 * k);
  }
  f.i32Const(0).get(time).f64Store(times.byteOffset);
  f.call(parts.keepLimits).drop();
  f.get(taken).get(ratio).get(sum).call(parts.record).drop();
  f.get(taken).i32Const(1).op(i32.add).set(taken);
  f.br(0).end().end();

  const answer = (name: keyof typeof control, value: () => unknown): void => {
    f.i32Const(0);
    value();
    f.f64Store(number(name));
  };
  answer('step', () => f.get(step));
  answer('iterations', () => f.get(sum));
  answer('refactorizations', () => f.get(factored));
  answer('current', () => f.get(wasCurrent).op(f64.fromI32));
  f.get(taken).end();
}

/**
 * Keeps unknowns within their bounds: of a prediction, written there too, or of a solution, with
 * Newton's last update. False if none has bounds.
 */
function emitBounds(f: FunctionBuilder, system: System, of: 'predicted' | 'delta'): boolean {
  const { memory, unknowns } = system;
  const { x, delta, steps } = memory;
  const bounded = [...unknowns.keys()].filter((u) => unknowns[u].bounds);
  if (bounded.length === 0) return false;
  const before = f.local('f64');
  const inside = f.local('f64');
  for (const u of bounded) {
    const [low, high] = unknowns[u].bounds!;
    const at = ({ byteOffset }: Float64Array): number => byteOffset + 8 * u;
    f.i32Const(0).f64Load(at(x)).tee(before);
    f.f64Const(low).op(f64.max).f64Const(high).op(f64.min).set(inside);
    f.i32Const(0).get(inside).f64Store(at(x));
    if (of === 'predicted') f.i32Const(0).get(inside).f64Store(at(steps.predicted));
    else
      f.i32Const(0)
        .i32Const(0)
        .f64Load(at(delta))
        .get(inside)
        .get(before)
        .op(f64.sub)
        .op(f64.add)
        .f64Store(at(delta));
  }
  return true;
}
