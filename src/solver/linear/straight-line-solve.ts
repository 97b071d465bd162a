import type { WasmModule } from '../../base/wasm/module-builder.js';
import { f64 } from '../../base/wasm/opcodes.js';
import type { FactorStructure } from './factors.js';
import type { KernelLayout } from './kernel-layout.js';
import { StraightLine, longestPart } from './straight-line.js';

/** One term of an unknown: the address of an entry of L or U and the position it is multiplied by. */
interface Term {
  readonly entry: number;
  readonly position: number;
}

/** Terms of every position in the order in which `solve` subtracts them. */
interface Terms {
  /** From later blocks, then of L, then of U. */
  readonly outside: readonly Term[][];
  readonly lower: readonly Term[][];
  readonly upper: readonly Term[][];
}

/** The values of the positions while code is written: in a local, and in memory if code is cut. */
interface Emission {
  readonly code: StraightLine;
  readonly structure: FactorStructure;
  readonly layout: KernelLayout;
  readonly terms: Terms;
  readonly locals: Map<number, number>;
  /** Positions whose value was read from the right-hand side. */
  readonly held: Set<number>;
  /** By position: is it solved, hence at its place in the right-hand side? */
  readonly solved: boolean[];
  readonly isCut: boolean;
}

/** `solve` as code for one structure; the same operations in the same order for every unknown. */
export function emitStraightLineSolve(
  module: WasmModule,
  structure: FactorStructure,
  layout: KernelLayout,
): number {
  const { n, blockBoundaries, lowerPointers, upperPointers } = structure;
  const bytes = 14 * (lowerPointers[n] + upperPointers[n]) + 40 * n;
  const emission: Emission = {
    code: new StraightLine(module, false),
    structure,
    layout,
    terms: termsOf(structure, layout),
    locals: new Map(),
    held: new Set(),
    solved: new Array<boolean>(n).fill(false),
    isCut: bytes > longestPart,
  };
  saveOverwritten(emission);
  for (let b = blockBoundaries.length - 2; b >= 0; b--) {
    emitBlock(emission, blockBoundaries[b], blockBoundaries[b + 1]);
  }
  return emission.code.finish();
}

function termsOf(structure: FactorStructure, layout: KernelLayout): Terms {
  const { n, lowerPointers, lowerRows, upperPointers, upperEnds, upperRows } = structure;
  const lists = (): Term[][] => Array.from({ length: n }, () => []);
  const terms = { outside: lists(), lower: lists(), upper: lists() };
  for (let k = 0; k < n; k++) {
    for (let p = lowerPointers[k]; p < lowerPointers[k + 1]; p++) {
      terms.lower[lowerRows[p]].push({ entry: layout.lower + 8 * p, position: k });
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let p = upperPointers[k]; p < upperPointers[k + 1]; p++) {
      const list = p < upperEnds[k] ? terms.upper : terms.outside;
      list[upperRows[p]].push({ entry: layout.upper + 8 * p, position: k });
    }
  }
  return terms;
}

/** Parts of b whose place is taken by a solution of a later block before they are read. */
function saveOverwritten(emission: Emission): void {
  const { rowPermutation, columnPermutation, blockBoundaries, n } = emission.structure;
  const blockOfColumn = new Int32Array(n);
  for (let b = 0; b + 1 < blockBoundaries.length; b++) {
    for (let k = blockBoundaries[b]; k < blockBoundaries[b + 1]; k++) {
      blockOfColumn[columnPermutation[k]] = b;
    }
  }
  for (let b = 0; b + 1 < blockBoundaries.length; b++) {
    for (let k = blockBoundaries[b]; k < blockBoundaries[b + 1]; k++) {
      if (blockOfColumn[rowPermutation[k]] <= b) continue;
      loadScaled(emission, k);
      keep(emission, k);
    }
  }
}

function emitBlock(emission: Emission, start: number, end: number): void {
  const { code, terms, solved, layout, structure } = emission;
  for (let k = start; k < end; k++) {
    cut(emission);
    if (emission.held.has(k)) load(emission, k);
    else loadScaled(emission, k);
    subtract(emission, terms.outside[k]);
    subtract(emission, terms.lower[k]);
    keep(emission, k);
  }
  for (let k = end - 1; k >= start; k--) {
    cut(emission);
    load(emission, k);
    subtract(emission, terms.upper[k]);
    code.load(layout.inversePivots + 8 * k).op(f64.mul);
    const local = emission.locals.get(k) ?? code.take();
    emission.locals.set(k, local);
    code.f.set(local).i32Const(0).get(local);
    code.f.f64Store(layout.rhs + 8 * structure.columnPermutation[k]);
    solved[k] = true;
  }
}

function cut({ code, locals }: Emission): void {
  if (code.cut()) locals.clear();
}

/** Leaves b's scaled entry on the stack. */
function loadScaled({ code, structure, layout }: Emission, k: number): void {
  code.load(layout.rhs + 8 * structure.rowPermutation[k]);
  if (structure.scales[k] !== 1) code.load(layout.scales + 8 * k).op(f64.mul);
}

/** The value on the stack is that of position k from now on. */
function keep({ code, locals, held, isCut, layout }: Emission, k: number): void {
  const local = locals.get(k) ?? code.take();
  locals.set(k, local);
  held.add(k);
  code.f.set(local);
  if (!isCut) return;
  code.f.i32Const(0).get(local);
  code.f.f64Store(layout.work + 8 * k);
}

/** Leaves the value of position k on the stack. */
function load({ code, locals, solved, structure, layout }: Emission, k: number): void {
  const local = locals.get(k);
  if (local !== undefined) code.f.get(local);
  else if (solved[k]) code.load(layout.rhs + 8 * structure.columnPermutation[k]);
  else code.load(layout.work + 8 * k);
}

function subtract(emission: Emission, terms: readonly Term[]): void {
  for (const { entry, position } of terms) {
    emission.code.load(entry);
    load(emission, position);
    emission.code.f.op(f64.mul).op(f64.sub);
  }
}
