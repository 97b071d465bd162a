import { expect, test } from 'vitest';
import { simulate } from '../../../src/solver/index.js';

// A JavaScript array has 2^32 - 1 places: asking for more throws, and less may take all memory.
test.each([
  ['.dc v1 0 10 0.5n', '2.00e+10 points'],
  ['.dc v1 0 1 1m v1 -1 1 0.1u', '2.00e+7 points'],
  ['.ac lin 1e10 1 1k', '1.00e+10 points'],
  ['.ac dec 1e9 1 1k', '3.00e+9 points'],
])('a sweep of more points than fit is an error: %s', async (card, points) => {
  const { diagnostics, analyses } = await simulate(
    `too many points\nv1 a 0 1 ac 1\nr1 a 0 1k\n${card}\n.end\n`,
  );
  const [problem] = diagnostics;
  expect(problem.code).toBe('S111');
  expect(problem.message).toContain(points);
  expect(analyses.every(({ dataset }) => dataset.length === 0)).toBe(true);
});
