/**
 * Linear equations of operating points of large circuits, where charges do not flow. Without their
 * entries much of a circuit is a one-way street: a gate acts on a drain and nothing comes back. The
 * block triangular form has small blocks then, whose pivots depend on nothing outside; with the
 * entries of charges, zero as they are, whole data paths are one block, and elimination takes the
 * gains of all stages to its pivots.
 */
import { analyze, type Symbolic } from '../linear/analyze.js';
import { LinearSolver, type FactorResult } from '../linear/linear-solver.js';
import type { SparsePattern } from '../linear/pattern.js';
import type { System } from '../system/system.js';

/** Below this many unknowns two factorizations, of both patterns, cost more than is gained. */
const fewestUnknowns = 1000;

/** The part of a pattern without entries of charges, and the slots that its values come from. */
interface ResistivePart {
  readonly symbolic: Symbolic;
  readonly slots: Int32Array;
}

/** By the circuit's pattern, without rows that keep their charges; null where there is no part. */
const known = new WeakMap<SparsePattern, ResistivePart | null>();

export class ResistiveSolver {
  readonly #solver: LinearSolver;
  readonly #slots: Int32Array;
  readonly #values: Float64Array;

  /**
   * Undefined where the circuit's own pattern will do: for small circuits, and where charges have no
   * places of their own.
   * @param chargeRows unknowns in whose rows charges count
   */
  static of(system: System, chargeRows: readonly number[]): ResistiveSolver | undefined {
    if (system.n < fewestUnknowns) return undefined;
    const { pattern } = system;
    let part = chargeRows.length === 0 ? known.get(pattern) : undefined;
    if (part === undefined) {
      part = resistivePart(system, chargeRows);
      if (chargeRows.length === 0) known.set(pattern, part);
    }
    return part ? new ResistiveSolver(part) : undefined;
  }

  private constructor({ symbolic, slots }: ResistivePart) {
    this.#solver = new LinearSolver(symbolic.pattern, { symbolic });
    this.#slots = slots;
    this.#values = new Float64Array(slots.length);
  }

  /** @param matrix [nnz] by slot of the circuit's pattern */
  factor(matrix: Float64Array): FactorResult {
    for (let p = 0; p < this.#slots.length; p++) this.#values[p] = matrix[this.#slots[p]];
    return this.#solver.factor(this.#values);
  }

  solve(rhs: Float64Array): void {
    this.#solver.solve(rhs);
  }
}

function resistivePart(
  { pattern, linkage }: System,
  chargeRows: readonly number[],
): ResistivePart | null {
  const { n, columnPointers, rowIndices } = pattern;
  const keepsAll = new Uint8Array(n);
  for (const u of chargeRows) keepsAll[u - 1] = 1;
  const pointers = new Int32Array(n + 1);
  const rows: number[] = [];
  const slots: number[] = [];
  for (let j = 0; j < n; j++) {
    for (let p = columnPointers[j]; p < columnPointers[j + 1]; p++) {
      if (linkage.resistive[p] === 0 && keepsAll[rowIndices[p]] === 0) continue;
      rows.push(rowIndices[p]);
      slots.push(p);
    }
    pointers[j + 1] = rows.length;
  }
  if (slots.length === rowIndices.length) return null;
  const symbolic = analyze({ n, columnPointers: pointers, rowIndices: Int32Array.from(rows) });
  // What the circuit's own pattern has to say about it is for that to say.
  return symbolic.kind === 'singular' ? null : { symbolic, slots: Int32Array.from(slots) };
}
