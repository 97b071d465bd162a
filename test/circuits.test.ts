/**
 * Every deck of circuits/ runs, agrees with its goldens, and shows what its header promises. Figures
 * in `promises` are those of the headers, which say where they come from.
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { measureAnalyses, type SimulationResult } from '../src/solver/index.js';
import type { AnalysisKind } from '../src/waveform/index.js';
import { differences } from './golden/differences.js';
import { readGolden } from './golden/read-golden.js';
import { figures } from './circuits/figures.js';
import { promises } from './circuits/promises.js';
import { circuitsFolder, simulateDeck } from './circuits/simulate-deck.js';

const golden = join(import.meta.dirname, 'golden');
const decks = readdirSync(circuitsFolder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.cir'))
  .sort();

const results = new Map<string, Promise<SimulationResult>>();

function run(deck: string): Promise<SimulationResult> {
  const result = results.get(deck) ?? simulateDeck(deck);
  results.set(deck, result);
  return result;
}

/** What decks are warned of because they show it. */
const warnings: Readonly<Record<string, readonly string[]>> = {
  'memristive/weak-reset.cir': [
    "S411 'n1' took a pulse that is too low",
    "S411 'n1' took a pulse that is too short",
    "S411 'n1' took a pulse that is too high",
  ],
};

describe.each(decks)('%s', (deck) => {
  it('runs to its end without a complaint', async () => {
    const { analyses, diagnostics } = await run(deck);
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual(
      (warnings[deck] ?? []).map((part) => expect.stringContaining(part) as string),
    );
    expect(analyses.length).toBeGreaterThan(0);
    expect(analyses.every(({ completed }) => completed)).toBe(true);
  });

  it('agrees with its goldens', async () => {
    const { analyses } = await run(deck);
    for (const { kind, dataset } of analyses) {
      const name = `${basename(deck, '.cir')}.${kind}.csv`;
      expect(existsSync(join(golden, name)), name).toBe(true);
      expect(differences(readGolden(name), dataset), name).toEqual([]);
    }
  });

  it.each(promises[deck] ?? [])('shows $what', async ({ analysis, figure, expected, within }) => {
    const { analyses } = await run(deck);
    const { dataset } = analyses.find(({ kind }) => kind === (analysis satisfies AnalysisKind))!;
    expect(Math.abs(figure(dataset) - expected)).toBeLessThanOrEqual(within);
  });

  if (figures[deck])
    it('measures what it says', async () => {
      const { circuit, analyses } = await run(deck);
      const rows = await measureAnalyses(circuit!, analyses);
      expect(rows.filter(({ failure }) => failure)).toEqual([]);
      for (const [name, expected, within] of figures[deck]) {
        const value = rows.find((row) => row.name === name)?.value ?? NaN;
        expect(Math.abs(value - expected), `${name} is ${value}`).toBeLessThanOrEqual(within);
      }
    });
});

it('every promise is of a deck', () => {
  expect(decks).toEqual(expect.arrayContaining(Object.keys({ ...promises, ...figures })));
});
