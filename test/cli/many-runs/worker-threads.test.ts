import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { WorkerThreads } from '../../../src/cli/many-runs/worker-threads.js';
import { lostRun, type RunRecord } from '../../../src/jobs/index.js';

/** A worker that answers each index, and does with some what `at` says (a text of JavaScript). */
function hire(at: string, workerData?: unknown): Worker {
  const text = `
    const { parentPort, workerData } = require('node:worker_threads');
    parentPort.postMessage('ready');
    parentPort.on('message', (index) => {
      ${at}
      parentPort.postMessage({ index, status: 'done', measures: {}, units: {}, drawn: {}, problems: [], seconds: 0 });
    });`;
  return new Worker(text, { eval: true, workerData });
}

async function collected(
  executor: WorkerThreads,
  count: number,
  signal = new AbortController().signal,
) {
  const records: RunRecord[] = [];
  const indices = Array.from({ length: count }, (_, k) => k);
  for await (const record of executor.execute(indices, signal)) records.push(record);
  return records.sort((a, b) => a.index - b.index);
}

describe('worker threads', () => {
  test('do every job once', async () => {
    for (const count of [1, 2, 5]) {
      const records = await collected(new WorkerThreads(count, () => hire('')), 9);
      expect(records.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    }
  });

  test('a killed worker is replaced, and its job done again', async () => {
    // A counter that all workers share: the first attempt at job 3 ends the worker.
    const attempts = new Int32Array(new SharedArrayBuffer(4));
    const dying = 'if (index === 3 && Atomics.add(workerData, 0, 1) === 0) process.exit(1);';
    const records = await collected(new WorkerThreads(2, () => hire(dying, attempts)), 8);
    expect(attempts[0]).toBe(2);
    expect(records.map(({ index, status }) => `${index} ${status}`)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((index) => `${index} done`),
    );
  });

  test('one that is terminated from outside loses nothing either', async () => {
    const workers: Worker[] = [];
    const executor = new WorkerThreads(2, () => {
      const worker = hire('const until = Date.now() + 30; while (Date.now() < until);');
      workers.push(worker);
      return worker;
    });
    const records: RunRecord[] = [];
    for await (const record of executor.execute([0, 1, 2, 3, 4, 5], new AbortController().signal)) {
      if (records.push(record) === 2) await workers[0].terminate();
    }
    expect(workers.length).toBe(3);
    expect(records.map(({ index }) => index).sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('a job that always ends its worker is given up, the others are done', async () => {
    const records = await collected(
      new WorkerThreads(2, () => hire("if (index === 1) throw new Error('no memory');")),
      4,
    );
    const problem = 'the worker ended 3 times before this run did: no memory';
    expect(records[1]).toEqual(lostRun(1, problem));
    expect(records.filter(({ status }) => status === 'done').length).toBe(3);
  });

  test('that cannot start say so', async () => {
    const broken = (): Worker => new Worker("throw new Error('no disk')", { eval: true });
    await expect(collected(new WorkerThreads(2, broken), 3)).rejects.toThrow(
      'a worker thread cannot start: no disk',
    );
  });

  test('end when they are told to', async () => {
    const controller = new AbortController();
    const executor = new WorkerThreads(2, () => hire('if (index > 2) return;'));
    setTimeout(() => {
      controller.abort();
    }, 500);
    const records = await collected(executor, 6, controller.signal);
    expect(records.map(({ index }) => index)).toEqual([0, 1, 2]);
  });
});
