import { renderDiagnostic } from '../../src/base/index.js';
import {
  type Circuit,
  type Instance,
  type ParseOptions,
  parseNetlist,
} from '../../src/netlist/index.js';

/** The circuit of a deck that must be in order; the first line of `text` is the title. */
export function circuitOf(text: string, options: ParseOptions = {}): Circuit {
  const { circuit, diagnostics } = parseNetlist(text, options);
  if (!circuit) throw new Error(diagnostics.map((each) => renderDiagnostic(each)).join('\n'));
  return circuit;
}

/** The circuit of cards below a title. */
export function cardsOf(...cards: readonly string[]): Circuit {
  return circuitOf(['title', ...cards].join('\n'));
}

export function instance(circuit: Circuit, name: string): Instance {
  const found = circuit.instances.find((each) => each.name === name);
  if (!found) throw new Error(`no instance '${name}'`);
  return found;
}

/** A parameter of an instance. */
export function parameter(circuit: Circuit, name: string, key: string): number | undefined {
  return instance(circuit, name).parameters.get(key);
}

/** Names of the nodes of an instance. */
export function nodesOf(circuit: Circuit, name: string): string[] {
  return instance(circuit, name).nodes.map((node) => circuit.nodes[node]);
}

/** Codes of the diagnostics of a deck with a title line added. */
export function codesOf(...cards: readonly string[]): string[] {
  return parseNetlist(['title', ...cards].join('\n')).diagnostics.map(({ code }) => code);
}
