/** What a run cost; beside the result, so that two solvers can be compared by more than seconds. */
export interface Statistics {
  acceptedPoints: number;
  /** Steps given up because the local truncation error was too large. */
  rejectedByError: number;
  /** Steps given up because Newton did not converge. */
  rejectedByNewton: number;
  /** Steps repeated to locate an event. */
  eventSteps: number;
  /** Jumps that no step could resolve: accepted at the smallest step, integration restarted. */
  discontinuities: number;
  /** Steps that were damped because the trapezoidal rule rang. */
  ringing: number;
  iterations: number;
  /** Evaluations of all devices. */
  evaluations: number;
  /** Matrices factored with new pivots, and with the pivots of the one before. */
  factorizations: number;
  refactorizations: number;
  /** Seconds of setting systems up, and of all; clocks within a step would cost more than they tell. */
  seconds: { setup: number; total: number };
}

export function newStatistics(): Statistics {
  return {
    acceptedPoints: 0,
    rejectedByError: 0,
    rejectedByNewton: 0,
    eventSteps: 0,
    discontinuities: 0,
    ringing: 0,
    iterations: 0,
    evaluations: 0,
    factorizations: 0,
    refactorizations: 0,
    seconds: { setup: 0, total: 0 },
  };
}
