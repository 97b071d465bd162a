import { simulate } from '../../src/solver/index.js';
import type { Dataset } from '../../src/waveform/index.js';

/** The dataset of a deck's only analysis. @throws Error with the first message if it fails */
export async function simulated(text: string): Promise<Dataset> {
  const { analyses, diagnostics } = await simulate(text);
  const problem = diagnostics.find(({ severity }) => severity === 'error');
  if (problem || !analyses[0]?.completed) throw new Error(problem?.message ?? 'not completed');
  return analyses[0].dataset;
}

/** Value of a column at a time, between points by a straight line. */
export function valueAt(dataset: Dataset, name: string, time: number): number {
  const times = dataset.scale.real;
  const values = dataset.get(name)!.real;
  const k = Math.max(
    times.findIndex((t) => t >= time),
    1,
  );
  const part = (time - times[k - 1]) / (times[k] - times[k - 1]);
  return values[k - 1] + part * (values[k] - values[k - 1]);
}

/** The value of `of` where `values` first pass `level`; NaN if they do not. */
export function whereCrossed(
  values: ArrayLike<number>,
  level: number,
  of: ArrayLike<number>,
  rising?: boolean,
): number {
  for (let k = 1; k < values.length; k++) {
    const [a, b] = [values[k - 1] - level, values[k] - level];
    if (a * b > 0 || a === b || (rising !== undefined && rising !== b > a)) continue;
    return of[k - 1] + (a / (a - b)) * (of[k] - of[k - 1]);
  }
  return NaN;
}
