import { SynapseGrid, type SynapseModel } from '../networks/synapse-grid/index.js';
import type { GridSettings } from '../networks/synapse-grid/index.js';
import type { GridCost, Outcome } from './grid-block.js';
import type { LayerSize, NetworkBlock, Signals } from './network-block.js';
import type { NeuronFunction } from './neuron-function.js';

export interface EquationNetworkSettings extends GridSettings {
  /** Factor of the errors that go back to hidden layers. */
  readonly backward: number;
  /** Errors stand for pulses by the law of the grids' own equations: they are not rounded twice. */
  readonly feedback: string;
}

interface Layer {
  readonly grid: SynapseGrid;
  /** u [V], with the bias. */
  readonly inputs: Float64Array;
  /** δ of the layer before [V]. */
  readonly sums: Float64Array;
  /** What pulses stand for [V]. */
  readonly written: Float64Array;
}

/** Adds noise to what a layer read [V]. */
export type ReadNoise = (number: number, layer: number, outputs: Float64Array) => void;

/** A network as equations: the same sums, in the same order, as the trainer `synapse-grid` has. */
export class EquationNetwork implements NetworkBlock {
  readonly subtracts = false;
  readonly feedsBack = false;
  readonly cost: GridCost = { points: 0, iterations: 0 };
  readonly #layers: readonly Layer[];
  readonly #settings: EquationNetworkSettings;
  readonly #neuron: NeuronFunction;
  readonly #noise: ReadNoise | undefined;
  readonly #outputs: readonly Float64Array[];

  constructor(
    sizes: readonly LayerSize[],
    settings: EquationNetworkSettings,
    synapse: SynapseModel,
    neuron: NeuronFunction,
    noise?: ReadNoise,
  ) {
    this.#settings = settings;
    this.#neuron = neuron;
    this.#noise = noise;
    this.#outputs = sizes.map(({ rows }) => new Float64Array(rows));
    this.#layers = sizes.map(({ columns, rows }) => ({
      grid: new SynapseGrid(columns, rows, settings, synapse),
      inputs: new Float64Array(columns),
      sums: new Float64Array(columns),
      written: new Float64Array(rows),
    }));
  }

  states(): Float64Array {
    return Float64Array.from(this.#layers.flatMap(({ grid }) => [...grid.states]));
  }

  setStates(states: Float64Array): void {
    let from = 0;
    for (const { grid } of this.#layers) {
      grid.states.set(states.subarray(from, from + grid.states.length));
      from += grid.states.length;
    }
  }

  read({ inputs, outputs }: Signals, number: number): Outcome {
    this.#respond(inputs, outputs, number);
    return undefined;
  }

  settled(inputs: Float64Array, outputs: Float64Array): Outcome {
    this.#respond(inputs, this.#outputs);
    outputs.set(this.#outputs[this.#outputs.length - 1]);
    return undefined;
  }

  #respond(inputs: Float64Array, outputs: readonly Float64Array[], number?: number): void {
    this.#layers[0].inputs.set(inputs);
    for (const [k, { grid, inputs: own }] of this.#layers.entries()) {
      own[own.length - 1] = inputs[inputs.length - 1];
      grid.read(own, outputs[k]);
      if (number !== undefined) this.#noise?.(number, k, outputs[k]);
      const next = this.#layers.at(k + 1)?.inputs;
      if (next) outputs[k].forEach((r, n) => (next[n] = this.#neuron.value(r)));
    }
  }

  /** (7) and (8). */
  readInverted({ outputs, errors }: Signals): Outcome {
    for (let k = this.#layers.length - 1; k > 0; k--) {
      const { grid, sums } = this.#layers[k];
      grid.readInverted(errors[k], sums);
      const before = errors[k - 1];
      for (let m = 0; m < before.length; m++)
        before[m] = this.#settings.backward * this.#neuron.slope(outputs[k - 1][m]) * sums[m];
    }
    return undefined;
  }

  write({ errors, pulses }: Signals): Outcome {
    const { sawtooth, writeTime, feedback } = this.#settings;
    for (const [k, { grid, inputs, written }] of this.#layers.entries()) {
      if (feedback === 'ideal') written.set(errors[k]);
      else pulses[k].forEach((length, n) => (written[n] = (length / writeTime) * sawtooth));
      grid.write(inputs, written);
    }
    return undefined;
  }

  save(): unknown {
    return this.states();
  }

  /** The inputs of a layer are set by the next read. */
  restore(state: unknown): void {
    this.setStates(state as Float64Array);
  }
}
