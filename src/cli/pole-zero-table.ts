import { formatQuantity } from '../base/index.js';
import type { Column, Dataset } from '../waveform/index.js';
import { textTable } from './text-table.js';

/** Poles and zeros, one a line: real and imaginary part, |s|/2π, and how well a pair is damped. */
export function poleZeroTable({ columns }: Dataset): string {
  const rows = columns.map(({ name, real, imaginary }: Column) => {
    const [re, im] = [real[0], imaginary?.[0] ?? 0];
    const magnitude = Math.hypot(re, im);
    return [
      name,
      `${formatNumber(re)}${im === 0 ? '' : ` ${im < 0 ? '−' : '+'} j ${formatNumber(Math.abs(im))}`}`,
      formatQuantity(magnitude / (2 * Math.PI), 'Hz'),
      im === 0 ? '' : (-re / magnitude).toFixed(4),
    ];
  });
  if (rows.length === 0) return '  none\n';
  return textTable([['', 's [rad/s]', '|s|/2π', 'damping'], ...rows], [false, true, true, true]);
}

function formatNumber(value: number): string {
  return value === 0 ? '0' : value.toExponential(4);
}
