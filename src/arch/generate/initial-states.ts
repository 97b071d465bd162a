import { uniform } from '../../base/index.js';
import type { InitialStates } from './generate-options.js';
import type { LayerNames } from './layer-names.js';

/**
 * The states of one grid at the start, rows by columns. Random ones are functions of the seed and of
 * the synapse's name, so that a larger network has those of a smaller one.
 */
export function initialStates(states: InitialStates, layer: number, names: LayerNames): number[][] {
  return names.synapses.map((row, n) =>
    row.map((synapse, m) => {
      if (typeof states === 'number') return states;
      if (!('spread' in states)) return states[layer][n][m];
      const key = { seed: states.seed, run: 0, instance: synapse, draw: 's0', event: 0 };
      // Six digits are what the deck shows.
      return Number((0.5 + states.spread * (2 * uniform(key) - 1)).toFixed(6));
    }),
  );
}
