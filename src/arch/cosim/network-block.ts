import type { Recording } from '../../solver/index.js';
import type { GridCost, Outcome } from './grid-block.js';
import type { Drive } from './iteration-drive.js';

/** Sizes of one grid of a network; columns with the bias. */
export interface LayerSize {
  readonly columns: number;
  readonly rows: number;
}

/** What goes into an iteration and comes out of it, one array a layer, one number a row. */
export interface Signals {
  /** u of the first layer's columns, the bias as the last [V]. */
  readonly inputs: Float64Array;
  /** d of the last layer [V]. */
  readonly targets: Float64Array;
  /** r = a·v(row) [V]. */
  readonly outputs: readonly Float64Array[];
  /** y [V]. */
  readonly errors: readonly Float64Array[];
  /** Lengths of pulses [s], with the sign of y. */
  readonly pulses: readonly Float64Array[];
}

export function signalsOf(sizes: readonly LayerSize[]): Signals {
  const rows = (): Float64Array[] => sizes.map((size) => new Float64Array(size.rows));
  return {
    inputs: new Float64Array(sizes[0].columns),
    targets: new Float64Array(sizes[sizes.length - 1].rows),
    outputs: rows(),
    errors: rows(),
    pulses: rows(),
  };
}

/**
 * A network of grids at some level. An iteration is a read, the inverted read that takes errors back
 * (with hidden layers), and a write; `number` is that of the iteration, by which noise is drawn.
 */
export interface NetworkBlock {
  /** The last errors are formed by a circuit: `read` gives them. Else who trains forms d − r. */
  readonly subtracts: boolean;
  /** Pulses are formed by circuits: `write` gives them. Else who trains sets them. */
  readonly feedsBack: boolean;
  /** Layer by layer, row by row, 0 (on) to 1 (off), as they are now; a copy. */
  states(): Float64Array;
  setStates(states: Float64Array): void;
  /** Inputs to outputs of all layers. */
  read(signals: Signals, number: number): Outcome;
  /** Errors of the last layer to those of the others. */
  readInverted(signals: Signals, number: number): Outcome;
  write(signals: Signals, number: number): Outcome;
  /** Outputs of the last layer that a read settles to, without an iteration and noise: for judging. */
  settled(inputs: Float64Array, outputs: Float64Array): Outcome;
  /** All that a continuation needs, as data that structured cloning takes. */
  save(): unknown;
  restore(state: unknown): void;
  readonly cost: GridCost;
  /** Absent where nothing is simulated in time. */
  readonly circuit?: WaveformCircuit | undefined;
}

/** What a transient has besides: waveforms. */
export interface WaveformCircuit {
  /** Start of the present or next iteration [s]. */
  readonly start: number;
  /** Told of every line that a source is given. */
  onDrive: ((drive: Drive) => void) | undefined;
  /** Keeps waveforms until `endRecording`. */
  record(): Recording;
  endRecording(): void;
}
