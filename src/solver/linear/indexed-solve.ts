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
): number {
  const builder = module.function({ params: [], results: [] });
  const body = new KernelBody(builder);
  body.for(zero, constant('i32', 8 * n), 8, (k) => {
    const b = loadIndex(k, layout.permutations).loadF64(layout.rhs);
    body.store(k, layout.work, b.times(k.loadF64(layout.scales)));
  });
  const block = body.let(constant('i32', 8 * (blockBoundaries.length - 1)));
  body.while(block.is('gt', 0), () => {
    body.assign(block, block.minus(8));
    const start = body.let(loadIndex(block, layout.blocks));
    const last = body.let(loadIndex(block, layout.blocks + 4).minus(8));
    body.for(start, last, 8, (k) => {
      const y = body.let(k.loadF64(layout.work));
      emitUpdate(body, layout, 'lower', k, y);
    });
    const k = body.let(last);
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
