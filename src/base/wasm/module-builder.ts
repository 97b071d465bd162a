import { ByteBuffer } from './byte-buffer.js';
import type { ValueType } from './function-builder.js';
import { FunctionBuilder, valueTypeCodes } from './function-builder.js';

export interface Signature {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** The memory `env.memory` that a module expects, in pages of 65 536 bytes. */
export interface MemoryImport {
  readonly initial: number;
  /** Needed where it is shared. */
  readonly maximum?: number;
  readonly shared?: boolean;
}

const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

function typeBytes({ params, results }: Signature): number[] {
  const codes = (types: readonly ValueType[]): number[] =>
    types.map((type) => valueTypeCodes[type]);
  return [0x60, params.length, ...codes(params), results.length, ...codes(results)];
}

function writeLimits(out: ByteBuffer, { initial, maximum, shared }: MemoryImport): void {
  out.byte((maximum === undefined ? 0 : 1) | (shared ? 2 : 0));
  out.unsigned(initial);
  if (maximum !== undefined) out.unsigned(maximum);
}

/**
 * A WebAssembly module in the making. Imported functions come first: all of them are named before
 * the first function is defined, since both share one numbering.
 */
export class WasmModule {
  readonly #memory: MemoryImport;
  readonly #types: number[][] = [];
  readonly #typeIndices = new Map<string, number>();
  readonly #imports: { readonly name: string; readonly type: number }[] = [];
  readonly #functions: { readonly builder: FunctionBuilder; readonly type: number }[] = [];
  readonly #exports: { readonly name: string; readonly index: number }[] = [];
  readonly #shared = new Map<string, number>();

  constructor(memory: MemoryImport = { initial: 1 }) {
    this.#memory = memory;
  }

  #typeIndex(signature: Signature): number {
    const bytes = typeBytes(signature);
    const key = bytes.join();
    let index = this.#typeIndices.get(key);
    if (index === undefined) {
      index = this.#types.push(bytes) - 1;
      this.#typeIndices.set(key, index);
    }
    return index;
  }

  /** A function `env.<name>` from outside; returns its index. */
  importFunction(name: string, signature: Signature): number {
    if (this.#functions.length > 0) throw new Error('imports come before functions');
    return this.#imports.push({ name, type: this.#typeIndex(signature) }) - 1;
  }

  /** Begins a function, exported if it has a name. It can be called before its body is written. */
  function(signature: Signature, name?: string): FunctionBuilder {
    const index = this.#imports.length + this.#functions.length;
    const builder = new FunctionBuilder(index, signature.params.length);
    this.#functions.push({ builder, type: this.#typeIndex(signature) });
    if (name !== undefined) this.export(name, index);
    return builder;
  }

  export(name: string, functionIndex: number): void {
    this.#exports.push({ name, index: functionIndex });
  }

  /** The index of the function that has this key; it is written when it is first asked for. */
  once(key: string, signature: Signature, write: (builder: FunctionBuilder) => void): number {
    const known = this.#shared.get(key);
    if (known !== undefined) return known;
    const builder = this.function(signature);
    this.#shared.set(key, builder.index);
    write(builder);
    return builder.index;
  }

  /** The module in WebAssembly's binary format. */
  build(): Uint8Array<ArrayBuffer> {
    const out = new ByteBuffer(4096);
    header.forEach((byte) => {
      out.byte(byte);
    });
    this.#section(out, 1, this.#types, (section, type) => {
      type.forEach((byte) => {
        section.byte(byte);
      });
    });
    this.#importSection(out);
    this.#section(out, 3, this.#functions, (section, { type }) => {
      section.unsigned(type);
    });
    this.#section(out, 7, this.#exports, (section, { name, index }) => {
      section.name(name);
      section.byte(0x00);
      section.unsigned(index);
    });
    this.#section(out, 10, this.#functions, (section, { builder }) => {
      builder.writeBody(section);
    });
    return out.contents().slice();
  }

  #importSection(out: ByteBuffer): void {
    const functions = this.#imports.map(({ name, type }) => (section: ByteBuffer) => {
      section.name('env');
      section.name(name);
      section.byte(0x00);
      section.unsigned(type);
    });
    const memory = (section: ByteBuffer): void => {
      section.name('env');
      section.name('memory');
      section.byte(0x02);
      writeLimits(section, this.#memory);
    };
    this.#section(out, 2, [...functions, memory], (section, write) => {
      write(section);
    });
  }

  #section<T>(
    out: ByteBuffer,
    id: number,
    items: readonly T[],
    write: (section: ByteBuffer, item: T) => void,
  ): void {
    const section = new ByteBuffer(1024);
    section.unsigned(items.length);
    for (const item of items) write(section, item);
    out.byte(id);
    out.unsigned(section.length);
    out.append(section.contents());
  }
}
