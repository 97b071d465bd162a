import type { Circuit } from '../netlist/circuit.js';
import type { SolverOptions } from './options.js';
import { compileInstance } from './simulate.js';
import { drawnNumber } from './system/values.js';

/** A table of more columns serves nobody. */
export const mostDrawn = 1000;

const none: ReadonlyMap<string, number> = new Map();

/**
 * What a run has drawn, by label: the values of expressions and tolerances, then the numbers that
 * device models draw once an instance (`@n1[draw z]`); of very many the first `mostDrawn`.
 */
export function drawnValues(circuit: Circuit, options: SolverOptions): Record<string, number> {
  const values: Record<string, number> = {};
  let room = mostDrawn;
  for (const [label, value] of circuit.drawn ?? none) {
    if (room-- <= 0) return values;
    values[label] = value;
  }
  for (const instance of circuit.instances) {
    const { definition, card, parameters, name } = instance;
    const { instanceSlots } = compileInstance(definition, card?.parameters ?? none, parameters);
    for (const slot of instanceSlots) {
      if (slot.kind !== 'draw') continue;
      if (room-- <= 0) return values;
      values[`@${name}[draw ${slot.name}]`] = drawnNumber(instance, slot, options, 0);
    }
  }
  return values;
}
