import type { FunctionBuilder, ValueType } from '../../base/wasm/function-builder.js';
import { i32 } from '../../base/wasm/opcodes.js';
import type { WasmModule } from '../../base/wasm/module-builder.js';

/** Longer functions the engine optimizes late; in bytes of WebAssembly. */
export const longestPart = 24_000;

/**
 * Code without branches, cut into functions of at most about `longestPart` bytes. With a verdict,
 * each part returns whether all its tests held, and the first that did not ends the whole.
 */
export class StraightLine {
  readonly #module: WasmModule;
  readonly #results: readonly ValueType[];
  readonly #parts: FunctionBuilder[] = [];
  #locals: number[] = [];
  #taken = 0;
  #verdict = 0;

  constructor(module: WasmModule, hasVerdict: boolean) {
    this.#module = module;
    this.#results = hasVerdict ? ['i32'] : [];
    this.#begin();
  }

  /** The function that is being written. */
  get f(): FunctionBuilder {
    return this.#parts[this.#parts.length - 1];
  }

  #begin(): void {
    this.#parts.push(this.#module.function({ params: [], results: this.#results }));
    this.#locals = [];
    this.#taken = 0;
    if (this.#results.length > 0) {
      this.#verdict = this.f.local('i32');
      this.f.i32Const(1).set(this.#verdict);
    }
  }

  #end(): void {
    if (this.#results.length > 0) this.f.get(this.#verdict);
    this.f.end();
  }

  /** A local (f64) that nobody else holds. */
  take(): number {
    if (this.#taken === this.#locals.length) this.#locals.push(this.f.local('f64'));
    return this.#locals[this.#taken++];
  }

  /** Gives all locals back, to be called where none is in use. */
  release(): void {
    this.#taken = 0;
  }

  /** The condition (i32) on the stack must hold. */
  demand(): void {
    this.f.get(this.#verdict).op(i32.and).set(this.#verdict);
  }

  /** Begins a new part if this one is long enough; true if locals are lost. */
  cut(): boolean {
    if (this.f.size < longestPart) return false;
    this.#end();
    this.#begin();
    return true;
  }

  /** Loads a double from a fixed address. */
  load(address: number): FunctionBuilder {
    return this.f.i32Const(0).f64Load(address);
  }

  /** Ends the code; returns the index of a function that runs all of it. */
  finish(): number {
    this.#end();
    if (this.#parts.length === 1) return this.f.index;
    const whole = this.#module.function({ params: [], results: this.#results });
    for (const { index } of this.#parts) {
      whole.call(index);
      if (this.#results.length > 0) whole.op(i32.eqz).if().i32Const(0).return().end();
    }
    if (this.#results.length > 0) whole.i32Const(1);
    return whole.end().index;
  }
}
