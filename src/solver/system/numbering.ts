/**
 * Numbers of unknowns: ground is 0, then the circuit's nodes, then branch currents, then internal
 * nodes, then states and auxiliary unknowns. Raw files list voltages and currents in this order.
 */
import { error, type Diagnostic } from '../../base/index.js';
import type { LocalUnknown } from '../../devices/language/compiled.js';
import type { Circuit } from '../../netlist/circuit.js';
import type { SolverOptions } from '../options.js';
import type { Group } from './grouping.js';
import { ground, nodeUnknown, ownUnknown, type Unknown } from './unknown.js';

export interface Numbering {
  /** [n + 1], ground first. */
  readonly unknowns: readonly Unknown[];
  /** [groups][local unknown * instances + instance], the number of the unknown. */
  readonly tables: readonly Int32Array[];
}

const passes: readonly (readonly LocalUnknown['kind'][])[] = [
  ['branch'],
  ['node'],
  ['state', 'derivative', 'integral', 'delay'],
];

/** Numbers all unknowns; references to elements without a branch current become diagnostics. */
export function numberUnknowns(
  circuit: Circuit,
  groups: readonly Group[],
  options: SolverOptions,
  diagnostics: Diagnostic[],
): Numbering {
  const unknowns: Unknown[] = [ground];
  for (const node of circuit.nodes.slice(1)) unknowns.push(nodeUnknown(node, options));
  const tables = groups.map(
    (group) => new Int32Array(group.model.unknowns.length * group.instances.length),
  );
  groups.forEach((group, k) => {
    numberTerminals(group, tables[k]);
  });
  for (const kinds of passes) {
    groups.forEach((group, k) => {
      numberOwn(group, tables[k], kinds, unknowns, options);
    });
  }
  resolveReferences(groups, tables, diagnostics);
  return { unknowns, tables };
}

function numberTerminals({ model, instances }: Group, table: Int32Array): void {
  model.unknowns.forEach((local, row) => {
    if (local.kind !== 'terminal') return;
    instances.forEach((instance, i) => {
      table[row * instances.length + i] = instance.nodes[row];
    });
  });
}

function numberOwn(
  { model, instances }: Group,
  table: Int32Array,
  kinds: readonly LocalUnknown['kind'][],
  unknowns: Unknown[],
  options: SolverOptions,
): void {
  const rows = model.unknowns.flatMap((local, row) => (kinds.includes(local.kind) ? [row] : []));
  if (rows.length === 0) return;
  const soleBranch = model.unknowns.filter((local) => local.kind === 'branch').length === 1;
  instances.forEach((instance, i) => {
    for (const row of rows) {
      table[row * instances.length + i] = unknowns.length;
      unknowns.push(ownUnknown(instance, model.unknowns[row], soleBranch, options));
    }
  });
}

function resolveReferences(
  groups: readonly Group[],
  tables: readonly Int32Array[],
  diagnostics: Diagnostic[],
): void {
  const branches = branchesByInstance(groups, tables);
  const known = new Set(groups.flatMap((group) => group.instances.map(({ name }) => name)));
  groups.forEach(({ model, instances }, k) => {
    model.unknowns.forEach((local, row) => {
      if (local.kind !== 'reference') return;
      instances.forEach((instance, i) => {
        const position = instance.definition.references.indexOf(local.name);
        const target = instance.references[position];
        const branch = branches.get(target);
        if (branch === undefined) {
          const message = known.has(target)
            ? `'${instance.name}' reads the current of '${target}', which is not an unknown`
            : `'${instance.name}' reads the current of '${target}', which does not exist`;
          const help = ['put a voltage source of 0 V in series and read its current'];
          diagnostics.push(error('S201', message, instance.span, { help }));
        }
        table(k)[row * instances.length + i] = branch ?? 0;
      });
    });
  });
  function table(k: number): Int32Array {
    return tables[k];
  }
}

function branchesByInstance(
  groups: readonly Group[],
  tables: readonly Int32Array[],
): Map<string, number> {
  const branches = new Map<string, number>();
  groups.forEach(({ model, instances }, k) => {
    const row = model.unknowns.findIndex((local) => local.kind === 'branch');
    if (row < 0) return;
    instances.forEach(({ name }, i) => branches.set(name, tables[k][row * instances.length + i]));
  });
  return branches;
}
