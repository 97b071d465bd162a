import { formatQuantity } from '../base/index.js';
import type { AnalysisResult } from '../solver/index.js';
import type { Dataset } from '../waveform/index.js';
import { noiseTable } from './noise-table.js';
import { operatingPointTable } from './operating-point-table.js';
import { poleZeroTable } from './pole-zero-table.js';

/** What is said about an analysis when it has ended: points, time, files; values of an `.op`. */
export function summaryOf(
  result: AnalysisResult,
  seconds: number,
  paths: readonly string[],
  several: { readonly temperatures: boolean },
): string {
  const { card, part, dataset, temperature, step } = result;
  const at = several.temperatures ? ` at ${Number(temperature.toFixed(6))} °C` : '';
  const points = `${dataset.length} ${dataset.length === 1 ? 'point' : 'points'}`;
  const of = step ? ` ${step.name}` : '';
  const name = part === undefined ? card.name : `${card.name} ${part}`;
  const head = `.${name}${of}${at}  ${points}  ${formatQuantity(seconds, 's', 3)}${ending(result)}\n`;
  const values = dataset.hasScale || dataset.length === 0 ? '' : valuesTable(dataset);
  return head + values + paths.map((path) => `  → ${path}\n`).join('');
}

/** The values of an analysis of a single point. */
function valuesTable(dataset: Dataset): string {
  if (dataset.analysis === 'integrated-noise') return noiseTable(dataset);
  if (dataset.analysis === 'pz') return poleZeroTable(dataset);
  return operatingPointTable(dataset, dataset.analysis === 'sens' ? 'nonzero' : 'all');
}

/** Where an analysis stopped that did not come to its end. */
function ending({ completed, dataset }: AnalysisResult): string {
  if (completed) return '';
  if (dataset.length === 0) return '  failed, nothing computed';
  if (!dataset.hasScale) return '  failed';
  const { real, quantity } = dataset.scale;
  return `  stopped at ${formatQuantity(real[dataset.length - 1], quantity.unit)}, what was computed is kept`;
}
