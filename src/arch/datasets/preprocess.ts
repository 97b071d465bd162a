import type { LabelledData } from './labelled-data.js';

/** Mean and standard deviation of each feature; a constant feature has the deviation 1. */
export interface Scaling {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** Of the samples that a network is trained with. */
export function scalingOf({ inputs, count, features }: LabelledData): Scaling {
  const mean = new Float64Array(features);
  const deviation = new Float64Array(features);
  for (let i = 0; i < inputs.length; i++) mean[i % features] += inputs[i] / count;
  for (let i = 0; i < inputs.length; i++)
    deviation[i % features] += (inputs[i] - mean[i % features]) ** 2 / count;
  for (let j = 0; j < features; j++) deviation[j] = Math.sqrt(deviation[j]) || 1;
  return { mean, deviation };
}

/** z-score: (x − mean)/deviation, sample by sample. */
export function standardized(data: LabelledData, { mean, deviation }: Scaling): Float64Array {
  const { features } = data;
  return Float64Array.from(
    data.inputs,
    (x, i) => (x - mean[i % features]) / deviation[i % features],
  );
}

/** (1 − e^−z)/(1 + e^−z), the sigmoid from −1 to 1. */
export function bipolarSigmoid(z: number): number {
  return Math.tanh(z / 2);
}

/** 1/(1 + e^−z), the sigmoid from 0 to 1. */
export function sigmoid(z: number): number {
  return 0.5 * (1 + Math.tanh(z / 2));
}
