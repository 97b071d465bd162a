import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  balancedSplit,
  bipolarSigmoid,
  drawnSplit,
  readCifar,
  readCsvData,
  readIdxPair,
  scalingOf,
  shuffled,
  sigmoid,
  standardized,
} from '../../../src/arch/datasets/index.js';

const uci = join(import.meta.dirname, '..', '..', '..', 'data', 'uci');
const csv = (file: string): ReturnType<typeof readCsvData> => {
  const bytes = readFileSync(join(uci, file));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
  return readCsvData(file, { name: file, text });
};

describe('sets that come with the project', () => {
  // Sizes and counts of classes as the UCI repository's pages give them.
  test.each([
    ['iris.csv', 150, 4, [50, 50, 50]],
    ['wine_data.csv', 178, 13, [59, 71, 48]],
    ['breast_cancer.csv', 569, 30, [212, 357]],
    ['digits.csv.gz', 1797, 64, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]],
  ])('%s', (file, count, features, classes) => {
    const { data, diagnostics } = csv(file);
    expect(diagnostics).toEqual([]);
    expect([data!.count, data!.features]).toEqual([count, features]);
    expect(data!.classes.map((_, k) => data!.labels.filter((x) => x === k).length)).toEqual(
      classes,
    );
  });

  test('the first flower of Iris is as Fisher printed it', () => {
    const { data } = csv('iris.csv');
    expect([...data!.inputs.subarray(0, 4)]).toEqual([5.1, 3.5, 1.4, 0.2]);
    expect(data!.classes).toEqual(['setosa', 'versicolor', 'virginica']);
  });
});

test.each([
  ['2,2,a,b\n1,2,0\n1,x,1\n', 'here is something but numbers', 16],
  ['2,2,a,b\n1,2,0\n1,1\n', 'there are 2 features above, and here another number', 16],
  ['3,2,a,b\n1,2,0\n1,1,1\n', 'this promises 3 samples of 2 features', 0],
  ['1,2,0\n1,2,0.5\n', 'the last column is the label, a whole number from 0 to 255', 6],
  ['', 'there are no samples', 0],
  ['11,2,0\n1,,1\n', 'here is something but numbers', 7],
  ['11,2,0\n1,Infinity,1\n', 'here is something but numbers', 7],
  ['11,2,0\n1,2,\n', 'the last column is the label, a whole number from 0 to 255', 7],
  ['1,2,0\n1,2,b\n', 'the last column is the label, a whole number from 0 to 255', 6],
  ['11,2,0\n1,2\n', 'there are 2 features above, and here another number', 7],
])('%j: %s', (text, message, start) => {
  const [diagnostic] = readCsvData('own', { name: 'own.csv', text }).diagnostics;
  expect(diagnostic.message).toBe(message);
  expect(diagnostic.span!.start).toBeGreaterThanOrEqual(start - 2);
});

test.each([
  ['1.5,2,rose\n1,3,iris\n2,2,rose\n', ['iris', 'rose'], [1, 0, 1]],
  ['sepal,petal,kind\n1.5,2,rose\n1,3,iris\n', ['iris', 'rose'], [1, 0]],
  ['sepal,petal,kind\n1,2,3\n1,3,1\n', ['1', '3'], [1, 0]],
  // A sample, no head: the line below has a name at its end too.
  ['5,2,rose\n1,3,iris\n', ['iris', 'rose'], [1, 0]],
  ['2,2,rose,iris\n1,3,1\n2,3,0\n', ['rose', 'iris'], [1, 0]],
])('%j has the classes %j', (text, classes, labels) => {
  const { data, diagnostics } = readCsvData('own', { name: 'own.csv', text });
  expect(diagnostics).toEqual([]);
  expect([data!.classes, [...data!.labels], data!.features]).toEqual([classes, labels, 2]);
});

const big = (...values: number[]): number[] =>
  values.flatMap((value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);

describe('idx files', () => {
  const images = Uint8Array.from([...big(0x803, 2, 1, 3), 1, 2, 3, 4, 5, 6]);
  const labels = Uint8Array.from([...big(0x801, 2), 7, 0]);

  test('are images and labels', () => {
    const { data } = readIdxPair('two', images, labels);
    expect([...data!.inputs]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...data!.labels]).toEqual([7, 0]);
    expect(data!.shape).toEqual([1, 1, 3]);
    expect(data!.classes).toHaveLength(8);
  });

  test.each([
    [images.subarray(0, 20), labels, /cut off/],
    [labels, images, /no pair of idx files/],
    [images, Uint8Array.from([...big(0x801, 1), 7]), /2 images and 1 labels/],
  ])('are refused where they are broken (%#)', (first, second, pattern) => {
    expect(readIdxPair('two', first, second).diagnostics[0].message).toMatch(pattern);
  });
});

test('batches of CIFAR-10 become planes of red, green and blue', () => {
  const record = new Uint8Array(3073).fill(9);
  record[0] = 6;
  const { data } = readCifar('one', [record, record]);
  expect([data!.count, data!.features, data!.inputs[3071], data!.labels[1]]).toEqual([
    2, 3072, 9, 6,
  ]);
  expect(data!.classes[6]).toBe('frog');
  expect(readCifar('one', [record.subarray(1)]).diagnostics).toHaveLength(1);
});

describe('splits', () => {
  // Rosenthal et al. 2016, table 2.
  test.each([
    ['breast_cancer.csv', 300, 120],
    ['wine_data.csv', 96, 48],
    ['iris.csv', 90, 60],
  ])('%s: %i and %i, balanced and apart', (file, training, tested) => {
    const { data } = csv(file);
    const split = balancedSplit(data!, training, tested, 7);
    for (const [part, total] of [
      [split.training, training],
      [split.test, tested],
    ] as const)
      for (const label of data!.classes.keys())
        expect(part.labels.filter((x) => x === label)).toHaveLength(total / data!.classes.length);
    const rows = (part: typeof split.test): string[] =>
      Array.from({ length: part.count }, (_, i) =>
        part.inputs.subarray(i * part.features, (i + 1) * part.features).join(),
      );
    // Iris has two equal flowers, which may fall on both sides.
    const common = rows(split.training).filter((row) => rows(split.test).includes(row));
    expect(common.length).toBeLessThanOrEqual(file === 'iris.csv' ? 2 : 0);
    expect(balancedSplit(data!, training, tested, 7)).toEqual(split);
    expect(balancedSplit(data!, training, tested, 8)).not.toEqual(split);
  });

  test('a class that is too small is refused', () => {
    expect(() => balancedSplit(csv('iris.csv').data!, 150, 60, 1)).toThrow(RangeError);
  });
});

test('a split that is drawn takes samples of all classes as they come, none twice', () => {
  const { data } = csv('breast_cancer.csv');
  const { training, test: tested } = drawnSplit(data!, 300, 269, 7);
  // All 569 samples are in one of the parts, so that counts and sums of both are those of the set.
  const benign = [...training.labels, ...tested.labels].filter(
    (label) => data!.classes[label] === data!.classes[data!.labels[0]],
  );
  const first = [...data!.labels].filter((label) => label === data!.labels[0]);
  expect(benign).toHaveLength(first.length);
  const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
  expect(sum(training.inputs) + sum(tested.inputs)).toBeCloseTo(sum(data!.inputs), 6);
  expect(drawnSplit(data!, 300, 120, 8).training).not.toEqual(training);
  expect(() => drawnSplit(data!, 300, 270, 7)).toThrow(RangeError);
});

test('every index is as likely at every place', () => {
  // 4000 orders of 5: each of the 25 counts is binomial with mean 800 and deviation 25.3.
  const counts = new Float64Array(25);
  for (let round = 0; round < 4000; round++)
    shuffled(5, 3, 9, round).forEach((index, place) => counts[place * 5 + index]++);
  for (const count of counts) expect(Math.abs(count - 800)).toBeLessThan(4.5 * 25.3);
});

test('z-scores have mean 0 and deviation 1; the sigmoids are what their names say', () => {
  const { data } = csv('wine_data.csv');
  const z = standardized(data!, scalingOf(data!));
  const own = scalingOf({ ...data!, inputs: z });
  for (let j = 0; j < 13; j++) {
    expect(own.mean[j]).toBeCloseTo(0, 12);
    expect(own.deviation[j]).toBeCloseTo(1, 12);
  }
  expect(bipolarSigmoid(1)).toBeCloseTo((1 - Math.exp(-1)) / (1 + Math.exp(-1)), 15);
  expect(sigmoid(-2)).toBeCloseTo(1 / (1 + Math.exp(2)), 15);
});
