import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { circuitsFolder } from '../../../src/cli/circuits-folder.js';
import { capture, folderWith } from '../captured-terminal.js';

/** Small versions of the specifications beside the decks, so that they take a second. */
const specifications = {
  sigmoid: {
    deck: 'sigmoid.cir',
    kind: 'dc',
    inputs: [{ name: 'microamperes', sets: 'v1', unit: '', from: -10, to: 10, points: 9 }],
    outputs: [{ name: 'voltage', of: 'v(x)' }],
    verify: { points: 2 },
  },
  block: {
    deck: 'normalization-gain.cir',
    kind: 'ac',
    inputs: [
      { name: 'frequency', from: '90meg', to: '110meg', points: 2 },
      { name: 'rox', sets: 'r1', from: '3.2k', to: '22.6k', scale: 'logarithmic', points: 3 },
    ],
    outputs: [{ name: 'gain', of: 'vdb(low)' }],
    verify: { points: 2 },
  },
};

/** As that of `stochastic-reference.characterize.json`, which takes thousands of cycles. */
const reference = {
  format: 'oxspice transfer characteristic',
  version: 1,
  name: 'reference',
  interpolation: 'monotone cubic',
  inputs: [
    { kind: 'continuous', name: 'gain', unit: '', scale: 'linear', knots: [2, 4] },
    { kind: 'continuous', name: 'probability', unit: '', scale: 'linear', knots: [0, 0.5, 1] },
  ],
  outputs: [
    {
      kind: 'quantile',
      name: 'ref',
      unit: 'V',
      values: [0.1, 0.43, 0.8, 0.2, 0.86, 1.6],
      bound: { absolute: 0, ofRange: 0, met: true },
      verification: { points: 0, max: 0, rms: 0, worst: {}, seed: 1, safety: 1 },
    },
  ],
  figures: [],
  provenance: {
    deck: 'none',
    title: 'none',
    circuitHash: '0'.repeat(64),
    program: 'none',
    spec: {},
    runs: 0,
  },
};

const path = (name: string): string => `circuits/oxram-network/${name}.characterize.json`;
const experiment = {
  title: 'Neurons and normalization of circuits',
  trainer: 'deep-network',
  seeds: 1,
  settings: {
    data: 'digits',
    training: 400,
    test: 200,
    task: 'classify',
    layers: [16, 12],
    epochs: [4, 4],
    batch: 50,
    readout: { epochs: 4 },
    weights: 'oxram',
    neurons: 'circuit',
    neuron: { sigmoid: path('sigmoid'), reference: 'reference.json' },
    gain: 2.8,
    normalization: { characteristic: path('block'), resistance: [3200, 22600], frequency: 1e8 },
  },
};

interface Result {
  readonly curve: { readonly reconstruction: readonly number[] };
  readonly characteristics: readonly { readonly name: string; readonly circuitHash: string }[];
  readonly normalization: readonly number[];
}

test('a changed transistor or OxRAM changes what is learnt, and the hash that the result names', async () => {
  const folder = folderWith({
    'deep.json': JSON.stringify(experiment),
    'reference.json': JSON.stringify(reference),
  });
  const own = join(folder, 'circuits', 'oxram-network');
  mkdirSync(own, { recursive: true });
  for (const part of ['models', 'oxram-network'])
    cpSync(join(circuitsFolder(), part), join(folder, 'circuits', part), { recursive: true });
  for (const [name, content] of Object.entries(specifications))
    writeFileSync(join(own, `${name}.characterize.json`), JSON.stringify({ name, ...content }));

  const train = async (): Promise<Result> => {
    const file = join(folder, 'deep.json');
    const out = join(folder, 'results', 'deep');
    const { code, err } = await capture(['train', file, '-o', out, '--threads', '1']);
    expect([code, err]).toEqual([0, '']);
    return JSON.parse(readFileSync(join(out, 'seed-1.json'), 'utf8')) as Result;
  };
  const change = (file: string, from: string, to: string): void => {
    const text = readFileSync(join(own, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(own, file), text.replaceAll(from, to));
  };
  const hashes = ({ characteristics }: Result): Record<string, string> =>
    Object.fromEntries(characteristics.map(({ name, circuitHash }) => [name, circuitHash]));

  const first = await train();
  expect(Object.keys(hashes(first))).toEqual(['sigmoid', 'reference', 'block']);
  // circuits/oxram-network/normalization-gain.cir: 15.1 dB, 9.0 dB and −2.0 dB at 100 MHz.
  expect(Math.abs(20 * Math.log10(first.normalization[0]) - 6.1)).toBeLessThan(0.8);
  expect(Math.abs(20 * Math.log10(first.normalization[1]) + 11)).toBeLessThan(0.8);

  const changes = [
    // The length of the resistors in the middle of the sigmoid sets its gain.
    ['sigmoid', 'sigmoid.lib', 'l=2u\n', 'l=0.5u\n'],
    // The input pair of the amplifier, and with it its transconductance; the scaler has it too.
    ['block', 'normalization.lib', 'w=8u l=0.25u', 'w=1u l=0.25u'],
  ] as const;
  let before = first;
  for (const [name, file, from, to] of changes) {
    change(file, from, to);
    const after = await train();
    expect(hashes(after)[name], name).not.toBe(hashes(before)[name]);
    expect(after.curve.reconstruction, name).not.toEqual(before.curve.reconstruction);
    before = after;
  }
  // The resistance of the OxRAM, through the state that the block is programmed to.
  const settings = {
    ...experiment.settings,
    normalization: { ...experiment.settings.normalization, resistance: 6600 },
  };
  writeFileSync(join(folder, 'deep.json'), JSON.stringify({ ...experiment, settings }));
  const after = await train();
  expect(after.normalization).toEqual([1, 1]);
  expect(hashes(after)).toEqual(hashes(before));
  expect(after.curve.reconstruction).not.toEqual(before.curve.reconstruction);
}, 180_000);

test('what a circuit was not characterized for is told before anything runs', async () => {
  const folder = folderWith({});
  const own = join(folder, 'circuits', 'oxram-network');
  mkdirSync(own, { recursive: true });
  for (const part of ['models', 'oxram-network'])
    cpSync(join(circuitsFolder(), part), join(folder, 'circuits', part), { recursive: true });
  writeFileSync(
    join(own, 'block.characterize.json'),
    JSON.stringify({ name: 'block', ...specifications.block }),
  );
  const { normalization } = experiment.settings;
  const given = {
    ...experiment.settings,
    neurons: 'logistic',
    // JSON leaves it out.
    neuron: undefined,
    gain: 1,
    normalization: { ...normalization, frequency: 1e9 },
  };
  writeFileSync(join(folder, 'deep.json'), JSON.stringify({ ...experiment, settings: given }));
  const { code, err } = await capture([
    'train',
    join(folder, 'deep.json'),
    '-o',
    join(folder, 'results', 'deep'),
  ]);
  expect(code).toBe(1);
  expect(err).toMatch(/A002.*'block' goes from 90000000 to 110000000 Hz/);
});
