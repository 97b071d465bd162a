/** The table of an experiment: ours beside the paper's, with seeds and spread. */
import type { Published, TrainingExperiment } from '../../arch/index.js';
import type { MeasureSummary } from '../../jobs/index.js';
import { textTable } from '../text-table.js';

/** One cell of a paper's table, and ours. */
export interface ResultRow {
  readonly variant: string;
  readonly measure: string;
  readonly unit: string;
  readonly seeds: number;
  readonly mean: number;
  /** Standard deviation over the seeds, and the standard error of the mean; absent for one seed. */
  readonly deviation?: number;
  readonly error?: number;
  readonly paper?: Published;
  /** Absent where the paper has no number for it. */
  readonly reproduced?: boolean;
}

export function resultRows(
  experiment: TrainingExperiment,
  statistics: readonly MeasureSummary[],
): ResultRow[] {
  return statistics.flatMap(({ name, unit, step, count, mean, sigma }) => {
    if (!mean) return [];
    const paper = experiment.paper?.rows[step]?.[name];
    const spread = sigma ? { deviation: sigma.value, error: sigma.value / Math.sqrt(count) } : {};
    const row = { variant: step, measure: name, unit, seeds: count, mean: mean.value, ...spread };
    return [paper ? { ...row, paper, reproduced: isReproduced(row, paper) } : row];
  });
}

/** Within its band, or without one within twice the common standard error. */
function isReproduced(ours: { mean: number; error?: number }, paper: Published): boolean {
  if (paper.band) return ours.mean >= paper.band[0] && ours.mean <= paper.band[1];
  return Math.abs(ours.mean - paper.mean) <= 2 * Math.hypot(ours.error ?? 0, paper.error ?? 0);
}

export function resultsText(rows: readonly ResultRow[]): string {
  const shown = (value: number | undefined): string =>
    value === undefined ? '' : String(Number(value.toPrecision(4)));
  const lines = rows.map((row) => [
    row.variant,
    row.measure,
    row.unit,
    String(row.seeds),
    shown(row.mean),
    shown(row.deviation),
    shown(row.error),
    row.paper ? shown(row.paper.mean) : '',
    shown(row.paper?.deviation),
    shown(row.paper?.error),
    row.reproduced === undefined ? '' : row.reproduced ? 'yes' : 'no',
  ]);
  const head = 'variant,measure,unit,seeds,mean,sd,se,paper,sd,se,reproduced'.split(',');
  return textTable(
    [head, ...lines],
    head.map((_, k) => k > 2 && k < 10),
  );
}
