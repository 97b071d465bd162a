import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCsvData, trainers, type World } from '../../../src/arch/index.js';

const path = join(import.meta.dirname, '..', '..', '..', 'data', 'uci', 'iris.csv');
const iris = readCsvData('iris', { name: path, text: readFileSync(path, 'utf8') }).data!;
const world: World = {
  data: () => ({ training: iris }),
  characteristic: () => {
    throw new Error('not used');
  },
};
const trainer = trainers.find(({ name }) => name === 'synapse-grid')!;
const base = { data: 'iris', training: 90, test: 60, samples: 1080 };

const train = (own: object, seed = 1) => {
  const training = trainer.start(trainer.settings.parse({ ...base, ...own }), world, seed);
  while (training.step < training.steps) training.advance();
  return training.finish();
};

test('Iris needs 16.2 ms of circuit time, and learns to what a line can separate', () => {
  // 1080 samples of 15 µs; Rosenthal et al. 2016, table 3. The classes setosa and others are separable,
  // the other two are not: 5 to 30 % for a single split.
  const { measures } = train({});
  expect(measures.circuitTime).toBeCloseTo(16.2e-3, 12);
  expect(measures.error).toBeGreaterThan(2);
  expect(measures.error).toBeLessThan(32);
});

test('hidden layers that begin with zero weights stay dead', () => {
  const { measures } = train({ hidden: [4], spread: 0 });
  // All outputs depend on the bias only, so one class is always chosen.
  expect(measures.error).toBeCloseTo(100 * (2 / 3), 9);
});

test('hidden layers that begin at random learn', () => {
  expect(train({ hidden: [8], spread: 0.2 }).measures.error).toBeLessThan(35);
});

test('noise of the inputs changes the states, repeatably', () => {
  const own = { inputNoise: 0.1, noiseTemperature: 90 };
  expect(train(own)).toEqual(train(own));
  expect(train(own).details.states).not.toEqual(train({}).details.states);
});

test('a training that is saved and restored ends with the same bits', () => {
  const settings = trainer.settings.parse({ ...base, hidden: [4], spread: 0.2, inputNoise: 0.1 });
  const first = trainer.start(settings, world, 3);
  for (let k = 0; k < 5; k++) first.advance();
  const second = trainer.start(settings, world, 3);
  second.restore(structuredClone(first.save()));
  while (second.step < second.steps) second.advance();
  expect(second.finish()).toEqual(train({ hidden: [4], spread: 0.2, inputNoise: 0.1 }, 3));
});

test('a hidden layer learns exclusive or, which one layer cannot', () => {
  const xor = join(import.meta.dirname, '..', '..', '..', 'experiments', 'xor.csv');
  const data = readCsvData('xor', { name: xor, text: readFileSync(xor, 'utf8') }).data!;
  const clouds = { ...world, data: () => ({ training: data }) };
  const errorOf = (own: object): number => {
    const split = { data: 'xor', training: 80, test: 80, samples: 4000, transform: 'none' };
    const settings = trainer.settings.parse({ ...split, inputScale: 0.4, ...own });
    const training = trainer.start(settings, clouds, 1);
    while (training.step < training.steps) training.advance();
    return training.finish().measures.error;
  };
  // A line leaves one of the four clouds, or two, on the wrong side.
  expect(errorOf({})).toBeGreaterThan(20);
  const improved = { hidden: [8], spread: 0.2, bias: 0.6, writeShape: 'square-root' };
  expect(errorOf({ ...improved, target: [4e-3, -4e-3] })).toBeLessThan(3);
});

test('factors of pulses are one a layer, and pulses that are longer take the circuit longer', () => {
  const own = trainer.settings.parse({ ...base, hidden: [4], writeFactors: [2] });
  expect(trainer.check?.(own, world)).toEqual([
    { setting: 'writeFactors', message: '2 layers take as many factors, not 1' },
  ]);
  // Read and inverted read of 5 µs each, and a write of 20 µs.
  const { measures } = train({ hidden: [2], writeFactors: [2, 1], samples: 100 });
  expect(measures.circuitTime).toBeCloseTo(100 * 30e-6, 12);
});

test('pulses get shorter by the decay', () => {
  const states = (own: object): unknown => train({ samples: 180, ...own }).details.states;
  const decay = { every: 1, factor: 0.5 };
  expect(states({ samples: 90, decay })).toEqual(states({ samples: 90 }));
  expect(states({ decay })).not.toEqual(states({}));
});
