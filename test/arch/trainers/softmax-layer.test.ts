import { expect, test } from 'vitest';
import { FloatArray } from '../../../src/arch/networks/deep/index.js';
import { SoftmaxLayer } from '../../../src/arch/trainers/softmax-layer.js';

const [inputs, classes, rows] = [4, 3, 5];
const rule = { learningRate: 1, momentum: [0, 0], penalty: 0 } as const;
const samples = Float32Array.from({ length: rows * inputs }, (_, k) => Math.sin(3 * k));
const labels = Uint8Array.of(0, 2, 1, 2, 0);

/** The cross-entropy, summed over the samples, written in doubles; of a layer without bias. */
function loss(weights: ArrayLike<number>, x: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    const outputs = Array.from({ length: classes }, (_, n) => {
      let output = 0;
      for (let m = 0; m < inputs; m++) output += x[i * inputs + m] * weights[m * classes + n];
      return Math.exp(output);
    });
    sum -= Math.log(outputs[labels[i]] / outputs.reduce((a, b) => a + b, 0));
  }
  return sum;
}

/** Central difference along one number. */
function slope(values: Float64Array, k: number, of: () => number): number {
  const [h, value] = [1e-5, values[k]];
  values[k] = value + h;
  const above = of();
  values[k] = value - h;
  const below = of();
  values[k] = value;
  return (above - below) / (2 * h);
}

test('updates and the errors for what lies below follow the gradient of the cross-entropy', () => {
  const layer = new SoftmaxLayer(inputs, classes, (values) => {
    if (values.length > classes) values.forEach((_, k) => (values[k] = Math.cos(2 * k)));
    return new FloatArray(values, rule);
  });
  const before = Float64Array.from(layer.weights.values);
  const errors = new Float32Array(rows * inputs);
  const told = layer.descend(samples, labels, rows, 0, errors);
  const x = Float64Array.from(samples);
  const of = (): number => loss(before, x);
  expect(told).toBeCloseTo(of(), 5);
  // Numbers are singles: 1e-5 of values near 1.
  before.forEach((value, k) => {
    const step = layer.weights.values[k] - value;
    expect(Math.abs(step + slope(before, k, of) / rows)).toBeLessThan(1e-5);
  });
  errors.forEach((each, k) => {
    expect(Math.abs(each - slope(x, k, of))).toBeLessThan(1e-5);
  });
});
