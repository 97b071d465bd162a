/** What models demand of their parameters: effective lengths that corrections left nothing of. */
import { type Diagnostic, error, formatQuantity, lineText, positionAt } from '../../base/index.js';
import type { CompiledDemand, KernelMemory } from '../../devices/language/compiled.js';
import type { Instance } from '../../netlist/circuit.js';
import type { Group } from './grouping.js';

/** More of one circuit are not told: they are alike. */
const mostTold = 10;

/** Values that must be above zero and are not, after set-up kernels ran; the first of each instance. */
export function unmetDemands(
  groups: readonly Group[],
  memories: readonly KernelMemory[],
): Diagnostic[] {
  const found: Diagnostic[] = [];
  groups.forEach(({ model, instances }, k) => {
    const { instance: values, count } = memories[k];
    const { demands } = model;
    for (let i = 0; i < count && demands.length > 0 && found.length < mostTold; i++) {
      const demand = demands.find(({ slot }) => !(values[slot * count + i] > 0));
      if (demand) found.push(unmet(instances[i], demand, values[demand.slot * count + i]));
    }
  });
  return found;
}

function unmet(
  { name, card, span }: Instance,
  { doc, unit }: CompiledDemand,
  value: number,
): Diagnostic {
  const shown = Number.isNaN(value) ? 'not a number' : formatQuantity(value, unit);
  const message = `the ${doc} of '${name}' is ${shown}; it must be above zero`;
  if (!card) return error('S231', message, span);
  const { line } = positionAt(card.span.source, card.span.start);
  const place = `${card.span.source.name}:${String(line)}`;
  return error('S231', message, span, {
    label: `with the model '${card.name}'`,
    notes: [`${place}: ${lineText(card.span.source, line).trim()}`],
    help: ['what the instance gives and what its model adds or takes away do not go together'],
  });
}
