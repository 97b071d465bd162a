import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { describeProgress, duration, ProgressLine } from '../../src/cli/progress-line.js';

describe('progress', () => {
  test('says where it is, how fast it goes and how long it takes', () => {
    const progress = { fraction: 0.25, at: 2.5e-3, unit: 's', of: 0.01, step: 1e-6, points: 3000 };
    // 3000 points in 2 s; a quarter took 2 s, the other three take 6 s.
    expect(describeProgress(progress, 2)).toBe(
      '2.500 ms of 10.00 ms  step 1.00 µs  1.50 k points/s  ETA 6 s',
    );
  });

  test('durations', () => {
    expect([0.2, 59.5, 61, 3599, 4200].map(duration)).toEqual([
      '1 s',
      '1 min 00 s',
      '1 min 01 s',
      '59 min 59 s',
      '1 h 10 min',
    ]);
  });

  test('a short run draws nothing; a longer one is drawn and erased', async () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 100 });
    let drawn = '';
    stream.on('data', (data: Buffer) => (drawn += data.toString()));
    const line = new ProgressLine('.tran', stream);
    const progress = { fraction: 0.5, at: 1, unit: 's', points: 10 };
    await line.update(progress);
    expect(drawn).toBe('');
    await new Promise((resolve) => setTimeout(resolve, 350));
    await line.update(progress);
    expect(drawn).toContain('.tran');
    expect(drawn).toContain('1.000 s');
    line.end();
    // ECMA-48: erase the line, show the cursor again.
    expect(drawn).toContain('\u001b[2K');
    expect(drawn).toContain('\u001b[?25h');
  });
});
