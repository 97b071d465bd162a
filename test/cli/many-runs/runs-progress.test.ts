import { expect, test } from 'vitest';
import { describeRuns } from '../../../src/cli/many-runs/runs-progress.js';

test('progress tells speed and what is left; runs of before do not count as speed', () => {
  // 100 runs in 10 s: 10 a second, and 660 are left.
  const text = describeRuns({ done: 340, of: 1000, here: 100, failed: 2, elapsed: 10 });
  expect(text).toBe('340 of 1000  10.0 runs/s  ETA 1 min 06 s  2 failed');
  expect(describeRuns({ done: 0, of: 5, here: 0, failed: 0, elapsed: 0 })).toBe('0 of 5  ETA ?');
});
