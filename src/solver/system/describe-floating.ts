/** What there is to say about nodes without a dc path to ground. */
import { error, formatQuantity, warning, type Diagnostic } from '../../base/index.js';
import type { Instance } from '../../netlist/circuit.js';
import type { FloatingComponent } from './floating-nodes.js';
import type { System } from './system.js';

/** More warnings than this are told as one. */
const mostWarnings = 20;

const help = ['a resistor to ground, or .options rshunt=1e12 for all nodes, gives a path'];
const uncharged = 'capacitors decide the operating point there, as if they had been uncharged';

/** A diagnostic for each component; very many warnings become one. */
export function describeFloating(
  system: System,
  components: readonly FloatingComponent[],
): Diagnostic[] {
  const touching = elementsAt(system, components);
  const found = components.map((component, c) => describe(system, component, touching[c]));
  const mild = components.filter((_, c) => found[c].severity === 'warning');
  if (mild.length <= mostWarnings) return found;
  const [first] = found.filter(({ severity }) => severity === 'warning');
  const names = shown(mild.map(({ nodes }) => system.unknowns[nodes[0]].name));
  const message = `${mild.length} nodes or groups of nodes have no dc path to ground: ${names}`;
  const joined = { ...first, message, notes: [uncharged] };
  return [...found.filter(({ severity }) => severity === 'error'), joined];
}

function describe(
  system: System,
  { nodes: component, chargeRows, drivenCurrent }: FloatingComponent,
  touching: readonly Instance[],
): Diagnostic {
  const names = component.map((u) => system.unknowns[u].name);
  const nodes = `${names.length > 1 ? 'nodes' : 'node'} ${shown(names)}`;
  const has = names.length > 1 ? 'have' : 'has';
  const span = touching[0] ? { span: touching[0].span } : {};
  const elements = shown(touching.map(({ name }) => `'${name}'`));
  const notes = touching.length > 0 ? [`connected elements: ${elements}`] : [];
  const more = { notes, help };
  if (Math.abs(drivenCurrent) > 1e-3 * system.options.abstol) {
    const current = formatQuantity(drivenCurrent, 'A');
    const message = `a dc current of ${current} flows into ${nodes}, which ${has} no dc path to ground`;
    return { ...error('S212', message), ...span, ...more };
  }
  const message = `${nodes} ${has} no dc path to ground`;
  if (chargeRows.length === 0) return { ...error('S211', message), ...span, ...more };
  return { ...warning('S213', message), ...span, ...more, notes: [...notes, uncharged] };
}

/** The elements at each component, in the order of the deck. */
function elementsAt(system: System, components: readonly FloatingComponent[]): Instance[][] {
  const { instances } = system.circuit;
  const componentOf = new Map<number, number>();
  const within = new Map<string, number[]>();
  components.forEach(({ nodes }, c) => {
    for (const u of nodes) {
      componentOf.set(u, c);
      const owner = system.unknowns[u].instance?.name;
      if (owner !== undefined) within.set(owner, [...(within.get(owner) ?? []), c]);
    }
  });
  const found = components.map((): Instance[] => []);
  for (const instance of components.length > 0 ? instances : []) {
    const outside = instance.nodes.map((node) => componentOf.get(node));
    for (const c of new Set([...outside, ...(within.get(instance.name) ?? [])]))
      if (c !== undefined) found[c].push(instance);
  }
  return found;
}

function shown(names: readonly string[]): string {
  const first = names.slice(0, 6).join(', ');
  return names.length > 6 ? `${first} and ${names.length - 6} more` : first;
}
