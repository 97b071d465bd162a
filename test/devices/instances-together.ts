import { environment, keptStride, type KernelMemory } from '../../src/devices/language/compiled.js';
import type { SingleInstance } from './single-instance.js';

const own = ['charge', 'chargeHistory', 'chargeRate', 'chargeSlope', 'instance'] as const;

/** Memory for several instances of one structure, each with unknowns of its own, in a buffer. */
export function together(
  singles: readonly SingleInstance[],
  buffer: ArrayBufferLike,
  start: number,
): KernelMemory {
  const { model, memory } = singles[0];
  const count = singles.length;
  const unknowns = model.unknowns.length;
  const entries = memory.jf.length - 1;
  let offset = start;
  const take = (length: number): Float64Array => {
    const view = new Float64Array(buffer, offset, length);
    offset += 8 * length;
    return view;
  };
  const vector = (): Float64Array => take(count * unknowns + 1);
  const matrix = (): Float64Array => take(count * entries + 1);
  const each = (length: number): Float64Array => take(count * length);
  const all: KernelMemory = {
    count,
    cards: 1,
    x: vector(),
    f: vector(),
    q: vector(),
    fScale: vector(),
    delta: vector(),
    jf: matrix(),
    jq: matrix(),
    environment: take(environment.size),
    model: take(memory.model.length),
    charge: each(memory.charge.length),
    chargeHistory: each(memory.charge.length),
    chargeRate: each(memory.charge.length),
    chargeSlope: each(memory.charge.length),
    instance: each(memory.instance.length),
    kept: take(count * keptStride(model)),
    index: new Int32Array(buffer, offset, count * memory.index.length),
  };
  all.environment.set(memory.environment);
  all.model.set(memory.model);
  singles.forEach((single, i) => {
    all.x.set(single.memory.x.subarray(1), i * unknowns + 1);
    for (const name of own)
      single.memory[name].forEach((value, s) => (all[name][s * count + i] = value));
    single.memory.index.forEach((value, row) => {
      const shift = row < unknowns ? unknowns : row === unknowns ? 0 : entries;
      all.index[row * count + i] = value + i * shift;
    });
  });
  return all;
}
