import type { SteeredCircuit } from '../../solver/index.js';
import type { LayerNames } from '../generate/index.js';
import { type StateAccess, stateAccess } from './quasi-static-grid.js';

/** States of the synapses of all layers, one after the other. */
export function networkStates(circuit: SteeredCircuit, layers: readonly LayerNames[]): StateAccess {
  const all = layers.map((names) => stateAccess(circuit, names));
  const sizes = layers.map(({ rows, columns }) => rows.length * columns.length);
  return {
    get: () => Float64Array.from(all.flatMap((each) => [...each.get()])),
    set(states) {
      let from = 0;
      all.forEach((each, k) => {
        each.set(states.subarray(from, from + sizes[k]));
        from += sizes[k];
      });
    },
  };
}
