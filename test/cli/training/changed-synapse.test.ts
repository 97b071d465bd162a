import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { circuitsFolder } from '../../../src/cli/circuits-folder.js';
import { capture, folderWith } from '../captured-terminal.js';

/** The specifications beside the decks with a few points, so that they take a second. */
const specifications = {
  read: {
    name: 'read',
    deck: 'synapse-read.characterize.sp',
    kind: 'dc',
    inputs: [
      { name: 'u', sets: 'vu', from: -0.1, to: 0.1, points: 3 },
      { name: 'state', from: 0.2, to: 0.9, points: 3 },
    ],
    outputs: [{ name: 'current', of: 'i(vrow)' }],
    tolerance: 1,
    verify: { points: 1 },
  },
  write: {
    name: 'write',
    deck: 'synapse-write.characterize.sp',
    kind: 'measure',
    inputs: [
      { name: 'u', unit: 'V', from: -0.6, to: 0.6, points: 2 },
      { name: 'length', unit: 's', from: '1u', to: '10u', points: 2 },
      { name: 'state', from: 0.2, to: 0.9, points: 2 },
      { name: 'sign', values: [-1, 1] },
    ],
    outputs: [{ name: 'change', tolerance: 1 }],
    verify: { points: 1 },
  },
};
const experiment = {
  title: 'Synapses of a circuit',
  trainer: 'synapse-grid',
  seeds: 1,
  settings: {
    data: 'iris',
    training: 90,
    test: 60,
    samples: 90,
    synapse: {
      read: 'circuits/analog-network/read.characterize.json',
      write: 'circuits/analog-network/write.characterize.json',
    },
  },
};

interface Result {
  readonly states: readonly (readonly number[])[];
  readonly characteristics: readonly { readonly name: string; readonly circuitHash: string }[];
}

test('a narrower transistor changes the trained states, and the hashes that the result names', async () => {
  const folder = folderWith({ 'grid.json': JSON.stringify(experiment) });
  const own = join(folder, 'circuits', 'analog-network');
  mkdirSync(own, { recursive: true });
  for (const part of ['models', 'analog-network'])
    cpSync(join(circuitsFolder(), part), join(folder, 'circuits', part), { recursive: true });
  for (const [name, content] of Object.entries(specifications))
    writeFileSync(join(own, `${name}.characterize.json`), JSON.stringify(content));
  const train = async (): Promise<Result> => {
    const out = join(folder, 'results', 'grid');
    const args = ['train', join(folder, 'grid.json'), '-o', out, '--threads', '1'];
    const { code, err } = await capture(args);
    expect([code, err]).toEqual([0, '']);
    return JSON.parse(readFileSync(join(out, 'seed-1.json'), 'utf8')) as Result;
  };
  const change = (from: RegExp, to: string): void => {
    const file = join(own, 'table-1.lib');
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(from);
    writeFileSync(file, text.replace(from, to));
  };
  const hashes = ({ characteristics }: Result): string[] =>
    characteristics.map(({ circuitHash }) => circuitHash);

  const before = await train();
  expect(before.characteristics.map(({ name }) => name)).toEqual(['read', 'write']);
  // W/L of the p-channel transistors of table 1.
  change(/wlp=2\.39/, 'wlp=0.8');
  const narrow = await train();
  expect(hashes(narrow)[0]).not.toBe(hashes(before)[0]);
  expect(hashes(narrow)[1]).not.toBe(hashes(before)[1]);
  expect(narrow.states).not.toEqual(before.states);
  // Some 4 s of a processor, which many may share.
}, 240_000);
