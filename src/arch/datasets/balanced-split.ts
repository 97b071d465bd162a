import { type LabelledData, selectSamples } from './labelled-data.js';
import { shuffled } from './shuffle.js';

export interface Split {
  readonly training: LabelledData;
  readonly test: LabelledData;
}

/** Of each stream of random numbers a number of its own. */
const splitStream = 1;

/**
 * Draws as many samples of each class for training and for test, by the seed. Rosenthal et al. 2016,
 * table 2, has sizes that are whole multiples of the number of classes (WDBC 300/120, Wine 96/48, Iris
 * 90/60), hence the balance. Where a size is none, the first classes get one more.
 * Throws a `RangeError` where `missingSamples` finds too few.
 */
export function balancedSplit(
  data: LabelledData,
  trainingCount: number,
  testCount: number,
  seed: number,
): Split {
  const missing = missingSamples(data, trainingCount, testCount);
  if (missing !== undefined) throw new RangeError(missing);
  const order = shuffled(data.count, seed, splitStream);
  const ofClass = data.classes.map((_, label) =>
    [...order].filter((index) => data.labels[index] === label),
  );
  const training: number[] = [];
  const test: number[] = [];
  ofClass.forEach((indices, label) => {
    const first = share(data, trainingCount, label);
    const both = first + share(data, testCount, label);
    training.push(...indices.slice(0, first));
    test.push(...indices.slice(first, both));
  });
  return { training: selectSamples(data, training), test: selectSamples(data, test) };
}

/**
 * Draws samples for training and for test by the seed, whatever their classes. Throws a `RangeError`
 * where there are too few.
 */
export function drawnSplit(
  data: LabelledData,
  trainingCount: number,
  testCount: number,
  seed: number,
): Split {
  if (trainingCount + testCount > data.count)
    throw new RangeError(`${trainingCount} and ${testCount} samples of ${data.count}`);
  const order = shuffled(data.count, seed, splitStream);
  const part = (from: number, count: number): LabelledData =>
    selectSamples(data, order.subarray(from, from + count));
  return { training: part(0, trainingCount), test: part(trainingCount, testCount) };
}

/** Says which class has too few samples for a balanced split, if one has. */
export function missingSamples(
  data: LabelledData,
  trainingCount: number,
  testCount: number,
): string | undefined {
  const counts = new Uint32Array(data.classes.length);
  for (const label of data.labels) counts[label]++;
  const short = data.classes.findIndex(
    (_, label) => share(data, trainingCount, label) + share(data, testCount, label) > counts[label],
  );
  if (short < 0) return undefined;
  const each = share(data, trainingCount, short) + share(data, testCount, short);
  return `${trainingCount} samples for training and ${testCount} for test take ${each} of each class, and class '${data.classes[short]}' of '${data.name}' has ${counts[short]}`;
}

/** How many of so many samples are of a class. */
function share({ classes }: LabelledData, total: number, label: number): number {
  const number = classes.length;
  return Math.floor(total / number) + (label < total % number ? 1 : 0);
}
