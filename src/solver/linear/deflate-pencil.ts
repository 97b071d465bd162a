/**
 * A dense pencil A + s·E without its infinite eigenvalues.
 *
 * Circuits have many: every row without a charge is one, and chains of them come of loops of
 * capacitors and voltage sources. They are taken out by steps that keep det(A + s·E) up to a
 * constant factor, until E is regular:
 *
 *     repeat
 *       eliminate rows of E by its pivots, in A alike; what is left of E in the other rows is zero
 *       for each row r with E_r = 0: choose a pivot A_rj, clear the row by column operations in A and
 *       E alike, drop row r and column j
 *     until no row was dropped
 *
 * An entry counts as zero if it is rounding error of the terms that it was computed from: sums of
 * magnitudes are carried along. That holds over all scales, which a rank by singular values does not.
 * Gantmacher, "The Theory of Matrices", vol. 2, 1959, chapter XII; Wilkinson, Linear Algebra Appl. 28,
 * 1979.
 */
export interface DensePencil {
  /** [n][n] by row. */
  readonly a: Float64Array[];
  readonly e: Float64Array[];
}

/** Entries below this part of what they were summed of are zero. */
const rounding = 1e-13;

interface Tracked {
  readonly values: Float64Array[];
  /** Sums of the magnitudes of all terms that went into each entry. */
  readonly terms: Float64Array[];
}

/** The pencil of finite eigenvalues, with E regular; undefined if det(A + s·E) is zero for all s. */
export function deflatePencil({ a, e }: DensePencil): DensePencil | undefined {
  const work = new Deflation(tracked(a), tracked(e));
  for (;;) {
    const empty = work.eliminate();
    if (empty.length === 0) return work.result();
    for (const row of empty) if (!work.drop(row)) return undefined;
  }
}

function tracked(matrix: readonly Float64Array[]): Tracked {
  return {
    values: matrix.map((row) => row.slice()),
    terms: matrix.map((row) => row.map(Math.abs)),
  };
}

class Deflation {
  readonly #a: Tracked;
  readonly #e: Tracked;
  readonly #rows: Set<number>;
  readonly #columns: Set<number>;

  constructor(a: Tracked, e: Tracked) {
    this.#a = a;
    this.#e = e;
    this.#rows = new Set(a.values.keys());
    this.#columns = new Set(a.values.keys());
  }

  /** Rows of E that depend on others become zero rows; returns them. */
  eliminate(): number[] {
    const rows = new Set(this.#rows);
    const columns = new Set(this.#columns);
    for (;;) {
      const pivot = this.#pivot(this.#e, rows, columns);
      if (!pivot) return [...rows];
      rows.delete(pivot.row);
      columns.delete(pivot.column);
      for (const row of rows) {
        const factor = this.#e.values[row][pivot.column] / this.#e.values[pivot.row][pivot.column];
        if (factor === 0) continue;
        for (const matrix of [this.#e, this.#a]) this.#addRow(matrix, pivot.row, -factor, row);
        this.#e.values[row][pivot.column] = 0;
      }
    }
  }

  /** Drops a row without E, and the column that it determines; false if the row is all zero. */
  drop(row: number): boolean {
    const pivot = this.#pivot(this.#a, new Set([row]), this.#columns);
    if (!pivot) return false;
    const { column } = pivot;
    for (const other of this.#columns) {
      const factor = this.#a.values[row][other] / this.#a.values[row][column];
      if (other === column || factor === 0) continue;
      for (const matrix of [this.#e, this.#a]) this.#addColumn(matrix, column, -factor, other);
    }
    this.#rows.delete(row);
    this.#columns.delete(column);
    return true;
  }

  result(): DensePencil {
    const pick = ({ values }: Tracked): Float64Array[] =>
      [...this.#rows].map((row) =>
        Float64Array.from(this.#columns, (column) => values[row][column]),
      );
    return { a: pick(this.#a), e: pick(this.#e) };
  }

  /**
   * The entry that is largest beside the others of its row and column; undefined if all are zero.
   * What is rounding error becomes zero.
   */
  #pivot(
    { values, terms }: Tracked,
    rows: ReadonlySet<number>,
    columns: ReadonlySet<number>,
  ): { row: number; column: number } | undefined {
    const [rowList, columnList] = [[...rows], [...columns]];
    const n = values.length;
    const [rowMost, columnMost] = [new Float64Array(n), new Float64Array(n)];
    for (const row of rowList) {
      const [own, ownTerms] = [values[row], terms[row]];
      for (const column of columnList) {
        const size = Math.abs(own[column]);
        if (size === 0) continue;
        if (size <= rounding * ownTerms[column]) {
          own[column] = 0;
          continue;
        }
        if (size > rowMost[row]) rowMost[row] = size;
        if (size > columnMost[column]) columnMost[column] = size;
      }
    }
    let best: { row: number; column: number } | undefined;
    let bestScore = 0;
    for (const row of rowList) {
      if (rowMost[row] === 0) continue;
      for (const column of columnList) {
        const size = Math.abs(values[row][column]);
        if (size === 0) continue;
        const score = size / Math.max(rowMost[row], columnMost[column]);
        if (score <= bestScore) continue;
        [best, bestScore] = [{ row, column }, score];
      }
      // None is better than the largest of its row and of its column.
      if (bestScore === 1) break;
    }
    return best;
  }

  #addRow({ values, terms }: Tracked, from: number, factor: number, to: number): void {
    const [source, sourceTerms] = [values[from], terms[from]];
    const [target, targetTerms] = [values[to], terms[to]];
    for (let column = 0; column < source.length; column++) {
      if (sourceTerms[column] === 0) continue;
      target[column] += factor * source[column];
      targetTerms[column] += Math.abs(factor) * sourceTerms[column];
    }
  }

  #addColumn({ values, terms }: Tracked, from: number, factor: number, to: number): void {
    for (const row of this.#rows) {
      values[row][to] += factor * values[row][from];
      terms[row][to] += Math.abs(factor) * terms[row][from];
    }
  }
}
