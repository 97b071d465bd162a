/**
 * Loops of elements that fix a voltage each: independent voltage sources, and inductors in an
 * operating point. Such a branch is one whose equation has its two nodes in it and nothing else.
 */
import { error, type Diagnostic } from '../../base/index.js';
import type { Instance } from '../../netlist/circuit.js';
import { DisjointSets } from './disjoint-sets.js';
import type { System } from './system.js';

interface Edge {
  readonly a: number;
  readonly b: number;
  readonly instance: Instance;
  readonly inductive: boolean;
}

/** @param withInductors false where no operating point is asked for (`uic`). */
export function findVoltageLoops(system: System, withInductors: boolean): Diagnostic[] {
  const sets = new DisjointSets(system.n + 1);
  const tree = new Map<number, Edge[]>();
  const diagnostics: Diagnostic[] = [];
  const edges = voltageEdges(system).filter((edge) => withInductors || !edge.inductive);
  for (const edge of edges) {
    if (sets.join(edge.a, edge.b)) {
      for (const node of [edge.a, edge.b]) if (!tree.get(node)?.push(edge)) tree.set(node, [edge]);
    } else diagnostics.push(describe([edge, ...path(tree, edge.a, edge.b)]));
  }
  return diagnostics;
}

function voltageEdges(system: System): Edge[] {
  return system.groups.flatMap(({ model, instances }, k) =>
    model.unknowns.flatMap((local, row) => {
      if (local.kind !== 'branch') return [];
      const columns = model.staticEntries.filter((e) => e.row === row).map((e) => e.column);
      const twoNodes = columns.every((column) => {
        const { kind } = model.unknowns[column];
        return kind === 'terminal' || kind === 'node';
      });
      if (!twoNodes || columns.length !== 2) return [];
      const inductive = model.dynamicRows.includes(row);
      const table = system.numbering.tables[k];
      return instances.map((instance, i) => {
        const node = (column: number): number => table[column * instances.length + i];
        return { a: node(columns[0]), b: node(columns[1]), instance, inductive };
      });
    }),
  );
}

/** The edges between two nodes of a forest, breadth first. */
function path(tree: ReadonlyMap<number, readonly Edge[]>, from: number, to: number): Edge[] {
  const by = new Map<number, Edge | undefined>([[from, undefined]]);
  const queue = [from];
  for (const node of queue) {
    if (node === to) break;
    for (const edge of tree.get(node) ?? []) {
      const next = edge.a === node ? edge.b : edge.a;
      if (by.has(next)) continue;
      by.set(next, edge);
      queue.push(next);
    }
  }
  const edges: Edge[] = [];
  for (let node = to, edge = by.get(to); edge; edge = by.get(node)) {
    edges.push(edge);
    node = edge.a === node ? edge.b : edge.a;
  }
  return edges;
}

function describe(loop: readonly Edge[]): Diagnostic {
  const names = loop.map(({ instance }) => `'${instance.name}'`).join(', ');
  const inductive = loop.some((edge) => edge.inductive);
  const sources = loop.some((edge) => !edge.inductive);
  const kinds = [...(sources ? ['voltage sources'] : []), ...(inductive ? ['inductors'] : [])];
  const message =
    loop.length === 1
      ? `${names} is short-circuited: both its terminals are one node`
      : `${names} form a loop of ${kinds.join(' and ')}: nothing determines the current in it`;
  const help = [
    inductive
      ? 'a small resistance in series with an inductor (or uic with .tran) determines it'
      : 'a small resistance in series with one of the sources determines it',
  ];
  return error('S221', message, loop[0].instance.span, { help });
}
