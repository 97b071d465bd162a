import { sha256, type Span, spanText } from '../../base/index.js';
import { printExpression } from '../../expression/index.js';
import type { Circuit, Instance } from '../../netlist/index.js';

/**
 * What identifies a circuit: SHA-256 over its elements, their values and model cards, options,
 * analyses and measures after expansion. Comments, the order of parameters and the names of files do
 * not count.
 */
export function circuitHash(circuit: Circuit): string {
  const { nodes, instances, parameters, options, temperatures } = circuit;
  const texts = [...circuit.analyses, ...circuit.measures].map(({ span }) => plainText(span));
  const named = [...options].map(([name, { value }]) => [name, value] as const);
  const held = [circuit.initialConditions, circuit.nodesets].map((values) =>
    values.map(({ node, value }) => [nodes[node], value]),
  );
  return sha256(
    JSON.stringify([
      instances.map((instance) => describe(instance, nodes)),
      sorted(parameters),
      sorted(named),
      temperatures,
      held,
      texts,
    ]),
  );
}

function describe(instance: Instance, nodes: readonly string[]): unknown {
  const { name, definition, card, parameters, references, source, span } = instance;
  const { equations } = definition;
  return [
    name,
    definition.name,
    instance.nodes.map((node) => nodes[node]),
    sorted(parameters),
    card ? sorted(card.parameters) : [],
    references,
    equations.kind === 'behavioural' ? printExpression(equations.expression) : '',
    source ? [source.dc, source.ac ?? null, source.transient ? plainText(span) : ''] : [],
  ];
}

function sorted<T>(entries: Iterable<readonly [string, T]>): (readonly [string, T])[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A card as it stands, blanks and continued lines made one. */
function plainText(span: Span): string {
  return spanText(span)
    .replaceAll(/\n\s*\+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .toLowerCase();
}
