/** What a march keeps of an accepted point: its limits for the next step, and all of it for people. */
import type { FunctionBuilder } from '../../base/wasm/function-builder.js';
import type { WasmModule } from '../../base/wasm/module-builder.js';
import { f64, i32 } from '../../base/wasm/opcodes.js';
import type { System } from '../system/system.js';

/** Copies what limits returned to where `IterateSnapshot` has them. Index of () → i32. */
export function emitKeepLimits(module: WasmModule, { memory, slots }: System): number {
  const f = module.function({ params: [], results: ['i32'] });
  const offset = f.local('i32');
  let to = memory.steps.limits.byteOffset;
  for (const { memory: group, start } of slots.limits) {
    const from = group.instance.byteOffset + 8 * start;
    if (group.count <= 4) {
      for (let i = 0; i < group.count; i++)
        f.i32Const(0)
          .i32Const(0)
          .f64Load(from + 8 * i)
          .f64Store(to + 8 * i);
    } else {
      f.i32Const(0).set(offset).loop();
      f.get(offset).get(offset).f64Load(from).f64Store(to);
      f.get(offset).i32Const(8).op(i32.add).tee(offset);
      f.i32Const(8 * group.count)
        .op(i32.lt)
        .brIf(0)
        .end();
    }
    to += 8 * group.count;
  }
  f.i32Const(0).end();
  return f.index;
}

/**
 * Puts the newest point of the history, with the slopes that `slopeWeights` gives it, into row `row`
 * of the block of points. Index of (row, ratio, iterations) → i32.
 */
export function emitRecord(module: WasmModule, { memory, n, linkage }: System): number {
  const f = module.function({ params: ['i32', 'f64', 'f64'], results: ['i32'] });
  const [row, ratio, iterations] = [0, 1, 2];
  const { points, steps } = memory;
  const load = (address: number): FunctionBuilder => f.i32Const(0).f64Load(address);
  const [h, g, w0, w1, w2] = Array.from({ length: 5 }, () => f.local('f64'));
  f.get(row).i32Const(3).op(i32.shl).set(row);
  const put = ({ byteOffset }: Float64Array, value: () => unknown): void => {
    f.get(row);
    value();
    f.f64Store(byteOffset);
  };
  put(points.time, () => load(steps.times.byteOffset));
  put(points.ratio, () => f.get(ratio));
  put(points.iterations, () => f.get(iterations));

  const time = (k: number): FunctionBuilder => load(steps.times.byteOffset + 8 * k);
  time(0);
  time(1).op(f64.sub).set(h);
  time(1);
  time(2).op(f64.sub).set(g);
  f.get(h).get(h).get(g).op(f64.add).op(f64.div).tee(w2);
  f.f64Const(1).op(f64.add).get(h).op(f64.div).set(w0);
  f.get(w2).get(g).op(f64.div).set(w2);
  f.get(w0).op(f64.neg).get(w2).op(f64.sub).set(w1);
  const x = (age: number, u: number): FunctionBuilder => load(steps.x[age].byteOffset + 8 * u);
  for (let u = 1; u <= n; u++) {
    put(points.x[u], () => x(0, u));
    if (linkage.dynamicColumn[u] === 0) continue;
    put(points.slopes[u], () => {
      f.get(w0);
      x(0, u).op(f64.mul).get(w1);
      x(1, u).op(f64.mul).op(f64.add).get(w2);
      x(2, u).op(f64.mul).op(f64.add);
    });
  }
  f.i32Const(0).end();
  return f.index;
}
