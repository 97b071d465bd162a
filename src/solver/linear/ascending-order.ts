/**
 * The order that makes the rows of every column ascend: entry p of the result is the index of the entry
 * that comes to stand at p. Two passes of counting, O(n + entries).
 * @param pointers [n + 1] columns
 * @param rows [≥ entries] rows in [0, n), any order within a column
 */
export function ascendingOrder(pointers: Int32Array, rows: Int32Array): Int32Array {
  const n = pointers.length - 1;
  const starts = new Int32Array(n + 1);
  for (let p = 0; p < pointers[n]; p++) starts[rows[p] + 1]++;
  for (let i = 0; i < n; i++) starts[i + 1] += starts[i];
  const columns = new Int32Array(pointers[n]);
  const sources = new Int32Array(pointers[n]);
  for (let j = 0; j < n; j++) {
    for (let p = pointers[j]; p < pointers[j + 1]; p++) {
      const at = starts[rows[p]]++;
      columns[at] = j;
      sources[at] = p;
    }
  }
  const next = pointers.slice(0, n);
  const order = new Int32Array(pointers[n]);
  for (let at = 0; at < order.length; at++) order[next[columns[at]]++] = sources[at];
  return order;
}
