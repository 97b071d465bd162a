import {
  CodedArray,
  type DrawPlace,
  fillUniform,
  type StateDevices,
} from '../networks/deep/index.js';
import { activityOf, type LayerActivity } from './deep-activity.js';
import { deepFigures } from './deep-figures.js';
import type { DeepNeurons } from './deep-neurons.js';
import type { DeepSamples } from './deep-samples.js';
import type { DeepSettings } from './deep-settings.js';
import type { DeepStack } from './deep-stack.js';
import { endurance, type Switching } from './endurance.js';
import type { GainChoice } from './gain-tuning.js';
import type { TrainingResult } from './trainer.js';
import { imagesFigure, type TrainingFigure } from './training-figure.js';

const noiseStream = 7;

/** A deep network that is trained. */
export interface TrainedStack {
  readonly settings: DeepSettings;
  readonly seed: number;
  readonly samples: DeepSamples;
  readonly neurons: DeepNeurons;
  readonly stack: DeepStack;
  /** What was found, where gains are found. */
  readonly gains: readonly GainChoice[];
}

/** Measures, details and figures of one part of the result. */
interface Judgement extends TrainingResult {
  readonly figures: readonly TrainingFigure[];
}

export function deepResult(of: TrainedStack): TrainingResult {
  const { settings, samples, neurons, stack, gains } = of;
  const judged = settings.task === 'classify' ? classified(of) : denoised(of);
  const switching = switchingOf(of);
  return {
    measures: {
      ...judged.measures,
      ...(switching ? { mostSwitches: switching.most, storage: switching.storage } : {}),
    },
    details: {
      ...neurons.details,
      ...judged.details,
      ...(switching ? { switching: switching.details } : {}),
      ...(gains.length > 0 ? { gains } : {}),
      figures: [...judged.figures, ...deepFigures(stack.machines, samples.shape, gains)],
    },
  };
}

function classified({ samples, stack }: TrainedStack): Judgement {
  const layers = stack.upward(samples.test.inputs);
  const { hits, confusion } = stack.top.judge(
    layers[layers.length - 1],
    samples.test.labels,
    [1, 3, 5],
  );
  const [top1, top3, top5] = hits.map((part) => 100 * part);
  return {
    measures: { top1, top3, top5, topReconstruction: topReconstruction(stack, layers) },
    details: {
      classes: samples.classes,
      confusion: confusion.rows,
      activity: activityIn(stack, layers),
    },
    figures: [],
  };
}

/** Noisy test images up to the top and down again, beside the clean ones. */
function denoised({ settings, seed, samples, stack }: TrainedStack): Judgement {
  const clean = samples.test.inputs;
  const noisy = saltAndPepper(clean, settings.noise, { seed, stream: noiseStream, round: 0 });
  const layers = stack.upward(noisy);
  const values = stack.downward(layers[layers.length - 1]);
  const title = `Images with ${Number((100 * settings.noise).toPrecision(3))} % of salt and pepper`;
  const parts = { clean, noisy, denoised: values };
  return {
    measures: {
      mse: meanSquare(values, clean),
      topReconstruction: topReconstruction(stack, layers),
    },
    details: { noisyMse: meanSquare(noisy, clean), activity: activityIn(stack, layers) },
    figures: samples.shape ? [imagesFigure('images', title, samples.shape, parts)] : [],
  };
}

/** Of the top machine, whose inputs are what the one below gives. */
function topReconstruction(stack: DeepStack, layers: readonly Float32Array[]): number {
  const top = stack.machines.length - 1;
  return meanSquare(stack.down(top, layers[top + 1]), layers[top]);
}

/** Of all machines' hidden units. */
function activityIn(stack: DeepStack, layers: readonly Float32Array[]): LayerActivity[] {
  return stack.machines.map(({ size }, k) => activityOf(`L${k + 2}`, layers[k + 1], size.hidden));
}

function switchingOf({
  settings,
  samples,
  stack,
}: TrainedStack): ReturnType<typeof endurance> | undefined {
  if (settings.weights !== 'oxram') return undefined;
  const { batch, epochs, readout, fineTuning, task } = settings;
  const perEpoch = Math.ceil(samples.training.labels.length / batch);
  const tuned = perEpoch * fineTuning.epochs;
  const machines = stack.machines.map(({ parts, visibleStates, hiddenStates }, k) => ({
    weights: parts.weights,
    visibleStates,
    hiddenStates,
    batches: perEpoch * epochs[k],
  }));
  const layers = machines.map(({ weights, batches }) => ({ weights, batches }));
  const top = { weights: stack.top.weights, batches: perEpoch * readout.epochs };
  return endurance({
    weights: [...layers, ...(task === 'classify' ? [top] : [])].flatMap(({ weights, batches }) =>
      weights instanceof CodedArray
        ? {
            flips: weights.flips.counts,
            signMagnitude: weights.signMagnitudeFlips.counts,
            batches: batches + tuned,
          }
        : [],
    ),
    // A layer's devices are the hidden ones of the machine below and the visible ones of that above.
    states: Array.from({ length: machines.length + 1 }, (_, k) => {
      const [below, above] = [machines[k - 1] as (typeof machines)[0] | undefined, machines[k]];
      return together([
        ...(below ? [{ devices: below.hiddenStates, batches: below.batches }] : []),
        ...(k < machines.length ? [{ devices: above.visibleStates, batches: above.batches }] : []),
      ]);
    }),
    batch,
    unrolled: task === 'denoise',
  });
}

/** The same devices in the training of several machines, one after the other. */
function together(
  parts: readonly { readonly devices: StateDevices; readonly batches: number }[],
): Switching['states'][number] {
  const sum = (of: (devices: StateDevices) => Uint32Array): Uint32Array =>
    parts.map(({ devices }) => of(devices)).reduce((a, b) => a.map((x, k) => x + b[k]));
  return {
    flips: sum(({ flips }) => flips),
    batchFlips: sum(({ batchFlips }) => batchFlips),
    batches: parts.reduce((total, { batches }) => total + batches, 0),
  };
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

function meanSquare(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] - b[k]) ** 2;
  return sum / a.length;
}
