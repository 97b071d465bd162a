import { type BoltzmannMachine, CodedArray } from '../networks/deep/index.js';
import { gainBars, type GainChoice } from './gain-tuning.js';
import {
  histogramFigure,
  type ImageShape,
  type TrainingFigure,
  weightMaps,
} from './training-figure.js';

/** What the machines have learnt: weights of the first as images, weights of all, gains. */
export function deepFigures(
  machines: readonly BoltzmannMachine[],
  shape: ImageShape | undefined,
  gains: readonly GainChoice[],
): TrainingFigure[] {
  const [{ parts, size }] = machines;
  const weight = (input: number, unit: number): number =>
    parts.weights.values[input * size.hidden + unit];
  const title = 'Weights of the hidden units of the first machine';
  return [
    ...(shape ? [weightMaps('weights-1', title, shape, size.hidden, weight)] : []),
    ...machines.map(weightHistogram),
    ...(gains.length > 0 ? [{ kind: 'bars', name: 'gains', ...gainBars(gains) } as const] : []),
  ];
}

function weightHistogram(
  { parts: { weights }, size }: BoltzmannMachine,
  k: number,
): TrainingFigure {
  const coded = weights instanceof CodedArray;
  const about = {
    title: `${coded ? 'Codes' : 'Weights'} of machine ${k + 1}`,
    subtitle: `${size.visible} × ${size.hidden}`,
    label: coded ? 'Code (−128 … 127)' : 'Weight',
    heading: 'Weights',
  };
  return histogramFigure(
    `weights-${k + 1}-histogram`,
    about,
    coded ? weights.codes : weights.values,
    coded,
  );
}
