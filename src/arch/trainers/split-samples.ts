import { z } from 'zod';
import {
  balancedSplit,
  drawnSplit,
  bipolarSigmoid,
  missingSamples,
  scalingOf,
  sigmoid,
  standardized,
} from '../datasets/index.js';
import type { SettingProblem, World } from './trainer.js';

/** Settings of a small set of labelled samples that is split anew for each seed. */
export const splitSettings = {
  /** Name of the data set, or the path of a .csv file. */
  data: z.string(),
  /** Samples that are learnt from, and samples that judge. */
  training: z.int().positive(),
  test: z.int().positive(),
  /** Equal parts of the classes, as where absent, or samples as they come. */
  split: z.enum(['balanced', 'drawn']).optional(),
  /** After the z-score: 2σ(z)−1 from −1 to 1, σ(z) from 0 to 1, or nothing. */
  transform: z.enum(['bipolar', 'unipolar', 'none']).default('bipolar'),
};

/** Samples as a network sees them. */
export interface Samples {
  readonly count: number;
  readonly features: number;
  /** Row by row. */
  readonly inputs: Float64Array;
  readonly labels: Uint8Array;
}

export interface SplitSamples {
  readonly training: Samples;
  readonly test: Samples;
  readonly classes: readonly string[];
}

const transforms = { bipolar: bipolarSigmoid, unipolar: sigmoid, none: (z: number): number => z };

/** What the settings ask of a set that it does not have. */
export function checkSplit(
  { data, training, test, split }: z.output<z.ZodObject<typeof splitSettings>>,
  world: World,
): SettingProblem[] {
  const { training: all } = world.data(data);
  if (split === 'drawn') {
    if (training + test <= all.count) return [];
    const message = `${training} samples for training and ${test} for test are more than the ${all.count} of '${data}'`;
    return [{ setting: 'training', message }];
  }
  const missing = missingSamples(all, training, test);
  return missing === undefined ? [] : [{ setting: 'training', message: missing }];
}

/** Splits by the seed, and scales both parts by mean and deviation of the training part. */
export function splitSamples(
  settings: z.output<z.ZodObject<typeof splitSettings>>,
  world: World,
  seed: number,
): SplitSamples {
  const { training: all } = world.data(settings.data);
  const splitBy = settings.split === 'drawn' ? drawnSplit : balancedSplit;
  const { training, test } = splitBy(all, settings.training, settings.test, seed);
  const scaling = scalingOf(training);
  const transform = transforms[settings.transform];
  const samplesOf = (part: typeof training): Samples => ({
    count: part.count,
    features: part.features,
    inputs: standardized(part, scaling).map(transform),
    labels: part.labels,
  });
  return { training: samplesOf(training), test: samplesOf(test), classes: all.classes };
}
