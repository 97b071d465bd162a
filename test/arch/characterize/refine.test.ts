import { describe, expect, test } from 'vitest';
import type { ContinuousInput } from '../../../src/arch/index.js';
import { Grid } from '../../../src/arch/characterize/grid.js';
import { refine, type Refined, type RefineRequest } from '../../../src/arch/characterize/refine.js';
import {
  randomPoint,
  randomPointByInterval,
} from '../../../src/arch/characterize/random-points.js';
import { evenly } from './characteristic-of.js';

const input = (
  name: string,
  low: number,
  high: number,
  scale: 'linear' | 'logarithmic' = 'linear',
): ContinuousInput => ({
  kind: 'continuous',
  name,
  unit: '',
  scale,
  knots:
    scale === 'linear'
      ? evenly(low, high, 5)
      : evenly(Math.log(low), Math.log(high), 5).map((u, k) =>
          k === 0 ? low : k === 4 ? high : Math.exp(u),
        ),
});

type F = (...point: number[]) => number;

function request(inputs: readonly ContinuousInput[], f: F, ofRange = 1e-3): RefineRequest {
  return {
    inputs,
    tolerances: [{ ofRange }],
    sample: (points) => Promise.resolve(points.map((point) => [f(...point)])),
    refine: true,
    budget: 50_000,
    verify: { points: 300, seed: 1, safety: 1.5 },
  };
}

/** The greatest error at 1000 points of another seed, half of them spread over the intervals. */
function heldOut({ inputs, values }: Refined, f: F): number {
  const grid = new Grid(inputs);
  const [table] = grid.tables(values[0].map((value) => [value])).get('')!;
  const errors = Array.from({ length: 1000 }, (_, k) => {
    const point = (k % 2 === 0 ? randomPoint : randomPointByInterval)(grid, 99, k);
    return Math.abs(table.evaluate(grid.coordinatesOf(point)) - f(...point));
  });
  return Math.max(...errors);
}

const functions: readonly (readonly [string, readonly ContinuousInput[], F])[] = [
  ['a steep sigmoid', [input('x', -1, 1)], (x) => Math.tanh(40 * (x - 0.123))],
  [
    'an edge that a thousand random points may miss',
    [input('x', -1, 1)],
    (x) => Math.tanh(5e3 * (x - 0.123)),
  ],
  [
    'a resonance',
    [input('x', 1, 1e6, 'logarithmic')],
    (f) => 1 / Math.hypot(1 - (f / 3e3) ** 2, f / 9e3),
  ],
  ['a kink', [input('x', -1, 1)], (x) => Math.abs(x - 0.3)],
  ['an exponential', [input('x', 0, 1)], (x) => Math.exp(12 * x)],
  [
    'a sigmoid with a programmable slope',
    [input('x', -1, 1), input('r', 1e3, 1e5, 'logarithmic')],
    (x, r) => Math.tanh((x * 3e4) / r),
  ],
  [
    'three inputs',
    [input('x', -1, 1), input('y', 0, 1), input('z', 0, 1)],
    (x, y, z) => Math.tanh(3 * x - y) * (1 + z * z) + y * z,
  ],
];

describe.each(functions)('%s', (_, inputs, f) => {
  test('the stated bound holds at 1000 points that nothing was built from', async () => {
    const refined = await refine(request(inputs, f));
    const [bound] = refined.bounds;
    expect(bound.met).toBe(true);
    expect(bound.ofRange).toBeCloseTo(1e-3, 12);
    expect(heldOut(refined, f)).toBeLessThanOrEqual(bound.absolute);
    expect(refined.verifications[0].points).toBe(300);
    expect(refined.verifications[0].max).toBeLessThanOrEqual(bound.absolute / 1.5);
  });
});

test('ten times the accuracy needs less than twice the knots: fourth order', async () => {
  const sigmoid = functions[0];
  const counts = await Promise.all(
    [1e-3, 1e-4, 1e-5].map(async (tolerance) => {
      const { inputs } = await refine(request(sigmoid[1], sigmoid[2], tolerance));
      return (inputs[0] as ContinuousInput).knots.length;
    }),
  );
  expect(counts[1]).toBeLessThan(2 * counts[0]);
  expect(counts[2]).toBeLessThan(2.1 * counts[1]);
});

test('where the bound cannot be reached, the one that is stated says what was found', async () => {
  const step: F = (x) => (x < 0.3 ? 0 : 1);
  const { bounds, verifications } = await refine(request([input('x', 0, 1)], step));
  // A jump stays between two knots; whether a random point falls there is chance.
  expect(bounds[0].absolute).toBeGreaterThanOrEqual(verifications[0].max);
  const noise: F = (x) => Math.sin(1e9 * x);
  const noisy = await refine({ ...request([input('x', 0, 1)], noise), budget: 1000 });
  expect(noisy.bounds[0].met).toBe(false);
  expect(noisy.bounds[0].absolute).toBeGreaterThan(0.5);
  expect(noisy.bounds[0].asked).toBeCloseTo(2e-3, 3);
});

test('the budget is kept', async () => {
  let points = 0;
  const f: F = (x) => Math.sin(1e3 * x);
  const asked = request([input('x', 0, 1)], f);
  await refine({
    ...asked,
    budget: 700,
    sample: (some) => {
      points += some.length;
      return asked.sample(some, 'build');
    },
  });
  expect(points).toBeLessThanOrEqual(700);
});

test('given knots are kept, and their error is told', async () => {
  const kept = await refine({ ...request([input('x', 0, 2)], (x) => x ** 4), refine: false });
  expect((kept.inputs[0] as ContinuousInput).knots).toEqual([0, 0.5, 1, 1.5, 2]);
  expect(kept.bounds[0].asked).toBeUndefined();
  expect(kept.bounds[0].absolute).toBeCloseTo(1.5 * kept.verifications[0].max, 12);
});
