import type { FactorStructure } from './factors.js';
import type { KernelAddresses } from './kernel-layout.js';

/** How many matrices are side by side. */
export type LaneCount = 2 | 4 | 8;

/**
 * Memory of kernels for several matrices of one pattern: byte addresses. Numbers of all lanes stand
 * side by side, so that index i begins at 8 · lanes · i; that is a "place" below.
 */
export interface LaneLayout {
  readonly lanes: LaneCount;
  /** f64 [nnz][lanes], [n][lanes] */
  readonly values: number;
  readonly rhs: number;
  /** f64 [nnz L][lanes], [nnz U + nnz above][lanes], [n][lanes], [n][lanes] as in `Factors`. */
  readonly lower: number;
  readonly upper: number;
  readonly inversePivots: number;
  readonly work: number;
  /** Records of 16 bytes: i32 place of the row (above the blocks: among U), of the slot, f64 scale. */
  readonly inside: number;
  readonly outside: number;
  /** Records of 16 bytes by position: ends of inside · 16, U · 4, U and above · 4, L · 4. */
  readonly columns: number;
  /** The same by position: i32 places of row and column in the pattern, f64 scale. */
  readonly permutations: number;
  /** Records of 16 bytes by position: begin and end · 4 of L's column, and of U's with the rest. */
  readonly bounds: number;
  /** Records of 8 bytes by block: first position and end, · 16. */
  readonly blocks: number;
  /** i32 [nnz L], [nnz U + nnz above]: positions · 16. */
  readonly lowerRows: number;
  readonly upperRows: number;
  readonly end: number;
}

export function laneLayout(
  structure: FactorStructure,
  { values, rhs, scratch }: KernelAddresses,
  lanes: LaneCount,
): LaneLayout {
  const { n, insideSlots, outsideSlots, blockBoundaries } = structure;
  const entriesOfLower = structure.lowerPointers[n];
  const entriesOfUpper = structure.upperPointers[n];
  let end = scratch;
  const take = (count: number, bytes: number): number => {
    const start = end;
    end += count * bytes;
    return start;
  };
  const place = 8 * lanes;
  const layout = {
    lanes,
    values,
    rhs,
    lower: take(entriesOfLower, place),
    upper: take(entriesOfUpper, place),
    inversePivots: take(n, place),
    work: take(n, place),
    inside: take(insideSlots.length, 16),
    outside: take(outsideSlots.length, 16),
    columns: take(n, 16),
    permutations: take(n, 16),
    bounds: take(n, 16),
    blocks: take(blockBoundaries.length - 1, 8),
    lowerRows: take(entriesOfLower, 4),
    upperRows: take(entriesOfUpper, 4),
  };
  return { ...layout, end: Math.ceil(end / 8) * 8 };
}

/** Writes the lists; working memory becomes zero. */
export function writeLaneLists(
  memory: ArrayBufferLike,
  structure: FactorStructure,
  layout: LaneLayout,
): void {
  const { n, insidePointers, upperEnds, upperPointers, lowerPointers } = structure;
  const place = 8 * layout.lanes;
  new Float64Array(memory, layout.work, n * layout.lanes).fill(0);
  const entries = (address: number, count: number, record: (p: number) => readonly number[]) => {
    const integers = new Int32Array(memory, address, 4 * count);
    const doubles = new Float64Array(memory, address, 2 * count);
    for (let p = 0; p < count; p++) {
      const [first, second, scale] = record(p);
      integers[4 * p] = place * first;
      integers[4 * p + 1] = place * second;
      doubles[2 * p + 1] = scale;
    }
  };
  const { insideRows, insideSlots, insideScales } = structure;
  entries(layout.inside, insideRows.length, (p) => [
    insideRows[p],
    insideSlots[p],
    insideScales[p],
  ]);
  const { outsideTargets, outsideSlots, outsideScales } = structure;
  entries(layout.outside, outsideTargets.length, (p) => [
    outsideTargets[p],
    outsideSlots[p],
    outsideScales[p],
  ]);
  const { rowPermutation, columnPermutation, scales, blockBoundaries } = structure;
  entries(layout.permutations, n, (k) => [rowPermutation[k], columnPermutation[k], scales[k]]);

  const columns = new Int32Array(memory, layout.columns, 4 * n);
  const bounds = new Int32Array(memory, layout.bounds, 4 * n);
  for (let k = 0; k < n; k++) {
    columns[4 * k] = 16 * insidePointers[k + 1];
    columns[4 * k + 1] = 4 * upperEnds[k];
    columns[4 * k + 2] = 4 * upperPointers[k + 1];
    columns[4 * k + 3] = 4 * lowerPointers[k + 1];
    bounds[4 * k] = 4 * lowerPointers[k];
    bounds[4 * k + 1] = 4 * lowerPointers[k + 1];
    bounds[4 * k + 2] = 4 * upperPointers[k];
    bounds[4 * k + 3] = 4 * upperPointers[k + 1];
  }
  const blocks = new Int32Array(memory, layout.blocks, 2 * (blockBoundaries.length - 1));
  for (let b = 0; b + 1 < blockBoundaries.length; b++) {
    blocks[2 * b] = 16 * blockBoundaries[b];
    blocks[2 * b + 1] = 16 * blockBoundaries[b + 1];
  }
  const positions = (address: number, rows: Int32Array): void => {
    const target = new Int32Array(memory, address, rows.length);
    for (let p = 0; p < rows.length; p++) target[p] = 16 * rows[p];
  };
  positions(layout.lowerRows, structure.lowerRows);
  positions(layout.upperRows, structure.upperRows);
}
