/**
 * Panels: runs of columns of L of which each has the rows of the next one, and that one's diagonal.
 * What a panel does to a column can be computed densely: in the order of its columns, but for all
 * rows with one gathering and one scattering. (Supernodes: Demmel, Eisenstat, Gilbert, Li and Liu,
 * SIAM J. Matrix Anal. Appl. 20(3), 1999.)
 */
import type { FactorStructure } from './factors.js';

/** Runs as pairs (first column, last column). */
export interface Panels {
  /** U's entries by columns, in their order: [segments][2], and by position where they end. */
  readonly segments: Int32Array;
  readonly segmentEnds: Int32Array;
  /** Columns of L by blocks: [runs][2], and by block where they end. */
  readonly runs: Int32Array;
  readonly runEnds: Int32Array;
  /** Most rows that a panel touches, its own included. */
  readonly longest: number;
}

/** Finds panels of two columns and more; the rest are columns on their own. */
export function findPanels(structure: FactorStructure): Panels {
  const { n, lowerPointers, upperPointers, upperEnds, upperRows, blockBoundaries } = structure;
  const continues = nested(structure);
  const segments: number[] = [];
  const segmentEnds = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    const end = upperEnds[k];
    for (let t = upperPointers[k]; t < end; t++) {
      const first = upperRows[t];
      while (t + 1 < end && upperRows[t + 1] === upperRows[t] + 1 && continues[upperRows[t]] === 1)
        t++;
      segments.push(first, upperRows[t]);
    }
    segmentEnds[k] = segments.length / 2;
  }
  const runs: number[] = [];
  const runEnds = new Int32Array(blockBoundaries.length - 1);
  let longest = 1;
  for (let b = 0; b + 1 < blockBoundaries.length; b++) {
    for (let k = blockBoundaries[b]; k < blockBoundaries[b + 1]; k++) {
      const first = k;
      longest = Math.max(longest, 1 + lowerPointers[k + 1] - lowerPointers[k]);
      while (continues[k] === 1) k++;
      runs.push(first, k);
    }
    runEnds[b] = runs.length / 2;
  }
  return {
    segments: Int32Array.from(segments),
    segmentEnds,
    runs: Int32Array.from(runs),
    runEnds,
    longest,
  };
}

/** [n] 1 where a column of L has the next one's rows and its diagonal, and no others. */
function nested({ n, lowerPointers, lowerRows }: FactorStructure): Uint8Array {
  const result = new Uint8Array(n);
  for (let k = 0; k + 1 < n; k++) {
    const start = lowerPointers[k];
    const next = lowerPointers[k + 1];
    const count = lowerPointers[k + 2] - next;
    if (next - start !== count + 1 || lowerRows[start] !== k + 1) continue;
    let p = 0;
    while (p < count && lowerRows[start + 1 + p] === lowerRows[next + p]) p++;
    if (p === count) result[k] = 1;
  }
  return result;
}
