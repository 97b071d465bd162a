import {
  firstSamples,
  type LabelledData,
  selectSamples,
  stratifiedOrder,
} from '../datasets/index.js';
import type { DeepSettings } from './deep-settings.js';
import type { SettingProblem, World } from './trainer.js';

/** Samples as Boltzmann machines see them: numbers from 0 to 1, row by row. */
export interface DeepPart {
  readonly inputs: Float32Array;
  readonly labels: Uint8Array;
}

export interface DeepSamples {
  readonly training: DeepPart;
  readonly test: DeepPart;
  readonly features: number;
  readonly classes: readonly string[];
  /** Of images. */
  readonly shape: LabelledData['shape'];
}

type SampleSettings = Pick<DeepSettings, 'data' | 'training' | 'test'>;

/** What the settings ask of a set that it does not have. */
export function sampleProblems(own: SampleSettings, world: World): SettingProblem[] {
  const { training, test } = world.data(own.data);
  const left = test ? test.count : training.count - own.training;
  const found: (SettingProblem | false)[] = [
    own.training > training.count && {
      setting: 'training',
      message: `'${own.data}' has ${training.count} samples to learn from, not ${own.training}`,
    },
    own.training <= training.count &&
      own.test > left && {
        setting: 'test',
        message: `'${own.data}' has ${left} samples left that can judge, not ${own.test}`,
      },
    training.inputs instanceof Float64Array &&
      training.inputs.some((x) => x < 0) && {
        setting: 'data',
        message: `'${own.data}' has negative numbers, and units of a Boltzmann machine go from 0 to 1`,
      },
  ];
  return found.filter((each) => each !== false);
}

/**
 * The first samples of both parts. A set without a test part, which may have one class after the other,
 * is divided by the seed, with the same share of each class in both.
 */
export function deepSamples(own: SampleSettings, world: World, seed: number): DeepSamples {
  const { training: all, test } = world.data(own.data);
  const order = test ? undefined : stratifiedOrder(all, seed);
  const training = order
    ? selectSamples(all, order.subarray(0, own.training))
    : firstSamples(all, own.training);
  const tested = test
    ? firstSamples(test, own.test)
    : selectSamples(all, order!.subarray(own.training, own.training + own.test));
  const full = all.full ?? largest(all.inputs);
  const scaled = ({ inputs, labels, count, features }: LabelledData): DeepPart => ({
    inputs: Float32Array.from(inputs.subarray(0, count * features), (x) => x / full),
    labels,
  });
  const { features, classes, shape } = all;
  return { training: scaled(training), test: scaled(tested), features, classes, shape };
}

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let k = 0; k < values.length; k++) most = Math.max(most, values[k]);
  return most;
}
