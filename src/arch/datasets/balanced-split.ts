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
 * Throws a `RangeError` where a class has too few samples.
 */
export function balancedSplit(
  data: LabelledData,
  trainingCount: number,
  testCount: number,
  seed: number,
): Split {
  const number = data.classes.length;
  const order = shuffled(data.count, seed, splitStream);
  const ofClass = data.classes.map((_, label) =>
    [...order].filter((index) => data.labels[index] === label),
  );
  const share = (total: number, label: number): number =>
    Math.floor(total / number) + (label < total % number ? 1 : 0);
  const training: number[] = [];
  const test: number[] = [];
  ofClass.forEach((indices, label) => {
    const first = share(trainingCount, label);
    const both = first + share(testCount, label);
    if (both > indices.length)
      throw new RangeError(`class ${label} of ${data.name} has ${indices.length} samples`);
    training.push(...indices.slice(0, first));
    test.push(...indices.slice(first, both));
  });
  return { training: selectSamples(data, training), test: selectSamples(data, test) };
}
