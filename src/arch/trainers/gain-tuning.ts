/**
 * Gains of each layer, of V_OxRAM or before the sigmoid, found by short trainings (Parmar and Suri,
 * section IV-C: a machine with more inputs wants another gain, and a wrong one costs deep networks
 * their answer).
 */
import { z } from 'zod';
import { shuffled } from '../datasets/index.js';
import type { BoltzmannMachine } from '../networks/deep/index.js';
import type { BarsRequest } from '../../waveform/plot/index.js';

export const gainTuningSettings = z.strictObject({
  /** Default: `candidatesOf`. */
  candidates: z.array(z.number().positive()).min(2).optional(),
  /**
   * Of the training with each candidate. Some hundred updates are needed: before, the biases do most of
   * the reconstruction, and gains at which few neurons fire look best.
   */
  epochs: z.int().positive().default(20),
  /** Training samples that the trials learn from, and others that judge them; fewer of a small set. */
  samples: z.int().positive().default(2000),
  heldOut: z.int().positive().default(500),
});
/** What is tuned: the gain of the neurons' reference, or that of the block before the sigmoid. */
export type TunedGain = 'V_OxRAM' | 'normalization';

/** Gains that are tried where none are given: what is before the sigmoid may be far off. */
export const candidatesOf: Readonly<Record<TunedGain, readonly number[]>> = {
  V_OxRAM: [0.5, 0.7, 1, 1.4, 2],
  normalization: [0.04, 0.2, 0.5, 1, 2, 5],
};

export type GainTuningSettings = Omit<z.output<typeof gainTuningSettings>, 'candidates'> & {
  readonly candidates: readonly number[];
};

/** What was found for a layer. */
export interface GainChoice {
  readonly of: TunedGain;
  /** From 1. */
  readonly layer: number;
  readonly inputs: number;
  readonly gain: number;
  /** Mean square error of the reconstructed samples that were held out. */
  readonly trials: readonly { readonly gain: number; readonly error: number }[];
  /** Samples that all trials learnt from. */
  readonly samples: number;
  /** Mini-batches of all trials. Their switching is not among that of the training. */
  readonly updates: number;
}

export interface GainTrials {
  readonly of: TunedGain;
  readonly settings: GainTuningSettings;
  /** From 0. */
  readonly layer: number;
  readonly machine: BoltzmannMachine;
  /** What the machine sees of the training samples. */
  readonly inputs: Float32Array;
  readonly seed: number;
  /** Gives the hidden neurons of the machine, or the block before them, a gain. */
  readonly apply: (gain: number) => void;
}

const orderStream = 10;
/** Rounds of random numbers that no mini-batch of a training has. */
const firstRound = 0x80000000;

/**
 * Trains the machine with each candidate from where it is, on the same samples with the same random
 * numbers, and takes the one whose reconstruction of other samples is nearest; the first of equals. The
 * machine is then as before, with that gain.
 */
export function tuneGain(trials: GainTrials): GainChoice {
  const { of, settings, layer, machine, inputs, seed, apply } = trials;
  const { visible, batch } = machine.size;
  const count = inputs.length / visible;
  const heldOut = Math.min(settings.heldOut, Math.max(1, Math.floor(count / 3)));
  const learnt = Math.min(settings.samples, count - heldOut);
  const order = shuffled(count, seed, orderStream, layer);
  const [judging, learning] = [order.subarray(0, heldOut), order.subarray(heldOut)];
  const judged = rowsOf(inputs, judging, visible);
  const samples = rowsOf(inputs, learning.subarray(0, learnt), visible);
  const start = structuredClone(machine.save());
  const results = settings.candidates.map((gain) => {
    apply(gain);
    learnFor(settings.epochs, machine, samples, seed);
    const error = reconstructionError(machine, judged);
    machine.restore(start);
    return { gain, error };
  });
  const best = results.reduce((a, b) => (b.error < a.error ? b : a));
  apply(best.gain);
  const epochs = settings.candidates.length * settings.epochs;
  return {
    of,
    layer: layer + 1,
    inputs: visible,
    gain: best.gain,
    trials: results,
    samples: epochs * learnt,
    updates: epochs * Math.ceil(learnt / batch),
  };
}

function learnFor(
  epochs: number,
  machine: BoltzmannMachine,
  samples: Float32Array,
  seed: number,
): void {
  const { visible, batch } = machine.size;
  const count = samples.length / visible;
  for (let epoch = 0, round = firstRound; epoch < epochs; epoch++)
    for (let from = 0; from < count; from += batch, round++) {
      const rows = Math.min(batch, count - from);
      const own = samples.subarray(from * visible, (from + rows) * visible);
      machine.learn(own, rows, epoch, seed, round);
    }
}

/** By probabilities, which are what the next layer sees. */
function reconstructionError(machine: BoltzmannMachine, samples: Float32Array): number {
  const { visible, hidden, batch } = machine.size;
  const count = samples.length / visible;
  const up = new Float32Array(batch * hidden);
  const down = new Float32Array(batch * visible);
  let sum = 0;
  for (let from = 0; from < count; from += batch) {
    const rows = Math.min(batch, count - from);
    const own = samples.subarray(from * visible, (from + rows) * visible);
    machine.up(own, rows, up);
    machine.down(up, rows, down);
    for (let k = 0; k < own.length; k++) sum += (own[k] - down[k]) ** 2;
  }
  return sum / samples.length;
}

function rowsOf(inputs: Float32Array, indices: Uint32Array, width: number): Float32Array {
  const rows = new Float32Array(indices.length * width);
  indices.forEach((index, k) => {
    rows.set(inputs.subarray(index * width, (index + 1) * width), k * width);
  });
  return rows;
}

/** The errors of all trials as bars. */
export function gainBars(choices: readonly GainChoice[]): BarsRequest {
  const gains = choices[0]?.trials.map(({ gain }) => `gain ${gain}`) ?? [];
  return {
    title: 'Reconstruction error after short trainings',
    subtitle: `chosen: ${choices.map(({ layer, gain }) => `${gain} for layer ${layer}`).join(', ')}`,
    label: 'Mean square error',
    series: gains,
    groups: choices.map(({ layer, inputs, trials }) => ({
      name: `layer ${layer}, ${inputs} inputs`,
      bars: trials.map(({ error }) => error),
    })),
  };
}
