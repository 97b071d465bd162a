import type { OpenCircuit } from '../../solver/index.js';
import type { GridBlock, GridCost, Outcome } from './grid-block.js';
import { type Signals, signalsOf } from './network-block.js';
import { QuasiStaticNetwork } from './quasi-static-network.js';
import type { GridCircuitSettings, SteeredGrid } from './steered-grid.js';

const none = { feedback: false, subtraction: false, neuron: false } as const;

/** A single grid at rest: a network of one layer, whose errors and pulses come from outside. */
export class QuasiStaticGrid implements GridBlock {
  readonly #network: QuasiStaticNetwork;
  readonly #signals: Signals;

  /** @throws DiagnosticError if the deck has no operating point */
  constructor({ text, names }: SteeredGrid, circuit: OpenCircuit, settings: GridCircuitSettings) {
    this.#network = new QuasiStaticNetwork({ text, layers: [names] }, circuit, {
      a: settings.a,
      circuits: none,
    });
    this.#signals = signalsOf([{ columns: names.columns.length, rows: names.rows.length }]);
  }

  get cost(): GridCost {
    return this.#network.cost;
  }

  states(): Float64Array {
    return this.#network.states();
  }

  setStates(states: Float64Array): void {
    this.#network.setStates(states);
  }

  read(inputs: Float64Array, outputs: Float64Array): Outcome {
    return this.settled(inputs, outputs);
  }

  settled(inputs: Float64Array, outputs: Float64Array): Outcome {
    return this.#network.settled(inputs, outputs);
  }

  write(inputs: Float64Array, pulses: Float64Array): Outcome {
    this.#signals.inputs.set(inputs);
    this.#signals.pulses[0].set(pulses);
    return this.#network.write(this.#signals);
  }

  save(): unknown {
    return this.#network.save();
  }

  restore(state: unknown): void {
    this.#network.restore(state);
  }
}
