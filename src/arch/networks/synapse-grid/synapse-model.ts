/** How a synapse behaves: computed from equations, or read from a characteristic of its circuit. */
export interface SynapseModel {
  /** From the input to the row at a state from 0 (on) to 1 (off), with `voltage` [V] across: [S]. */
  conductance(state: number, voltage: number): number;
  /** Speed of the state with `voltage` [V] across, positive from the input to the row: [1/s]. */
  rate(state: number, voltage: number): number;
}
