import type { WasmModule } from '../../base/wasm/module-builder.js';
import { f64 } from '../../base/wasm/opcodes.js';
import type { FactorStructure } from './factors.js';
import type { KernelLayout } from './kernel-layout.js';
import type { RefactorTolerances } from './refactor.js';
import { StraightLine } from './straight-line.js';

/** One term of an entry: an index among L's entries and the local that holds the factor from U. */
interface Term {
  readonly lower: number;
  readonly factor: number;
}

interface Emission {
  readonly code: StraightLine;
  readonly structure: FactorStructure;
  readonly layout: KernelLayout;
  readonly tolerances: RefactorTolerances;
}

/**
 * `refactor` as code for one structure. An entry's terms are subtracted one after the other, each
 * entry being complete before the next: the order within an entry, and hence its bits, are those of
 * `refactor`, and no sum has to be stored between two terms. Returns the function's index.
 */
export function emitStraightLineRefactor(
  module: WasmModule,
  structure: FactorStructure,
  layout: KernelLayout,
  tolerances: RefactorTolerances,
): number {
  const code = new StraightLine(module, true);
  const emission = { code, structure, layout, tolerances };
  emitAbove(emission);
  for (let k = 0; k < structure.n; k++) {
    code.cut();
    emitColumn(emission, k);
    code.release();
  }
  return code.finish();
}

/** Entries above the blocks: a copy; their sum is finite. */
function emitAbove({ code, structure, layout }: Emission): void {
  const { outsideTargets, outsideSlots, outsideScales } = structure;
  if (outsideTargets.length === 0) return;
  const { f } = code;
  const value = code.take();
  const sum = code.take();
  f.f64Const(0).set(sum);
  for (let p = 0; p < outsideTargets.length; p++) {
    code.load(layout.values + 8 * outsideSlots[p]);
    if (outsideScales[p] !== 1) f.f64Const(outsideScales[p]).op(f64.mul);
    f.set(value);
    f.i32Const(0)
      .get(value)
      .f64Store(layout.upper + 8 * outsideTargets[p]);
    f.get(sum).get(value).op(f64.add).set(sum);
  }
  f.get(sum).op(f64.abs).f64Const(Infinity).op(f64.lt);
  code.demand();
  code.release();
}

function emitColumn(emission: Emission, k: number): void {
  const { code, structure, layout } = emission;
  const { lowerPointers, lowerRows, upperPointers, upperEnds, upperRows } = structure;
  const { f } = code;
  const entries = entriesOfColumn(structure, k);
  const terms = new Map<number, Term[]>();
  const above = upperPointers[k] < upperEnds[k] ? code.take() : undefined;
  for (let t = upperPointers[k]; t < upperEnds[k]; t++) {
    const column = upperRows[t];
    const factor = code.take();
    emitEntry(emission, entries.get(column), terms.get(column));
    f.set(factor);
    f.i32Const(0)
      .get(factor)
      .f64Store(layout.upper + 8 * t);
    emitSum(code, above!, factor, t === upperPointers[k]);
    for (let p = lowerPointers[column]; p < lowerPointers[column + 1]; p++) {
      const list = terms.get(lowerRows[p]);
      if (list === undefined) terms.set(lowerRows[p], [{ lower: p, factor }]);
      else list.push({ lower: p, factor });
    }
  }

  const pivot = code.take();
  const inverse = code.take();
  emitEntry(emission, entries.get(k), terms.get(k));
  f.set(pivot);
  f.f64Const(1).get(pivot).op(f64.div).set(inverse);
  f.i32Const(0)
    .get(inverse)
    .f64Store(layout.inversePivots + 8 * k);
  const below = lowerPointers[k] < lowerPointers[k + 1] ? code.take() : undefined;
  const value = code.take();
  for (let p = lowerPointers[k]; p < lowerPointers[k + 1]; p++) {
    emitEntry(emission, entries.get(lowerRows[p]), terms.get(lowerRows[p]));
    f.set(value);
    emitSum(code, below!, value, p === lowerPointers[k]);
    f.i32Const(0).get(value).get(inverse).op(f64.mul);
    f.f64Store(layout.lower + 8 * p);
  }
  emitTests(emission, { pivot, inverse, above, below });
}

/** A's entries in column k: index among those inside the blocks, by row. */
function entriesOfColumn(structure: FactorStructure, k: number): Map<number, number> {
  const { insidePointers, insideRows } = structure;
  const entries = new Map<number, number>();
  for (let p = insidePointers[k]; p < insidePointers[k + 1]; p++) entries.set(insideRows[p], p);
  return entries;
}

/** Leaves the scaled entry of A less its terms on the stack. */
function emitEntry(
  { code, structure, layout }: Emission,
  entry: number | undefined,
  terms: readonly Term[] = [],
): void {
  const { f } = code;
  if (entry === undefined) {
    f.f64Const(0);
  } else {
    code.load(layout.values + 8 * structure.insideSlots[entry]);
    if (structure.insideScales[entry] !== 1) {
      code.load(layout.scales + 8 * structure.insideRows[entry]).op(f64.mul);
    }
  }
  for (const { lower, factor } of terms) {
    code.load(layout.lower + 8 * lower);
    f.get(factor).op(f64.mul).op(f64.sub);
  }
}

/** sum += |value|, from 0. */
function emitSum({ f }: StraightLine, sum: number, value: number, isFirst: boolean): void {
  if (!isFirst) f.get(sum);
  f.get(value).op(f64.abs);
  if (!isFirst) f.op(f64.add);
  f.set(sum);
}

/**
 * The tests of `refactor`. Those that the others imply are left out: a pivot of 0, or one that is not
 * a number, has no finite reciprocal, and an infinite one has the reciprocal 0.
 */
function emitTests(
  { code, tolerances }: Emission,
  column: {
    readonly pivot: number;
    readonly inverse: number;
    readonly above: number | undefined;
    readonly below: number | undefined;
  },
): void {
  const { f } = code;
  const { pivot, inverse, above, below } = column;
  if (below !== undefined) {
    f.get(pivot).op(f64.abs).get(below).f64Const(tolerances.growth).op(f64.mul).op(f64.ge);
    code.demand();
  }
  if (above !== undefined) {
    f.get(pivot).op(f64.abs).get(above).f64Const(tolerances.cancellation).op(f64.mul).op(f64.gt);
    code.demand();
  }
  f.get(inverse).op(f64.abs).f64Const(Infinity).op(f64.lt);
  code.demand();
  f.get(inverse).f64Const(0).op(f64.ne);
  code.demand();
}
