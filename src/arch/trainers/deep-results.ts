import { CodedArray, type StateDevices } from '../networks/deep/index.js';
import { activityOf, type LayerActivity } from './deep-activity.js';
import { denoising, meanSquare } from './deep-denoising.js';
import { deepFigures } from './deep-figures.js';
import type { DeepNeurons } from './deep-neurons.js';
import type { DeepSamples } from './deep-samples.js';
import type { DeepSettings } from './deep-settings.js';
import type { DeepStack } from './deep-stack.js';
import { endurance, type Switching } from './endurance.js';
import type { GainChoice } from './gain-tuning.js';
import type { TrainingResult } from './trainer.js';
import type { TrainingFigure } from './training-figure.js';

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

function denoised({ settings, seed, samples, stack }: TrainedStack): Judgement {
  const found = denoising(stack, samples, settings.noise, seed);
  return {
    measures: {
      mse: found.errors.denoised,
      topReconstruction: topReconstruction(stack, found.layers),
    },
    details: {
      noisyMse: found.errors.noisy,
      densities: found.byDensity,
      activity: activityIn(stack, found.layers),
    },
    figures: found.figures,
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
