import type { SteeredCircuit } from '../../solver/index.js';
import type { LayerNames } from '../generate/index.js';

/** States of synapses, layer by layer and row by row. */
export interface StateAccess {
  get(): Float64Array;
  set(states: Float64Array): void;
}

/** States of the synapses of all layers, one after the other, kept in their range. */
export function networkStates(circuit: SteeredCircuit, layers: readonly LayerNames[]): StateAccess {
  const synapses = layers.flatMap((names) => names.synapses.flat());
  const all = synapses.map((each) => circuit.stateProbe(`${each}.xmem.nmem`, 's'));
  return {
    get: () => Float64Array.from(all, ({ get }) => get()),
    set(states) {
      all.forEach(({ set }, k) => {
        set(Math.min(1, Math.max(0, states[k])));
      });
    },
  };
}
