/**
 * Where the entries of a sparse n × n matrix stand, in compressed sparse columns. Values live in a
 * separate array of `rowIndices.length` numbers, so that one pattern serves many matrices.
 */
export interface SparsePattern {
  readonly n: number;
  /** [n + 1] column j owns the slots `columnPointers[j]` up to but not including `[j + 1]`. */
  readonly columnPointers: Int32Array;
  /** [nnz] row of every slot, ascending within a column, without duplicates. */
  readonly rowIndices: Int32Array;
}

/** A pattern and the way from the coordinate entries that it was made of to its slots. */
export interface BuiltPattern {
  readonly pattern: SparsePattern;
  /** [entries] slot of every coordinate entry; entries at the same place share a slot. */
  readonly slots: Int32Array;
}

/**
 * The pattern of a matrix given as coordinates, duplicates allowed (stamps of several devices).
 * Takes time proportional to n + entries.
 * @throws RangeError when an index lies outside the matrix.
 */
export function buildPattern(
  n: number,
  rows: ArrayLike<number>,
  columns: ArrayLike<number>,
): BuiltPattern {
  requireInside(n, rows, columns);
  const byRow = stableOrder(n, rows, undefined);
  const order = stableOrder(n, columns, byRow);
  const entries = order.length;
  const slots = new Int32Array(entries);
  const columnPointers = new Int32Array(n + 1);
  const rowIndices = new Int32Array(entries);
  let used = 0;
  for (let p = 0; p < entries; p++) {
    const entry = order[p];
    const row = rows[entry];
    const column = columns[entry];
    // Sorted by column, then row: a duplicate follows right behind its first occurrence.
    const repeats = p > 0 && columns[order[p - 1]] === column && rows[order[p - 1]] === row;
    if (!repeats) {
      rowIndices[used++] = row;
      columnPointers[column + 1]++;
    }
    slots[entry] = used - 1;
  }
  for (let j = 0; j < n; j++) columnPointers[j + 1] += columnPointers[j];
  return { pattern: { n, columnPointers, rowIndices: rowIndices.slice(0, used) }, slots };
}

function requireInside(n: number, rows: ArrayLike<number>, columns: ArrayLike<number>): void {
  if (rows.length !== columns.length) throw new RangeError('as many rows as columns are needed');
  for (let p = 0; p < rows.length; p++) {
    const inside = rows[p] >= 0 && rows[p] < n && columns[p] >= 0 && columns[p] < n;
    if (!inside) throw new RangeError(`entry (${rows[p]}, ${columns[p]}) lies outside ${n} × ${n}`);
  }
}

/** Counting sort of `previous` (all entries when undefined) by key; equal keys keep their order. */
function stableOrder(
  n: number,
  keys: ArrayLike<number>,
  previous: Int32Array | undefined,
): Int32Array {
  const next = new Int32Array(n + 1);
  for (let p = 0; p < keys.length; p++) next[keys[p] + 1]++;
  for (let key = 0; key < n; key++) next[key + 1] += next[key];
  const order = new Int32Array(keys.length);
  for (let p = 0; p < keys.length; p++) {
    const entry = previous === undefined ? p : previous[p];
    order[next[keys[entry]]++] = entry;
  }
  return order;
}
