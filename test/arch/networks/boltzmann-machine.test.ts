import { describe, expect, test } from 'vitest';
import {
  BoltzmannMachine,
  CodedArray,
  fillUniform,
  FloatArray,
  logisticNeuron,
  oxramNeuron,
  TabulatedNeuron,
} from '../../../src/arch/networks/deep/index.js';
import { MatrixKernels } from '../../../src/arch/tensor/index.js';
import { gaussian } from '../../../src/base/index.js';

const rule = { learningRate: 1, momentum: [0, 0], penalty: 0 } as const;
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

function machineOf(visible: number, hidden: number, batch: number, states = false) {
  const size = { visible, hidden, batch };
  const kernels = new MatrixKernels(BoltzmannMachine.bytes(size) + (1 << 20));
  const weights = kernels.array(visible * hidden);
  for (let k = 0; k < weights.length; k++) weights[k] = Math.sin(7 * k + 1);
  const neuron = new TabulatedNeuron(logisticNeuron());
  const parts = {
    weights: new FloatArray(weights, rule),
    visibleBias: new FloatArray(
      Float32Array.from({ length: visible }, (_, k) => 0.1 * k),
      rule,
    ),
    hiddenBias: new FloatArray(
      Float32Array.from({ length: hidden }, (_, k) => -0.2 * k),
      rule,
    ),
    hiddenNeuron: neuron,
    visibleNeuron: neuron,
  };
  return new BoltzmannMachine(kernels, size, parts, states);
}

/** The energy of the machine, E(v, h). */
function energy({ parts, size }: BoltzmannMachine, v: number[], h: number[]): number {
  let sum = 0;
  v.forEach((x, i) => {
    sum -= x * parts.visibleBias.values[i];
    h.forEach((y, j) => (sum -= x * y * parts.weights.values[i * size.hidden + j]));
  });
  h.forEach((y, j) => (sum -= y * parts.hiddenBias.values[j]));
  return sum;
}

const bits = (n: number, length: number): number[] =>
  Array.from({ length }, (_, k) => (n >> k) & 1);

test('probabilities are those of the energy', () => {
  // P(h_j | v) from Boltzmann's law, summed over all states of h; the table of the neuron adds 1e-5.
  const machine = machineOf(3, 2, 8);
  for (let n = 0; n < 8; n++) {
    const v = bits(n, 3);
    const weight = (h: number[]): number => Math.exp(-energy(machine, v, h));
    const all = [0, 1, 2, 3].map((k) => bits(k, 2));
    const total = all.reduce((sum, h) => sum + weight(h), 0);
    const out = new Float32Array(2);
    machine.up(Float32Array.from(v), 1, out);
    for (const j of [0, 1]) {
      const expected = all.filter((h) => h[j] === 1).reduce((sum, h) => sum + weight(h), 0) / total;
      expect(Math.abs(out[j] - expected)).toBeLessThan(2e-5);
    }
  }
});

test('CD-1 follows a small implementation of its own, averaged over what is drawn', () => {
  // The mean over many draws of the update of the weights, against all states of h by enumeration.
  const v = [1, 0, 1];
  const trials = 4000;
  const mean = new Float64Array(6);
  const samples = Float32Array.from(v);
  const machine = machineOf(3, 2, 1);
  const start = structuredClone(machine.save());
  for (let trial = 0; trial < trials; trial++) {
    machine.restore(start);
    const before = machine.parts.weights.values.slice();
    machine.learn(samples, 1, 0, 11, trial);
    machine.parts.weights.values.forEach((w, k) => (mean[k] += (w - before[k]) / trials));
  }
  const { parts } = machineOf(3, 2, 1);
  const [w, c, b] = [parts.weights, parts.visibleBias, parts.hiddenBias].map(
    ({ values }) => values,
  );
  const up = (x: number[]): number[] =>
    [0, 1].map((j) => logistic(x.reduce((sum, xi, i) => sum + xi * w[2 * i + j], b[j])));
  const down = (h: number[]): number[] =>
    [0, 1, 2].map((i) => logistic(h.reduce((sum, hj, j) => sum + hj * w[2 * i + j], c[i])));
  const expected = new Float64Array(6);
  const p = up(v);
  for (let n = 0; n < 4; n++) {
    const h = bits(n, 2);
    const chance = h.reduce((product, hj, j) => product * (hj ? p[j] : 1 - p[j]), 1);
    const v1 = down(h);
    const h1 = up(v1);
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 2; j++) expected[2 * i + j] += chance * (v[i] * p[j] - v1[i] * h1[j]);
  }
  // Standard deviation of one update is below 0.3: five standard errors.
  expected.forEach((x, k) => {
    expect(Math.abs(mean[k] - x)).toBeLessThan((5 * 0.3) / Math.sqrt(trials));
  });
});

test('learning lowers the error of reconstructions', () => {
  const machine = machineOf(16, 12, 20);
  const samples = Float32Array.from({ length: 320 }, (_, k) => ((k % 16) >> ((k / 16) % 4)) & 1);
  const errors: number[] = [];
  for (let epoch = 0; epoch < 60; epoch++) errors.push(machine.learn(samples, 20, epoch, 1, epoch));
  expect(errors[59]).toBeLessThan(0.6 * errors[0]);
});

test('with states and codes, a mini-batch moves each code as a small implementation says', () => {
  // The same draws, all else written out: v′ and h′ are what fired, a code moves by the sign of the sums.
  const [visible, hidden, rows] = [5, 4, 6];
  const size = { visible, hidden, batch: rows };
  const rule = { leastStep: 1 / 64, deadBand: 1 };
  const kernels = new MatrixKernels(BoltzmannMachine.bytes(size) + (1 << 20));
  const weights = kernels.array(visible * hidden);
  weights.forEach((_, k) => (weights[k] = Math.sin(5 * k)));
  const neuron = new TabulatedNeuron(logisticNeuron());
  const zeros = (length: number): CodedArray => new CodedArray(new Float32Array(length), rule);
  const parts = {
    weights: new CodedArray(weights, rule),
    visibleBias: zeros(visible),
    hiddenBias: zeros(hidden),
    hiddenNeuron: neuron,
    visibleNeuron: neuron,
  };
  const machine = new BoltzmannMachine(kernels, size, parts, true);
  const samples = Float32Array.from({ length: rows * visible }, (_, k) =>
    (k * k) % 3 === 1 ? 1 : 0,
  );
  const before = [...parts.weights.codes];
  machine.learn(samples, rows, 0, 9, 3);

  const w = (i: number, j: number): number => before[i * hidden + j] / 64;
  const drawn = (stream: number, count: number): Float32Array => {
    const uniform = new Float32Array(count);
    fillUniform(uniform, count, { seed: 9, stream, round: 3 });
    return uniform;
  };
  const [u1, u2, u3] = [drawn(1, rows * hidden), drawn(2, rows * visible), drawn(3, rows * hidden)];
  const sums = new Float64Array(visible * hidden);
  const flips = { visible: new Uint32Array(visible), hidden: new Uint32Array(hidden) };
  const last = { visible: new Uint8Array(visible), hidden: new Uint8Array(hidden) };
  const store = (layer: 'visible' | 'hidden', states: number[]): void => {
    states.forEach((state, k) => {
      if (state !== last[layer][k]) flips[layer][k]++;
      last[layer][k] = state;
    });
  };
  const units = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
  const fired = (p: number, u: number): number => (u < p ? 1 : 0);
  for (let r = 0; r < rows; r++) {
    const v = [...samples.subarray(r * visible, (r + 1) * visible)];
    const upward = (x: number[], u: Float32Array): number[] =>
      units(hidden).map((j) => {
        const sum = x.reduce((total, xi, i) => total + xi * w(i, j), 0);
        return fired(logistic(sum), u[r * hidden + j]);
      });
    const h = upward(v, u1);
    const v1 = units(visible).map((i) => {
      const sum = h.reduce((total, hj, j) => total + hj * w(i, j), 0);
      return fired(logistic(sum), u2[r * visible + i]);
    });
    const h1 = upward(v1, u3);
    for (const i of units(visible))
      for (const j of units(hidden)) sums[i * hidden + j] += v[i] * h[j] - v1[i] * h1[j];
    for (const states of [v, v1]) store('visible', states);
    for (const states of [h, h1]) store('hidden', states);
  }
  const moved = before.map((code, k) => code + (sums[k] > 1 ? 1 : sums[k] < -1 ? -1 : 0));
  expect(moved).not.toEqual(before);
  expect([...parts.weights.codes]).toEqual(moved);
  // Each device holds its state before and after the reconstruction, sample after sample.
  expect(machine.visibleStates.flips).toEqual(flips.visible);
  expect(machine.hiddenStates.flips).toEqual(flips.hidden);
  // Once a mini-batch: from 0 to what was last.
  expect([...machine.hiddenStates.batchFlips]).toEqual([...last.hidden]);
});

describe('codes', () => {
  const rule = { leastStep: 1 / 64, deadBand: 0.5 };

  test('move by the sign of the difference, and stay within eight bits', () => {
    const array = new CodedArray(Float32Array.of(0, 0, 0, 127 / 64, -2), rule);
    array.learn(Float32Array.of(1, 0, 0.4, 1, 0), Float32Array.of(0, 1, 0, 0, 1));
    expect([...array.codes]).toEqual([1, -1, 0, 127, -128]);
    expect([...array.values]).toEqual([1 / 64, -1 / 64, 0, 127 / 64, -2]);
  });

  test('count each bit that changes in two’s complement', () => {
    const array = new CodedArray(Float32Array.of(0), rule);
    const [up, none] = [Float32Array.of(1), Float32Array.of(0)];
    array.learn(up, none); // 0 → 1: bit 0
    array.learn(up, none); // 1 → 2: bits 0, 1
    array.learn(none, up); // 2 → 1: bits 0, 1
    array.learn(none, up); // 1 → 0: bit 0
    array.learn(none, up); // 0 → −1: all
    expect([...array.flips.counts]).toEqual([5, 3, 1, 1, 1, 1, 1, 1]);
    // As sign and magnitude 0 → −1 changes b0 and the sign.
    expect([...array.signMagnitudeFlips.counts]).toEqual([5, 2, 0, 0, 0, 0, 0, 1]);
  });

  test('every code is kept', () => {
    const values = Float32Array.from({ length: 256 }, (_, k) => (k - 128) / 64);
    expect([...new CodedArray(values.slice(), rule).values]).toEqual([...values]);
  });
});

describe('the OxRAM neuron', () => {
  test('fires as often as drawn thresholds say', () => {
    const [gain, median, spread] = [1.1, 0.5, 0.4];
    const neuron = oxramNeuron(gain, median, spread);
    for (const sum of [-2, 0, 1, 3]) {
      let fired = 0;
      const trials = 20_000;
      for (let event = 0; event < trials; event++) {
        const z = gaussian({ seed: 1, run: 0, instance: 'n', draw: 'threshold', event });
        if (logistic(sum) > gain * median * Math.exp(spread * z)) fired++;
      }
      const p = neuron.probability(sum);
      // Four binomial standard deviations.
      const within = 4 * Math.sqrt((p * (1 - p)) / trials) + 1e-3;
      expect(Math.abs(fired / trials - p)).toBeLessThan(within);
    }
  });

  test('a table of it is as good as itself', () => {
    const neuron = oxramNeuron(1, 0.5, 0.4);
    const table = new TabulatedNeuron(neuron);
    const sums = Float32Array.from({ length: 2001 }, (_, k) => (k - 1000) / 30);
    const out = sums.slice();
    table.apply(out, out.length);
    sums.forEach((sum, k) => {
      expect(Math.abs(out[k] - neuron.probability(Math.max(-32, Math.min(32, sum))))).toBeLessThan(
        1e-4,
      );
    });
  });
});
