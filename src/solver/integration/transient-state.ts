import type { PivotOrder } from '../linear/factors.js';
import type { StepMemory } from '../system/step-memory.js';
import type { DelayLinesCheckpoint } from './delay-lines.js';
import type { StepHistory } from './step-history.js';

/** The part of a `StepMemory` that rates of charges are kept in. */
export type RateMemory = Pick<StepMemory, 'rates' | 'earlierRates' | 'ratePeak'>;

/**
 * Where a transient analysis stands between two accepted points: all that a continuation depends
 * on, apart from what kernels keep in the system's memory.
 */
export class TransientState {
  time = 0;
  /** Proposed size of the next step [s]. */
  step = 0;
  /** The same before a breakpoint cut it short [s]. */
  freeStep = 0;
  /** True where integration starts anew: at the beginning, behind corners and events. */
  atCorner = true;
  /** True once there is a point close behind the corner, where what has no memory has jumped. */
  jumpDrawn = false;
  /** True if the trapezoidal rule rings at the newest point: the next step is damped. */
  rings = false;
  /** Time of the last step that ended before the edge of a comparator [s]. */
  lastEdge = -Infinity;
  readonly history: StepHistory;
  /** Jumps that followed each other in the shortest steps, up to now. */
  jumps = 0;
  /** [charges] their rates at the newest point. */
  readonly qdot: Float64Array;
  /** [2][charges] the same at the points before. */
  readonly earlierRates: readonly Float64Array[];
  /** [charges] the largest magnitude of each so far. */
  readonly ratePeak: Float64Array;

  constructor(history: StepHistory, { rates, earlierRates, ratePeak }: RateMemory) {
    this.history = history;
    this.qdot = rates;
    this.ratePeak = ratePeak;
    this.earlierRates = earlierRates;
  }

  /** A copy with memory of its own. */
  copy(): TransientState {
    const state = new TransientState(this.history.copy(), {
      rates: this.qdot.slice(),
      earlierRates: this.earlierRates.map((rates) => rates.slice()),
      ratePeak: this.ratePeak.slice(),
    });
    state.copyFrom(this);
    return state;
  }

  /** Lets the rates of the newest point move back, before those of the next take their place. */
  keepRates(): void {
    const { qdot, ratePeak } = this;
    const [before, oldest] = this.earlierRates;
    for (let k = 0; k < qdot.length; k++) {
      const rate = qdot[k];
      const magnitude = Math.abs(rate);
      oldest[k] = before[k];
      before[k] = rate;
      if (magnitude > ratePeak[k]) ratePeak[k] = magnitude;
    }
  }

  copyFrom(other: TransientState): void {
    this.time = other.time;
    this.step = other.step;
    this.freeStep = other.freeStep;
    this.atCorner = other.atCorner;
    this.jumpDrawn = other.jumpDrawn;
    this.rings = other.rings;
    this.lastEdge = other.lastEdge;
    this.jumps = other.jumps;
    this.history.copyFrom(other.history);
    this.qdot.set(other.qdot);
    this.ratePeak.set(other.ratePeak);
    this.earlierRates.forEach((rates, k) => {
      rates.set(other.earlierRates[k]);
    });
  }
}

/** A copy of everything; a transient analysis of the same system continues from it bit by bit. */
export interface TransientCheckpoint {
  readonly state: TransientState;
  /** The system's memory: unknowns, parameters, held variables, states, limits, draws, peaks. */
  readonly memory: Float64Array;
  /** Values of events at the newest point: their signs decide what is a crossing. */
  readonly events: Float64Array;
  /** Sources set from outside. */
  readonly fixedSources: readonly (number | undefined)[];
  /** Order of pivots, which decides the last bits of a solution. */
  readonly pivots: PivotOrder | undefined;
  readonly delays: DelayLinesCheckpoint;
}
