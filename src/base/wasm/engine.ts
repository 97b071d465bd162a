/**
 * The part of the engine's `WebAssembly` that is used here. It is declared by hand: TypeScript knows
 * the object through its library for browsers only.
 */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

/** A compiled module; threads can send it to one another. */
export interface CompiledModule {
  readonly [Symbol.toStringTag]: string;
}

export type WasmFunction = (...values: number[]) => number;

interface Engine {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => CompiledModule;
  readonly Instance: new (
    module: CompiledModule,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, WasmFunction>> };
  readonly Memory: new (limits: object) => WasmMemory;
}

const engine = (): Engine => (globalThis as unknown as { WebAssembly: Engine }).WebAssembly;

/** Pages of 65 536 bytes. */
export function createMemory(initial: number, maximum?: number, shared = false): WasmMemory {
  return new (engine().Memory)(maximum === undefined ? { initial } : { initial, maximum, shared });
}

/** Compiles at once, in this thread; an invalid module is a bug and throws. */
export function compileModule(bytes: Uint8Array<ArrayBuffer>): CompiledModule {
  return new (engine().Module)(bytes);
}

/** The exported functions of a module over a memory. */
export function instantiate(
  module: CompiledModule,
  memory: WasmMemory,
  functions: Readonly<Record<string, WasmFunction>> = {},
): Readonly<Record<string, WasmFunction>> {
  return new (engine().Instance)(module, { env: { ...functions, memory } }).exports;
}
