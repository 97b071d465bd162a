import { studentQuantile } from '../../jobs/distributions.js';

/** What equations with an error bar say that a training by circuits would end with. */
export interface Prediction {
  /** The circuits whose residuals were fed back, and how many iterations were measured. */
  readonly of: string;
  readonly measured: number;
  /** Test error of each repetition [%]. */
  readonly errors: readonly number[];
  readonly mean: number;
  /** Of the 95 % interval for one more training [points]. */
  readonly halfWidth: number;
  /** Rms distance of the states from those without residuals, in parts of their way from the start. */
  readonly states: number;
}

/**
 * The interval that one more draw of the same law falls into in 95 of 100 cases, as for a normal law:
 *
 *     mean ± t(0.975, n − 1)·s·√(1 + 1/n), and half a sample more, since errors are whole samples
 *
 * @param errors test errors of repetitions [%], two at least
 * @param samples that judge
 */
export function predictionInterval(
  errors: readonly number[],
  samples: number,
): { readonly mean: number; readonly halfWidth: number } {
  const n = errors.length;
  const mean = errors.reduce((sum, e) => sum + e, 0) / n;
  const variance = errors.reduce((sum, e) => sum + (e - mean) ** 2, 0) / (n - 1);
  const spread = studentQuantile(0.975, n - 1) * Math.sqrt(variance * (1 + 1 / n));
  return { mean, halfWidth: spread + 50 / samples };
}
