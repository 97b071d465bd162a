import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Source } from '../../src/base/index.js';
import { simulate, type SimulationResult } from '../../src/solver/index.js';

/** The folder of the decks. */
export const circuitsFolder = join(import.meta.dirname, '..', '..', 'circuits');

/** Reads what a deck includes: paths are relative to the file that names them. */
export function includeReader(path: string, from: Source): Source {
  const name = resolve(dirname(from.name), path);
  return { name, text: readFileSync(name, 'utf8') };
}

/** Simulates a deck of circuits/, by its path there, as it stands. */
export function simulateDeck(deck: string): Promise<SimulationResult> {
  const name = join(circuitsFolder, deck);
  return simulate(readFileSync(name, 'utf8'), { name, reader: includeReader });
}
