import type { Term, Variable } from '../../base/wasm/formula.js';
import { constant } from '../../base/wasm/formula.js';
import type { WasmModule } from '../../base/wasm/module-builder.js';
import { f64x2 } from '../../base/wasm/opcodes.js';
import { KernelBody, loadIndex, loadPair } from './kernel-body.js';
import type { KernelLayout } from './kernel-layout.js';

const zero = constant('i32', 0);

/**
 * Emits `(first, last)`, positions · 8 of the columns of a panel: gathers the vector `work` at the
 * panel's rows into `dense`, subtracts from it what the columns do one after the other, and scatters
 * the rows below the panel. The entries at the panel's own rows are left in `dense`, from its begin.
 * Every entry has its terms subtracted in the order of the columns. Returns the function's index.
 */
export function emitPanelElimination(module: WasmModule, layout: KernelLayout): number {
  const { lowerBounds, lowerRows, dense, work } = layout;
  const builder = module.function({ params: ['i32', 'i32'], results: [] });
  const body = new KernelBody(builder);
  const first = body.operand('i32', 0);
  const width = body.let(body.operand('i32', 1).minus(first).plus(8));
  const rows = body.let(loadIndex(body.operand('i32', 1), lowerBounds));
  const rowsEnd = body.let(loadIndex(body.operand('i32', 1), lowerBounds + 4));
  const at = body.let(zero);
  body.while(at.is('lt', width), () => {
    body.store(at, dense, first.plus(at).loadF64(work));
    body.assign(at, at.plus(8));
  });
  body.for(rows, rowsEnd, 4, (p) => {
    body.store(at, dense, loadIndex(p, lowerRows).loadF64(work));
    body.assign(at, at.plus(8));
  });
  // Four rows are taken at once: those after the last one are not used, but should be numbers.
  for (let i = 0; i < 3; i++) body.clear(at, dense + 8 * i);

  const column = body.let(zero);
  for (const count of [4, 2, 1]) {
    body.while(column.plus(8 * count).is('le', width), () => {
      emitColumns(body, layout, { first, column, end: at, count });
      body.assign(column, column.plus(8 * count));
    });
  }

  body.assign(at, width);
  body.for(rows, rowsEnd, 4, (p) => {
    body.store(loadIndex(p, lowerRows), work, at.loadF64(dense));
    body.assign(at, at.plus(8));
  });
  builder.end();
  return builder.index;
}

/** Subtracts `count` columns of a panel, `column` being the first one's offset within it. */
function emitColumns(
  body: KernelBody,
  { lowerBounds, lower, dense }: KernelLayout,
  panel: {
    readonly first: Term;
    readonly column: Variable;
    readonly end: Term;
    readonly count: number;
  },
): void {
  const { first, column, end, count } = panel;
  // Rows are counted from the first of these columns; column i of L begins with row i + 1.
  const entries = Array.from({ length: count }, (_, i) =>
    body.let(loadIndex(first.plus(column), lowerBounds + 8 * i).shl(1)),
  );
  const entryAddress = (i: number, row: number): number => lower + 8 * (row - i - 1);
  const factors: Variable[] = [];
  for (let i = 0; i < count; i++) {
    const own = factors.reduce<Term>(
      (sum, factor, j) => sum.minus(entries[j].loadF64(entryAddress(j, i)).times(factor)),
      column.loadF64(dense + 8 * i),
    );
    factors.push(body.let(own));
    if (i > 0) body.store(column, dense + 8 * i, factors[i]);
  }
  const pairs = factors.map((factor) => body.let(factor.apply(f64x2.splat, 'v128')));
  const row = body.let(column.plus(8 * count));
  body.while(row.is('lt', end), () => {
    const sums = [0, 16].map((offset) => body.let(loadPair(row, dense + offset)));
    pairs.forEach((factor, i) => {
      sums.forEach((sum, half) => {
        const entry = loadPair(entries[i], entryAddress(i, count + 2 * half));
        body.assign(sum, sum.with(entry.with(factor, f64x2.mul), f64x2.sub));
      });
    });
    sums.forEach((sum, half) => {
      body.storePair(row, dense + 16 * half, sum);
    });
    for (const address of [...entries, row]) body.assign(address, address.plus(32));
  });
}
