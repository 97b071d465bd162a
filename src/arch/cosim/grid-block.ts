import type { Diagnostic } from '../../base/index.js';
import {
  type GridSettings,
  SynapseGrid,
  type SynapseModel,
} from '../networks/synapse-grid/index.js';

/** What a part of an iteration could not do, or nothing. */
export type Outcome = Diagnostic | undefined;

/** A grid of synapses at some level: what co-simulation asks of equations and of circuits alike. */
export interface GridBlock {
  /** Row by row, 0 (on) to 1 (off), as they are now; a copy. */
  states(): Float64Array;
  setStates(states: Float64Array): void;
  /** First part of an iteration: inputs u [V] to outputs r = a·v(row) [V]. */
  read(inputs: Float64Array, outputs: Float64Array): Outcome;
  /** Second part: inputs u [V], and for each row the length of its pulse [s] with the sign of y. */
  write(inputs: Float64Array, pulses: Float64Array): Outcome;
  /** What a read settles to, without an iteration: for judging. */
  settled(inputs: Float64Array, outputs: Float64Array): Outcome;
  /** All that a continuation needs, as data that structured cloning takes. */
  save(): unknown;
  restore(state: unknown): void;
  /** Points in time or operating points, and Newton iterations, so far. */
  readonly cost: GridCost;
}

export interface GridCost {
  readonly points: number;
  readonly iterations: number;
}

/** A grid as equations, whose synapses are TEAM or a characteristic. */
export class EquationGrid implements GridBlock {
  readonly cost: GridCost = { points: 0, iterations: 0 };
  readonly #grid: SynapseGrid;
  readonly #errors: Float64Array;
  readonly #settings: GridSettings;

  constructor(columns: number, rows: number, settings: GridSettings, synapse: SynapseModel) {
    this.#grid = new SynapseGrid(columns, rows, settings, synapse);
    this.#errors = new Float64Array(rows);
    this.#settings = settings;
  }

  states(): Float64Array {
    return this.#grid.states.slice();
  }

  setStates(states: Float64Array): void {
    this.#grid.states.set(states);
  }

  read(inputs: Float64Array, outputs: Float64Array): Outcome {
    this.#grid.read(inputs, outputs);
    return undefined;
  }

  /** The grid takes errors: those that pulses of these lengths stand for. */
  write(inputs: Float64Array, pulses: Float64Array): Outcome {
    const { sawtooth, writeTime } = this.#settings;
    for (let n = 0; n < pulses.length; n++) this.#errors[n] = (pulses[n] / writeTime) * sawtooth;
    this.#grid.write(inputs, this.#errors);
    return undefined;
  }

  settled(inputs: Float64Array, outputs: Float64Array): Outcome {
    return this.read(inputs, outputs);
  }

  save(): unknown {
    return this.states();
  }

  restore(state: unknown): void {
    this.setStates(state as Float64Array);
  }
}
