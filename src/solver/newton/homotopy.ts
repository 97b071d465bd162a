import type { IterateSnapshot } from '../system/iterate-snapshot.js';
import type { Newton, NewtonLimits } from './iteration.js';

/** What a way to an operating point may use. */
export interface HomotopyContext {
  readonly newton: Newton;
  readonly limits: NewtonLimits;
  /** Scratch: the last point that converged along the way. */
  readonly good: IterateSnapshot;
  /** Puts x to where the search starts; limits follow from `initializing`. */
  readonly restart: () => void;
}

/** How an attempt ended; `reached` says how far it got, in words. */
export interface Attempt {
  readonly name: string;
  readonly converged: boolean;
  readonly reached: string;
}

/** A way to an operating point; leaves the equations as they were, and the solution in x. */
export interface Homotopy {
  readonly name: string;
  run(context: HomotopyContext): Attempt;
}
