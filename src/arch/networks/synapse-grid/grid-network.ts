/**
 * Grids of synapses with neurons between them (Rosenthal et al., ISCAS 2016, section IV):
 *
 *     x = S·tanh(σ′(0)·r)                          what a neuron gives to the next grid        (6)
 *     y = κ·σ′(0)·(1 − tanh² r)·δ                  δ by the inverted read of the next grid     (7), (8)
 *
 * with the paper's approximation (9) of σ′, which is exact for tanh. Written with κ = 1 and S = 1, the
 * errors of hidden rows are the gradient of ½ Σ y² of the last ones.
 *
 * A write moves a synapse by (|u|/(R·threshold) − 1)², and not at all below some 0.1 V. The shape
 * `square-root` writes with sign(u)·(v₀ + (S − v₀)·√(|u|/S)) in place of u, v₀ being the threshold at
 * s = 0.5 and S the largest input: there the change is u·y, as the rule of learning has it.
 */
import type { GridSettings } from './grid-parameters.js';
import { SynapseGrid } from './synapse-grid.js';
import type { SynapseModel } from './synapse-model.js';

export interface GridNetworkSettings extends GridSettings {
  /** Neurons of hidden layers. */
  readonly hidden: readonly number[];
  /** σ′(0) [1/V]. */
  readonly neuronGain: number;
  /** S [V]. */
  readonly neuronScale: number;
  /** κ. */
  readonly backward: number;
  /** Factors of the writing pulses' lengths, one a layer; 1 where absent. */
  readonly writeFactors?: readonly number[] | undefined;
  readonly writeShape?: 'linear' | 'square-root' | undefined;
}

/** One grid with what it reads and gives; the last input is the bias. */
export interface GridLayer {
  readonly grid: SynapseGrid;
  readonly inputs: Float64Array;
  /** What lies at the columns during a write [V]. */
  readonly written: Float64Array;
  /** Largest input [V]. */
  readonly scale: number;
  /** r [V]. */
  readonly outputs: Float64Array;
  /** y [V]. */
  readonly errors: Float64Array;
  /** δ of the layer before [V]. */
  readonly sums: Float64Array;
  /** Of the lengths of writing pulses. */
  readonly writeFactor: number;
}

export class GridNetwork {
  readonly layers: readonly GridLayer[];
  readonly #settings: GridNetworkSettings;

  /** `features` inputs and `classes` outputs; all states are 0.5. */
  constructor(
    features: number,
    classes: number,
    settings: GridNetworkSettings,
    synapse: SynapseModel,
  ) {
    this.#settings = settings;
    const sizes = [features, ...settings.hidden, classes];
    this.layers = sizes.slice(1).map((rows, k) => {
      const columns = sizes[k] + 1;
      return {
        grid: new SynapseGrid(columns, rows, settings, synapse),
        inputs: new Float64Array(columns),
        written: new Float64Array(columns),
        scale: k === 0 ? settings.inputScale : settings.neuronScale,
        outputs: new Float64Array(rows),
        errors: new Float64Array(rows),
        sums: new Float64Array(columns),
        writeFactor: settings.writeFactors?.[k] ?? 1,
      };
    });
  }

  /** Inputs of the first grid [V], to be set before `respond`; its bias is set there. */
  get inputs(): Float64Array {
    return this.layers[0].inputs;
  }

  /** Reads all grids; `disturb` may change the voltages of the rows before the neurons see them. */
  respond(disturb?: (outputs: Float64Array, layer: number) => void): Float64Array {
    const { bias, neuronGain, neuronScale } = this.#settings;
    for (const [k, { grid, inputs, outputs }] of this.layers.entries()) {
      inputs[inputs.length - 1] = bias;
      grid.read(inputs, outputs);
      disturb?.(outputs, k);
      const next = this.layers.at(k + 1)?.inputs;
      if (next)
        for (let n = 0; n < outputs.length; n++)
          next[n] = neuronScale * Math.tanh(neuronGain * outputs[n]);
    }
    return this.layers[this.layers.length - 1].outputs;
  }

  /** Errors y of the last rows [V] back to all rows, by inverted reads. */
  propagateBack(errors: Float64Array): void {
    const { neuronGain, backward } = this.#settings;
    this.layers[this.layers.length - 1].errors.set(errors);
    for (let k = this.layers.length - 1; k > 0; k--) {
      const { grid, errors: own, sums } = this.layers[k];
      const before = this.layers[k - 1];
      grid.readInverted(own, sums);
      for (let m = 0; m < before.errors.length; m++) {
        const slope = neuronGain * (1 - Math.tanh(neuronGain * before.outputs[m]) ** 2);
        before.errors[m] = backward * slope * sums[m];
      }
    }
  }

  /** Writes all grids by their inputs and errors; `factor` multiplies the lengths of all pulses. */
  write(factor = 1): void {
    for (const { grid, inputs, written, scale, errors, writeFactor } of this.layers) {
      for (let m = 0; m < inputs.length; m++) written[m] = this.#shaped(inputs[m], scale);
      grid.write(written, errors, factor * writeFactor);
    }
  }

  #shaped(u: number, scale: number): number {
    const { writeShape = 'linear', threshold, ron, roff } = this.#settings;
    if (writeShape === 'linear') return u;
    const least = (threshold * (ron + roff)) / 2;
    return Math.sign(u) * (least + (scale - least) * Math.sqrt(Math.abs(u) / scale));
  }
}
