/** Learning curves: the mean over the seeds of each variant, a picture for each value that is told. */
import { Dataset, quantityOf, type Column } from '../../waveform/index.js';

/** The file of results of one run, as far as it is drawn. */
export interface RunCurve {
  readonly variant: string;
  readonly curve: Readonly<Record<string, readonly number[]>>;
}

/** One dataset for a value, with a column for each variant over the steps. */
export function meanCurves(runs: readonly RunCurve[], value: string, title: string): Dataset {
  const variants = [...new Set(runs.map(({ variant }) => variant))];
  const length = Math.max(...runs.map(({ curve }) => curve[value]?.length ?? 0));
  const steps = Float64Array.from({ length }, (_, k) => k + 1);
  const column = (name: string, real: Float64Array): Column => ({
    name,
    quantity: quantityOf('other'),
    real,
  });
  const meanOf = (variant: string): Float64Array => {
    const own = runs
      .filter((run) => run.variant === variant)
      .map(({ curve }) => curve[value] ?? []);
    return steps.map((_, k) => {
      const there = own.filter((curve) => k < curve.length);
      return there.reduce((sum, curve) => sum + curve[k], 0) / there.length;
    });
  };
  const plotName = `${value}, mean of the seeds`;
  return new Dataset({ title, analysis: 'dc', plotName }, [
    column('step', steps),
    ...variants.map((variant) => column(variant === '' ? value : variant, meanOf(variant))),
  ]);
}
