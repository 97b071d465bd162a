import type { WasmModule } from '../../base/wasm/module-builder.js';
import type { Factors, FactorStructure } from './factors.js';
import { emitIndexedRefactor } from './indexed-refactor.js';
import { emitIndexedSolve } from './indexed-solve.js';
import type { KernelAddresses, KernelLayout } from './kernel-layout.js';
import { kernelLayout } from './kernel-layout.js';
import { writeKernelLists } from './kernel-lists.js';
import { emitPanelElimination } from './panel-elimination.js';
import { findPanels } from './panels.js';
import type { RefactorTolerances } from './refactor.js';
import { defaultRefactorTolerances } from './refactor.js';
import { emitStraightLineRefactor } from './straight-line-refactor.js';
import { emitStraightLineSolve } from './straight-line-solve.js';

/** Code for each operation, or loops over lists of indices. */
export type KernelForm = 'straightLine' | 'indexed';

/** Factorization and solution as functions of a WebAssembly module. */
export interface LinearKernels {
  readonly form: KernelForm;
  /**
   * Index of `(): i32`: factors the values in memory with the pivots of the structure, as `refactor`
   * does, to the last bit. 0 means that they are unfit.
   */
  readonly refactor: number;
  /** Index of `(): void`: solves in place, as `solve` does, to the last bit. */
  readonly solve: number;
  /** Writes scales and lists into the scratch memory: once for every memory, before the first call. */
  initialize(memory: ArrayBufferLike): void;
  /** Takes factors of the same structure over, as though `refactor` had computed them. */
  adopt(memory: ArrayBufferLike, factors: FactorNumbers): void;
  /** The factors as they are in memory. */
  numbers(memory: ArrayBufferLike): FactorNumbers;
}

/** What `refactor` computes. */
export type FactorNumbers = Pick<Factors, 'lowerValues' | 'upperValues' | 'inversePivots'>;

export interface LinearKernelOptions {
  readonly form?: KernelForm;
  readonly tolerances?: RefactorTolerances;
}

/**
 * Multiplications in `refactor` beyond which lists are used. On its own, code stays ahead up to about
 * 10⁴ of them; but it takes 15 bytes for each, which the processor's cache has other uses for.
 */
const longestStraightLine = 3000;

/** The form that is faster for factors of this structure. */
export function kernelForm(structure: FactorStructure): KernelForm {
  return multiplications(structure) <= longestStraightLine ? 'straightLine' : 'indexed';
}

function multiplications({
  n,
  lowerPointers,
  upperPointers,
  upperEnds,
  upperRows,
}: FactorStructure): number {
  let count = lowerPointers[n];
  for (let k = 0; k < n; k++) {
    for (let t = upperPointers[k]; t < upperEnds[k]; t++) {
      count += lowerPointers[upperRows[t] + 1] - lowerPointers[upperRows[t]];
    }
  }
  return count;
}

/** Bytes that the kernels need from `scratch` on. */
export function linearScratchBytes(
  structure: FactorStructure,
  form: KernelForm = kernelForm(structure),
): number {
  const panels = form === 'indexed' ? findPanels(structure) : undefined;
  return kernelLayout(structure, { values: 0, rhs: 0, scratch: 0 }, panels).end;
}

/**
 * Adds `refactor` and `solve` for this structure to a module. The module's memory must be large
 * enough for the scratch memory, and nothing else may write into that.
 */
export function emitLinearKernels(
  module: WasmModule,
  structure: FactorStructure,
  addresses: KernelAddresses,
  options: LinearKernelOptions = {},
): LinearKernels {
  const { form = kernelForm(structure), tolerances = defaultRefactorTolerances } = options;
  const panels = form === 'indexed' ? findPanels(structure) : undefined;
  const layout = kernelLayout(structure, addresses, panels);
  const functions =
    panels === undefined
      ? {
          refactor: emitStraightLineRefactor(module, structure, layout, tolerances),
          solve: emitStraightLineSolve(module, structure, layout),
        }
      : emitIndexedKernels(module, structure, layout, tolerances);
  return {
    form,
    ...functions,
    initialize: (memory) => {
      new Float64Array(memory, layout.work, structure.n).fill(0);
      new Float64Array(memory, layout.scales, structure.n).set(structure.scales);
      if (panels !== undefined) writeKernelLists(memory, structure, layout, panels);
    },
    adopt: (memory, factors) => {
      const numbers = numbersAt(memory, structure, layout);
      numbers.lowerValues.set(factors.lowerValues);
      numbers.upperValues.set(factors.upperValues);
      numbers.inversePivots.set(factors.inversePivots);
    },
    numbers: (memory) => numbersAt(memory, structure, layout),
  };
}

function numbersAt(
  memory: ArrayBufferLike,
  { n, lowerPointers, upperPointers }: FactorStructure,
  { lower, upper, inversePivots }: KernelLayout,
): FactorNumbers {
  return {
    lowerValues: new Float64Array(memory, lower, lowerPointers[n]),
    upperValues: new Float64Array(memory, upper, upperPointers[n]),
    inversePivots: new Float64Array(memory, inversePivots, n),
  };
}

function emitIndexedKernels(
  module: WasmModule,
  structure: FactorStructure,
  layout: KernelLayout,
  tolerances: RefactorTolerances,
): { refactor: number; solve: number } {
  const eliminate = emitPanelElimination(module, layout);
  return {
    refactor: emitIndexedRefactor(module, structure, layout, { eliminate, tolerances }),
    solve: emitIndexedSolve(module, structure, layout, eliminate),
  };
}
