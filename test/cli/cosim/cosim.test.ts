import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capture, folderWith } from '../captured-terminal.js';

const experiments = join(import.meta.dirname, '..', '..', '..', 'experiments');

test('a fidelity report of two levels', async () => {
  const folder = folderWith({});
  const shared = ['--variant', 'analog', '--seed', '1', '--samples', '6', '--threads', '1'];
  const levels = ['--level', 'grid=quasi-static', '--compare', 'ideal'];
  const { code, out, err } = await capture([
    'cosim',
    'snn-iris',
    ...shared,
    ...levels,
    '-o',
    folder,
  ]);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^1 run: /m);
  expect(out).toMatch(/grid +quasi-static +ideal/);
  expect(out).toMatch(/read: r +[\d.]+ [µn]V +[\d.]+ %/);
  const report = JSON.parse(readFileSync(join(folder, 'fidelity.json'), 'utf8')) as {
    reports: [{ seeds: number[]; blocks: { write: { count: number; rms: number } } }];
  };
  expect(report.reports[0].seeds).toEqual([1]);
  // Six samples for fifteen synapses; transistors in series make the difference.
  expect(report.reports[0].blocks.write.count).toBe(90);
  expect(report.reports[0].blocks.write.rms).toBeGreaterThan(0);
  expect(readFileSync(join(folder, 'fidelity.html'), 'utf8')).toContain('Of seed 1 alone');
});

test('a grid of --set is compared with the one of the file, as one of --level is', async () => {
  const folder = folderWith({});
  const few = ['--variant', 'analog', '--seed', '1', '--samples', '1', '--threads', '1'];
  const pair = ['--set', 'grid=ideal', '--compare', 'circuit'];
  const { code, out } = await capture(['cosim', 'snn-iris', ...few, ...pair, '-o', folder]);
  expect(code).toBe(0);
  expect(out).toMatch(/grid +ideal +circuit/);
  expect(out).toMatch(/^ +read: r /m);
});

test('a level of --compare that cannot be is refused before the other is trained', async () => {
  const folder = folderWith({});
  const pair = ['--level', 'feedback=circuit', '--compare', 'ideal'];
  const few = ['--variant', 'analog', '--seed', '1', '--samples', '1'];
  const { code, out, err } = await capture(['cosim', 'snn-iris', ...few, ...pair, '-o', folder]);
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(
    // What --compare does not name is as --level has it: the feedback.
    /needs the grid as a circuit in time, and it is 'ideal'[^]*level of --compare/,
  );
  expect(existsSync(join(folder, 'first', 'analog.seed-1.json'))).toBe(false);
});

test('an error bar on equations, beside what was reached', async () => {
  const folder = folderWith({});
  const shared = ['--variant', 'analog', '--seed', '1', '--samples', '30', '--threads', '1'];
  const levels = ['--level', 'quasi-static', '--compare', 'ideal', '--bootstrap', '3'];
  const { code, out, err } = await capture([
    'cosim',
    'snn-iris',
    ...shared,
    ...levels,
    '-o',
    folder,
  ]);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/of 1 inside .* 3 repetitions with residuals .* at grid=quasi-static/);
  const report = JSON.parse(readFileSync(join(folder, 'fidelity.json'), 'utf8')) as {
    reports: [{ predictions: [{ seed: number; errors: number[]; error: number }] }];
  };
  const [{ seed, errors, error }] = report.reports[0].predictions;
  expect([seed, errors.length]).toEqual([1, 3]);
  // Whole samples of 60.
  expect((error * 60) / 100).toBeCloseTo(Math.round((error * 60) / 100), 9);
  expect(readFileSync(join(folder, 'fidelity.html'), 'utf8')).toContain('Predicted and reached');
});

test('a fidelity report of two layers', async () => {
  const folder = folderWith({});
  const shared = ['--variant', '2-6-2', '--seed', '1', '--samples', '4', '--threads', '1'];
  const levels = ['--level', 'quasi-static', '--compare', 'ideal', '-q', '-o', folder];
  expect((await capture(['cosim', 'mnn-xor', ...shared, ...levels])).code).toBe(0);
  const report = JSON.parse(readFileSync(join(folder, 'fidelity.json'), 'utf8')) as {
    reports: [
      {
        blocks: Record<'read' | 'inverted' | 'write', { count: number }>;
        trajectory: [{ moved: number }];
      },
    ];
  };
  const [{ blocks, trajectory }] = report.reports;
  // Four samples; eight rows, six of them hidden, and 6·3 + 2·7 synapses.
  expect([blocks.read.count, blocks.inverted.count, blocks.write.count]).toEqual([32, 24, 128]);
  // A write moves a state by 0.05 at most: seen from the drawn states, not from 0.5 (0.17 rms).
  expect(trajectory[0].moved).toBeLessThan(0.1);
});

test('waveforms of chosen iterations and a deck of the first ones are kept', async () => {
  const folder = folderWith({});
  const shared = ['--variant', 'analog', '--seed', '1', '--samples', '2', '--threads', '1'];
  const kept = ['--keep', '2', '--export', '1', '-o', folder];
  const { code, out } = await capture(['cosim', 'snn-iris', ...shared, ...kept]);
  expect(code).toBe(0);
  expect(out).toContain(`→ ${join(folder, 'analog.seed-1.iteration-2.svg')}`);
  for (const name of ['iteration-2.raw', 'iteration-2.csv', 'iteration-2.svg', '1-iterations.cir'])
    expect(existsSync(join(folder, `analog.seed-1.${name}`)), name).toBe(true);
  // All kinds of signals are drawn, under the name of the iteration.
  const picture = readFileSync(join(folder, 'analog.seed-1.iteration-2.svg'), 'utf8');
  for (const text of ['analog.seed-1.iteration-2', 'v(row1)', 'v(e1)', 'v(u1)', 'nmem[s]'])
    expect(picture).toContain(text);
  const deck = readFileSync(join(folder, 'analog.seed-1.1-iterations.ngspice.cir'), 'utf8');
  // It stands for itself, with the memristor as behavioural sources.
  expect(deck).not.toMatch(/^\.include/m);
  expect(deck).toContain('bi q n i');
});

test.each([
  [['--level', 'grid=tables'], /A461[^]*circuit, quasi-static, characteristic, ideal/],
  [['--level', 'gird=ideal'], /A460[^]*did you mean 'grid'/],
  [['--level', 'subtraction=characteristic'], /A461[^]*ideal, circuit/],
  [['--level', 'grid=ideal,feedback=circuit'], /needs the grid as a circuit in time/],
  [['--level', 'neuron=circuit'], /a single layer has no neuron/],
  [['--keep', 'a'], /C331/],
  [['--level', 'ideal', '--keep', '1'], /C336[^]*grid=circuit/],
  [['--samples', '5', '--keep', '1,9'], /A002.*'keep': the training ends before iteration 9, at 5/],
  [['--samples', '5', '--export', '6'], /A002.*'exportDeck'.*iteration 6/],
  [['--bootstrap', '20'], /C332/],
  [['--level', 'ideal', '--compare', 'feedback=ideal'], /C333.*same levels[^]*grid=ideal/],
  [['--variant', 'loud'], /A123[^]*analog/],
  [['--set', 'onFailure=abort'], /A002.*'onFailure'[^]*given as an option/],
])('%j is refused', async (args, message) => {
  const { code, err } = await capture(['cosim', 'snn-iris', ...args]);
  expect(code).not.toBe(0);
  expect(err).toMatch(message);
});

test.each([
  ['mnn-irs', /C330[^]*did you mean 'mnn-iris'/],
  [join(experiments, 'iris-software.json'), /C334[^]*oxspice train/],
])('%s has no circuits to simulate, and is refused', async (network, message) => {
  expect((await capture(['cosim', network])).err).toMatch(message);
});

test.each(['--keep', '--export', '--samples', '--bootstrap'])(
  '%s is of networks with grids',
  async (option) => {
    const { code, err } = await capture(['cosim', 'bnn-digits', option, '3']);
    expect(code).toBe(2);
    expect(err).toMatch(/C335[^]*--set/);
  },
);

test('one seed and a number of seeds exclude each other', async () => {
  const { code, err } = await capture(['cosim', 'snn-iris', '--seed', '3', '--seeds', '4']);
  expect(code).toBe(2);
  expect(err).toMatch(/C151.*--seed and --seeds exclude each other/);
});

test.each([
  ['rbm-digits', 'grid=circuit', /A460[^]*neuron, normalization/],
  ['rbm-digits', 'neuron=quasi-static', /A461[^]*circuit, characteristic, ideal/],
  ['bnn-digits', 'amplifer=ideal', /A460[^]*did you mean 'amplifier'/],
])('%s has levels of its own: %s is refused', async (network, level, message) => {
  const { code, err } = await capture(['cosim', network, '--level', level]);
  expect(code).not.toBe(0);
  expect(err).toMatch(message);
});
