/** Trainings of binarized networks on the small digits. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  type CharacteristicData,
  readCsvData,
  trainers,
  type TrainingReport,
  TransferCharacteristic,
  type World,
} from '../../../src/arch/index.js';
import { gatherBatch } from '../../../src/arch/trainers/binarized-samples.js';

const path = join(import.meta.dirname, '..', '..', '..', 'data', 'uci', 'digits.csv.gz');
const text = gunzipSync(readFileSync(path)).toString('latin1');
const digits = { ...readCsvData('digits', { name: path, text }).data!, shape: [1, 8, 8] as const };
const world: World = {
  data: () => ({ training: digits }),
  characteristic: () => {
    throw new Error('not used');
  },
};
const trainer = trainers.find(({ name }) => name === 'binarized-network')!;
const base = { data: 'digits', training: 1200, layers: [100], epochs: 8, batch: 50 };
const begin = (own: object, seed = 1) =>
  trainer.start(trainer.settings.parse({ ...base, ...own }), world, seed);

function train(own: object, seed = 1) {
  const training = begin(own, seed);
  const reports: TrainingReport[] = [];
  while (training.step < training.steps) reports.push(training.advance());
  return { reports, ...training.finish() };
}

describe('without noise and spread (row M19)', () => {
  const started = { initialPulses: 30, spread: 'none', telegraph: 'none', pink: false };
  const devices = train(started);

  test('devices are whole numbers of pulses, bit for bit', () => {
    const integers = train({ ...started, synapses: 'integers' });
    const curve = ({ reports }: typeof integers): number[][] =>
      reports.map(({ values: { loss, error, trainingError } }) => [loss, error, trainingError]);
    expect(curve(devices)).toEqual(curve(integers));
    expect(devices.details.confusion).toEqual(integers.details.confusion);
  });

  test('they learn', () => {
    // Chance is 90 % wrong; floating-point hidden weights of this network reach 8 %.
    expect(devices.measures.error).toBeLessThan(14);
    expect(devices.measures.meanPulses).toBeGreaterThan(100);
  });

  test('figures show devices and hidden weights', () => {
    const figures = devices.details.figures as { name: string; bins?: { counts: number[] } }[];
    const counted = figures.map(({ name, bins }) => [name, bins?.counts.reduce((a, b) => a + b)]);
    // 64 × 100 and 100 × 10 weights of two devices.
    expect(counted).toEqual([
      ['hidden-weights', 7400],
      ['hidden-weight-maps', undefined],
      ['conductances', 14800],
      ['pulses', 14800],
    ]);
  });

  test('the curve ends where counting bits ends', () => {
    expect(devices.reports.at(-1)!.values.error).toBe(devices.measures.error);
  });
});

test('floating-point hidden weights learn', () => {
  expect(train({ synapses: 'floats', learningRate: 5e-3 }).measures.error).toBeLessThan(14);
});

test.each(['printed', 'program'])('with all imperfections it learns less well: %s', (noise) => {
  // Chance is 90 %; without noise and spread less than 14 % are wrong, as above.
  const { error } = train({ noise }).measures;
  expect(error).toBeGreaterThan(14);
  expect(error).toBeLessThan(45);
});

test('convolutions with pooling learn', () => {
  const own = {
    layers: [
      { conv: 12, pool: true },
      { conv: 16, pool: true },
    ],
    centre: true,
    epochs: 5,
    synapses: 'floats',
    learningRate: 5e-3,
  };
  expect(train(own).measures.error).toBeLessThan(20);
});

test.each([
  { spread: 'truncated' },
  { noise: 'program', start: 'stationary' },
  { synapses: 'floats', learningRate: 5e-3, augment: 1 },
])('a training that is saved and restored ends with the same bits: %j', (own) => {
  const settings = { ...own, epochs: 4, training: 400, test: 200 };
  const whole = train(settings, 4);
  const first = begin(settings, 4);
  for (let k = 0; k < 2; k++) first.advance();
  const second = begin(settings, 4);
  second.restore(structuredClone(first.save()));
  const rest: TrainingReport[] = [];
  while (second.step < second.steps) rest.push(second.advance());
  expect(rest).toEqual(whole.reports.slice(2));
  expect(second.finish().measures).toEqual(whole.measures);
});

test('equal devices without a random start are refused', () => {
  const parse = (own: object) => trainer.settings.safeParse({ ...base, ...own });
  const equal = { spread: 'none', telegraph: 'none', pink: false };
  expect(parse(equal).error!.issues[0].path).toEqual(['initialPulses']);
  expect(parse({ ...equal, initialPulses: 5 }).success).toBe(true);
  expect(parse({ synapses: 'integers' }).success).toBe(false);
});

test.each([
  [{ training: 1797 }, 'training', /no test part/],
  [{ training: 5000 }, 'training', /1797 samples to learn from/],
  [{ training: 1700, test: 98 }, 'test', /97 samples/],
  [{ layers: [20, { conv: 4 }] }, 'layers', /no image/],
  [{ layers: [1, 2, 3, 4].map(() => ({ conv: 4, pool: true })) }, 'layers', /leaves none/],
  [{ data: 'wine', layers: [{ conv: 4 }] }, 'layers', /are no images/],
])('what the data do not have is told: %j', (own, setting, message) => {
  const { name: set, count, features, inputs, labels, classes } = digits;
  const plain = { name: set, count, features, inputs, labels, classes };
  const other = {
    ...world,
    data: (name: string) => ({ training: name === 'wine' ? plain : digits }),
  };
  const problems = trainer.check!(trainer.settings.parse({ ...base, ...own }), other);
  expect(problems).toHaveLength(1);
  expect(problems[0].setting).toBe(setting);
  expect(problems[0].message).toMatch(message);
});

test('images are shifted and mirrored, and never mixed', () => {
  const shape = { planes: 1, rows: 3, columns: 3 };
  const inputs = Int16Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const samples = { count: 1, shape, inputs, labels: new Uint8Array(1) };
  const seen = new Set<string>();
  for (let epoch = 0; epoch < 300; epoch++) {
    const augmentation = { seed: 1, stream: 9, epoch, shift: 1 };
    seen.add([...gatherBatch(samples, [0], 0, 1, augmentation)].join(''));
  }
  // 3 × 3 shifts, each with its mirror image.
  expect(seen.size).toBe(18);
  expect([...seen]).toEqual(expect.arrayContaining(['123456789', '321654987', '230560890']));
});

describe('with sense amplifiers', () => {
  /** Chances of a normal offset, as a table. */
  const amplifier = (sigma: number): TransferCharacteristic => {
    const knots = Array.from({ length: 161 }, (_, k) => -0.4 + k / 200);
    const values = knots.map((x) => 1 / (1 + Math.exp((-1.7 * x) / sigma)));
    const bound = { absolute: 0, ofRange: 0, met: true };
    return new TransferCharacteristic({
      name: 'amplifier',
      inputs: [{ kind: 'continuous', name: 'ratio', unit: '', scale: 'linear', knots }],
      outputs: [{ kind: 'probability', name: 'p', unit: '', values, bound }],
      provenance: { circuitHash: `sigma ${sigma}` },
    } as unknown as CharacteristicData);
  };
  const own = (more: object = {}) => {
    const senseAmplifier = { characteristic: 'amplifier', ...more };
    return { ...base, epochs: 4, telegraph: 'none', pink: false, senseAmplifier };
  };
  const start = (sigma: number, more: object = {}) =>
    trainer.start(
      trainer.settings.parse(own(more)),
      { ...world, characteristic: () => amplifier(sigma) },
      1,
    );
  const trained = (sigma: number, more: object = {}) => {
    const training = start(sigma, more);
    while (training.step < training.steps) training.advance();
    return training.finish();
  };

  test('a circuit that decides less well misreads more weights, and another network comes out', () => {
    const [good, poor] = [trained(0.002), trained(0.1)];
    expect(good.measures.misread).toBeLessThan(poor.measures.misread / 3);
    expect(good.details.characteristics).toEqual([
      { name: 'amplifier', circuitHash: 'sigma 0.002' },
    ]);
    expect(good.details.confusion).not.toEqual(poor.details.confusion);
  });

  test('offsets that training has not seen cost more than those that it has', () => {
    const [seen, unseen] = [trained(0.1), trained(0.1, { during: 'evaluation' })];
    expect(unseen.measures.error).toBeGreaterThan(seen.measures.error);
    expect(trained(0.1, { during: 'training' }).measures.misread).toBe(0);
  });

  test('a training that is saved and restored ends with the same bits', () => {
    const first = start(0.05, { errors: 'read' });
    first.advance();
    const second = start(0.05, { errors: 'read' });
    second.restore(structuredClone(first.save()));
    while (second.step < second.steps) second.advance();
    expect(second.finish()).toEqual(trained(0.05, { errors: 'read' }));
  });

  test('what they cannot read is refused', () => {
    const refusal = (more: object): string =>
      trainer.settings.safeParse({ ...own(), ...more }).error?.issues[0].message ?? '';
    expect(refusal({ synapses: 'floats' })).toMatch(/pairs of devices only/);
    expect(refusal({ noise: 'program', telegraph: 'everywhere' })).toMatch(/at each reading/);
    expect(refusal({ noise: 'program' })).toBe('');
  });
});
