import type { Term, Variable } from '../../base/wasm/formula.js';
import { constant } from '../../base/wasm/formula.js';
import type { WasmModule } from '../../base/wasm/module-builder.js';
import type { FactorStructure } from './factors.js';
import { emitUpdate } from './indexed-update.js';
import { KernelBody, loadIndex } from './kernel-body.js';
import type { KernelLayout } from './kernel-layout.js';
import type { RefactorTolerances } from './refactor.js';

const zero = constant('i32', 0);

/** `refactor` over lists in memory, the same steps one by one. Returns the function's index. */
export function emitIndexedRefactor(
  module: WasmModule,
  structure: FactorStructure,
  layout: KernelLayout,
  {
    eliminate,
    tolerances,
  }: { readonly eliminate: number; readonly tolerances: RefactorTolerances },
): number {
  const builder = module.function({ params: [], results: ['i32'] });
  const body = new KernelBody(builder);
  emitAbove(body, structure, layout);
  const entry = body.let(zero);
  const segment = body.let(zero);
  const t = body.let(zero);
  const lower = body.let(zero);
  body.for(zero, constant('i32', 8 * structure.n), 8, (k) => {
    const column = body.let(k.shl(1));

    // x := S·A(:, k)
    const entryEnd = body.let(loadIndex(column, layout.columns));
    body.while(entry.is('lt', entryEnd), () => {
      const value = scaledValue(layout, entry, layout.inside);
      body.store(loadIndex(entry, layout.inside), layout.work, value);
      body.assign(entry, entry.plus(16));
    });

    // U(:, k) and the elimination
    const above = body.let(constant('f64', 0));
    const segmentEnd = body.let(loadIndex(column, layout.columns + 4));
    const takeFactor = (position: Term, from: number): Variable => {
      const u = body.let(position.loadF64(from));
      body.store(t, layout.upper, u);
      body.assign(t, t.plus(8));
      body.assign(above, above.plus(u.abs()));
      return u;
    };
    body.while(segment.is('lt', segmentEnd), () => {
      const first = body.let(loadIndex(segment, layout.segments));
      const last = body.let(loadIndex(segment, layout.segments + 4));
      body.if(
        first.is('eq', last),
        () => {
          const u = takeFactor(first, layout.work);
          body.clear(first, layout.work);
          emitUpdate(body, layout, 'lower', first, u);
        },
        () => {
          body.call(eliminate, [first, last], []);
          body.for(zero, last.minus(first).plus(8), 8, (at) => {
            takeFactor(at, layout.dense);
            body.clear(first.plus(at), layout.work);
          });
        },
      );
      body.assign(segment, segment.plus(8));
    });
    body.assign(t, loadIndex(column, layout.columns + 8));

    // L(:, k)
    const pivot = body.let(k.loadF64(layout.work));
    const inverse = body.let(constant('f64', 1).over(pivot));
    body.clear(k, layout.work);
    body.store(k, layout.inversePivots, inverse);
    const below = body.let(constant('f64', 0));
    const lowerEnd = body.let(loadIndex(column, layout.columns + 12));
    body.while(lower.is('lt', lowerEnd), () => {
      const row = body.let(loadIndex(lower, layout.lowerRows));
      const value = body.let(row.loadF64(layout.work));
      body.clear(row, layout.work);
      body.assign(below, below.plus(value.abs()));
      body.store(lower.shl(1), layout.lower, value.times(inverse));
      body.assign(lower, lower.plus(4));
    });
    body.if(fits(pivot, inverse, above, below, tolerances).not(), () => {
      const end = constant('i32', 8 * structure.n);
      body.for(zero, end, 8, (position) => {
        body.clear(position, layout.work);
      });
      body.return(zero);
    });
  });
  body.return(constant('i32', 1));
  builder.end();
  return builder.index;
}

/** Entries above the blocks: a copy; their sum is finite. */
function emitAbove(body: KernelBody, structure: FactorStructure, layout: KernelLayout): void {
  const sum = body.let(constant('f64', 0));
  const end = constant('i32', 16 * structure.outsideSlots.length);
  body.for(zero, end, 16, (entry) => {
    const value = body.let(scaledValue(layout, entry, layout.outside));
    body.store(loadIndex(entry, layout.outside), layout.upper, value);
    body.assign(sum, sum.plus(value));
  });
  body.if(sum.abs().is('lt', Infinity).not(), () => {
    body.return(zero);
  });
}

/** An entry of A times its scale, from its record. */
function scaledValue({ values }: KernelLayout, entry: Term, records: number): Term {
  return loadIndex(entry, records + 4)
    .loadF64(values)
    .times(entry.loadF64(records + 8));
}

/** The tests of `refactor`: no comparison holds where a sum is not a number. */
function fits(
  pivot: Term,
  inverse: Term,
  above: Term,
  below: Term,
  { growth, cancellation }: RefactorTolerances,
): Term {
  const grows = pivot.abs().is('ge', below.times(growth));
  const remains = pivot.abs().is('gt', above.times(cancellation));
  const finite = pivot.abs().is('lt', Infinity).and(inverse.abs().is('lt', Infinity));
  return grows.and(remains).and(finite);
}
