/** An undirected graph: each edge stands in the lists of both its ends; no loops, no duplicates. */
export interface SymmetricGraph {
  readonly n: number;
  /** [n + 1] */
  readonly pointers: Int32Array;
  /** [twice the number of edges] */
  readonly neighbours: Int32Array;
}

/**
 * The graph of A + Aᵀ, the diagonal left out. O(n + nnz).
 * @param pointers [n + 1] columns of A
 * @param rows [nnz] rows of A in any order, without duplicates within a column
 */
export function symmetricGraph(n: number, pointers: Int32Array, rows: Int32Array): SymmetricGraph {
  const transposed = transpose(n, pointers, rows);
  const lists = new Int32Array(n + 1);
  const neighbours = new Int32Array(2 * rows.length);
  const seen = new Int32Array(n).fill(-1);
  let used = 0;
  for (let j = 0; j < n; j++) {
    seen[j] = j;
    for (let pass = 0; pass < 2; pass++) {
      const from = pass === 0 ? pointers : transposed.pointers;
      const list = pass === 0 ? rows : transposed.rows;
      for (let p = from[j]; p < from[j + 1]; p++) {
        const i = list[p];
        if (seen[i] === j) continue;
        seen[i] = j;
        neighbours[used++] = i;
      }
    }
    lists[j + 1] = used;
  }
  return { n, pointers: lists, neighbours: neighbours.slice(0, used) };
}

function transpose(
  n: number,
  pointers: Int32Array,
  rows: Int32Array,
): { pointers: Int32Array; rows: Int32Array } {
  const next = new Int32Array(n + 1);
  for (let p = 0; p < rows.length; p++) next[rows[p] + 1]++;
  for (let i = 0; i < n; i++) next[i + 1] += next[i];
  const starts = next.slice();
  const columns = new Int32Array(rows.length);
  for (let j = 0; j < n; j++) {
    for (let p = pointers[j]; p < pointers[j + 1]; p++) columns[next[rows[p]]++] = j;
  }
  return { pointers: starts, rows: columns };
}
