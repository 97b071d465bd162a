/** The table of an experiment: ours beside the paper's, with seeds and spread. */
import type { Published, TrainingExperiment } from '../../arch/index.js';
import type { MeasureSummary, RunTable } from '../../jobs/index.js';
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
  /** What we want beyond the paper, and whether the mean is there. */
  readonly goal?: readonly [number, number];
  readonly reached?: boolean;
  /** Of each seed. */
  readonly values?: readonly SeedValue[];
}

export interface SeedValue {
  readonly seed: number;
  readonly value: number;
}

/** `variantOf` names the variant of a row of the table of runs. */
export function resultRows(
  experiment: TrainingExperiment,
  statistics: readonly MeasureSummary[],
  table: RunTable,
  variantOf: (index: number) => string,
): ResultRow[] {
  return statistics.flatMap(({ name, unit, step, count, mean, sigma }) => {
    if (!mean) return [];
    const spread = sigma ? { deviation: sigma.value, error: sigma.value / Math.sqrt(count) } : {};
    const row = { variant: step, measure: name, unit, seeds: count, mean: mean.value, ...spread };
    const own = table.rows.filter(({ index }) => variantOf(index) === step);
    const values = own.flatMap(({ measures, parameters, status }): SeedValue[] => {
      const value = status === 'done' ? measures[name] : undefined;
      return typeof value === 'number' ? [{ seed: parameters[0].value, value }] : [];
    });
    const paper = experiment.paper?.rows[step]?.[name];
    const goal = experiment.goals[step]?.[name];
    return [
      {
        ...row,
        ...(paper ? { paper, reproduced: isReproduced(row, paper) } : {}),
        ...(goal ? { goal, reached: isWithin(row.mean, goal) } : {}),
        values,
      },
    ];
  });
}

function isWithin(value: number, [least, most]: readonly [number, number]): boolean {
  return value >= least && value <= most;
}

/** Within its band, or without one within twice the common standard error. */
function isReproduced(ours: { mean: number; error?: number }, paper: Published): boolean {
  if (paper.band) return isWithin(ours.mean, paper.band);
  return Math.abs(ours.mean - paper.mean) <= 2 * Math.hypot(ours.error ?? 0, paper.error ?? 0);
}

/**
 * What a table says of a row beside the paper's, or beside our goal: `yes` only with all the seeds that
 * are intended.
 */
export function verdictOf(
  { seeds, reproduced, reached }: ResultRow,
  intended: number,
): '' | 'yes' | 'no' | `within, ${string}` | `outside, ${string}` {
  const good = reproduced ?? reached;
  if (good === undefined) return '';
  if (seeds >= intended) return good ? 'yes' : 'no';
  return `${good ? 'within' : 'outside'}, ${seeds} of ${intended} seeds`;
}

/** `intended` is the number of seeds that the experiment asks for. */
export function resultsText(rows: readonly ResultRow[], intended: number): string {
  if (rows.length === 0) return '';
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
    verdictOf(row, intended),
  ]);
  const head = 'variant,measure,unit,seeds,mean,sd,se,paper,sd,se,reproduced'.split(',');
  // Where nothing is said of a paper, its columns would be empty.
  const columns = lines.some((cells) => cells.slice(7).join('') !== '') ? head.length : 7;
  return textTable(
    [head, ...lines].map((cells) => cells.slice(0, columns)),
    head.map((_, k) => k > 2 && k < 10),
  );
}
