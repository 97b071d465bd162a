import { renderDiagnostic } from '../../../src/base/index.js';
import { simulate } from '../../../src/solver/index.js';
import type { Dataset } from '../../../src/waveform/index.js';

/** The datasets of cards below a title; a deck that complains is a failure. */
export async function runCards(...cards: readonly string[]): Promise<Dataset[]> {
  const { analyses, diagnostics } = await simulate(['title', ...cards, '.end'].join('\n'));
  if (diagnostics.length > 0) {
    throw new Error(diagnostics.map((each) => renderDiagnostic(each)).join('\n'));
  }
  return analyses.map(({ dataset }) => dataset);
}

/** A value of the operating point of cards, by the name of its column: `v(a)`. */
export async function operatingPoint(
  ...cards: readonly string[]
): Promise<(column: string) => number> {
  const [dataset] = await runCards(...cards, '.op');
  return (column) => last(dataset, column);
}

/** The last value of a column. */
export function last(dataset: Dataset, column: string): number {
  const found = dataset.get(column);
  if (!found) throw new Error(`no column '${column}'`);
  return found.real[dataset.length - 1];
}
