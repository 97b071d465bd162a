import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { SamplingThreads } from '../../../src/cli/characterize/sampling-threads.js';

/** A worker that squares, and dies of 13. */
const squares = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ group, points, purpose }) => {
  if (points[0][0] === 13) process.exit(3);
  const samples = points.map(([x]) => ({ values: [x * x] }));
  parentPort.postMessage({ group, result: { samples, units: [purpose], runs: 1 } });
});`;

const groups = (count: number, first = 0): number[][][] =>
  Array.from({ length: count }, (_, k) => [[first + k]]);

async function run(threads: SamplingThreads, asked: readonly number[][][]): Promise<unknown[]> {
  const results: unknown[] = [];
  for await (const { group, result } of threads.execute(
    asked,
    'build',
    new AbortController().signal,
  ))
    results[group] = result.samples[0];
  return results;
}

test('groups are dealt out, and workers stay for what comes later', async () => {
  let hired = 0;
  const threads = new SamplingThreads(2, () => {
    hired++;
    return new Worker(squares, { eval: true });
  });
  const expected = (asked: readonly number[][][]): unknown[] =>
    asked.map(([[x]]) => ({ values: [x * x] }));
  expect(await run(threads, groups(10))).toEqual(expected(groups(10)));
  expect(await run(threads, groups(3, 20))).toEqual(expected(groups(3, 20)));
  expect(await run(threads, [])).toEqual([]);
  expect(hired).toBe(2);
  await threads.end();
});

test('a worker that ends before its work is told', async () => {
  const threads = new SamplingThreads(1, () => new Worker(squares, { eval: true }));
  await expect(run(threads, groups(1, 13))).rejects.toThrow(/C325.*ended before its work/);
  await threads.end();
});
