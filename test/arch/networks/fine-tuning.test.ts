import { expect, test } from 'vitest';
import {
  BoltzmannMachine,
  FineTuning,
  FloatArray,
  logisticNeuron,
  TabulatedNeuron,
} from '../../../src/arch/networks/deep/index.js';
import { MatrixKernels } from '../../../src/arch/tensor/index.js';

const rule = { learningRate: 1, momentum: [0, 0], penalty: 0 } as const;
const sizes = [
  { visible: 5, hidden: 4, batch: 3 },
  { visible: 4, hidden: 3, batch: 3 },
];
const rows = 3;

function stack() {
  const bytes = sizes.reduce((sum, size) => sum + BoltzmannMachine.bytes(size), 0);
  const kernels = new MatrixKernels(bytes + FineTuning.bytes(sizes, 3) + (1 << 20));
  const neuron = new TabulatedNeuron(logisticNeuron());
  const machines = sizes.map((size, s) => {
    const filled = (values: Float32Array, from: number): FloatArray => {
      for (let k = 0; k < values.length; k++) values[k] = Math.sin(3 * k + from + s);
      return new FloatArray(values, rule);
    };
    const parts = {
      weights: filled(kernels.array(size.visible * size.hidden), 1),
      visibleBias: filled(new Float32Array(size.visible), 2),
      hiddenBias: filled(new Float32Array(size.hidden), 3),
      hiddenNeuron: neuron,
      visibleNeuron: neuron,
    };
    return { machine: new BoltzmannMachine(kernels, size, parts, false), ...parts };
  });
  return { machines, tuning: new FineTuning(kernels, machines, 3) };
}

type Numbers = readonly { weights: Float64Array; visible: Float64Array; hidden: Float64Array }[];

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

function numbersOf(machines: ReturnType<typeof stack>['machines']): Numbers {
  return machines.map(({ weights, visibleBias, hiddenBias }) => ({
    weights: Float64Array.from(weights.values),
    visible: Float64Array.from(visibleBias.values),
    hidden: Float64Array.from(hiddenBias.values),
  }));
}

function upward(numbers: Numbers, sample: number[]): number[] {
  return numbers.reduce(
    (values, { weights, hidden }) =>
      [...hidden].map((bias, j) =>
        logistic(values.reduce((sum, x, i) => sum + x * weights[i * hidden.length + j], bias)),
      ),
    sample,
  );
}

function downward(numbers: Numbers, top: number[]): number[] {
  return [...numbers]
    .reverse()
    .reduce(
      (values, { weights, visible, hidden }) =>
        [...visible].map((bias, i) =>
          logistic(values.reduce((sum, x, j) => sum + x * weights[i * hidden.length + j], bias)),
        ),
      top,
    );
}

const samples = Float32Array.from({ length: 15 }, (_, k) => 0.5 + 0.5 * Math.cos(5 * k));
const targets = Float32Array.from({ length: 15 }, (_, k) => (k * 7) % 2);
const rowOf = (values: Float32Array, i: number, width: number): number[] => [
  ...values.subarray(i * width, (i + 1) * width),
];

/** Changes of one update against central differences of the loss, written in doubles. */
function check(
  update: (of: ReturnType<typeof stack>) => void,
  loss: (numbers: Numbers) => number,
): void {
  const own = stack();
  const before = numbersOf(own.machines);
  update(own);
  const after = numbersOf(own.machines);
  const h = 1e-5;
  before.forEach((layer, k) => {
    for (const part of ['weights', 'visible', 'hidden'] as const)
      layer[part].forEach((value, n) => {
        layer[part][n] = value + h;
        const above = loss(before);
        layer[part][n] = value - h;
        const below = loss(before);
        layer[part][n] = value;
        const gradient = (above - below) / (2 * h) / rows;
        // Singles, and the slope of the neuron's table, whose lines are 1/64 wide: 1e-3 of it.
        expect(Math.abs(value - after[k][part][n] - gradient)).toBeLessThan(
          1e-3 * Math.abs(gradient) + 2e-4,
        );
      });
  });
}

test('the way up follows the gradient', () => {
  // Some loss of the top: its squared distance from 0.3.
  check(
    ({ tuning }) => {
      tuning.classify(samples, rows, 0, (top, _, errors) => {
        top.forEach((value, k) => (errors[k] = 2 * (value - 0.3)));
        return 0;
      });
    },
    (numbers) => {
      let sum = 0;
      for (let i = 0; i < rows; i++)
        for (const value of upward(numbers, rowOf(samples, i, 5))) sum += (value - 0.3) ** 2;
      return sum;
    },
  );
});

test('up and down again follows the gradient of the cross-entropy', () => {
  check(
    ({ tuning }) => {
      tuning.reconstruct(samples, targets, rows, 0);
    },
    (numbers) => {
      let sum = 0;
      for (let i = 0; i < rows; i++) {
        const out = downward(numbers, upward(numbers, rowOf(samples, i, 5)));
        rowOf(targets, i, 5).forEach((t, j) => {
          sum -= t * Math.log(out[j]) + (1 - t) * Math.log(1 - out[j]);
        });
      }
      return sum;
    },
  );
});
