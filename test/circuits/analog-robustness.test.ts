/**
 * Blocks of the analog network at the corners of temperature and supply, and a few samples of
 * mismatch: the small version of circuits/analog-network/robustness, whose 200 runs are commands.
 * Limits are rows R7, R9 and the paper's: they stand behind the measures of the decks.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/jobs/index.js';
import { parseNetlist } from '../../src/netlist/index.js';
import { Campaign } from '../../src/solver/index.js';
import { circuitsFolder, includeReader } from './simulate-deck.js';

async function records(file: string, chosen: readonly number[]): Promise<RunRecord[]> {
  const name = join(circuitsFolder, 'analog-network', 'robustness', file);
  const options = { name, reader: includeReader };
  const { deck, circuit } = parseNetlist(readFileSync(name, 'utf8'), options);
  const campaign = new Campaign(deck, circuit!);
  const found: RunRecord[] = [];
  for (const index of chosen) found.push((await campaign.carryOut(index))!.record);
  return found;
}

function expectNear(record: RunRecord, name: string, expected: number, within: number): void {
  expect(record.problems).toEqual([]);
  expect(Math.abs(record.measures[name]! - expected)).toBeLessThanOrEqual(within);
}

describe.each([
  ['neuron.corners.sp', [0, 1, 2, 3, 4, 5, 6]],
  ['neuron.mismatch.sp', [0, 1, 2, 3]],
])('the sigmoid: %s', (file, runs) => {
  it('has its gain and its levels', async () => {
    for (const record of await records(file, runs)) {
      expectNear(record, 'gain', 500, 25);
      expectNear(record, 'top', 1, 0.02);
      expectNear(record, 'bottom', -1, 0.02);
    }
  });
});

it('the feedback circuit keeps the length of its pulses, cold and low, hot and high', async () => {
  for (const record of await records('feedback.corners.sp', [3, 6])) {
    expectNear(record, 'offset1', 0, 100e-9);
    expectNear(record, 'offset2', 0, 100e-9);
    expectNear(record, 'idle', 0, 1e-3);
  }
});

it('mismatch is drawn: a row amplifier has an offset, and takes it back between reads', async () => {
  const runs = await records('row.mismatch.sp', [0, 1, 2]);
  const plain = runs.map((r) => r.measures.plain!);
  expect(new Set(plain).size).toBe(3);
  // Five of the standard deviations of 3.4 mV, and of 17 uV beside 29 uV, that 200 runs gave.
  for (const offset of plain) expect(Math.abs(offset)).toBeLessThan(17e-3);
  expect(Math.max(...plain.map(Math.abs))).toBeGreaterThan(0.5e-3);
  for (const record of runs) expectNear(record, 'offset', 29e-6, 85e-6);
});

it('an inverted read keeps to 2 % of full scale, hot and with mismatch', async () => {
  // Row R11.
  const runs = [
    ...(await records('inverted-read.corners.sp', [5])),
    ...(await records('inverted-read.mismatch.sp', [0, 1])),
  ];
  for (const record of runs)
    for (const name of ['error1', 'error2', 'error3', 'error4']) expectNear(record, name, 0, 0.02);
});
