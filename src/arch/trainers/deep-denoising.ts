import { type DrawPlace, fillUniform } from '../networks/deep/index.js';
import type { DeepSamples } from './deep-samples.js';
import type { DeepStack } from './deep-stack.js';
import { imagesFigure, type TrainingFigure } from './training-figure.js';

const noiseStream = 7;

/** Densities that an autoencoder is judged at beside its own: the paper does not print its own. */
const densities = [0.02, 0.05, 0.1, 0.2];

/** Mean square errors, with noise and after it was taken off. */
export interface DensityErrors {
  readonly density: number;
  readonly noisy: number;
  readonly denoised: number;
}

export interface Denoising {
  readonly errors: DensityErrors;
  readonly byDensity: readonly DensityErrors[];
  /** What the layers make of the noisy images, these first. */
  readonly layers: readonly Float32Array[];
  readonly figures: readonly TrainingFigure[];
}

/** Noisy test images up to the top and down again, beside the clean ones. */
export function denoising(
  stack: DeepStack,
  { test: { inputs: clean }, shape }: DeepSamples,
  density: number,
  seed: number,
): Denoising {
  const at = (part: number) => {
    const noisy = saltAndPepper(clean, part, { seed, stream: noiseStream, round: 0 });
    const layers = stack.upward(noisy);
    const denoised = stack.downward(layers[layers.length - 1]);
    const errors = { noisy: meanSquare(noisy, clean), denoised: meanSquare(denoised, clean) };
    return { layers, denoised, errors: { density: part, ...errors } };
  };
  const own = at(density);
  const byDensity = densities.map((part) => at(part).errors);
  const parts = { clean, noisy: own.layers[0], denoised: own.denoised };
  const title = `Images with ${percent(density)} of salt and pepper`;
  const images = shape ? [imagesFigure('images', title, shape, parts)] : [];
  return { ...own, byDensity, figures: [...images, densityFigure(byDensity)] };
}

function densityFigure(byDensity: readonly DensityErrors[]): TrainingFigure {
  return {
    kind: 'bars',
    name: 'densities',
    title: 'Errors of images over the density of salt and pepper',
    label: 'Mean square error',
    series: ['with noise', 'after it was taken off'],
    groups: byDensity.map(({ density, noisy, denoised }) => ({
      name: percent(density),
      bars: [noisy, denoised],
    })),
  };
}

function percent(part: number): string {
  return `${Number((100 * part).toPrecision(3))} %`;
}

/** Sets a part of the pixels to 0 or 1. */
export function saltAndPepper(
  images: Float32Array,
  density: number,
  place: DrawPlace,
): Float32Array {
  const noisy = images.slice();
  const uniform = new Float32Array(images.length);
  fillUniform(uniform, images.length, place);
  for (let k = 0; k < noisy.length; k++)
    if (uniform[k] < density) noisy[k] = uniform[k] < density / 2 ? 0 : 1;
  return noisy;
}

export function meanSquare(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] - b[k]) ** 2;
  return sum / a.length;
}
