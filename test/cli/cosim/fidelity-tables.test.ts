import { expect, test } from 'vitest';
import { fidelityOf, type LevelRun } from '../../../src/arch/index.js';
import { fidelityPage } from '../../../src/cli/cosim/fidelity-page.js';
import { fidelityText, type VariantReport } from '../../../src/cli/cosim/fidelity-tables.js';

const run = (seed: number, error: number, measures: object = {}): LevelRun => ({
  ...{ seed, seconds: error, trajectory: [] },
  measures: { error, ...measures },
});

const report = (first: LevelRun[], second: LevelRun[]): VariantReport => ({
  variant: '',
  levels: [
    { grid: 'circuit', feedback: 'characteristic', neuron: 'ideal' },
    { grid: 'ideal', feedback: 'characteristic', neuron: 'ideal' },
  ],
  units: { error: '%', readError: '%' },
  ...fidelityOf(first, second),
});

test('a report names the blocks that are not ideal at both levels, and measures of either', () => {
  const text = fidelityText([report([run(4, 8, { readError: 3 })], [run(4, 6)])]);
  const lines = text.split('\n').map((line) => line.trim().split(/ {2,}/));
  expect(lines.slice(0, 6)).toEqual([
    ['first', 'second', 'first − second'],
    ['grid', 'circuit', 'ideal'],
    ['feedback', 'characteristic', 'characteristic'],
    ['test error', '8 %', '6 %', '2 points'],
    ['readError [%]', '3', '–'],
    ['time of a run', '8 s', '6 s', '1.33 times'],
  ]);
  expect(text).toMatch(/seed 4 alone/);
  expect(text).not.toMatch(/neuron|States/);
});

test('differences of several seeds have an interval', () => {
  const pairs = report([run(1, 8), run(2, 10)], [run(1, 7), run(2, 7)]);
  // 1 and 3: 2 ± t(0.975, 1)·√2/√2 = 12.706 (tables).
  expect(fidelityText([pairs])).toMatch(/test error +9 ± 12\.7 % +7 ± 0 % +2 ± 12\.7 points/);
  const html = fidelityPage('Iris & more', [pairs]);
  expect(html).toContain('<td class="text">grid</td><td>circuit</td><td>ideal</td>');
  expect(html).toContain('Iris &amp; more');
});
