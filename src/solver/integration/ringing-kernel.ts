/** `RingingDetector.found` and `TransientState.keepRates` as functions of a march's module. */
import type { FunctionBuilder } from '../../base/wasm/function-builder.js';
import type { WasmModule } from '../../base/wasm/module-builder.js';
import { f64, i32 } from '../../base/wasm/opcodes.js';
import type { System } from '../system/system.js';
import { noticeable, remainder } from './ringing.js';
import type { StepCounts } from './step-kernel.js';
import { StepLoops } from './step-loops.js';

/**
 * Index of () → 1 if a charge rings, else 0; with a full history. What looks like it beside the charge's
 * own rate is for `judge` to say, an imported function, which knows the device's.
 */
export function emitRinging(
  module: WasmModule,
  { memory, options }: System,
  counts: StepCounts,
  judge: number,
): number {
  const f = module.function({ params: [], results: ['i32'] });
  const { steps, chargeRate } = memory;
  const [before, oldest] = steps.earlierRates;
  const { abstol, reltol } = options;
  const loops = new StepLoops(f, steps.control.byteOffset);
  const [d0, d1, d2] = [f.local('f64'), f.local('f64'), f.local('f64')];
  const difference = (a: Float64Array, b: Float64Array): FunctionBuilder => {
    loops.load(a);
    return loops.load(b).op(f64.sub);
  };
  loops.through(steps.charges, counts.charges, () => {
    difference(chargeRate, steps.rates).set(d0);
    difference(steps.rates, before).set(d1);
    f.get(d0).get(d1).op(f64.mul).f64Const(0).op(f64.lt).if();
    f.get(d0).get(d1).op(f64.add).op(f64.abs);
    f.f64Const(remainder).get(d0).op(f64.abs).op(f64.mul).op(f64.le).if();
    difference(before, oldest).set(d2);
    f.get(d1).get(d2).op(f64.mul).f64Const(0).op(f64.lt);
    f.get(d1).op(f64.abs).f64Const(0.5).get(d2).op(f64.abs).op(f64.mul).op(f64.ge);
    f.op(i32.and).if();
    f.get(d0).op(f64.abs);
    f.f64Const(noticeable).f64Const(abstol).f64Const(reltol);
    loops.load(steps.ratePeak).op(f64.mul).op(f64.add).op(f64.mul).op(f64.gt).if();
    f.call(judge).return();
    f.end().end().end().end();
  });
  f.i32Const(0).end();
  return f.index;
}

/** Index of () → i32. */
export function emitKeepRates(module: WasmModule, { memory: { steps } }: System): number {
  const f = module.function({ params: [], results: ['i32'] });
  const loops = new StepLoops(f, steps.control.byteOffset);
  const [before, oldest] = steps.earlierRates;
  const rate = f.local('f64');
  loops.over(0, steps.rates.length, () => {
    loops.store(oldest, () => loops.load(before));
    loops.load(steps.rates).set(rate);
    loops.store(before, () => f.get(rate));
    loops.store(steps.ratePeak, () => {
      f.get(rate).op(f64.abs);
      loops.load(steps.ratePeak).op(f64.max);
    });
  });
  f.i32Const(0).end();
  return f.index;
}
