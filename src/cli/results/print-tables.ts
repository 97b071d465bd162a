/**
 * The tables that `.print` lines ask for: the swept variable, then each expression under the header
 * that the user wrote.
 */
import { DiagnosticError } from '../../base/index.js';
import type { OutputRequest } from '../../netlist/index.js';
import { calculate } from '../../waveform/calculator/index.js';
import { type Column, Dataset } from '../../waveform/index.js';

/** Of the quantities of the circuit itself, which a `.print` of no analysis means. */
const ordinary: ReadonlySet<string> = new Set(['op', 'dc', 'ac', 'tran']);

/** The `.print` lines that are for this kind of analysis. */
export function printsOf(prints: readonly OutputRequest[], kind: string): OutputRequest[] {
  return prints.filter(
    ({ analysis }) => analysis === kind || (analysis === undefined && ordinary.has(kind)),
  );
}

/** One table. Throws a `DiagnosticError` if an expression has no value. */
export async function printTable(dataset: Dataset, request: OutputRequest): Promise<Dataset> {
  const columns: Column[] = dataset.hasScale ? [dataset.scale] : [];
  for (const { text, expression } of request.items) {
    if (expression === 'all') columns.push(...signalsOf(dataset));
    else columns.push(await itemColumn(dataset, text, expression));
  }
  return new Dataset(dataset, columns);
}

async function itemColumn(
  dataset: Dataset,
  name: string,
  expression: Parameters<typeof calculate>[0],
): Promise<Column> {
  const column = await calculate(expression, dataset, { name });
  if ('code' in column) throw new DiagnosticError([column]);
  return column;
}

/** All columns but the scale; an operating point has none. */
export function signalsOf(dataset: Dataset): readonly Column[] {
  return dataset.hasScale ? dataset.columns.slice(1) : dataset.columns;
}

/** What the `.print` lines of an analysis name, once each, over the scale: what a plot shows. */
export function printedTogether(tables: readonly Dataset[]): Dataset | undefined {
  const [first] = tables;
  if (!first) return undefined;
  const columns = new Map<string, Column>();
  for (const table of tables) for (const column of table.columns) columns.set(column.name, column);
  return new Dataset(first, [...columns.values()]);
}
