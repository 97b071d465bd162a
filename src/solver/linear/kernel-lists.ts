import type { FactorStructure } from './factors.js';
import type { KernelLayout } from './kernel-layout.js';

/** Writes the lists of indexed kernels as `KernelLayout` describes them. */
export function writeKernelLists(
  memory: ArrayBufferLike,
  structure: FactorStructure,
  layout: KernelLayout,
): void {
  const { n, lowerPointers, upperPointers, blockBoundaries } = structure;
  writeEntries(memory, layout.inside, {
    targets: structure.insideRows,
    slots: structure.insideSlots,
    scales: structure.insideScales,
  });
  writeEntries(memory, layout.outside, {
    targets: structure.outsideTargets,
    slots: structure.outsideSlots,
    scales: structure.outsideScales,
  });
  writeColumns(memory, structure, layout);
  writePairs(memory, layout.permutations, n, 8, (k) => [
    structure.rowPermutation[k],
    structure.columnPermutation[k],
  ]);
  const bounds = (pointers: Int32Array) => (k: number) => [pointers[k], pointers[k + 1]] as const;
  writePairs(memory, layout.lowerBounds, n, 4, bounds(lowerPointers));
  writePairs(memory, layout.upperBounds, n, 4, bounds(upperPointers));
  writePairs(memory, layout.blocks, blockBoundaries.length - 1, 8, bounds(blockBoundaries));
  writeRows(memory, layout.lowerRows, structure.lowerRows);
  writeRows(memory, layout.upperRows, structure.upperRows);
}

interface Entries {
  readonly targets: Int32Array;
  readonly slots: Int32Array;
  readonly scales: Float64Array;
}

function writeEntries(
  memory: ArrayBufferLike,
  address: number,
  { targets, slots, scales }: Entries,
): void {
  const integers = new Int32Array(memory, address, 4 * targets.length);
  const doubles = new Float64Array(memory, address, 2 * targets.length);
  for (let p = 0; p < targets.length; p++) {
    integers[4 * p] = 8 * targets[p];
    integers[4 * p + 1] = 8 * slots[p];
    doubles[2 * p + 1] = scales[p];
  }
}

function writeColumns(
  memory: ArrayBufferLike,
  structure: FactorStructure,
  { columns }: KernelLayout,
): void {
  const { n, insidePointers, upperEnds, upperPointers, lowerPointers } = structure;
  const records = new Int32Array(memory, columns, 4 * n);
  for (let k = 0; k < n; k++) {
    records[4 * k] = 16 * insidePointers[k + 1];
    records[4 * k + 1] = 4 * upperEnds[k];
    records[4 * k + 2] = 4 * upperPointers[k + 1];
    records[4 * k + 3] = 4 * lowerPointers[k + 1];
  }
}

function writePairs(
  memory: ArrayBufferLike,
  address: number,
  count: number,
  unit: number,
  pair: (k: number) => readonly [number, number] | readonly number[],
): void {
  const records = new Int32Array(memory, address, 2 * count);
  for (let k = 0; k < count; k++) {
    const [first, second] = pair(k);
    records[2 * k] = unit * first;
    records[2 * k + 1] = unit * second;
  }
}

function writeRows(memory: ArrayBufferLike, address: number, rows: Int32Array): void {
  const offsets = new Int32Array(memory, address, rows.length);
  for (let p = 0; p < rows.length; p++) offsets[p] = 8 * rows[p];
}
