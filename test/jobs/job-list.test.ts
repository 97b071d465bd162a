import { describe, expect, test } from 'vitest';
import { JobList } from '../../src/jobs/index.js';

const r = { label: 'r', unit: 'Ω' };
const temp = { label: 'temp', unit: '°C' };

describe('JobList', () => {
  test('the first loop is the innermost', () => {
    const list = new JobList([
      { targets: [r], rows: [[1e3], [2e3]] },
      { targets: [temp], rows: [[27], [50]] },
    ]);
    expect([...list].map(({ name }) => name)).toEqual([
      'r=1000 temp=27',
      'r=2000 temp=27',
      'r=1000 temp=50',
      'r=2000 temp=50',
    ]);
    expect(list.at(3)).toEqual({
      index: 3,
      name: 'r=2000 temp=50',
      parameters: [
        { ...r, value: 2e3 },
        { ...temp, value: 50 },
      ],
    });
  });

  test('targets of one loop change together', () => {
    const list = new JobList([
      {
        targets: [r, temp],
        rows: [
          [1, 2],
          [3, 4],
        ],
      },
    ]);
    expect([...list].map(({ name }) => name)).toEqual(['r=1 temp=2', 'r=3 temp=4']);
  });

  test('a list of a million million jobs costs nothing', () => {
    const rows = Array.from({ length: 1e6 }, (_, i) => [i]);
    const list = new JobList([
      { targets: [r], rows },
      { targets: [temp], rows },
    ]);
    expect(list.length).toBe(1e12);
    expect(list.at(1e12 - 1).name).toBe('r=999999 temp=999999');
  });

  test('no loop is one job', () => {
    expect([...new JobList([])]).toEqual([{ index: 0, name: '', parameters: [] }]);
  });
});
