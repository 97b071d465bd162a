import type { GenerateOptions } from '../generate/index.js';
import type { Drive } from './iteration-drive.js';
import type { LayerSize } from './network-block.js';

/** Which blocks are circuits of transistors. */
export interface CircuitBlocks {
  /** From error to pulse. */
  readonly feedback: boolean;
  /** Amplifiers of rows, and d − r. */
  readonly subtraction: boolean;
  /** σ, 1 − σ², and what drives the rows of an inverted read. */
  readonly neuron: boolean;
}

export interface SteeredNetworkOptions extends GenerateOptions {
  readonly sizes: readonly LayerSize[];
  /** Layer by layer, row by row, 0 (on) to 1 (off). */
  readonly initial: Float64Array;
  readonly circuits: CircuitBlocks;
  /** Tables of a measured neuron (`neuronTable`), instead of tanh. */
  readonly neuronTables?: { readonly x: readonly number[]; readonly w: readonly number[] };
  readonly neuronGain: number;
  readonly neuronScale: number;
  readonly backward: number;
  /** Of the bias columns behind the first grid [V]. */
  readonly biasVoltage: number;
  /** Whether nodes have sources of thermal noise, `izrow1…`. */
  readonly noisy: boolean;
  /** Of the circuit [°C]; absent: that of the simulator, 27. */
  readonly temperature?: number;
  /** Values of table 1 that the experiment sets, as parameters of the deck. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly reltol: number;
  readonly maxStep: number;
  /** Lines of the sources from time 0, for a deck that runs by itself. */
  readonly drive?: Drive;
  /** Its end [s]. */
  readonly stop?: number;
}
