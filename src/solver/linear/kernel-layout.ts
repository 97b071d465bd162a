import type { FactorStructure } from './factors.js';
import type { Panels } from './panels.js';

/** Where the kernels find their operands in linear memory, in bytes; all multiples of 8. */
export interface KernelAddresses {
  /** f64 [nnz] values of the matrix by slot of the pattern. */
  readonly values: number;
  /** f64 [n] b, then x, in the numbering of the pattern. */
  readonly rhs: number;
  /** Memory of their own, `linearScratchBytes` long. */
  readonly scratch: number;
}

/** What the kernels keep in their memory: byte addresses, f64 before i32. */
export interface KernelLayout {
  readonly values: number;
  readonly rhs: number;
  /** f64 [nnz L], [nnz U + nnz above], [n] as in `Factors`. */
  readonly lower: number;
  readonly upper: number;
  readonly inversePivots: number;
  /** f64 [n] by position, all zero between two calls of indexed kernels. */
  readonly work: number;
  /** f64 [n] by position. */
  readonly scales: number;
  /** Records of 16 bytes, one per entry of A in the blocks: i32 row · 8, i32 slot · 8, f64 scale. */
  readonly inside: number;
  /** The same of entries above the blocks, with an index of U · 8 instead of the row. */
  readonly outside: number;
  /** f64 [longest panel + 3] */
  readonly dense: number;
  /** Records of 16 bytes by position: ends of inside · 16, segments · 8, U and above · 8, L · 4. */
  readonly columns: number;
  /** Records of 8 bytes by position: row · 8 and column · 8 of the pattern. */
  readonly permutations: number;
  /** Records of 8 bytes by position: begin and end of L's column, · 4. */
  readonly lowerBounds: number;
  /** The same of U's columns with what stands above the block. */
  readonly upperBounds: number;
  /** Records of 8 bytes, runs and segments as in `Panels`: first and last column · 8. */
  readonly segments: number;
  readonly runs: number;
  /** Records of 16 bytes by block: first position · 8 and end · 8, first run · 8 and end · 8. */
  readonly blocks: number;
  /** i32 [nnz L], [nnz U + nnz above]: positions · 8. */
  readonly lowerRows: number;
  readonly upperRows: number;
  /** First byte after all that. */
  readonly end: number;
}

/** Lays the memory out; code without lists has no panels either. */
export function kernelLayout(
  structure: FactorStructure,
  { values, rhs, scratch }: KernelAddresses,
  panels?: Panels,
): KernelLayout {
  const lists = panels !== undefined;
  const { n, insideSlots, outsideSlots, blockBoundaries } = structure;
  const entriesOfLower = structure.lowerPointers[n];
  const entriesOfUpper = structure.upperPointers[n];
  let end = scratch;
  const take = (count: number, bytes = 8): number => {
    const start = end;
    end += count * bytes;
    return start;
  };
  const list = (count: number, bytes: number): number => take(lists ? count : 0, bytes);
  const layout = {
    values,
    rhs,
    lower: take(entriesOfLower),
    upper: take(entriesOfUpper),
    inversePivots: take(n),
    work: take(n),
    scales: take(n),
    dense: take(lists ? panels.longest + 3 : 0),
    inside: list(insideSlots.length, 16),
    outside: list(outsideSlots.length, 16),
    columns: list(n, 16),
    permutations: list(n, 8),
    lowerBounds: list(n, 8),
    upperBounds: list(n, 8),
    segments: take(lists ? panels.segments.length : 0, 4),
    runs: take(lists ? panels.runs.length : 0, 4),
    blocks: list(blockBoundaries.length - 1, 16),
    lowerRows: list(entriesOfLower, 4),
    upperRows: list(entriesOfUpper, 4),
  };
  return { ...layout, end: Math.ceil(end / 8) * 8 };
}
