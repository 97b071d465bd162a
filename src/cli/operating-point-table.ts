import { formatQuantity } from '../base/index.js';
import type { Column, Dataset } from '../waveform/index.js';
import { textTable } from './text-table.js';

/** The values of a single point, such as an operating point: name and value with unit, a line each. */
export function operatingPointTable(dataset: Dataset, which: 'all' | 'nonzero' = 'all'): string {
  const rows = dataset.columns
    .filter(({ real }) => which === 'all' || real[0] !== 0)
    .map((column) => [shownName(column), formatQuantity(column.real[0], column.quantity.unit)]);
  return textTable(rows, [false, true]);
}

/** A node's name alone would not say that its voltage is meant. */
function shownName({ name, quantity }: Column): string {
  if (/[(@#]/.test(name)) return name;
  return quantity.kind === 'voltage' ? `v(${name})` : name;
}
