/** One iteration of Newton's method in figures and names, for `--trace newton`. */
import { environment } from '../../devices/language/compiled.js';
import type { System } from '../system/system.js';

export type IterationVerdict =
  'continues' | 'converged' | 'singular' | 'notFinite' | 'out of iterations';

/** An unknown, or the equation in its row, and how many tolerances it is off. */
export interface WorstOf {
  readonly name: string;
  readonly tolerances: number;
}

export interface NewtonIteration {
  /** [s], 0 in operating points. */
  readonly time: number;
  /** Counts from 1 in each solution. */
  readonly iteration: number;
  /** Largest change of an unknown; undefined if the equations could not be solved. */
  readonly change: WorstOf | undefined;
  /** Largest residual, before the change. */
  readonly residual: WorstOf;
  /** Limits that veto convergence. */
  readonly vetoes: number;
  /** Homotopy and its parameter, or `time step` and its size. */
  readonly way: string;
  readonly parameter: number;
  readonly verdict: IterationVerdict;
}

/** What somebody who traces iterations is called with. */
export type NewtonListener = (iteration: NewtonIteration) => void;

/** The largest of |values| over tolerances. @param values [n] @param tolerance of unknown u */
export function worstOf(
  { unknowns }: System,
  values: Float64Array,
  tolerance: (u: number) => number,
): WorstOf {
  let worst = 1;
  let tolerances = -1;
  for (let u = 1; u <= values.length; u++) {
    const ratio = Math.abs(values[u - 1]) / tolerance(u);
    if (ratio > tolerances || (Number.isNaN(ratio) && !Number.isNaN(tolerances))) {
      worst = u;
      tolerances = ratio;
    }
  }
  return { name: unknowns[worst]?.name ?? '', tolerances };
}

/** The time that the equations are evaluated at. */
export function timeOf({ memory }: System): number {
  return memory.environment[environment.time];
}
