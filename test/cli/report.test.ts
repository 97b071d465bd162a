import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capture, folderWith } from './captured-terminal.js';

const row = { variant: 'fast', measure: 'error', unit: '%', seeds: 3, mean: 4.5678, error: 0.5 };
const results = {
  title: 'Small <net>',
  notes: ['a note'],
  paper: { source: 'Somebody, 2020', place: 'table 1' },
  seeds: 3,
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
  expect(out).toContain('Somebody, 2020: 1 experiment. 1 of 2 numbers are reproduced.');
  const page = readFileSync(join(folder, 'report', 'somebody-2020.html'), 'utf8');
  expect(page).toContain('Small &lt;net&gt;');
  expect(page).toMatch(/fast.*4\.568 %.*5 ± 0\.2.*class="yes"/);
  expect(page).toMatch(/slow.*class="no"/);
  expect(page).toContain('src="../small/curve.error.svg"');
});

test('a number of too few seeds is not reproduced, only within its band', async () => {
  const folder = folderWith({});
  mkdirSync(join(folder, 'few'));
  const few = { ...results, seeds: 10 };
  writeFileSync(join(folder, 'few', 'results.json'), JSON.stringify(few));
  const { out } = await capture(['report', folder]);
  expect(out).toContain('0 of 2 numbers are reproduced, 1 more with fewer seeds than intended.');
  const page = readFileSync(join(folder, 'report', 'somebody-2020.html'), 'utf8');
  expect(page).toMatch(/fast.*within, 3 of 10 seeds/);
  expect(page).toMatch(/slow.*outside, 3 of 10 seeds/);
});

test('differences are taken seed by seed, also between experiments, and ratios of means', async () => {
  const folder = folderWith({});
  const valued = (variant: string, values: number[]): object => {
    const each = values.map((value, k) => ({ seed: k + 1, value }));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { ...row, variant, mean, values: each };
  };
  const write = (name: string, content: object): void => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'results.json'), JSON.stringify({ ...results, ...content }));
  };
  write('circuit', {
    rows: [valued('plain', [5, 7, 9, 100]), valued('noisy', [6, 7, 11])],
    comparisons: [
      { variant: 'noisy', with: { variant: 'plain' }, measure: 'error', within: [-5, 5] },
      { variant: 'plain', with: { experiment: 'software', variant: 'mlp' }, measure: 'error' },
      { variant: 'plain', with: { variant: 'missing' }, measure: 'error' },
    ],
    ratios: [{ title: 'Speed-up', number: 16, variant: 'noisy', measure: 'error' }],
  });
  write('software', { rows: [valued('mlp', [4, 4])] });
  await capture(['report', folder]);
  const page = readFileSync(join(folder, 'report', 'somebody-2020.html'), 'utf8');
  // 1, 0, 2: mean 1, deviation 1, and Student's quantile of 2 degrees of freedom 4.3027 over √3.
  expect(page).toMatch(/noisy − plain.*>3<.*>1 %<.*-1\.484 … 3\.484.*-5 … 5.*class="yes"/);
  // 1 and 3: mean 2, deviation √2, 12.706 over √2.
  expect(page).toMatch(/plain − software, mlp.*>2<.*>2 %<.*-10\.71 … 14\.71/);
  expect(page).not.toContain('missing');
  // 16 over a mean of 8.
  expect(page).toMatch(/Speed-up.*16 over error of noisy.*>2</);
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
