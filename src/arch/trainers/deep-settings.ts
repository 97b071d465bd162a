/** What an experiment may say about a deep network. */
import { z } from 'zod';
import {
  candidatesOf,
  gainTuningSettings,
  type GainTuningSettings,
  type TunedGain,
} from './gain-tuning.js';

const perLayer = z.union([z.number().positive(), z.array(z.number().positive())]);

const fields = z.strictObject({
  data: z.string().default('mnist'),
  /**
   * Samples that are learnt from, and samples that judge: the first ones of each part. A set without a
   * test part is divided by the seed.
   */
  training: z.int().positive().default(5000),
  test: z.int().positive().default(1000),
  task: z.enum(['classify', 'denoise']),
  /** Hidden units of each machine. */
  layers: z.array(z.int().positive()).min(1),
  /** Of each machine. */
  epochs: z.array(z.int().positive()).min(1),
  batch: z.int().positive().default(100),
  /** Floating point, or codes of eight OxRAM devices. */
  weights: z.enum(['float', 'oxram']).default('float'),
  neurons: z.enum(['logistic', 'oxram', 'circuit']).default('logistic'),
  /**
   * Of neurons of the kind 'circuit': the characteristic of the probability to fire, or those of the
   * sigmoid's voltage and of the reference that the comparator compares it with, which depends on the
   * gain of V_OxRAM. Each is a file, or the specification (`.characterize.json`) that it is made from.
   */
  neuron: z
    .union([
      z.string(),
      z.strictObject({
        sigmoid: z.string(),
        reference: z.string(),
        /** Values of the sigmoid's further inputs, such as its temperature. */
        at: z.record(z.string(), z.union([z.number(), z.string()])).default({}),
      }),
    ])
    .optional(),
  /** What one step of a code stands for. */
  leastStep: z
    .number()
    .positive()
    .default(1 / 64),
  /** A difference of the sums ⟨v h⟩ of a mini-batch up to this moves no code. */
  deadBand: z.number().min(0).default(0),
  learningRate: z.number().positive().default(0.1),
  momentum: z.tuple([z.number(), z.number()]).default([0.5, 0.9]),
  penalty: z.number().min(0).default(2e-4),
  /**
   * Gain of V_OxRAM: one for all layers, or one for each. `auto`: before a machine is trained it is
   * the one of some candidates with which short trainings reconstruct best.
   */
  gain: z.union([perLayer, z.literal('auto')]).default(1),
  /** How gains are found. */
  gainTuning: gainTuningSettings.optional(),
  /**
   * Gain of the normalization block before the neurons of each layer: as it is, or what the circuit
   * has with an OxRAM of this resistance [Ω] at the frequency [Hz] of the decisions, relative to that
   * with `reference`. `auto` as for `gain`.
   */
  normalization: z
    .union([
      perLayer,
      z.strictObject({
        characteristic: z.string(),
        resistance: perLayer,
        reference: z.number().positive().default(6600),
        frequency: z.number().positive(),
      }),
      z.literal('auto'),
    ])
    .default(1),
  /** Threshold of the OxRAM neuron at gain 1, relative to the swing of its sigmoid. */
  thresholdMedian: z.number().positive().default(0.5),
  /** Spread of ln(threshold): the cycle-to-cycle distribution. */
  thresholdSpread: z.number().positive().default(0.4),
  /** Density of salt and pepper on the images of a denoising test. */
  noise: z.number().min(0).max(1).default(0.05),
  readout: z
    .strictObject({
      epochs: z.int().min(0).default(50),
      learningRate: z.number().positive().default(0.1),
    })
    .prefault({}),
  /** Back-propagation through all layers after the layer-by-layer training. */
  fineTuning: z
    .strictObject({
      epochs: z.int().min(0).default(0),
      learningRate: z.number().positive().default(0.1),
    })
    .prefault({}),
});

export const deepSettings = fields
  .refine(({ layers, epochs }) => layers.length === epochs.length, {
    message: "'epochs' has a number for each of the layers",
    path: ['epochs'],
  })
  .refine(({ neurons, neuron }) => (neurons === 'circuit') === (neuron !== undefined), {
    message: "neurons of the kind 'circuit', and only these, have a characteristic",
    path: ['neuron'],
  })
  .refine((own) => tunedGain(own) !== undefined || own.gainTuning === undefined, {
    message: "only a gain that is 'auto' is tuned",
    path: ['gainTuning'],
  })
  .refine(({ gain, normalization }) => gain !== 'auto' || normalization !== 'auto', {
    message: "one of 'gain' and 'normalization' is tuned, not both",
    path: ['normalization'],
  });

export type DeepSettings = z.output<typeof deepSettings>;

/** Which gain is found, if one is. */
export function tunedGain({
  gain,
  normalization,
}: Pick<z.output<typeof fields>, 'gain' | 'normalization'>): TunedGain | undefined {
  if (gain === 'auto') return 'V_OxRAM';
  return normalization === 'auto' ? 'normalization' : undefined;
}

/** How it is found, with what is not said. */
export function tuningOf(own: DeepSettings): GainTuningSettings {
  const given = own.gainTuning ?? gainTuningSettings.parse({});
  const of = tunedGain(own) ?? 'V_OxRAM';
  return { ...given, candidates: given.candidates ?? candidatesOf[of] };
}

/** Paths of all characteristics that the settings name. */
export function characteristicsOf({ neuron, normalization }: DeepSettings): string[] {
  const neurons =
    neuron === undefined
      ? []
      : typeof neuron === 'string'
        ? [neuron]
        : [neuron.sigmoid, neuron.reference];
  const block = typeof normalization === 'object' && 'characteristic' in normalization;
  return [...neurons, ...(block ? [normalization.characteristic] : [])];
}

/** The number of a layer, counted from 0, where there is one for all or one for each. */
export function ofLayer(value: number | readonly number[], layer: number): number {
  return typeof value === 'number' ? value : value[layer];
}
