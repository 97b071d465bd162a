/**
 * What is done with every unknown and every charge at each step, as loops in WebAssembly over the
 * system's memory: history of the charges and prediction before a step is solved; its truncation
 * error; moving on by a point. `StepSolver` and `TruncationError` do the same in JavaScript where
 * there is less history, or no WebAssembly.
 */
import { compileModule, instantiate } from '../../base/wasm/engine.js';
import type { FunctionBuilder } from '../../base/wasm/function-builder.js';
import { WasmModule } from '../../base/wasm/module-builder.js';
import { f64, i32 } from '../../base/wasm/opcodes.js';
import { environment } from '../../devices/language/compiled.js';
import { control, historyDepth } from '../system/step-memory.js';
import type { System } from '../system/system.js';
import { memoryImport } from '../system/wasm-evaluation.js';
import { StepLoops } from './step-loops.js';
import { jumpFloor, jumpPart, mostSlack, restingPart, smallestWay } from './truncation-error.js';

export interface StepKernel {
  /** Writes what the formula adds to a0·charge, and the prediction, also to x. */
  prepare(): number;
  /** The truncation error over its tolerance, of the worst; `control.jumps` says whether one jumped. */
  judge(): number;
  /** Makes the candidate the newest point; raises peaks. */
  moveOn(): number;
}

/** Counts of the lists in the step memory. */
export interface StepCounts {
  readonly charges: number;
  readonly states: number;
  readonly columns: number;
  /** Internal nodes, each as often as its device has terminals, and these. */
  readonly inside: Int32Array;
  readonly around: Int32Array;
}

const kernels = new WeakMap<System, StepKernel>();

/** The kernel of a system, whose step memory holds its lists and tolerances; made once. */
export function stepKernel(system: System, counts: StepCounts): StepKernel | undefined {
  const { engine } = system.memory;
  if (!engine) return undefined;
  let kernel = kernels.get(system);
  if (!kernel) {
    const module = new WasmModule(memoryImport(engine));
    emitPrepare(module, system, 'prepare');
    emitJudge(module, system, counts, 'judge');
    emitMoveOn(module, system, counts, 'moveOn');
    kernel = instantiate(compileModule(module.build()), engine) as unknown as StepKernel;
    kernels.set(system, kernel);
  }
  return kernel;
}

/** Adds `prepare`, exported if it has a name; as do the next two. Returns the function's index. */
export function emitPrepare(module: WasmModule, { memory, n }: System, name?: string): number {
  const f = module.function({ params: [], results: ['i32'] }, name);
  const { steps, x, chargeHistory } = memory;
  const loops = new StepLoops(f, steps.control.byteOffset);
  const [c1, c2, c3] = (['c1', 'c2', 'c3'] as const).map((name) => loops.held(name));
  loops.over(0, chargeHistory.length, () => {
    loops.store(chargeHistory, () =>
      loops.sum([
        [c1, steps.q[0]],
        [c2, steps.q[1]],
        [c3, steps.rates],
      ]),
    );
  });
  const weights = (['w0', 'w1', 'w2', 'w3'] as const).map((name) => loops.held(name));
  const value = f.local('f64');
  loops.over(1, n + 1, () => {
    loops.sum(weights.map((weight, k) => [weight, steps.x[k]] as const));
    f.set(value);
    loops.store(x, () => f.get(value));
    loops.store(steps.predicted, () => f.get(value));
  });
  f.i32Const(0).end();
  return f.index;
}

/** As `TruncationError.ratio` and `jumps` with a full history. */
export function emitJudge(
  module: WasmModule,
  system: System,
  counts: StepCounts,
  name?: string,
): number {
  const f = module.function({ params: [], results: ['f64'] }, name);
  const { memory, options } = system;
  const { steps, x, charge, chargeRate } = memory;
  const { trtol, lvltol, reltol, abstol, chgtol } = options;
  const loops = new StepLoops(f, steps.control.byteOffset);
  const weights = (['e0', 'e1', 'e2', 'e3'] as const).map((name) => loops.held(name));
  const h = loops.held('h');
  const largest = f.local('f64');
  const size = f.local('f64');
  const tolerance = f.local('f64');
  const jumps = f.local('f64');
  const error = (now: Float64Array, past: readonly Float64Array[]): FunctionBuilder =>
    loops
      .sum([now, past[0], past[1], past[2]].map((array, k) => [weights[k], array] as const))
      .op(f64.abs);
  const raise = (): unknown => f.get(tolerance).op(f64.div).get(largest).op(f64.max).set(largest);

  loops.through(steps.states, counts.states, (position) => {
    // Tolerances stand in the order of the list.
    const at = (array: Float64Array): FunctionBuilder =>
      f.get(position).i32Const(1).op(i32.shl).f64Load(array.byteOffset);
    at(steps.stateReltol);
    loops.load(charge).op(f64.abs);
    at(steps.stateNominal).op(f64.max).op(f64.mul);
    at(steps.stateAbstol).op(f64.add).set(tolerance);
    error(charge, steps.q);
    raise();
  });
  loops.through(steps.charges, counts.charges, () => {
    loops.load(charge).op(f64.abs);
    loops.load(steps.q[0]).op(f64.abs).op(f64.max).f64Const(chgtol).op(f64.max);
    f.f64Const(reltol).op(f64.mul);
    f.get(h).f64Const(reltol);
    loops.load(chargeRate).op(f64.abs).op(f64.mul).f64Const(abstol).op(f64.add).op(f64.mul);
    f.op(f64.max).f64Const(trtol).op(f64.mul).set(tolerance);
    error(charge, steps.q);
    raise();
  });
  loops.through(steps.columns, counts.columns, () => {
    loops.load(x).op(f64.abs);
    loops.load(steps.peak).op(f64.max).set(size);
    loops.load(steps.reltol).get(size).op(f64.mul);
    loops.load(steps.abstol).op(f64.add).f64Const(lvltol).op(f64.mul);
    loops.load(steps.slack).op(f64.mul).set(tolerance);
    error(x, steps.x);
    raise();
    loops.load(x);
    loops.load(steps.predicted).op(f64.sub).op(f64.abs);
    f.f64Const(jumpPart(options)).get(size).op(f64.mul).f64Const(jumpFloor);
    loops.load(steps.abstol).op(f64.mul).op(f64.add);
    f.op(f64.gt).if().f64Const(1).set(jumps).end();
  });
  f.i32Const(0)
    .get(jumps)
    .f64Store(steps.control.byteOffset + 8 * control.jumps);
  f.get(largest).end();
  return f.index;
}

/** With what `TruncationError.follow` does. */
export function emitMoveOn(
  module: WasmModule,
  { memory, n }: System,
  counts: StepCounts,
  name?: string,
): number {
  const f = module.function({ params: [], results: ['i32'] }, name);
  const { steps, x, charge, chargeRate } = memory;
  const loops = new StepLoops(f, steps.control.byteOffset);
  const shift = (rows: readonly Float64Array[], now: Float64Array, peak: Float64Array): void => {
    for (let k = historyDepth - 1; k > 0; k--) loops.store(rows[k], () => loops.load(rows[k - 1]));
    loops.store(rows[0], () => loops.load(now));
    loops.store(peak, () => {
      loops.load(now).op(f64.abs);
      loops.load(peak).op(f64.max);
    });
  };
  if (counts.columns > 0) emitFollow(loops, memory, counts);
  loops.over(1, n + 1, () => {
    shift(steps.x, x, steps.peak);
  });
  loops.over(0, charge.length, () => {
    shift(steps.q, charge, steps.chargePeak);
    loops.store(steps.rates, () => loops.load(chargeRate));
  });
  f.i32Const(0).end();
  return f.index;
}

function emitFollow(
  loops: StepLoops,
  { steps, x, environment: e }: System['memory'],
  counts: StepCounts,
): void {
  const { f } = loops;
  const [perSecond, fading, part, way] = Array.from({ length: 4 }, () => f.local('f64'));
  f.f64Const(1);
  loops.control('h').op(f64.div).set(perSecond);
  loops.control('fading').set(fading);
  f.f64Const(restingPart).i32Const(0);
  f.f64Load(e.byteOffset + 8 * environment.time)
    .op(f64.mul)
    .set(part);
  loops.through(steps.columns, counts.columns, () => {
    loops.load(x);
    loops.load(steps.x[0]).op(f64.sub).op(f64.abs).set(way);
    loops.store(steps.travelled, () => loops.load(steps.travelled).get(way).op(f64.add));
    loops.store(steps.steepest, () => {
      loops.load(steps.steepest).get(fading).op(f64.mul);
      f.get(way).get(perSecond).op(f64.mul).op(f64.max);
    });
    loops.store(steps.slack, () => {
      f.f64Const(mostSlack).f64Const(1).get(part);
      loops.load(steps.steepest).op(f64.mul);
      loops.load(steps.travelled).f64Const(smallestWay).op(f64.add);
      f.op(f64.div).op(f64.max).op(f64.min);
    });
  });
}

/** As `TruncationError.spreadPeaks`. */
export function emitSpreadPeaks(
  module: WasmModule,
  { memory: { steps } }: System,
  { inside, around }: StepCounts,
): number {
  const f = module.function({ params: [], results: ['i32'] });
  const at = (unknown: number): number => steps.peak.byteOffset + 8 * unknown;
  inside.forEach((u, k) => {
    f.i32Const(0);
    f.i32Const(0).f64Load(at(u)).i32Const(0).f64Load(at(around[k])).op(f64.max);
    f.f64Store(at(u));
  });
  f.i32Const(0).end();
  return f.index;
}
