/** Layers against finite differences and plain loops. */
import { describe, expect, test } from 'vitest';
import { Adam } from '../../../../src/arch/networks/binary/adam.js';
import { BatchNormalization } from '../../../../src/arch/networks/binary/batch-normalization.js';
import { BinaryBlock, chunkRows } from '../../../../src/arch/networks/binary/binary-block.js';
import { normalized } from '../../../../src/arch/networks/binary/binary-network.js';
import { crossEntropy } from '../../../../src/arch/networks/binary/cross-entropy.js';
import {
  type BlockShape,
  fanIn,
  FloatSynapses,
  numbersOf,
  outputShape,
  places,
} from '../../../../src/arch/networks/binary/index.js';
import { MatrixKernels } from '../../../../src/arch/tensor/index.js';
import { normalDraw } from '../../../../src/arch/trainers/draws.js';

const random = (length: number, stream: number): Float32Array =>
  Float32Array.from({ length }, (_, k) => normalDraw(3, stream, k));

function blockOf(shape: BlockShape): BinaryBlock {
  const count = shape.outputs * fanIn(shape);
  const rows = chunkRows(shape);
  const numbers = rows * (fanIn(shape) + shape.outputs) + 2 * count;
  const columns = Math.max(fanIn(shape), shape.outputs);
  const kernels = new MatrixKernels(4 * numbers + MatrixKernels.reservedBytes(columns) + 1024);
  kernels.reserve(columns);
  const weights = kernels.array(count);
  const workspace = {
    kernels,
    patches: kernels.array(rows * fanIn(shape)),
    sums: kernels.array(rows * shape.outputs),
    gradient: kernels.array(count),
  };
  const block = new BinaryBlock(shape, new FloatSynapses(weights, random(count, 1)), workspace);
  // Any weights will do for sums; what is smooth can be differentiated.
  weights.set(random(count, 2));
  block.normalization.gamma.set(random(shape.outputs, 3));
  block.normalization.beta.set(random(shape.outputs, 4));
  return block;
}

const dense: BlockShape = {
  input: { planes: 7, rows: 1, columns: 1 },
  outputs: 5,
  kernel: 0,
  pool: false,
};
const convolution: BlockShape = {
  input: { planes: 2, rows: 4, columns: 6 },
  outputs: 3,
  kernel: 3,
  pool: false,
};

describe.each([dense, convolution, { ...convolution, pool: true }])('%j', (shape) => {
  const count = 6;
  const inputs = random(count * numbersOf(shape.input), 5);

  test('sums are those of plain loops', () => {
    const block = blockOf({ ...shape, pool: false });
    const { weights } = block.synapses;
    const { planes, rows, columns } = shape.input;
    const sums = block.forward(inputs, count);
    for (let row = 0; row < count * places(shape); row++)
      for (let output = 0; output < shape.outputs; output++) {
        let sum = 0;
        if (shape.kernel === 0)
          for (let k = 0; k < planes; k++)
            sum += weights[output * planes + k] * inputs[row * planes + k];
        else {
          const [sample, place] = [Math.floor(row / (rows * columns)), row % (rows * columns)];
          const [y, x] = [Math.floor(place / columns), place % columns];
          for (let dy = -1; dy <= 1; dy++)
            for (let dx = -1; dx <= 1; dx++)
              for (let k = 0; k < planes; k++) {
                if (y + dy < 0 || y + dy >= rows || x + dx < 0 || x + dx >= columns) continue;
                const weight = weights[((output * 3 + dy + 1) * 3 + dx + 1) * planes + k];
                sum += weight * inputs[((sample * rows + y + dy) * columns + x + dx) * planes + k];
              }
        }
        expect(sums[row * shape.outputs + output]).toBeCloseTo(sum, 4);
      }
  });

  test('gradients of weights, inputs, γ and β are slopes', () => {
    const block = blockOf(shape);
    const factors = random(count * numbersOf(outputShape(shape)), 6);
    // A function of everything: Σ factor·y.
    const value = (): number => {
      const sums = block.forward(inputs, count);
      const y = normalized(sums, block.normalize());
      return y.reduce((sum, each, i) => sum + each * factors[i], 0);
    };
    const middle = value();
    const ofInputs = block.backward(factors.slice(), true)!;
    const ofWeights = block.weightGradient.slice();
    const [ofGamma, ofBeta] = block.normalization.gradients.map((each) => each.slice());
    const { gamma, beta } = block.normalization;
    const parts: [string, Float32Array, Float32Array][] = [
      ['weights', block.synapses.weights, ofWeights],
      ['inputs', inputs, ofInputs],
      ['gamma', gamma, ofGamma],
      ['beta', beta, ofBeta],
    ];
    const h = 1 / 128;
    for (const [name, values, gradient] of parts) {
      const scale = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0) / gradient.length);
      for (let k = 0; k < values.length; k += 5) {
        const before = values[k];
        values[k] = before + h;
        const above = value();
        values[k] = before - h;
        const below = value();
        values[k] = before;
        // The slope lies between those to both sides, also where a maximum changes over on the way;
        // singles leave 1e-4 of it, and curvature another 1e-3 at most.
        const sides = [above - middle, middle - below].map((rise) => rise / h);
        const margin = 5e-3 * scale;
        expect(gradient[k], `${name} ${k}`).toBeGreaterThan(Math.min(...sides) - margin);
        expect(gradient[k], `${name} ${k}`).toBeLessThan(Math.max(...sides) + margin);
      }
    }
  });
});

test('cross-entropy and its slope', () => {
  const outputs = Float32Array.from([1, 2, 0.5, -1, 0, 3]);
  const labels = Uint8Array.from([1, 0]);
  const gradient = new Float32Array(6);
  const { loss, right } = crossEntropy(outputs, labels, 2, 3, gradient);
  const logarithm = (a: number[]): number => Math.log(a.reduce((s, x) => s + Math.exp(x), 0));
  expect(loss).toBeCloseTo(logarithm([1, 2, 0.5]) - 2 + logarithm([-1, 0, 3]) + 1, 12);
  expect(right).toBe(1);
  for (let k = 0; k < 6; k++) {
    const at = (change: number): number => {
      const moved = Float64Array.from(outputs);
      moved[k] += change;
      return (
        crossEntropy(moved as unknown as Float32Array, labels, 2, 3, new Float32Array(6)).loss / 2
      );
    };
    expect((at(1e-5) - at(-1e-5)) / 2e-5).toBeCloseTo(gradient[k], 6);
  }
});

test('the gate of the hard tanh is open up to 1', () => {
  const block = blockOf(dense);
  // With the affine function y = z, sums are what is gated; the inputs are unit vectors.
  block.synapses.weights.fill(0);
  block.synapses.weights.set([0.5, -0.99, 1.01, -3, 0, 0, 0]);
  const inputs = new Float32Array(4 * 7);
  for (let i = 0; i < 4; i++) inputs[i * 7 + i] = 1;
  block.forward(inputs, 4);
  const gradient = new Float32Array(20).fill(2);
  block.gate(gradient, { scale: new Float64Array(5).fill(1), shift: new Float64Array(5) });
  expect([0, 1, 2, 3].map((i) => gradient[5 * i])).toEqual([2, 2, 0, 0]);
});

test('Adam is that of its paper', () => {
  // Kingma and Ba 2015, algorithm 1, in doubles.
  const adam = new Adam(2);
  const state = { m: [0, 0], v: [0, 0] };
  for (let t = 1; t <= 20; t++) {
    const gradient = [Math.sin(t), 1e-3 * Math.cos(3 * t)];
    const steps = Float32Array.from(gradient);
    adam.steps(steps, 0.02);
    gradient.forEach((g, i) => {
      state.m[i] = 0.9 * state.m[i] + 0.1 * g;
      state.v[i] = 0.999 * state.v[i] + 0.001 * g * g;
      const [m, v] = [state.m[i] / (1 - 0.9 ** t), state.v[i] / (1 - 0.999 ** t)];
      expect(steps[i]).toBeCloseTo((-0.02 * m) / (Math.sqrt(v) + 1e-8), 6);
    });
  }
});

test('running mean and variance come near those of the data', () => {
  const normalization = new BatchNormalization(1);
  const sums = random(4000, 9).map((z) => 3 + 2 * z);
  for (let k = 0; k < 100; k++) normalization.observe(sums, 4000);
  const mean = sums.reduce((a, b) => a + b) / 4000;
  const variance = sums.reduce((s, z) => s + (z - mean) ** 2, 0) / 3999;
  expect(normalization.mean[0]).toBeCloseTo(mean, 3);
  expect(normalization.variance[0]).toBeCloseTo(variance, 3);
});
