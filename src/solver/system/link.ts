/** From local entries to slots of the sparse matrix, and the index tables that kernels read. */
import type { CompiledModel, LocalEntry } from '../../devices/language/compiled.js';
import { buildPattern, type SparsePattern } from '../linear/pattern.js';
import type { Group } from './grouping.js';
import type { Numbering } from './numbering.js';

export interface Linkage {
  /**
   * Pattern of ∂f/∂x ∪ ∂q/∂x with the diagonal of all nodes; row and column u − 1 belong to unknown
   * u. The equation of a branch has its own entries only: what a source drives is then a block of
   * its own, and no fill-in comes of it.
   */
  readonly pattern: SparsePattern;
  /** [n + 1] slot of a node's diagonal entry in `jf` and `jq`, which begin with the trash slot. */
  readonly diagonal: Int32Array;
  /** [nonzeros] 1 where there is an entry of ∂f/∂x, or a node's diagonal one. */
  readonly resistive: Uint8Array;
  /** [groups] index tables in the order of `CompiledModel.indexCount`. */
  readonly indices: readonly Int32Array[];
  /** [n + 1] 1 where a row has a charge. */
  readonly dynamicRow: Uint8Array;
  /** [n + 1] 1 where a charge depends on the unknown. */
  readonly dynamicColumn: Uint8Array;
  /** [n + 1] 1 where a device that is not linear depends on the unknown. */
  readonly nonlinearColumn: Uint8Array;
}

interface Coordinates {
  readonly rows: number[];
  readonly columns: number[];
}

export function linkGroups(groups: readonly Group[], numbering: Numbering): Linkage {
  const size = numbering.unknowns.length;
  const coordinates: Coordinates = { rows: [], columns: [] };
  const nodes = numbering.unknowns.flatMap(({ kind }, u) =>
    kind === 'node' || kind === 'internal' ? [u] : [],
  );
  for (const u of nodes) add(coordinates, u - 1, u - 1);
  groups.forEach((group, k) => {
    for (const entries of entryLists(group.model))
      forEachEntry(group, numbering.tables[k], entries, (row, column) => {
        if (row > 0 && column > 0) add(coordinates, row - 1, column - 1);
      });
  });
  const { pattern, slots } = buildPattern(size - 1, coordinates.rows, coordinates.columns);
  const diagonal = new Int32Array(size);
  nodes.forEach((u, k) => (diagonal[u] = slots[k] + 1));
  let next = nodes.length;
  const slotOf = (row: number, column: number): number =>
    row > 0 && column > 0 ? slots[next++] + 1 : 0;
  const indices = groups.map((group, k) => indexTable(group, numbering.tables[k], slotOf));
  const resistive = resistiveEntries(groups, indices, pattern);
  for (const u of nodes) resistive[diagonal[u] - 1] = 1;
  return { pattern, diagonal, resistive, indices, ...dynamicUnknowns(groups, numbering) };
}

function resistiveEntries(
  groups: readonly Group[],
  indices: readonly Int32Array[],
  { rowIndices }: SparsePattern,
): Uint8Array {
  const resistive = new Uint8Array(rowIndices.length);
  groups.forEach(({ model, instances }, k) => {
    // Behind the numbers of unknowns and cards.
    const start = (model.unknowns.length + 1) * instances.length;
    const end = start + model.staticEntries.length * instances.length;
    for (let p = start; p < end; p++) if (indices[k][p] > 0) resistive[indices[k][p] - 1] = 1;
  });
  return resistive;
}

function add({ rows, columns }: Coordinates, row: number, column: number): void {
  rows.push(row);
  columns.push(column);
}

function forEachEntry(
  { instances }: Group,
  table: Int32Array,
  entries: readonly LocalEntry[],
  visit: (row: number, column: number) => void,
): void {
  const count = instances.length;
  for (const entry of entries)
    for (let i = 0; i < count; i++)
      visit(table[entry.row * count + i], table[entry.column * count + i]);
}

/** In the order of the index table. */
function entryLists(model: CompiledModel): (readonly LocalEntry[])[] {
  return [model.staticEntries, model.dynamicEntries, model.transientEntries];
}

/** Visits entries in the order in which the coordinates were collected. */
function indexTable(
  group: Group,
  table: Int32Array,
  slotOf: (row: number, column: number) => number,
): Int32Array {
  const { model, instances, cardOf } = group;
  const count = instances.length;
  const indices = new Int32Array(model.indexCount * count);
  indices.set(table);
  let position = table.length;
  for (let i = 0; i < count; i++) indices[position++] = cardOf[i];
  for (const entries of entryLists(model))
    forEachEntry(group, table, entries, (row, column) => {
      indices[position++] = slotOf(row, column);
    });
  return indices;
}

function dynamicUnknowns(
  groups: readonly Group[],
  { unknowns, tables }: Numbering,
): Pick<Linkage, 'dynamicRow' | 'dynamicColumn' | 'nonlinearColumn'> {
  const dynamicRow = new Uint8Array(unknowns.length);
  const dynamicColumn = new Uint8Array(unknowns.length);
  const nonlinearColumn = new Uint8Array(unknowns.length);
  groups.forEach((group, k) => {
    const count = group.instances.length;
    for (const row of group.model.dynamicRows)
      for (let i = 0; i < count; i++) dynamicRow[tables[k][row * count + i]] = 1;
    forEachEntry(group, tables[k], group.model.dynamicEntries, (_, column) => {
      dynamicColumn[column] = 1;
    });
    if (group.model.linear) return;
    forEachEntry(group, tables[k], group.model.transientEntries, (_, column) => {
      nonlinearColumn[column] = 1;
    });
  });
  dynamicRow[0] = 0;
  dynamicColumn[0] = 0;
  nonlinearColumn[0] = 0;
  return { dynamicRow, dynamicColumn, nonlinearColumn };
}
