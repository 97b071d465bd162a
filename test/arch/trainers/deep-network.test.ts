import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readCsvData, selectSamples, trainers, type World } from '../../../src/arch/index.js';
import type { SwitchingTable } from '../../../src/arch/trainers/endurance.js';

const path = join(import.meta.dirname, '..', '..', '..', 'data', 'uci', 'digits.csv.gz');
const text = gunzipSync(readFileSync(path)).toString('latin1');
const digits = readCsvData('digits', { name: path, text }).data!;
const world: World = {
  data: () => ({ training: digits }),
  characteristic: () => {
    throw new Error('not used');
  },
};
const trainer = trainers.find(({ name }) => name === 'deep-network')!;
const base = { data: 'digits', training: 1000, test: 500, layers: [48], epochs: [15], batch: 50 };
const classify = { ...base, task: 'classify', readout: { epochs: 20 } };
const begin = (own: object, seed = 1) => trainer.start(trainer.settings.parse(own), world, seed);
const train = (own: object, seed = 1) => {
  const training = begin(own, seed);
  while (training.step < training.steps) training.advance();
  return training.finish();
};

describe('small digits', () => {
  // Chance is 10 %; a linear classifier on the pixels reaches some 91 % with this split.
  test('in floating point', () => {
    expect(train(classify).measures.top1).toBeGreaterThan(82);
  });

  test('with codes and stochastic neurons', () => {
    const own = { ...classify, weights: 'oxram', neurons: 'oxram' };
    const { measures, details } = train(own);
    expect(measures.top1).toBeGreaterThan(70);
    const { weights, storageBytes } = details.switching as {
      weights: { most: number; bound: number; mostOfBit: number[] }[];
      storageBytes: number;
    };
    // 64 × 48 and 48 × 10 weights of one byte.
    expect(storageBytes).toBe(64 * 48 + 480);
    // Equation (3): one step for each of 20 mini-batches of 15 epochs.
    expect(weights[0].bound).toBe(300);
    expect(weights[0].most).toBeLessThanOrEqual(300);
    expect(weights[0].most).toBe(weights[0].mostOfBit[0]);
  });
});

test('fine-tuning by the signs of gradients helps networks of codes', () => {
  const own = { ...classify, weights: 'oxram', neurons: 'oxram' };
  const tuned = { ...own, fineTuning: { epochs: 10 } };
  expect(train(tuned).measures.top1).toBeGreaterThan(train(own).measures.top1 + 2);
});

test('noise is taken off', () => {
  const { measures, details } = train({ ...base, task: 'denoise', epochs: [40], noise: 0.1 });
  expect(measures.mse).toBeLessThan(0.8 * (details.noisyMse as number));
  const densities = details.densities as { density: number; noisy: number; denoised: number }[];
  expect(densities.map(({ density }) => density)).toEqual([0.02, 0.05, 0.1, 0.2]);
  // The same draws at its own density, and more noise costs more.
  expect(densities[2].denoised).toBe(measures.mse);
  expect(densities[3].noisy).toBeGreaterThan(densities[2].noisy);
  expect(densities[3].denoised).toBeGreaterThan(densities[0].denoised);
});

test('a training that is saved and restored ends with the same bits, also within a layer', () => {
  const own = {
    ...classify,
    layers: [24, 12],
    epochs: [4, 3],
    weights: 'oxram',
    readout: { epochs: 3 },
    fineTuning: { epochs: 3 },
  };
  const whole = train(own, 4);
  for (const stop of [2, 5, 8, 11]) {
    const first = begin(own, 4);
    for (let k = 0; k < stop; k++) first.advance();
    const second = begin(own, 4);
    second.restore(structuredClone(first.save()));
    while (second.step < second.steps) second.advance();
    expect(second.finish()).toEqual(whole);
  }
});

test('an epoch for each layer is asked for', () => {
  const { success, error } = trainer.settings.safeParse({ ...classify, layers: [20, 10] });
  expect(success).toBe(false);
  expect(error!.issues[0].path).toEqual(['epochs']);
});

test('a network that answers the same to all is right by chance', () => {
  // Without a read-out all outputs are equal; of these the first counts, in top 1 as in top 5.
  const own = { ...classify, epochs: [1], readout: { epochs: 0 } };
  const { measures, details } = train(own);
  const confusion = details.confusion as number[][];
  expect(confusion.every((row) => row.slice(1).every((count) => count === 0))).toBe(true);
  expect(measures.top1).toBeCloseTo((100 * confusion[0][0]) / 500, 10);
  expect(measures.top5).toBeLessThan(60);
});

test('a network that diverged has no right answers', () => {
  const { measures } = train({
    ...classify,
    epochs: [1],
    readout: { epochs: 3, learningRate: 1e300 },
  });
  expect(measures.top1).toBe(0);
});

describe('gains that are found', () => {
  const own = {
    ...classify,
    layers: [32, 16],
    epochs: [20, 12],
    weights: 'oxram',
    neurons: 'oxram',
    deadBand: 2,
  };
  const tuned = { ...own, gain: 'auto', gainTuning: { epochs: 15 } };
  const { measures, details } = train(tuned);
  const gains = details.gains as {
    gain: number;
    inputs: number;
    trials: { gain: number; error: number }[];
    updates: number;
  }[];

  test('are those of the least error, one for each layer', () => {
    expect(gains.map(({ inputs }) => inputs)).toEqual([64, 32]);
    for (const { gain, trials, updates } of gains) {
      const least = Math.min(...trials.map(({ error }) => error));
      expect(trials.find((trial) => trial.gain === gain)!.error).toBe(least);
      // Five gains, 15 epochs; a third of 1000 samples is held out, 667 make 14 batches of 50.
      expect(updates).toBe(5 * 15 * 14);
    }
  });

  test('leave the machines as they were: given gains end with the same bits', () => {
    const given = train({ ...own, gain: gains.map(({ gain }) => gain) });
    expect(given.measures).toEqual(measures);
    expect(given.details.switching).toEqual(details.switching);
  });

  // Chance is 10 %. At 1.8 an OxRAM neuron with a sum of 0 fires with probability Φ(−ln 1.8/0.4) = 0.07.
  test('are the cure where one gain for all layers is none', () => {
    const failed = train({ ...own, gain: 1.8 }).measures.top1;
    expect(failed).toBeLessThan(40);
    expect(measures.top1).toBeGreaterThan(failed + 20);
  });

  test('survive an interrupt, before, between and after the layers', () => {
    const small = {
      ...tuned,
      training: 200,
      test: 100,
      epochs: [2, 2],
      readout: { epochs: 1 },
      gainTuning: { epochs: 4, candidates: [0.8, 1.6] },
    };
    const whole = train(small);
    for (const stop of [0, 1, 2, 3, 4]) {
      const first = begin(small);
      for (let k = 0; k < stop; k++) first.advance();
      const second = begin(small);
      second.restore(structuredClone(first.save()));
      while (second.step < second.steps) second.advance();
      expect(second.finish()).toEqual(whole);
    }
  });

  test('are found before the sigmoid as well, where one that is too low leaves nothing', () => {
    // At 0.02 the sums hardly leave the middle of the sigmoid.
    const small = { ...own, training: 600, epochs: [15, 15] };
    const failed = train({ ...small, normalization: 0.02 });
    const candidates = [0.02, 1];
    const found = train({ ...small, normalization: 'auto', gainTuning: { epochs: 5, candidates } });
    const choices = found.details.gains as { of: string; gain: number }[];
    expect(choices.map(({ of, gain }) => [of, gain])).toEqual([
      ['normalization', 1],
      ['normalization', 1],
    ]);
    expect(found.measures).toEqual(train({ ...small, normalization: 1 }).measures);
    expect(found.measures.top1).toBeGreaterThan(failed.measures.top1 + 20);
    const bits = (of: typeof found): number => (of.details.activity as { bits: number }[])[1].bits;
    expect(bits(failed)).toBeLessThan(0.1 * bits(found));
  });

  test('one of two gains is tuned', () => {
    const both = { ...own, gain: 'auto', normalization: 'auto' };
    const { success, error } = trainer.settings.safeParse(both);
    expect(success).toBe(false);
    expect(error!.issues[0].path).toEqual(['normalization']);
  });

  test('are tuned only where that is asked for', () => {
    const { success, error } = trainer.settings.safeParse({ ...own, gainTuning: {} });
    expect(success).toBe(false);
    expect(error!.issues[0].path).toEqual(['gainTuning']);
  });
});

test('a set whose file has one class after the other is divided evenly', () => {
  // In the order of the file the first 1000 samples would have digits 0 to 5 only.
  const order = Array.from(digits.labels.keys()).sort(
    (a, b) => digits.labels[a] - digits.labels[b],
  );
  const sorted = selectSamples(digits, order);
  const own = { ...classify, epochs: [3], readout: { epochs: 2 } };
  const training = trainer.start(
    trainer.settings.parse(own),
    { ...world, data: () => ({ training: sorted }) },
    1,
  );
  while (training.step < training.steps) training.advance();
  const { confusion } = training.finish().details as { confusion: number[][] };
  const sizes = confusion.map((row) => row.reduce((a, b) => a + b, 0));
  // 500 of 1797 samples: each of the ten classes has 174 to 183 of them, a share of 48 to 51.
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(47);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(52);
});

test('layers tell how active they are, and devices how often they switched, in either code', () => {
  const own = { ...classify, epochs: [4], readout: { epochs: 1 }, weights: 'oxram' };
  const { details, measures } = train(own);
  const [activity] = details.activity as { layer: string; mean: number; bits: number }[];
  expect(activity.layer).toBe('L2');
  expect(activity.mean).toBeGreaterThan(0);
  expect(activity.bits).toBeGreaterThan(0);
  expect(activity.bits).toBeLessThanOrEqual(1);
  expect(measures.storage).toBe((64 * 48 + 480) / 1024);
  const { weights, states, warnings } = details.switching as SwitchingTable;
  expect(states.map(({ layer, devices }) => [layer, devices])).toEqual([
    ['L1', 64],
    ['L2', 48],
  ]);
  for (const { most, bound, ofBatches } of states) {
    // Equation (2): 4 epochs of 1000 samples; two states are written for each.
    expect(bound).toBe(4000);
    expect(most).toBeLessThanOrEqual(2 * bound);
    expect(ofBatches.most).toBeLessThanOrEqual(80);
    expect(ofBatches.most).toBeGreaterThan(0);
  }
  for (const { mostOfBit, signMagnitude } of weights) {
    // The least bit changes with each step in both codes; the upper ones of codes round 0 in one only.
    expect(signMagnitude.mostOfBit[0]).toBe(mostOfBit[0]);
    expect(signMagnitude.mostOfBit[6]).toBeLessThan(mostOfBit[6]);
  }
  expect(warnings).toEqual([]);
});
