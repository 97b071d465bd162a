import type { Transversal } from './maximum-transversal.js';
import type { SparsePattern } from './pattern.js';

/**
 * All columns that a structurally singular matrix leaves open, ascending: those without a row, and
 * those that could give up theirs to one of them. Each is part of a combination that vanishes,
 * whatever the values are (the horizontal part of Dulmage and Mendelsohn, Canad. J. Math. 10, 1958).
 */
export function undeterminedColumns(
  { n, columnPointers, rowIndices }: SparsePattern,
  { unmatchedColumns, columnOfRow }: Transversal,
): number[] {
  const found = new Uint8Array(n);
  const columns = [...unmatchedColumns];
  for (const column of columns) found[column] = 1;
  for (let next = 0; next < columns.length; next++) {
    const column = columns[next];
    for (let p = columnPointers[column]; p < columnPointers[column + 1]; p++) {
      // No row of these is free: else the matching could grow.
      const holder = columnOfRow[rowIndices[p]];
      if (found[holder] === 1) continue;
      found[holder] = 1;
      columns.push(holder);
    }
  }
  return columns.sort((a, b) => a - b);
}
