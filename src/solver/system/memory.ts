/**
 * All that kernels read and write, in one buffer: environment, unknowns, residuals, charges,
 * Jacobian values, scales, then cards and instances group by group, and one table of indices.
 * It is a WebAssembly memory if kernels are to be written for one, and may be shared, so that threads
 * can evaluate parts of it.
 */
import { elementaryTableBytes, writeElementaryTables } from '../../base/wasm/elementary-tables.js';
import { createMemory, type WasmMemory } from '../../base/wasm/engine.js';
import {
  environment,
  type CompiledModel,
  keptStride,
  type KernelMemory,
} from '../../devices/language/compiled.js';
import type { Group } from './grouping.js';
import { PointBlock, pointBlockDoubles } from './point-block.js';
import { StepMemory, stepMemoryDoubles } from './step-memory.js';

export interface SystemMemory {
  readonly buffer: ArrayBufferLike;
  /** The memory of WebAssembly that the buffer belongs to, if it does. */
  readonly engine: WasmMemory | undefined;
  /** Everything but the indices, as one array: a checkpoint copies it. */
  readonly values: Float64Array;
  readonly environment: Float64Array;
  /** [n + 1] */
  readonly x: Float64Array;
  readonly f: Float64Array;
  readonly q: Float64Array;
  readonly fScale: Float64Array;
  /** [n + 1] Newton's last update. */
  readonly delta: Float64Array;
  /** [charges] of all instances: group, charge, instance. */
  readonly charge: Float64Array;
  readonly chargeHistory: Float64Array;
  readonly chargeRate: Float64Array;
  readonly chargeSlope: Float64Array;
  /** [nonzeros + 1] */
  readonly jf: Float64Array;
  readonly jq: Float64Array;
  /** What linear devices put into `jf` in time. */
  readonly jLinear: Float64Array;
  /** Room for the factors of small systems, empty for others. */
  readonly scratch: Float64Array;
  readonly steps: StepMemory;
  /** Points on their way out; no part of `values`. */
  readonly points: PointBlock;
  /** [groups] */
  readonly groups: readonly KernelMemory[];
  /** First byte after all that: what the shares of threads need begins there. */
  readonly behind: number;
}

/** Systems of at most this many unknowns are factored by code of their own. */
export const fewUnknowns = 200;

function limitCount({ instanceSlots }: CompiledModel): number {
  return instanceSlots.filter(({ kind }) => kind === 'limit').length;
}

function keptDoubles({ carried, model, instances }: Group): number {
  return carried ? keptStride(model) * instances.length : 0;
}

function scratchDoubles(n: number): number {
  return n <= fewUnknowns ? 4096 : 0;
}

/** Undefined where there is no WebAssembly, or not enough of its memory. */
function wasmMemory(bytes: number, shared = false): WasmMemory | undefined {
  const pages = Math.ceil(bytes / 65536);
  if (pages > 65535 || !('WebAssembly' in globalThis)) return undefined;
  const memory = shared ? createMemory(pages, pages, true) : createMemory(pages);
  writeElementaryTables(memory.buffer);
  return memory;
}

function plainBuffer(bytes: number, shared = false): ArrayBufferLike {
  return shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

type ChargeArray = 'charge' | 'chargeHistory' | 'chargeRate' | 'chargeSlope';

/**
 * @param n unknowns without ground
 * @param nonzeros of the Jacobian's pattern
 * @param more `behind` bytes are left free at the end
 */
export function allocateMemory(
  groups: readonly Group[],
  n: number,
  nonzeros: number,
  more: { readonly shared?: boolean; readonly wasm?: boolean; readonly behind?: number } = {},
): SystemMemory {
  const charges = sum(groups, (g) => g.model.charges.length * g.instances.length);
  const limits = sum(groups, (g) => limitCount(g.model) * g.instances.length);
  const doubles =
    environment.size +
    stepMemoryDoubles(n, charges, limits) +
    5 * (n + 1) +
    4 * charges +
    3 * (nonzeros + 1) +
    scratchDoubles(n) +
    sum(groups, (g) => g.model.modelSlots.length * g.cards.length) +
    sum(groups, (g) => g.model.instanceSlots.length * g.instances.length) +
    sum(groups, keptDoubles);
  const indices = sum(groups, (g) => g.model.indexCount * g.instances.length);
  const points = more.wasm && n <= fewUnknowns ? pointBlockDoubles(n) : 0;
  const bytes = doubles * 8 + 8 * Math.ceil(indices / 2) + points * 8 + (more.behind ?? 0);
  const engine = more.wasm ? wasmMemory(bytes + elementaryTableBytes, more.shared) : undefined;
  const start = engine ? elementaryTableBytes : 0;
  const buffer = engine ? engine.buffer : plainBuffer(bytes, more.shared);
  let offset = start;
  const take = (length: number): Float64Array => {
    const view = new Float64Array(buffer, offset, length);
    offset += length * 8;
    return view;
  };
  const common = {
    environment: take(environment.size),
    x: take(n + 1),
    f: take(n + 1),
    q: take(n + 1),
    fScale: take(n + 1),
    delta: take(n + 1),
    jf: take(nonzeros + 1),
    jq: take(nonzeros + 1),
    jLinear: take(nonzeros + 1),
    scratch: take(scratchDoubles(n)),
    charge: take(charges),
    chargeHistory: take(charges),
    chargeRate: take(charges),
    chargeSlope: take(charges),
    steps: new StepMemory(take(stepMemoryDoubles(n, charges, limits)), n, charges, limits),
  };
  let first = 0;
  const parts = groups.map((group) => ({
    ...common,
    ...chargesOf(group),
    count: group.instances.length,
    cards: group.cards.length,
    model: take(group.model.modelSlots.length * group.cards.length),
    instance: take(group.model.instanceSlots.length * group.instances.length),
    ...(group.carried ? { kept: take(keptDoubles(group)) } : {}),
  }));
  function chargesOf(group: Group): Pick<KernelMemory, ChargeArray> {
    const last = first + group.model.charges.length * group.instances.length;
    const part = (array: Float64Array): Float64Array => array.subarray(first, last);
    const views = {
      charge: part(common.charge),
      chargeHistory: part(common.chargeHistory),
      chargeRate: part(common.chargeRate),
      chargeSlope: part(common.chargeSlope),
    };
    first = last;
    return views;
  }
  const memories = parts.map((part, k) => {
    const length = groups[k].model.indexCount * part.count;
    const index = new Int32Array(buffer, offset, length);
    offset += length * 4;
    return { ...part, index };
  });
  const values = new Float64Array(buffer, start, doubles);
  const block = new Float64Array(buffer, 8 * Math.ceil(offset / 8), points);
  return {
    buffer,
    engine,
    values,
    ...common,
    points: new PointBlock(block, n),
    groups: memories,
    behind: block.byteOffset + block.byteLength,
  };
}

function sum(groups: readonly Group[], size: (group: Group) => number): number {
  return groups.reduce((total, group) => total + size(group), 0);
}
