import { constant } from '../../base/wasm/formula.js';
import type { WasmModule } from '../../base/wasm/module-builder.js';
import type { FactorStructure } from './factors.js';
import { emitUpdate } from './indexed-update.js';
import { KernelBody, loadIndex } from './kernel-body.js';
import type { KernelLayout } from './kernel-layout.js';

const zero = constant('i32', 0);

/** `solve` over lists in memory, the same steps one by one. Returns the function's index. */
export function emitIndexedSolve(
  module: WasmModule,
  { n, blockBoundaries }: FactorStructure,
  layout: KernelLayout,
  eliminate: number,
): number {
  const builder = module.function({ params: [], results: [] });
  const body = new KernelBody(builder);
  body.for(zero, constant('i32', 8 * n), 8, (k) => {
    const b = loadIndex(k, layout.permutations).loadF64(layout.rhs);
    body.store(k, layout.work, b.times(k.loadF64(layout.scales)));
  });
  const block = body.let(constant('i32', 16 * (blockBoundaries.length - 1)));
  body.while(block.is('gt', 0), () => {
    body.assign(block, block.minus(16));
    const start = body.let(loadIndex(block, layout.blocks));
    const runs = loadIndex(block, layout.blocks + 8);
    const runsEnd = body.let(loadIndex(block, layout.blocks + 12));
    body.for(runs, runsEnd, 8, (run) => {
      const first = body.let(loadIndex(run, layout.runs));
      const last = body.let(loadIndex(run, layout.runs + 4));
      body.if(
        first.is('eq', last),
        () => {
          emitUpdate(body, layout, 'lower', first, body.let(first.loadF64(layout.work)));
        },
        () => {
          body.call(eliminate, [first, last], []);
          body.for(zero, last.minus(first).plus(8), 8, (at) => {
            body.store(first.plus(at), layout.work, at.loadF64(layout.dense));
          });
        },
      );
    });
    const k = body.let(loadIndex(block, layout.blocks + 4).minus(8));
    body.while(k.is('ge', start), () => {
      const y = body.let(k.loadF64(layout.work).times(k.loadF64(layout.inversePivots)));
      body.clear(k, layout.work);
      body.store(loadIndex(k, layout.permutations + 4), layout.rhs, y);
      emitUpdate(body, layout, 'upper', k, y);
      body.assign(k, k.minus(8));
    });
  });
  builder.end();
  return builder.index;
}
