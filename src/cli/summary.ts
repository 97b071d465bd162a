import { formatQuantity } from '../base/index.js';
import type { AnalysisResult } from '../solver/index.js';
import { operatingPointTable } from './operating-point-table.js';

/** What is said about an analysis when it has ended: points, time, files; values of an `.op`. */
export function summaryOf(
  result: AnalysisResult,
  seconds: number,
  paths: readonly string[],
  several: { readonly temperatures: boolean },
): string {
  const { card, dataset, temperature, step } = result;
  const at = several.temperatures ? ` at ${Number(temperature.toFixed(6))} °C` : '';
  const points = `${dataset.length} ${dataset.length === 1 ? 'point' : 'points'}`;
  const of = step ? ` ${step.name}` : '';
  const head = `.${card.name}${of}${at}  ${points}  ${formatQuantity(seconds, 's', 3)}${ending(result)}\n`;
  const values =
    dataset.analysis === 'op' && dataset.length > 0 ? operatingPointTable(dataset) : '';
  return head + values + paths.map((path) => `  → ${path}\n`).join('');
}

/** Where an analysis stopped that did not come to its end. */
function ending({ completed, dataset }: AnalysisResult): string {
  if (completed) return '';
  if (dataset.length === 0) return '  failed, nothing computed';
  if (dataset.analysis === 'op') return '  failed';
  const { real, quantity } = dataset.scale;
  return `  stopped at ${formatQuantity(real[dataset.length - 1], quantity.unit)}, what was computed is kept`;
}
