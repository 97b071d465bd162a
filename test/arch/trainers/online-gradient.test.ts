import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  balancedSplit,
  readCsvData,
  shuffled,
  trainers,
  type World,
} from '../../../src/arch/index.js';

const path = join(import.meta.dirname, '..', '..', '..', 'data', 'uci', 'iris.csv');
const iris = readCsvData('iris', { name: path, text: readFileSync(path, 'utf8') }).data!;
const world: World = {
  data: () => ({ training: iris }),
  characteristic: () => {
    throw new Error('not used');
  },
};
const trainer = trainers.find(({ name }) => name === 'online-gradient')!;
const own = trainer.settings.parse({
  data: 'iris',
  training: 90,
  test: 60,
  samples: 225,
  learningRate: 0.1,
});

test('weights are those of a few lines written from the equations', () => {
  const training = trainer.start(own, world, 5);
  while (training.step < training.steps) training.advance();
  const { weights } = training.finish().details as { weights: number[] };
  // 225 samples of 90: two passes and a half, each in an order of its own.
  const { training: part } = balancedSplit(iris, 90, 60, 5);
  const columns = [0, 1, 2, 3].map((j) => [...part.inputs].filter((_, i) => i % 4 === j));
  const scaled = columns.map((column) => {
    const mean = column.reduce((a, b) => a + b) / 90;
    const deviation = Math.sqrt(column.reduce((a, b) => a + (b - mean) ** 2, 0) / 90);
    return column.map((x) => 2 / (1 + Math.exp(-(x - mean) / deviation)) - 1);
  });
  const expected = [0, 1, 2].map(() => [0, 0, 0, 0, 0]);
  for (let k = 0; k < 225; k++) {
    const i = shuffled(90, 5, 2, Math.floor(k / 90))[k % 90];
    const u = [...scaled.map((column) => column[i]), 1];
    for (const [n, row] of expected.entries()) {
      const r = row.reduce((sum, w, m) => sum + w * u[m], 0);
      const y = (part.labels[i] === n ? 1 : -1) - r;
      for (const m of u.keys()) row[m] += 0.1 * y * u[m];
    }
  }
  expected.flat().forEach((weight, k) => {
    expect(weights[k]).toBeCloseTo(weight, 12);
  });
});

test('a training that is saved and restored ends with the same bits', () => {
  const whole = trainer.start(own, world, 3);
  while (whole.step < whole.steps) whole.advance();
  const first = trainer.start(own, world, 3);
  first.advance();
  const second = trainer.start(own, world, 3);
  second.restore(structuredClone(first.save()));
  while (second.step < second.steps) second.advance();
  expect(second.finish()).toEqual(whole.finish());
});

test('without reordering all passes have the order of the first', () => {
  const weightsOf = (settings: object): unknown => {
    const base = { data: 'iris', training: 90, test: 60 };
    const training = trainer.start(trainer.settings.parse({ ...base, ...settings }), world, 5);
    while (training.step < training.steps) training.advance();
    return training.finish().details.weights;
  };
  expect(weightsOf({ samples: 90, reorder: false })).toEqual(weightsOf({ samples: 90 }));
  expect(weightsOf({ samples: 180, reorder: false })).not.toEqual(weightsOf({ samples: 180 }));
});

test('a hidden layer learns what one layer cannot, and repeats', () => {
  const xor = join(import.meta.dirname, '..', '..', '..', 'experiments', 'xor.csv');
  const data = readCsvData('xor', { name: xor, text: readFileSync(xor, 'utf8') }).data!;
  const clouds = { ...world, data: () => ({ training: data }) };
  const errorOf = (hidden: number[]): number => {
    const base = { data: 'xor', training: 80, test: 80, samples: 4000, transform: 'none' };
    const training = trainer.start(trainer.settings.parse({ ...base, hidden }), clouds, 1);
    while (training.step < training.steps) training.advance();
    return training.finish().measures.error;
  };
  // A line leaves one of the four clouds, or two, on the wrong side.
  expect(errorOf([])).toBeGreaterThan(20);
  expect(errorOf([8])).toBeLessThan(3);
});
