/** Samples of a data set as binarized networks take them: whole numbers, planes of a pixel together. */
import { firstSamples, type LabelledData, selectSamples } from '../datasets/index.js';
import type { Shape } from '../networks/binary/index.js';
import type { World } from './trainer.js';
import { uniformDraw } from './draws.js';

export interface IntegerSamples {
  readonly count: number;
  readonly shape: Shape;
  /** Row by row. */
  readonly inputs: Int16Array;
  readonly labels: Uint8Array;
}

export interface SampleSettings {
  readonly data: string;
  /** Samples that are learnt from, the first ones; all where it is absent. */
  readonly training?: number | undefined;
  /** Samples that judge; where the set has no such part, those that follow. */
  readonly test?: number | undefined;
  /** Takes the mean of the training samples off, rounded. */
  readonly centre: boolean;
}

export function integerSamples(
  { data, training, test, centre }: SampleSettings,
  world: World,
): {
  readonly training: IntegerSamples;
  readonly test: IntegerSamples;
  readonly classes: readonly string[];
} {
  const { training: all, test: own } = world.data(data);
  const learnt = firstSamples(all, training ?? all.count);
  const rest = Array.from({ length: all.count - learnt.count }, (_, k) => learnt.count + k);
  const judging = own ?? selectSamples(all, rest);
  const judged = firstSamples(judging, test ?? judging.count);
  if (judged.count === 0)
    throw new RangeError(`no samples of '${data}' are left to judge: give 'training' fewer`);
  const whole = wholeNumbers(learnt);
  const mean = centre ? planeMeans(learnt, whole) : undefined;
  const samplesOf = (part: LabelledData): IntegerSamples => ({
    count: part.count,
    shape: shapeOf(part),
    inputs: interleaved(part, whole, mean),
    labels: part.labels,
  });
  return { training: samplesOf(learnt), test: samplesOf(judged), classes: all.classes };
}

function shapeOf({ shape, features }: LabelledData): Shape {
  const [planes, rows, columns] = shape ?? [features, 1, 1];
  return { planes, rows, columns };
}

/** Numbers that are whole stay; others become 0 … 255 between the ends of the training samples. */
function wholeNumbers({ inputs }: LabelledData): (x: number) => number {
  let [least, most, whole] = [Infinity, -Infinity, true];
  for (const x of inputs) {
    least = Math.min(least, x);
    most = Math.max(most, x);
    whole &&= Number.isInteger(x);
  }
  if (whole && least >= -255 && most <= 255) return (x) => x;
  const scale = 255 / (most - least || 1);
  return (x) => Math.max(-255, Math.min(510, Math.round((x - least) * scale)));
}

function planeMeans(data: LabelledData, whole: (x: number) => number): number[] {
  const { planes, rows, columns } = shapeOf(data);
  const area = rows * columns;
  const sums = Array<number>(planes).fill(0);
  data.inputs.forEach((x: number, i: number) => (sums[Math.floor(i / area) % planes] += whole(x)));
  return sums.map((sum) => Math.round(sum / (data.count * area)));
}

/** From plane after plane to the planes of each pixel. */
function interleaved(
  data: LabelledData,
  whole: (x: number) => number,
  mean: readonly number[] | undefined,
): Int16Array {
  const { planes, rows, columns } = shapeOf(data);
  const area = rows * columns;
  const values = new Int16Array(data.count * data.features);
  for (let i = 0; i < data.count; i++)
    for (let plane = 0; plane < planes; plane++)
      for (let k = 0; k < area; k++) {
        const x = whole(data.inputs[i * data.features + plane * area + k]);
        values[i * data.features + k * planes + plane] = x - (mean?.[plane] ?? 0);
      }
  return values;
}

/** Where a batch's images are shifted and mirrored to, by a function of seed, epoch and sample. */
export interface Augmentation {
  readonly seed: number;
  readonly stream: number;
  readonly epoch: number;
  /** Most pixels that an image is shifted by, to each side. */
  readonly shift: number;
}

/** Copies the samples of a batch; with an augmentation, shifted and perhaps mirrored. */
export function gatherBatch(
  { inputs, shape }: IntegerSamples,
  order: ArrayLike<number>,
  from: number,
  to: number,
  augmentation?: Augmentation,
): Int16Array {
  const { planes, rows, columns } = shape;
  const length = planes * rows * columns;
  const batch = new Int16Array((to - from) * length);
  for (let i = from; i < to; i++) {
    const sample = order[i];
    const source = inputs.subarray(sample * length, (sample + 1) * length);
    const target = batch.subarray((i - from) * length, (i - from + 1) * length);
    if (augmentation) move(source, target, shape, moveOf(augmentation, sample));
    else target.set(source);
  }
  return batch;
}

interface Move {
  readonly down: number;
  readonly right: number;
  readonly mirrored: boolean;
}

function moveOf({ seed, stream, epoch, shift }: Augmentation, sample: number): Move {
  const number = uniformDraw(seed, stream, sample, epoch) * (2 * shift + 1) ** 2 * 2;
  const choice = Math.floor(number / 2);
  return {
    down: Math.floor(choice / (2 * shift + 1)) - shift,
    right: (choice % (2 * shift + 1)) - shift,
    mirrored: Math.floor(number) % 2 === 1,
  };
}

function move(
  source: Int16Array,
  target: Int16Array,
  { planes, rows, columns }: Shape,
  { down, right, mirrored }: Move,
): void {
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const fromY = y - down;
      const fromX = (mirrored ? columns - 1 - x : x) - right;
      if (fromY < 0 || fromY >= rows || fromX < 0 || fromX >= columns) continue;
      const at = (fromY * columns + fromX) * planes;
      target.set(source.subarray(at, at + planes), (y * columns + x) * planes);
    }
}
