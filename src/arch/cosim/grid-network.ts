import type { GridBlock, GridCost, Outcome } from './grid-block.js';
import type { NetworkBlock, Signals, WaveformCircuit } from './network-block.js';

/** Adds noise to what the rows of iteration `number` read [V]. */
export type RowNoise = (number: number, outputs: Float64Array) => void;

/** A single grid as a network of one layer, whose errors and pulses are formed outside of it. */
export class GridNetwork implements NetworkBlock {
  readonly subtracts = false;
  readonly feedsBack = false;
  readonly circuit: WaveformCircuit | undefined;
  readonly #grid: GridBlock;
  readonly #noise: RowNoise | undefined;

  /** @param circuit the grid itself, if it is a transient */
  constructor(grid: GridBlock, circuit: WaveformCircuit | undefined, noise?: RowNoise) {
    this.#grid = grid;
    this.circuit = circuit;
    this.#noise = noise;
  }

  get cost(): GridCost {
    return this.#grid.cost;
  }

  states(): Float64Array {
    return this.#grid.states();
  }

  setStates(states: Float64Array): void {
    this.#grid.setStates(states);
  }

  read({ inputs, outputs }: Signals, number: number): Outcome {
    const problem = this.#grid.read(inputs, outputs[0]);
    if (!problem) this.#noise?.(number, outputs[0]);
    return problem;
  }

  /** There is nothing that errors could go back to. */
  readInverted(): Outcome {
    return undefined;
  }

  write({ inputs, pulses }: Signals): Outcome {
    return this.#grid.write(inputs, pulses[0]);
  }

  settled(inputs: Float64Array, outputs: Float64Array): Outcome {
    return this.#grid.settled(inputs, outputs);
  }

  save(): unknown {
    return this.#grid.save();
  }

  restore(state: unknown): void {
    this.#grid.restore(state);
  }
}
