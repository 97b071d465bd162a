import type { FunctionBuilder } from '../../base/wasm/function-builder.js';
import { f64, i32 } from '../../base/wasm/opcodes.js';
import { control } from '../system/step-memory.js';

/** A function that loops over elements of arrays, by their offset in bytes. */
export class StepLoops {
  readonly f: FunctionBuilder;
  readonly #i: number;
  readonly #control: number;

  constructor(f: FunctionBuilder, controlAddress: number) {
    this.f = f;
    this.#i = f.local('i32');
    this.#control = controlAddress;
  }

  /** Runs the body for offsets 8·first … 8·(count − 1). */
  over(first: number, count: number, body: () => void): void {
    if (count <= first) return;
    const { f } = this;
    f.i32Const(8 * first).set(this.#i);
    f.loop();
    body();
    f.get(this.#i).i32Const(8).op(i32.add).tee(this.#i);
    f.i32Const(8 * count)
      .op(i32.lt)
      .brIf(0)
      .end();
  }

  /** Runs the body for the numbers of a list; the offset is 8 times each. */
  through(list: Int32Array, count: number, body: (position: number) => void): void {
    if (count === 0) return;
    const { f } = this;
    const position = f.local('i32');
    f.i32Const(0).set(position);
    f.loop();
    f.get(position).i32Load(list.byteOffset).i32Const(3).op(i32.shl).set(this.#i);
    body(position);
    f.get(position).i32Const(4).op(i32.add).tee(position);
    f.i32Const(4 * count)
      .op(i32.lt)
      .brIf(0)
      .end();
  }

  load(array: Float64Array): FunctionBuilder {
    return this.f.get(this.#i).f64Load(array.byteOffset);
  }

  store(array: Float64Array, value: () => unknown): void {
    this.f.get(this.#i);
    value();
    this.f.f64Store(array.byteOffset);
  }

  control(name: keyof typeof control): FunctionBuilder {
    return this.f.i32Const(0).f64Load(this.#control + 8 * control[name]);
  }

  /** A local that holds one of the numbers of the step. */
  held(name: keyof typeof control): number {
    const local = this.f.local('f64');
    this.control(name).set(local);
    return local;
  }

  /** Pushes Σ weight·array. */
  sum(terms: readonly (readonly [number, Float64Array])[]): FunctionBuilder {
    const { f } = this;
    terms.forEach(([weight, array], k) => {
      f.get(weight);
      this.load(array).op(f64.mul);
      if (k > 0) f.op(f64.add);
    });
    return f;
  }
}
