import { z } from 'zod';

/** Levels of the block of a binarized network, the first is the default. */
export const amplifierLevels = {
  /** Sense amplifiers: circuits read a part of the pairs, all have offsets of circuits, or none err. */
  amplifier: ['circuit', 'characteristic', 'ideal'],
} as const;

export const amplifierCircuitSettings = z.strictObject({
  data: z.string().default('digits'),
  /** Samples that are learnt from, and samples that judge. */
  training: z.int().positive().default(1000),
  test: z.int().positive().default(500),
  /** Neurons of hidden layers. */
  layers: z.array(z.int().positive()).default([128]),
  epochs: z.int().positive().default(20),
  batch: z.int().positive().default(100),
  /** As of `binarized-network`, whose default moves devices of so small a network behind their knee. */
  learningRate: z.number().positive().default(5),
  amplifier: z.enum(amplifierLevels.amplifier).default('circuit'),
  /** Amplifiers whose offsets are measured before the training; at level `circuit` readers join them. */
  amplifiers: z.int().min(4).max(10_000).default(40),
  /** Whose cells a column holds, and an amplifier reads: those of an input, or of a neuron. */
  column: z.enum(['input', 'neuron']).default('input'),
  /** Pairs that circuits read after each step of the training, and by how many other amplifiers. */
  reads: z.int().positive().default(24),
  readers: z.int().positive().default(4),
});

export type AmplifierCircuitSettings = z.output<typeof amplifierCircuitSettings>;
