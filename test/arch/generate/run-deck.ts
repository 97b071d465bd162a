import { join } from 'node:path';
import { type GenerateOptions } from '../../../src/arch/index.js';
import { parseNetlist } from '../../../src/netlist/index.js';
import { simulate } from '../../../src/solver/index.js';
import type { Dataset } from '../../../src/waveform/index.js';
import { circuitsFolder, includeReader } from '../../circuits/simulate-deck.js';

/** Where decks of the tests find the libraries. */
export const library = join(circuitsFolder, 'analog-network');

/** Synapses of level 1 and an ideal periphery: what runs fastest. */
export const fast: Partial<GenerateOptions> = { library, transistors: 'level1' };

export async function runDeck(text: string): Promise<Dataset> {
  const { analyses, diagnostics } = await simulate(text, { name: 'deck', reader: includeReader });
  if (diagnostics.length > 0 || !analyses[0]?.completed) throw new Error(diagnostics[0]?.message);
  return analyses[0].dataset;
}

/** The elements of a deck: name, nodes and parameters, however they are written. */
export function elements(text: string, folder = 'deck'): Map<string, string> {
  const { circuit } = parseNetlist(text, { name: join(folder, 'deck'), reader: includeReader });
  return new Map(
    circuit!.instances.map(({ name, definition, nodes, parameters, card, source }) => {
      const terminals = nodes.map((node) => circuit!.nodes[node]);
      return [
        name,
        JSON.stringify([definition.name, terminals, [...parameters], card?.name, source?.dc]),
      ];
    }),
  );
}
