import { formatQuantity } from '../base/index.js';
import type { Dataset } from '../waveform/index.js';
import { textTable } from './text-table.js';

/** The devices and sources with the largest contributions; files have all. */
const mostRows = 12;

/** Integrated noise: the totals, then the largest contributions with their part of the power. */
export function noiseTable(dataset: Dataset): string {
  const totals = ['onoise_total', 'inoise_total'].map((name) => valueOf(dataset, name));
  const rows = dataset.columns
    .filter(({ name }) => /^onoise_total[_.]/.test(name))
    .map(({ name, real }) => ({ name: name.slice('onoise_total'.length), value: real[0] }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value)
    .slice(0, mostRows)
    .map(({ name, value }) => [
      name.slice(1),
      ...[`onoise_total${name}`, `inoise_total${name}`].map((column) => text(dataset, column)),
      `${((value / totals[0]) ** 2 * 100).toFixed(2)} %`,
    ]);
  const all = ['total', text(dataset, 'onoise_total'), text(dataset, 'inoise_total'), ''];
  return textTable([['', 'output', 'input', ''], all, ...rows], [false, true, true, true]);
}

function valueOf(dataset: Dataset, name: string): number {
  return dataset.get(name)?.real[0] ?? NaN;
}

function text(dataset: Dataset, name: string): string {
  return formatQuantity(valueOf(dataset, name), dataset.get(name)?.quantity.unit ?? '');
}
