/** How a synapse behaves: computed from equations, or read from characteristics of its circuit. */
export interface SynapseModel {
  /** From the input to the row at a state from 0 (on) to 1 (off), with `voltage` [V] across: [S]. */
  conductance(state: number, voltage: number): number;
  readonly writing: WritingByRate | WritingByPulse;
}

/** A write as an equation that a grid integrates. */
export interface WritingByRate {
  readonly kind: 'rate';
  /** Speed of the state with `voltage` [V] across, positive from the input to the row: [1/s]. */
  rate(state: number, voltage: number): number;
}

/** A write as a whole. */
export interface WritingByPulse {
  readonly kind: 'pulse';
  /**
   * Change of the state by a pulse of `length` [s] and `sign` at the input `u` [V], for a synapse that
   * is alone on its row.
   */
  change(state: number, u: number, length: number, sign: number): number;
}
