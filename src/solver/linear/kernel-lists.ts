import type { FactorStructure } from './factors.js';
import type { KernelLayout } from './kernel-layout.js';
import type { Panels } from './panels.js';

/** Writes the lists of indexed kernels as `KernelLayout` describes them. */
export function writeKernelLists(
  memory: ArrayBufferLike,
  structure: FactorStructure,
  layout: KernelLayout,
  panels: Panels,
): void {
  const { n, lowerPointers, upperPointers } = structure;
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
  writeColumns(memory, structure, layout, panels);
  writeBlocks(memory, structure, layout, panels);
  writePairs(memory, layout.permutations, n, 8, (k) => [
    structure.rowPermutation[k],
    structure.columnPermutation[k],
  ]);
  const bounds = (pointers: Int32Array) => (k: number) => [pointers[k], pointers[k + 1]] as const;
  writePairs(memory, layout.lowerBounds, n, 4, bounds(lowerPointers));
  writePairs(memory, layout.upperBounds, n, 4, bounds(upperPointers));
  writePositions(memory, layout.lowerRows, structure.lowerRows);
  writePositions(memory, layout.upperRows, structure.upperRows);
  writePositions(memory, layout.segments, panels.segments);
  writePositions(memory, layout.runs, panels.runs);
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
  { segmentEnds }: Panels,
): void {
  const { n, insidePointers, upperPointers, lowerPointers } = structure;
  const records = new Int32Array(memory, columns, 4 * n);
  for (let k = 0; k < n; k++) {
    records[4 * k] = 16 * insidePointers[k + 1];
    records[4 * k + 1] = 8 * segmentEnds[k];
    records[4 * k + 2] = 8 * upperPointers[k + 1];
    records[4 * k + 3] = 4 * lowerPointers[k + 1];
  }
}

function writeBlocks(
  memory: ArrayBufferLike,
  { blockBoundaries }: FactorStructure,
  { blocks }: KernelLayout,
  { runEnds }: Panels,
): void {
  const records = new Int32Array(memory, blocks, 4 * runEnds.length);
  for (let b = 0; b < runEnds.length; b++) {
    records[4 * b] = 8 * blockBoundaries[b];
    records[4 * b + 1] = 8 * blockBoundaries[b + 1];
    records[4 * b + 2] = b === 0 ? 0 : 8 * runEnds[b - 1];
    records[4 * b + 3] = 8 * runEnds[b];
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

function writePositions(memory: ArrayBufferLike, address: number, positions: Int32Array): void {
  const offsets = new Int32Array(memory, address, positions.length);
  for (let p = 0; p < positions.length; p++) offsets[p] = 8 * positions[p];
}
