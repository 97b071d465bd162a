/**
 * What a run tells about its inner life, for people who look for the reason of a failure. Nothing is
 * computed for it unless somebody listens.
 */
import type { NewtonIteration } from './newton/newton-trace.js';
import type { StepAttempt } from './integration/step-log.js';

/** What an analysis is doing while something is told. */
export interface TracePlace {
  /** `tran`, and its number among those of the deck's analyses, from 1 on. */
  readonly analysis: string;
  readonly number: number;
}

/** Listeners; each is called as things happen. */
export interface Trace {
  /** Every iteration of Newton's method. Code that iterates without telling is not used then. */
  readonly newton?: (iteration: NewtonIteration, place: TracePlace) => void;
  /** Every step in time that was tried. */
  readonly step?: (attempt: StepAttempt, place: TracePlace) => void;
}
