import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capture, folderWith } from './captured-terminal.js';

const row = { variant: 'fast', measure: 'error', unit: '%', seeds: 3, mean: 4.5678, error: 0.5 };
const results = {
  title: 'Small <net>',
  notes: ['a note'],
  paper: { source: 'Somebody, 2020', place: 'table 1' },
  rows: [
    { ...row, paper: { mean: 5, error: 0.2 }, reproduced: true },
    { ...row, variant: 'slow', paper: { mean: 99 }, reproduced: false },
  ],
};

test('a page shows our numbers beside those of the paper', async () => {
  const folder = folderWith({});
  mkdirSync(join(folder, 'small'));
  writeFileSync(join(folder, 'small', 'results.json'), JSON.stringify(results));
  writeFileSync(join(folder, 'small', 'curve.error.svg'), '<svg/>');
  const { code, out } = await capture(['report', folder]);
  expect(code).toBe(0);
  expect(out).toContain('Somebody, 2020: 1 experiments, 1 of 2 numbers');
  const page = readFileSync(join(folder, 'report', 'somebody-2020.html'), 'utf8');
  expect(page).toContain('Small &lt;net&gt;');
  expect(page).toMatch(/fast.*4\.568 %.*5 ± 0\.2.*class="yes"/);
  expect(page).toMatch(/slow.*class="no"/);
  expect(page).toContain('src="../small/curve.error.svg"');
});

test.each([
  ['an empty folder', {}, /C152/],
  ['damaged results', { damaged: '{' }, /C154/],
  ['a file of something else', { damaged: '{"a":1}' }, /C154.*no title and rows/],
])('%s is refused', async (_, content: { damaged?: string }, pattern) => {
  const folder = folderWith({});
  if (content.damaged !== undefined) {
    mkdirSync(join(folder, 'x'));
    writeFileSync(join(folder, 'x', 'results.json'), content.damaged);
  }
  const { code, err } = await capture(['report', folder]);
  expect(code).toBe(1);
  expect(err).toMatch(pattern);
});
