import type { Term } from '../../base/wasm/formula.js';
import type { KernelBody } from './kernel-body.js';
import { loadIndex } from './kernel-body.js';
import type { KernelLayout } from './kernel-layout.js';

/**
 * work := work − L(:, position)·factor, or with U's column and what stands above it. Four rows a
 * turn, all different.
 */
export function emitUpdate(
  body: KernelBody,
  layout: KernelLayout,
  side: 'lower' | 'upper',
  position: Term,
  factor: Term,
): void {
  const lower = side === 'lower';
  const bounds = lower ? layout.lowerBounds : layout.upperBounds;
  const rows = lower ? layout.lowerRows : layout.upperRows;
  const entries = lower ? layout.lower : layout.upper;
  const p = body.let(loadIndex(position, bounds));
  const end = body.let(loadIndex(position, bounds + 4));
  const value = body.let(p.shl(1));
  const subtract = (i: number): void => {
    const row = body.let(loadIndex(p, rows + 4 * i));
    const product = value.loadF64(entries + 8 * i).times(factor);
    body.store(row, layout.work, row.loadF64(layout.work).minus(product));
  };
  const advance = (count: number): void => {
    body.assign(p, p.plus(4 * count));
    body.assign(value, value.plus(8 * count));
  };
  body.while(p.plus(12).is('lt', end), () => {
    for (let i = 0; i < 4; i++) subtract(i);
    advance(4);
  });
  body.while(p.is('lt', end), () => {
    subtract(0);
    advance(1);
  });
}
