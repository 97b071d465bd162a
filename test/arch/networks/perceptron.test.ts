import { expect, test } from 'vitest';
import { Perceptron } from '../../../src/arch/networks/perceptron/index.js';
import { uniformDraw } from '../../../src/arch/trainers/draws.js';

const inputs = Float64Array.of(9, 0.7, -0.4, 0.3);
const desired = [1, -1];
const random = (sizes: number[]): Perceptron => {
  const own = new Perceptron(sizes, 1);
  own.weights.forEach((weights, layer) => {
    for (let k = 0; k < weights.length; k++) weights[k] = 2 * uniformDraw(1, 3, layer, k) - 1;
  });
  return own;
};
const errorsOf = (own: Perceptron): Float64Array => {
  const outputs = own.respond(inputs, 1);
  return Float64Array.from(desired, (d, n) => d - outputs[n]);
};
const loss = (own: Perceptron): number => errorsOf(own).reduce((sum, y) => sum + (y * y) / 2, 0);

test('a step goes down the gradient of the loss, in all weights of three layers', () => {
  const own = random([3, 4, 3, 2]);
  const gradients = own.weights.map((weights) =>
    Array.from(weights, (before, k) => {
      const h = 1e-6;
      weights[k] = before + h;
      const above = loss(own);
      weights[k] = before - h;
      const below = loss(own);
      weights[k] = before;
      return (above - below) / (2 * h);
    }),
  );
  const before = own.weights.map((weights) => weights.slice());
  own.learn(errorsOf(own), 1e-3);
  own.weights.forEach((weights, layer) => {
    for (let k = 0; k < weights.length; k++)
      // Central differences with h = 1e-6 are right to some 1e-10.
      expect((before[layer][k] - weights[k]) / 1e-3).toBeCloseTo(gradients[layer][k], 7);
  });
});

test('one layer is the product of its weights and the inputs with the bias', () => {
  const own = new Perceptron([3, 1], 2);
  own.weights[0].set([1, 10, 100, 1000]);
  expect(own.respond(inputs, 1)[0]).toBeCloseTo(0.7 - 4 + 30 + 2000, 12);
});
