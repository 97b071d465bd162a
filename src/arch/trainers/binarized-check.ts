import type { SampleSettings } from './binarized-samples.js';
import type { SettingProblem, World } from './trainer.js';

interface CheckedSettings extends SampleSettings {
  readonly augment: number;
  readonly layers: readonly (number | { readonly conv: number; readonly pool: boolean })[];
}

/** What settings of a binarized network ask of the data that these do not have. */
export function checkBinarized(own: CheckedSettings, world: World): SettingProblem[] {
  return [...checkCounts(own, world), ...checkImages(own, world)];
}

function checkCounts({ data, training, test }: CheckedSettings, world: World): SettingProblem[] {
  const { training: all, test: part } = world.data(data);
  if (training !== undefined && training > all.count)
    return [
      {
        setting: 'training',
        message: `'${data}' has ${all.count} samples to learn from, not ${training}`,
      },
    ];
  const left = part ? part.count : all.count - (training ?? all.count);
  if (left === 0) {
    const message = `'${data}' has no test part: 'training' has to leave samples that judge`;
    return [{ setting: 'training', message }];
  }
  if (test === undefined || test <= left) return [];
  const message = `'${data}' has ${left} samples that can judge, not ${test}`;
  return [{ setting: 'test', message }];
}

function checkImages({ data, layers, augment }: CheckedSettings, world: World): SettingProblem[] {
  const { shape } = world.data(data).training;
  const convolutions = layers.filter((layer) => typeof layer !== 'number');
  if (!shape) {
    const message = `samples of '${data}' are no images`;
    return [
      ...(convolutions.length > 0 ? [{ setting: 'layers', message }] : []),
      ...(augment > 0 ? [{ setting: 'augment', message }] : []),
    ];
  }
  const afterDense = layers.findIndex((layer) => typeof layer === 'number');
  if (afterDense >= 0 && layers.slice(afterDense).some((layer) => typeof layer !== 'number'))
    return [{ setting: 'layers', message: 'after a dense layer there is no image to convolve' }];
  const pools = convolutions.filter(({ pool }) => pool).length;
  if (Math.min(shape[1], shape[2]) >> pools > 0) return [];
  const message = `${pools} times half of ${shape[1]} × ${shape[2]} pixels leaves none`;
  return [{ setting: 'layers', message }];
}
