/**
 * The drive of an independent source: what it is in an operating point, in AC and over time.
 *
 * `dc 0 pulse(…)` has both: the dc value counts in operating points and dc sweeps, the function of
 * time in a transient, also at its time 0. A source with a function and no `dc` takes the function's
 * value at time 0 as its dc value.
 */
export interface SourceWaveform {
  /** Value in an operating point [V or A]. */
  readonly dc: number;
  /** Phasor for AC: magnitude [V or A] and phase [rad]; absent: 0. */
  readonly ac?: { readonly magnitude: number; readonly phase: number };
  /** Absent: constant at `dc`. */
  readonly transient?: TimeFunction;
}

/** What a function of time needs to know of the analysis (a PULSE with times left out). */
export interface TimeScale {
  /** Suggested step [s]: the default of rise and fall times. */
  readonly step: number;
  /** Final time [s]: the default of width and period. */
  readonly stop: number;
}

export interface TimeFunction {
  /** `pulse`, `sin`, `exp`, `pwl`. */
  readonly name: string;
  /** Value at `time` ≥ 0 [s]. */
  value(time: number, scale: TimeScale): number;
  /**
   * The first corner after `time`, Infinity if there is none. The integrator steps exactly onto it.
   */
  nextBreakpoint(time: number, scale: TimeScale): number;
}
