import { describe, expect, it } from 'vitest';
import { arrayMultiplier, productsOf } from '../../../bench/generators/array-multiplier.mjs';
import { simulate } from '../../../src/solver/index.js';
import { tolerancesOf } from '../../../src/solver/verification.js';

describe('the operating point of a large logic circuit', () => {
  it('is found with pivots that are chosen once, in as many iterations as its paths need', async () => {
    const bits = 12;
    const [a, b] = [4095, 2731];
    const deck = arrayMultiplier(bits, [[a, b]], 1e-9).replace(/^\.tran.*$/m, '.op');
    const { analyses, statistics } = await simulate(deck, { verify: true });
    const [{ completed, dataset, verification }] = analyses;
    expect(completed).toBe(true);
    const voltage = (node: string): number =>
      dataset.columns.find(({ name }) => name === `v(${node})`)!.real[0];
    expect(productsOf(bits, 1, 1e-9, voltage)).toEqual([a * b]);
    // Currents added up by kernels of their own.
    expect(tolerancesOf(verification!.currents)).toBeLessThan(1);
    // With places for charges in the matrix, every third matrix needed new pivots.
    expect(statistics.factorizations).toBe(1);
    // itl1 is 100: plain Newton goes on, as ever fewer nodes move.
    expect(statistics.iterations).toBeGreaterThan(100);
  });
});
