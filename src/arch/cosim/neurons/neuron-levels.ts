import { z } from 'zod';

/** Levels that the blocks of a deep network have, the first is the default. */
export const neuronLevels = {
  /** Stochastic neurons: decisions of a circuit for a part of them, what it decided, or a law. */
  neuron: ['circuit', 'characteristic', 'ideal'],
  /** What stands before the neurons: samples of a circuit, its curve, or a straight line. */
  normalization: ['circuit', 'characteristic', 'ideal'],
} as const;

export const neuronCircuitSettings = z.strictObject({
  data: z.string().default('digits'),
  /** Samples that are learnt from, and samples that judge. */
  training: z.int().positive().default(1000),
  test: z.int().positive().default(500),
  /** Hidden units of each machine, and epochs of each. */
  layers: z.array(z.int().positive()).min(1).default([64, 32]),
  epochs: z.array(z.int().positive()).min(1).default([10, 10]),
  batch: z.int().positive().default(100),
  weights: z.enum(['float', 'oxram']).default('oxram'),
  leastStep: z
    .number()
    .positive()
    .default(1 / 64),
  deadBand: z.number().min(0).default(0),
  readout: z
    .strictObject({
      epochs: z.int().min(0).default(50),
      learningRate: z.number().positive().default(0.1),
    })
    .prefault({}),
  neuron: z.enum(neuronLevels.neuron).default('circuit'),
  normalization: z.enum(neuronLevels.normalization).default('circuit'),
  /** Part of the hidden units' decisions that circuits make. */
  sampled: z.number().min(0).max(1).default(1e-4),
  /**
   * Current into the neuron's sigmoid at a sum of zero, and for each 1 of the sum [A]. Half of 10 000
   * cycles fire at the first (docs/network-circuits.md), and by the second the slope there is 1/2, as of
   * the ideal neuron: with less the network learns less, whatever the curve is.
   */
  zeroCurrent: z.number().default(0.34e-6),
  unitCurrent: z.number().positive().default(3.3e-6),
  /**
   * Sums at which the neuron's circuit is asked before the training, and how often at each knot. Knots
   * that are too far apart flatten the curve; what chance does at each of them costs nothing.
   */
  knots: z.array(z.number()).min(2).default([-6, -3, -2, -1.3, -0.6, 0, 0.6, 1.3, 2, 3, 6]),
  cycles: z.int().min(1).default(30),
  /** Difference of a probability from which on the table gets another knot. */
  neuronTolerance: z.number().positive().default(0.05),
  /** Knots beyond this number are not added. */
  mostKnots: z.int().min(2).default(24),
  /** OxRAM of the normalization block [Ω]. */
  normalizationResistance: z.number().min(1e3).max(100e3).default(6600),
  /** Gain of the block for small sums; the circuit's own is scaled to it. */
  normalizationGain: z.number().positive().default(1),
  /** Signal that stands for a sum of 1 [V]. */
  normalizationUnit: z.number().positive().default(2e-3),
  /** Sums at which the block's curve is measured before the training, 0 among them. */
  normalizationKnots: z
    .array(z.number())
    .min(3)
    .refine((knots) => knots.includes(0), { message: 'zero has to be among them' })
    .default([-20, -5, 0, 5, 20]),
  /** Difference of the block from its curve from which on it gets another knot, as a sum. */
  normalizationTolerance: z.number().positive().default(0.05),
});

export type NeuronCircuitSettings = z.output<typeof neuronCircuitSettings>;
