import { describe, expect, test } from 'vitest';
import {
  InProcessExecutor,
  JobList,
  ledgerHead,
  ledgerLine,
  lostRun,
  readLedger,
  type RunRecord,
  runTable,
  writeRunsCsv,
} from '../../src/jobs/index.js';

function record(index: number, value: number): RunRecord {
  return {
    index,
    status: 'done',
    measures: { v: value, w: null },
    units: { v: 'V' },
    drawn: { r1: 1 / 3 },
    problems: [],
    seconds: 1,
  };
}

describe('ledger', () => {
  const text = ledgerHead('abc') + ledgerLine(record(4, 0.1), 3) + ledgerLine(record(0, 1e-300), 3);

  test('gives back what was written, to the last digit', () => {
    const { of, records } = readLedger(text, 3);
    expect(of).toBe('abc');
    expect([...records.values()]).toEqual([record(4, 0.1), record(0, 1e-300)]);
  });

  test('passes over a line that was cut off, at every place', () => {
    for (let end = text.length - 2; end > text.lastIndexOf('\n', text.length - 2); end--)
      expect([...readLedger(text.slice(0, end), 3).records.keys()]).toEqual([4]);
  });

  test('knows runs by step and number: more runs of a step keep those that are there', () => {
    // Of three runs a step, job 4 is run 2 of the second step: of ten it is job 11.
    expect([...readLedger(text, 10).records.keys()]).toEqual([11, 0]);
    expect([...readLedger(text, 1).records.keys()]).toEqual([0]);
  });

  test('tells what is no ledger', () => {
    expect(readLedger('hello\n', 1).of).toBeUndefined();
    expect(readLedger('', 1).records.size).toBe(0);
  });
});

describe('table', () => {
  const jobs = new JobList([
    { targets: [{ label: 'run', unit: '' }], rows: [[1], [2]] },
    { targets: [{ label: 'vdd', unit: '' }], rows: [[1], [2]], names: ['low', 'a "high" one'] },
  ]);

  test('is in the order of the jobs, whoever ended first', () => {
    const of = { title: 't', seed: 1, measures: [{ name: 'v', limits: {} }] };
    const forwards = new Map([0, 1, 3].map((index) => [index, record(index, index)]));
    const backwards = new Map([...forwards].reverse());
    const csv = writeRunsCsv(runTable(jobs, forwards, of));
    expect(writeRunsCsv(runTable(jobs, backwards, of))).toBe(csv);
    expect(csv).toBe(
      [
        'corner,run,vdd,status,r1,v',
        'low,1,1,done,0.3333333333333333,0',
        'low,2,1,done,0.3333333333333333,1',
        '"a ""high"" one",2,2,done,0.3333333333333333,3',
        '',
      ].join('\n'),
    );
  });

  test('corners name the jobs', () => {
    expect(jobs.at(1)).toMatchObject({ name: 'run=2 corner=low', corner: 'low' });
  });
});

test('the executor in this thread stops when it is asked to', async () => {
  const controller = new AbortController();
  const executor = new InProcessExecutor((index) => Promise.resolve(lostRun(index, '')));
  const done: number[] = [];
  for await (const { index } of executor.execute([5, 6, 7], controller.signal)) {
    done.push(index);
    if (index === 6) controller.abort();
  }
  expect(done).toEqual([5, 6]);
});
