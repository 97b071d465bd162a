/**
 * Blocks of the OxRAM and the weak-RESET networks at some corners, and with a few samples of mismatch:
 * the small version of the robustness folders, whose corners and 200 runs are commands. What a measure
 * may be stands behind it in the decks (`atleast`, `atmost`); docs/network-circuits.md has the tables,
 * and the limits that fail. Among the corners here are those at which blocks failed once: RESET and the
 * neuron hot, programming hot with a low supply.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/jobs/index.js';
import { isWithin } from '../../src/jobs/summarize.js';
import { parseNetlist } from '../../src/netlist/index.js';
import { Campaign } from '../../src/solver/index.js';
import { limitsOf } from '../../src/waveform/measures/index.js';
import { circuitsFolder, includeReader } from './simulate-deck.js';

/** Folder, block, runs at corners (in the order of the deck), runs with mismatch. */
const blocks = [
  ['oxram-network', 'update-cell', [3, 6], [0]],
  ['oxram-network', 'normalization-bias', [3, 6], [0]],
  ['oxram-network', 'oxram-states', [3, 5], [0]],
  ['oxram-network', 'oxram-amplifier', [3, 6], [0, 1]],
  ['oxram-network', 'sigmoid-replica', [4, 5], [0]],
  ['oxram-network', 'synapse-codes', [5], [0]],
  ['oxram-network', 'synapse-column', [1], []],
  ['oxram-network', 'stochastic-neuron', [8], []],
  ['weak-reset-network', 'programming', [1, 5], [0]],
  ['weak-reset-network', 'array-2x2', [3, 6], []],
] as const;

interface Carried {
  readonly record: RunRecord;
  /** Measures that are not within their limits. */
  readonly beyond: string[];
}

async function carryOut(deck: string, runs: readonly number[]): Promise<Carried[]> {
  const name = join(circuitsFolder, deck);
  const options = { name, reader: includeReader };
  const { deck: parsed, circuit } = parseNetlist(readFileSync(name, 'utf8'), options);
  const campaign = new Campaign(parsed, circuit!);
  const found: Carried[] = [];
  for (const index of runs) {
    const { record } = (await campaign.carryOut(index))!;
    const beyond = circuit!.measures
      .filter((card) => !isWithin(record.measures[card.name], limitsOf(card)))
      .map((card) => `${card.name} = ${record.measures[card.name]}`);
    found.push({ record, beyond });
  }
  return found;
}

describe.each(blocks)('%s: %s', (folder, block, corners, samples) => {
  const kinds = [
    ['corners', corners],
    ['mismatch', samples],
  ] as const;
  it.each(kinds.filter(([, runs]) => runs.length > 0))(
    'keeps its limits: %s',
    async (kind, runs) => {
      const deck = `${folder}/robustness/${block}.${kind}.sp`;
      for (const { record, beyond } of await carryOut(deck, runs)) {
        expect(record.problems).toEqual([]);
        expect(beyond).toEqual([]);
      }
    },
  );
});
