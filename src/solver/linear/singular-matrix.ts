/** Why a matrix could not be factored: a value, not an exception, because a user can cause it. */
export interface SingularMatrix {
  readonly kind: 'singular';
  /**
   * `structure`: no choice of values makes it regular. `values`: elimination came upon a pivot that
   * is zero or nothing but rounding error. `notFinite`: an entry is infinite or not a number.
   */
  readonly cause: 'structure' | 'values' | 'notFinite';
  /**
   * Rows (equations) concerned, in the numbering of the pattern: those that no unknown is left for,
   * or the one that was to determine the column.
   */
  readonly rows: readonly number[];
  /**
   * Columns (unknowns) that remain undetermined, in the numbering of the pattern: those that no rows
   * are left for, ascending, or linearly dependent ones (all nodes of a part that floats, and what
   * follows them), the one without a pivot first.
   */
  readonly columns: readonly number[];
}
