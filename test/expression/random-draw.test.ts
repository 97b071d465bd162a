import { describe, expect, test } from 'vitest';
import { gaussian, uniform } from '../../src/base/index.js';
import {
  drawNames,
  drawsRandomly,
  drawValue,
  emptyScope,
  evaluate,
  functions,
  parseExpressionText,
  type RandomSource,
} from '../../src/expression/index.js';

/** A stream that is the same in every run of the test: bounds below hold for it, not on average. */
function stream(): RandomSource {
  let event = 0;
  const key = () => ({ seed: 1, run: 0, instance: 'test', draw: 'stream', event: event++ });
  return { normal: () => gaussian(key()), uniform: () => uniform(key()) };
}

const n = 40_000;

function sample(name: string, ...values: number[]): { mean: number; sigma: number; all: number[] } {
  const source = stream();
  const all = Array.from({ length: n }, () => drawValue(name, values, source));
  const mean = all.reduce((sum, x) => sum + x, 0) / n;
  const sigma = Math.sqrt(all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1));
  return { mean, sigma, all };
}

describe('functions that draw', () => {
  test('each of the table has a draw, and each draw is in the table', () => {
    const random = Object.keys(functions).filter((name) => functions[name].random);
    expect([...random, 'limit'].sort()).toEqual([...drawNames].sort());
    expect(drawsRandomly('limit', 3)).toBe(false);
  });

  // Mean and deviation by definition; of the uniform one its half width over √3.
  test.each([
    ['agauss', [10, 3, 3], 10, 1],
    ['gauss', [10, 0.3, 3], 10, 1],
    ['gauss', [2], 0, 2],
    ['aunif', [10, 3], 10, Math.sqrt(3)],
    ['unif', [10, 0.3], 10, Math.sqrt(3)],
    ['mc', [10, 0.3], 10, Math.sqrt(3)],
    ['flat', [3], 0, Math.sqrt(3)],
    ['limit', [10, 3], 10, 3],
    // Mean and deviation of exp(σz) times the median: m·e^(σ²/2), m·e^(σ²/2)·√(e^(σ²) − 1).
    [
      'lognormal',
      [10, 0.2],
      10 * Math.exp(0.02),
      10 * Math.exp(0.02) * Math.sqrt(Math.expm1(0.04)),
    ],
    ['exponential', [4], 4, 4],
    ['random', [0], 0.5, 1 / Math.sqrt(12)],
    ['sgauss', [0], 0, 1],
    ['sunif', [0], 0, 1 / Math.sqrt(3)],
  ] as const)('%s(%j): mean %d, deviation %d', (name, values, mean, sigma) => {
    const found = sample(name, ...values);
    // Five standard errors; that of a deviation is σ·√((κ − 1)/4n), κ ≤ 9 (exponential).
    expect(Math.abs(found.mean - mean)).toBeLessThan((5 * sigma) / Math.sqrt(n));
    expect(Math.abs(found.sigma - sigma)).toBeLessThan(5 * sigma * Math.sqrt(8 / (4 * n)));
  });

  test('the largest of several deviations has two humps', () => {
    const { all } = sample('agauss', 0, 1, 1, 20);
    // Of 20 normal deviations all are smaller than 0.5 with probability 0.383^20 < 1e-8.
    expect(all.every((x) => Math.abs(x) > 0.5)).toBe(true);
  });

  test('without a Monte Carlo they have nominal values', () => {
    const value = (text: string): unknown =>
      evaluate(parseExpressionText(text, 'test').expression!, emptyScope);
    expect(value('agauss(5,1,3)+gauss(5,1)+lognormal(2,1)+exponential(3)')).toBe(15);
    expect(value('gauss(5)+flat(3)+sgauss(1)')).toBe(0);
  });
});
