/**
 * Nodes without a dc path to ground. Two unknowns are connected where an element couples them both
 * ways: (r, c) and (c, r) are static entries. That holds for resistors, junctions, channels and
 * voltage sources; it does not hold for capacitors, gates, current sources and control inputs.
 *
 * A component without ground need not be singular (a controlled source may fix it through feedback),
 * so the Jacobian at generic voltages decides: it is singular if the component's currents sum to
 * nothing that depends on any unknown, or if nothing depends on its common voltage.
 */
import { uniform } from '../../base/index.js';
import { DisjointSets } from './disjoint-sets.js';
import type { System } from './system.js';

export interface FloatingComponent {
  /** Unknowns, in the order of their numbers. */
  readonly nodes: readonly number[];
  /** Those whose charge must decide their operating point: capacitors alone reach them. */
  readonly chargeRows: readonly number[];
  /** Current that flows into the component whatever its voltages are [A]. */
  readonly drivenCurrent: number;
}

/** Finds components that float in an operating point. Leaves x as it was. */
export function findFloatingComponents(system: System): FloatingComponent[] {
  const components = ungroundedComponents(system);
  if (components.length === 0) return [];
  const floating = singularOnes(system, components);
  system.evaluateStatic();
  const { f } = system.memory;
  return floating.map((nodes) => ({
    nodes,
    chargeRows: nodes.filter((u) => system.linkage.dynamicRow[u] === 1),
    drivenCurrent: -nodes.reduce((sum, u) => sum + f[u], 0),
  }));
}

/** Node unknowns of every component that does not contain ground. */
function ungroundedComponents(system: System): number[][] {
  const sets = new DisjointSets(system.n + 1);
  system.groups.forEach(({ model, instances }, k) => {
    const table = system.numbering.tables[k];
    const count = instances.length;
    const has = new Set(model.staticEntries.map(({ row, column }) => `${row},${column}`));
    for (const { row, column } of model.staticEntries) {
      if (row >= column || !has.has(`${column},${row}`)) continue;
      for (let i = 0; i < count; i++) sets.join(table[row * count + i], table[column * count + i]);
    }
  });
  const components = new Map<number, number[]>();
  system.unknowns.forEach(({ kind }, u) => {
    if (kind !== 'node' && kind !== 'internal') return;
    const root = sets.find(u);
    if (root === 0) return;
    const members = components.get(root);
    if (members) members.push(u);
    else components.set(root, [u]);
  });
  return [...components.values()];
}

/** Those of the components along which the Jacobian is singular at two generic points. */
function singularOnes(system: System, components: readonly number[][]): number[][] {
  const before = system.memory.x.slice();
  let left = [...components];
  for (let trial = 0; trial < 2 && left.length > 0; trial++) {
    for (let u = 1; u <= system.n; u++) system.memory.x[u] = before[u] + generic(u, trial);
    system.copyHeldStates();
    system.evaluateStatic();
    const sums = new ComponentSums(system, left);
    left = left.filter((_, c) => sums.rowsVanish(c) || sums.columnsVanish(c));
  }
  system.memory.x.set(before);
  return left;
}

function generic(u: number, trial: number): number {
  return 4 * uniform({ seed: 7, run: trial, instance: '', draw: '', event: u }) - 2;
}

/** Sums of Jacobian entries over the rows, and over the columns, of every component. */
class ComponentSums {
  readonly #rowsVanish: boolean[];
  readonly #columnsVanish: boolean[];

  constructor(system: System, components: readonly number[][]) {
    const of = new Int32Array(system.n + 1).fill(-1);
    components.forEach((nodes, c) => {
      for (const u of nodes) of[u] = c;
    });
    this.#rowsVanish = components.map(() => true);
    this.#columnsVanish = components.map(() => true);
    const { columnPointers, rowIndices } = system.pattern;
    const { jf } = system.memory;
    const byRow = new Map<number, [sum: number, size: number]>();
    for (let j = 0; j < system.n; j++) {
      const inColumn = new Map<number, [sum: number, size: number]>();
      for (let p = columnPointers[j]; p < columnPointers[j + 1]; p++) {
        const value = jf[p + 1];
        const row = rowIndices[p] + 1;
        if (of[row] >= 0) add(inColumn, of[row], value);
        if (of[j + 1] >= 0) add(byRow, row * components.length + of[j + 1], value);
      }
      for (const [c, [sum, size]] of inColumn)
        if (!vanishes(sum, size)) this.#rowsVanish[c] = false;
    }
    for (const [key, [sum, size]] of byRow)
      if (!vanishes(sum, size)) this.#columnsVanish[key % components.length] = false;
  }

  rowsVanish(c: number): boolean {
    return this.#rowsVanish[c];
  }

  columnsVanish(c: number): boolean {
    return this.#columnsVanish[c];
  }
}

function add(sums: Map<number, [number, number]>, key: number, value: number): void {
  const entry = sums.get(key);
  if (entry) {
    entry[0] += value;
    entry[1] = Math.max(entry[1], Math.abs(value));
  } else sums.set(key, [value, Math.abs(value)]);
}

function vanishes(sum: number, size: number): boolean {
  return Math.abs(sum) <= 1e-12 * size;
}
