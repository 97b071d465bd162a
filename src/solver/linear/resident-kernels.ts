import { compileModule, createMemory, instantiate } from '../../base/wasm/engine.js';
import type { WasmMemory } from '../../base/wasm/engine.js';
import { WasmModule } from '../../base/wasm/module-builder.js';
import type { Factors } from './factors.js';
import { emitLinearKernels, linearScratchBytes } from './linear-kernels.js';
import type { RefactorTolerances } from './refactor.js';

const pageBytes = 65_536;
const mostPages = 65_535;

/** `refactor` and `solve` in WebAssembly, with a memory of their own that the factors live in. */
export class ResidentKernels {
  readonly #values: Float64Array;
  readonly #rhs: Float64Array;
  readonly #refactor: () => number;
  readonly #solve: () => number;

  /**
   * Moves the numbers of factors into the memory of kernels for them; from then on these overwrite
   * them. Undefined if that memory cannot be had.
   */
  static of(factors: Factors, tolerances: RefactorTolerances): ResidentKernels | undefined {
    const entries = factors.symbolic.pattern.rowIndices.length;
    const bytes = 8 * (entries + factors.n) + linearScratchBytes(factors);
    const pages = Math.ceil(bytes / pageBytes);
    if (pages > mostPages) return undefined;
    const memory = tryMemory(pages);
    return memory && new ResidentKernels(factors, tolerances, memory, pages);
  }

  private constructor(
    factors: Factors,
    tolerances: RefactorTolerances,
    memory: WasmMemory,
    pages: number,
  ) {
    const { n, symbolic } = factors;
    const entries = symbolic.pattern.rowIndices.length;
    const addresses = { values: 0, rhs: 8 * entries, scratch: 8 * (entries + n) };
    const module = new WasmModule({ initial: pages });
    const kernels = emitLinearKernels(module, factors, addresses, { tolerances });
    module.export('refactor', kernels.refactor);
    module.export('solve', kernels.solve);
    const { refactor, solve } = instantiate(compileModule(module.build()), memory);
    kernels.initialize(memory.buffer);
    kernels.adopt(memory.buffer, factors);
    Object.assign(factors, kernels.numbers(memory.buffer));
    this.#values = new Float64Array(memory.buffer, addresses.values, entries);
    this.#rhs = new Float64Array(memory.buffer, addresses.rhs, n);
    this.#refactor = refactor;
    this.#solve = solve;
  }

  refactor(values: Float64Array): boolean {
    this.#values.set(values);
    return this.#refactor() === 1;
  }

  solve(rhs: Float64Array): void {
    this.#rhs.set(rhs);
    this.#solve();
    rhs.set(this.#rhs);
  }
}

function tryMemory(pages: number): WasmMemory | undefined {
  try {
    return createMemory(pages);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
