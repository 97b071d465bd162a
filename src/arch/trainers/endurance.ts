/** How often the devices of a network have switched, beside what bounds it (Parmar and Suri, IV-D). */

/** Devices that belong together. */
export interface SwitchedDevices {
  /** Mini-batches in which they could change. */
  readonly batches: number;
  /** Changes of each device. */
  readonly flips: Uint32Array;
}

export interface Switching {
  /** Of each layer of weights: eight devices in a row for each weight. */
  readonly weights: readonly (SwitchedDevices & {
    /** What the same weights would switch as sign and magnitude. */
    readonly signMagnitude: Uint32Array;
  })[];
  /** Of each layer of neurons, the inputs first: the device that stores the state of each. */
  readonly states: readonly (SwitchedDevices & {
    /** If it were written once a mini-batch only. */
    readonly batchFlips: Uint32Array;
  })[];
  /** Samples of a mini-batch. */
  readonly batch: number;
  /** Whether weights have a copy for the way back, as an autoencoder that is unrolled. */
  readonly unrolled: boolean;
}

/** How often devices changed. */
export interface Changes {
  readonly most: number;
  readonly mean: number;
}

/** The devices of a layer, and how often one of them changed. */
export interface SwitchingRow extends Changes {
  readonly layer: string;
  readonly devices: number;
  readonly bound: number;
}

/** `most` is the device that changed most of each bit, the least first. */
export interface BitChanges extends Changes {
  readonly mostOfBit: readonly number[];
}

/** `details.switching` of a training. */
export interface SwitchingTable {
  /** In two's complement, and beside it as sign and magnitude. */
  readonly weights: readonly (SwitchingRow & BitChanges & { readonly signMagnitude: BitChanges })[];
  readonly states: readonly (SwitchingRow & { readonly ofBatches: Changes })[];
  readonly definition: string;
  readonly storageBytes: number;
  readonly neuronDevices: number;
  readonly citedEndurance: number;
  readonly withinEndurance: boolean;
  /** What equations (2) and (3) allow that the devices do not last. */
  readonly warnings: readonly string[];
}

/** The paper cites this for its devices [cycles]. */
export const citedEndurance = 1e5;

const definition =
  'changes of single devices: of the eight bits of a weight (two’s complement), and of the device that stores the state of a neuron, which is written twice a sample, before and after the reconstruction; ofBatches: if it were written once a mini-batch';

/** `most` is over the devices of weights; in `details` the table of all layers. */
export function endurance({ weights, states, batch, unrolled }: Switching): {
  readonly most: number;
  /** That the weights take [kB, of 1024 bytes]. */
  readonly storage: number;
  readonly details: SwitchingTable;
} {
  const weightRows = weights.map(({ flips, signMagnitude, batches }, k) => ({
    layer: `W${k + 1}`,
    devices: flips.length,
    ...bitChanges(flips),
    // Equation (3): one step a mini-batch at most.
    bound: batches,
    signMagnitude: bitChanges(signMagnitude),
  }));
  const stateRows = states.map(({ flips, batchFlips, batches }, k) => ({
    layer: `L${k + 1}`,
    devices: flips.length,
    ...changes(flips),
    // Equation (2): the neuron's device is cycled for each sample.
    bound: batches * batch,
    ofBatches: changes(batchFlips),
  }));
  const devices = weightRows.reduce((sum, row) => sum + row.devices, 0);
  const storageBytes = ((unrolled ? 2 : 1) * devices) / 8;
  const rows = [...weightRows, ...stateRows];
  return {
    most: Math.max(...weightRows.map((row) => row.most)),
    storage: storageBytes / 1024,
    details: {
      weights: weightRows,
      states: stateRows,
      definition,
      storageBytes,
      neuronDevices: stateRows.reduce((sum, row) => sum + row.devices, 0),
      citedEndurance,
      withinEndurance: rows.every((row) => row.most < citedEndurance),
      warnings: rows.filter((row) => row.bound > citedEndurance).map(warningOf),
    },
  };
}

function changes(flips: Uint32Array): Changes {
  return { most: mostOf(flips), mean: flips.reduce((a, b) => a + b, 0) / flips.length };
}

/** The least bits change most often. */
function bitChanges(flips: Uint32Array): BitChanges {
  const mostOfBit = Array.from({ length: 8 }, (_, bit) =>
    mostOf(flips.filter((_, place) => place % 8 === bit)),
  );
  return { ...changes(flips), mostOfBit };
}

function mostOf(values: Uint32Array): number {
  return values.reduce((a, b) => Math.max(a, b), 0);
}

function warningOf({ layer, bound }: SwitchingRow): string {
  return `${layer}: ${bound} cycles by the paper's equation, ${citedEndurance} by the endurance that it cites`;
}
