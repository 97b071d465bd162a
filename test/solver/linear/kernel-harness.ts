import { compileModule, createMemory, instantiate } from '../../../src/base/wasm/engine.js';
import { WasmModule } from '../../../src/base/wasm/module-builder.js';
import type { Factors } from '../../../src/solver/linear/factors.js';
import type { LinearKernelOptions } from '../../../src/solver/linear/linear-kernels.js';
import {
  emitLinearKernels,
  linearScratchBytes,
} from '../../../src/solver/linear/linear-kernels.js';

export interface CompiledKernels {
  /** In linear memory. */
  readonly values: Float64Array;
  readonly rhs: Float64Array;
  readonly refactor: () => boolean;
  readonly solve: () => void;
  readonly adopt: (factors: Factors) => void;
}

/** Kernels in a module and a memory of their own; the first 64 bytes must stay as they are. */
export function compileKernels(
  factors: Factors,
  options: LinearKernelOptions = {},
): CompiledKernels {
  const entries = factors.symbolic.pattern.rowIndices.length;
  const addresses = { values: 64, rhs: 64 + 8 * entries, scratch: 64 + 8 * (entries + factors.n) };
  const bytes = addresses.scratch + linearScratchBytes(factors, options.form);
  const pages = Math.ceil(bytes / 65536);
  const module = new WasmModule({ initial: pages });
  const kernels = emitLinearKernels(module, factors, addresses, options);
  module.export('refactor', kernels.refactor);
  module.export('solve', kernels.solve);
  const memory = createMemory(pages);
  kernels.initialize(memory.buffer);
  const functions = instantiate(compileModule(module.build()), memory);
  return {
    values: new Float64Array(memory.buffer, addresses.values, entries),
    rhs: new Float64Array(memory.buffer, addresses.rhs, factors.n),
    refactor: () => functions.refactor() === 1,
    solve: () => {
      functions.solve();
    },
    adopt: (other) => {
      kernels.adopt(memory.buffer, other);
    },
  };
}
