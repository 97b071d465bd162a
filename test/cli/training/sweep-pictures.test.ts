import { expect, test } from 'vitest';
import { bestPlace, sweepAxes, sweepPictures } from '../../../src/cli/training/sweep-pictures.js';

test('names of variants make a sweep, or none', () => {
  const axes = sweepAxes(['80 inputs, gain 2', '40 inputs, gain 0.5'])!;
  expect([axes.curves, axes.along]).toEqual(['inputs', 'gain']);
  expect(axes.points.map(({ curve, at }) => [curve, at])).toEqual([
    [40, 0.5],
    [80, 2],
  ]);
  expect(sweepAxes(['software', 'oxram'])).toBeUndefined();
  expect(sweepAxes(['80 inputs, gain 2', 'oxram'])).toBeUndefined();
  expect(sweepAxes(['40 inputs, gain 1', '40 inputs, gain 2'])).toBeUndefined();
  expect(sweepAxes(['40 inputs, gain 1', '80 units, gain 2'])).toBeUndefined();
});

test('the best place is the peak of a parabola in the logarithm, or an end', () => {
  const gains = [0.1, 0.5, 2, 10];
  const peak = (at: number) => gains.map((gain) => 3 - Math.log(gain / at) ** 2);
  expect(bestPlace(gains, peak(0.8), 'larger')).toBeCloseTo(0.8, 9);
  expect(
    bestPlace(
      gains,
      peak(1.3).map((y) => -y),
      'smaller',
    ),
  ).toBeCloseTo(1.3, 9);
  expect(bestPlace(gains, peak(100), 'larger')).toBe(10);
  expect(bestPlace(gains, [NaN, 1, NaN, 2], 'larger')).toBe(10);
  expect(bestPlace(gains, [NaN, NaN, NaN, NaN], 'larger')).toBeNaN();
});

test('each measure has its curves, and where they are best', () => {
  const values = [40, 80].flatMap((inputs) =>
    [1, 2, 4].map((gain) => ({
      variant: `${inputs} inputs, gain ${gain}`,
      measure: 'top1',
      mean: -(Math.log(gain * (inputs / 80)) ** 2),
    })),
  );
  const pictures = sweepPictures(values, { top1: 'larger', mse: 'smaller' }, 'A sweep');
  expect(pictures.map(({ name, x }) => [name, x])).toEqual([
    ['sweep.top1', 'gain'],
    ['best.top1', 'inputs'],
  ]);
  const [curves, best] = pictures.map(({ dataset }) => dataset);
  expect([...curves.get('gain')!.real]).toEqual([1, 2, 4]);
  expect([...curves.get('80 inputs')!.real]).toEqual(values.slice(3).map(({ mean }) => mean));
  const places = [...best.get('best gain')!.real];
  // 40 inputs are best at a gain of 2, 80 at 1, the first of the axis.
  expect(places[0]).toBeCloseTo(2, 9);
  expect(places[1]).toBe(1);
});
