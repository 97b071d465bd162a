import { expect, test } from 'vitest';
import { isSuspicious } from '../../../src/solver/linear/pivoting.js';

// 1e-8 of the column at first; ten times less for each 2000 entries, or n if that is more.
test('the more null vectors have cost, the smaller a pivot must be to be tested', () => {
  expect(isSuspicious(0.9e-8, 1, 0, 100)).toBe(true);
  expect(isSuspicious(1.1e-8, 1, 0, 100)).toBe(false);
  expect(isSuspicious(0.9e-8, 1, 2000, 100)).toBe(false);
  expect(isSuspicious(0.9e-9, 1, 2000, 100)).toBe(true);
  expect(isSuspicious(0.9e-8, 1, 2000, 5000)).toBe(true);
  expect(isSuspicious(0, 1, 1e9, 100)).toBe(true);
});
