/** Prints the intermediate forms of a deck, for people who look into the program. */
import { formatQuantity, spanPlace, type Span } from '../base/index.js';
import { compileModel, equationsOf, structureOf } from '../devices/language/compile.js';
import { printEquations } from '../devices/language/print-equations.js';
import type { Circuit, Deck, Instance } from '../netlist/index.js';
import { bindOptions } from '../solver/options.js';
import { System } from '../solver/system/system.js';
import type { EmitForm } from './commands/run-arguments.js';

/** One form as text. */
export function emit(form: EmitForm, deck: Deck, circuit: Circuit): string {
  switch (form) {
    case 'ast':
      return `${JSON.stringify(deck, withPlaces, 2)}\n`;
    case 'circuit':
      return circuitText(circuit);
    case 'equations':
      return perStructure(circuit, ({ definition }, structure) =>
        printEquations(equationsOf(definition, structure)),
      );
    case 'code':
      return perStructure(
        circuit,
        ({ definition }, structure) => compileModel(definition, structure).source,
      );
    case 'pattern':
      return patternText(circuit);
  }
}

/** Spans as `file:line:column`; the text of the deck itself is left out. */
function withPlaces(key: string, value: unknown): unknown {
  if (key === 'span') return spanPlace(value as Span);
  if (key === 'source') return (value as { readonly name: string }).name;
  return value;
}

function circuitText(circuit: Circuit): string {
  const lines = [circuit.title, '', `nodes: ${circuit.nodes.join(' ')}`, '', 'instances:'];
  for (const { name, definition, card, nodes, references, parameters } of circuit.instances) {
    const values = [...parameters].map(([key, value]) => `${key}=${formatQuantity(value)}`);
    lines.push(
      `  ${[
        name,
        `(${nodes.map((node) => circuit.nodes[node]).join(' ')})`,
        ...references,
        definition.name,
        ...(card ? [`card ${card.name}`] : []),
        ...values,
      ].join(' ')}`,
    );
  }
  const cards = new Set(circuit.instances.flatMap(({ card }) => (card ? [card] : [])));
  if (cards.size > 0) lines.push('', 'model cards:');
  for (const { name, parameters } of cards) {
    lines.push(`  ${name} ${[...parameters].map(([key, value]) => `${key}=${value}`).join(' ')}`);
  }
  lines.push('', 'analyses:');
  for (const { name, arguments: given } of circuit.analyses)
    lines.push(`  .${name} ${given.map(({ text }) => text).join(' ')}`);
  return `${lines.join('\n')}\n`;
}

/** Once for each model and structure: instances that share one share a kernel. */
function perStructure(
  circuit: Circuit,
  print: (instance: Instance, structure: ReturnType<typeof structureOf>) => string,
): string {
  const groups = new Map<string, { readonly text: string; readonly names: string[] }>();
  for (const instance of circuit.instances) {
    const { definition, card, parameters } = instance;
    const structure = structureOf(definition, card?.parameters ?? new Map(), parameters);
    const key = `${definition.name} ${structure.key}`;
    const known = groups.get(key);
    if (known) known.names.push(instance.name);
    else groups.set(key, { text: print(instance, structure), names: [instance.name] });
  }
  return [...groups]
    .map(([key, { text, names }]) => `// ${key}: ${names.join(' ')}\n${text.trimEnd()}\n`)
    .join('\n');
}

/** The Jacobian's pattern: a row of marks for each equation, columns in the same order. */
function patternText(circuit: Circuit): string {
  const options = bindOptions(circuit.options, []);
  const system = new System(circuit, options, (definition, card, instance) =>
    compileModel(definition, structureOf(definition, card, instance)),
  );
  const { columnPointers, rowIndices } = system.pattern;
  const rows = Array.from({ length: system.n }, () => Array<string>(system.n).fill('.'));
  for (let column = 0; column < system.n; column++)
    for (let k = columnPointers[column]; k < columnPointers[column + 1]; k++)
      rows[rowIndices[k]][column] = 'x';
  const names = system.unknowns.slice(1).map(({ name }) => name);
  const width = Math.max(0, ...names.map((name) => name.length));
  return rows.map((row, i) => `${names[i].padEnd(width)}  ${row.join('')}\n`).join('');
}
