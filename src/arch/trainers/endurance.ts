/** How often the devices of a network have switched, beside what bounds it (Parmar and Suri, IV-D). */

export interface Switching {
  /** Changes of each weight's devices, eight in a row, for each layer. */
  readonly weights: readonly Uint32Array[];
  /** Changes of the device that stores the state of each neuron, for each layer. */
  readonly states: readonly Uint32Array[];
  /** Mini-batches of an epoch. */
  readonly batches: number;
  /** Samples of a mini-batch. */
  readonly batch: number;
  /** Of each layer of weights. */
  readonly epochs: readonly number[];
  /** Epochs of fine-tuning, which change all weights but store no states. Default: none. */
  readonly tuning?: number;
}

/** The devices of a layer, and how often one of them changed. */
export interface SwitchingRow {
  readonly layer: string;
  readonly devices: number;
  readonly most: number;
  readonly mean: number;
  readonly bound: number;
}

/** `details.switching` of a training. */
export interface SwitchingTable {
  /** With the device that changed most of each bit, the least first. */
  readonly weights: readonly (SwitchingRow & { readonly mostOfBit: readonly number[] })[];
  readonly states: readonly SwitchingRow[];
  readonly definition: string;
  readonly storageBytes: number;
  readonly neuronDevices: number;
  readonly citedEndurance: number;
  readonly withinEndurance: boolean;
}

/** The paper cites this for its devices [cycles]. */
export const citedEndurance = 1e5;

/** `most` is over the devices of weights; in `details` the table of all layers. */
export function endurance({ weights, states, batches, batch, epochs, tuning = 0 }: Switching): {
  readonly most: number;
  readonly details: SwitchingTable;
} {
  const mostOf = (values: Uint32Array): number => values.reduce((a, b) => Math.max(a, b), 0);
  const weightRows = weights.map((flips, k) => ({
    layer: `W${k + 1}`,
    devices: flips.length,
    most: mostOf(flips),
    mean: flips.reduce((a, b) => a + b, 0) / flips.length,
    // The least bits change most often.
    mostOfBit: Array.from({ length: 8 }, (_, bit) =>
      mostOf(flips.filter((_, place) => place % 8 === bit)),
    ),
    // Equation (3): one step a mini-batch at most.
    bound: batches * (epochs[k] + tuning),
  }));
  const stateRows = states.map((flips, k) => ({
    layer: `L${k + 1}`,
    devices: flips.length,
    most: mostOf(flips),
    mean: flips.reduce((a, b) => a + b, 0) / flips.length,
    // Equation (2): the neuron's device is cycled for each sample.
    bound: batches * batch * epochs[k],
  }));
  const devices = weightRows.reduce((sum, row) => sum + row.devices, 0);
  const most = Math.max(...weightRows.map((row) => row.most));
  return {
    most,
    details: {
      weights: weightRows,
      states: stateRows,
      definition:
        'changes of single devices: of the bits of a weight, and of the device that stores the state of a neuron, twice a sample (h and h′)',
      storageBytes: devices / 8,
      neuronDevices: stateRows.reduce((sum, row) => sum + row.devices, 0),
      citedEndurance,
      withinEndurance: [...weightRows, ...stateRows].every((row) => row.most < citedEndurance),
    },
  };
}
