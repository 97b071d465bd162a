/** Differences seed by seed between variants, also of two experiments, and ratios. */
import type { Comparison, Ratio } from '../../arch/index.js';
import { studentQuantile } from '../../jobs/distributions.js';
import type { SeedValue } from '../training/results-table.js';
import type { ExperimentResults } from './read-results.js';

/** The mean of ours less theirs over the seeds that both have, with a 95 % interval. */
export interface PairedDifference {
  /** What is compared with what: `noisy − analog`. */
  readonly title: string;
  readonly measure: string;
  readonly unit: string;
  readonly seeds: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly within?: readonly [number, number];
}

/** Comparisons of an experiment of which there are two common seeds at least. */
export function pairedDifferences(
  own: ExperimentResults,
  all: readonly ExperimentResults[],
): PairedDifference[] {
  return own.comparisons.flatMap((each) => {
    const found = differenceOf(own, all, each);
    return found ? [found] : [];
  });
}

function differenceOf(
  own: ExperimentResults,
  all: readonly ExperimentResults[],
  { variant, with: other, measure, within }: Comparison,
): PairedDifference | undefined {
  const name = other.experiment ?? own.name;
  const ours = rowOf(own, variant, measure);
  const theirs = rowOf(
    all.find((each) => each.name === name),
    other.variant,
    measure,
  );
  if (!ours?.values || !theirs?.values) return undefined;
  const differences = commonDifferences(ours.values, theirs.values);
  if (differences.length < 2) return undefined;
  const [mean, half] = intervalOf(differences);
  const from = other.experiment === undefined ? '' : `${other.experiment}, `;
  return {
    title: `${variant} − ${from}${other.variant}`,
    measure,
    unit: ours.unit,
    seeds: differences.length,
    mean,
    low: mean - half,
    high: mean + half,
    ...(within ? { within } : {}),
  };
}

function rowOf(of: ExperimentResults | undefined, variant: string, measure: string) {
  return of?.rows.find((row) => row.variant === variant && row.measure === measure);
}

function commonDifferences(ours: readonly SeedValue[], theirs: readonly SeedValue[]): number[] {
  const bySeed = new Map(theirs.map(({ seed, value }) => [seed, value]));
  return ours.flatMap(({ seed, value }) => {
    const other = bySeed.get(seed);
    return other === undefined ? [] : [value - other];
  });
}

/** Mean, and half of its 95 % interval by Student's law. */
function intervalOf(values: readonly number[]): [number, number] {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return [mean, studentQuantile(0.975, n - 1) * Math.sqrt(variance / n)];
}

/** A ratio with its value; those whose measure is there. */
export function ratiosOf(own: ExperimentResults): (Ratio & { readonly value: number })[] {
  return own.ratios.flatMap((ratio) => {
    const row = rowOf(own, ratio.variant, ratio.measure);
    return row ? [{ ...ratio, value: ratio.number / row.mean }] : [];
  });
}
