/** Two levels of the same experiment, seed by seed: where they part, and what that costs. */
import { studentQuantile } from '../../jobs/distributions.js';
import type { BlockError } from './block-errors.js';
import type { Prediction } from './prediction.js';

/** Of outputs r [V], errors behind an inverted read [V] (with hidden layers), and changes of states. */
export interface BlockDifferences {
  readonly read: BlockError;
  readonly inverted?: BlockError;
  readonly write: BlockError;
}

/** What is taken from the file of results of a run. */
export interface LevelRun {
  readonly seed: number;
  readonly seconds: number;
  readonly measures: Readonly<Record<string, number>>;
  /** States at each judgement. */
  readonly trajectory: readonly (readonly number[])[];
  /** States before the first sample; 0.5 where absent. */
  readonly start?: readonly number[];
  readonly blocks?: BlockDifferences;
  /** Of equations with an error bar. */
  readonly prediction?: Prediction;
}

/** What was predicted of a run of circuits, and what came of it. */
export interface JudgedPrediction extends Prediction {
  readonly seed: number;
  /** Test error of the run itself [%]. */
  readonly error: number;
  readonly inside: boolean;
}

/** A mean over the seeds, and half the width of its 95 % interval (absent for one seed). */
export interface Estimate {
  readonly mean: number;
  readonly halfWidth?: number;
}

export interface FidelityReport {
  readonly seeds: readonly number[];
  /** Test errors [%], and the paired difference, first minus second [points]. */
  readonly error: {
    readonly first: Estimate;
    readonly second: Estimate;
    readonly difference: Estimate;
  };
  /** All other measures by name, mean over the seeds; undefined at a level that has no such measure. */
  readonly measures: readonly {
    readonly name: string;
    readonly first: Estimate | undefined;
    readonly second: Estimate | undefined;
  }[];
  /**
   * States at each judgement: root mean square over synapses and seeds of the difference, and of the
   * way that they have come from their start at the first level.
   */
  readonly trajectory: readonly { readonly difference: number; readonly moved: number }[];
  /** Of the first level beside the second, over all seeds. */
  readonly blocks?: BlockDifferences;
  /** Where the second level has an error bar: seed by seed. */
  readonly predictions?: readonly JudgedPrediction[];
  /** Time of computation [s], mean over the seeds. */
  readonly seconds: { readonly first: number; readonly second: number; readonly ratio: number };
}

/** Runs of the same seeds in the same order. */
export function fidelityOf(
  first: readonly LevelRun[],
  second: readonly LevelRun[],
): FidelityReport {
  const errors = [first, second].map((runs) => runs.map(({ measures }) => measures.error));
  const seconds = [first, second].map((runs) => mean(runs.map((run) => run.seconds)));
  const predictions = second.flatMap(({ prediction }, k) =>
    prediction ? [judged(prediction, first[k])] : [],
  );
  const blocks = first.flatMap((run) => (run.blocks ? [run.blocks] : []));
  return {
    seeds: first.map(({ seed }) => seed),
    error: {
      first: estimate(errors[0]),
      second: estimate(errors[1]),
      difference: estimate(errors[0].map((e, k) => e - errors[1][k])),
    },
    measures: otherMeasures(first, second),
    trajectory: trajectoryOf(first, second),
    ...(blocks.length > 0 ? { blocks: pooledBlocks(blocks) } : {}),
    ...(predictions.length > 0 ? { predictions } : {}),
    seconds: { first: seconds[0], second: seconds[1], ratio: seconds[0] / seconds[1] },
  };
}

function judged(prediction: Prediction, { seed, measures }: LevelRun): JudgedPrediction {
  const { error } = measures;
  const inside = Math.abs(error - prediction.mean) <= prediction.halfWidth;
  return { ...prediction, seed, error, inside };
}

function otherMeasures(
  first: readonly LevelRun[],
  second: readonly LevelRun[],
): FidelityReport['measures'] {
  const levels = [first, second].map((runs) => runs.map(({ measures }) => measures));
  const names = new Set(levels.flat().flatMap((measures) => Object.keys(measures)));
  names.delete('error');
  return [...names].map((name) => {
    const [one, other] = levels.map((runs) => {
      const values = runs.map((measures) => measures[name]);
      return values.every((value) => Number.isFinite(value)) ? estimate(values) : undefined;
    });
    return { name, first: one, second: other };
  });
}

function trajectoryOf(
  first: readonly LevelRun[],
  second: readonly LevelRun[],
): FidelityReport['trajectory'] {
  const length = Math.min(...[...first, ...second].map(({ trajectory }) => trajectory.length));
  return Array.from({ length }, (_, at) => {
    const pairs = first.flatMap(({ trajectory, start }, k) =>
      trajectory[at].map(
        (s, i) => [s - second[k].trajectory[at][i], s - (start?.[i] ?? 0.5)] as const,
      ),
    );
    return {
      difference: rms(pairs.map(([difference]) => difference)),
      moved: rms(pairs.map(([, moved]) => moved)),
    };
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function rms(values: readonly number[]): number {
  return Math.sqrt(mean(values.map((x) => x * x)));
}

function estimate(values: readonly number[]): Estimate {
  const n = values.length;
  const middle = mean(values);
  if (n < 2) return { mean: middle };
  const variance = values.reduce((sum, x) => sum + (x - middle) ** 2, 0) / (n - 1);
  return { mean: middle, halfWidth: studentQuantile(0.975, n - 1) * Math.sqrt(variance / n) };
}

function pooledBlocks(blocks: readonly BlockDifferences[]): BlockDifferences {
  const inverted = blocks.flatMap((each) => (each.inverted ? [each.inverted] : []));
  return {
    read: pooled(blocks.map((each) => each.read)),
    ...(inverted.length > 0 ? { inverted: pooled(inverted) } : {}),
    write: pooled(blocks.map((each) => each.write)),
  };
}

/** Several runs as one. */
function pooled(errors: readonly BlockError[]): BlockError {
  const count = errors.reduce((sum, each) => sum + each.count, 0);
  const over = (value: (each: BlockError) => number): number =>
    errors.reduce((sum, each) => sum + each.count * value(each), 0) / Math.max(1, count);
  return {
    count,
    mean: over((each) => each.mean),
    rms: Math.sqrt(over((each) => each.rms ** 2)),
    max: Math.max(...errors.map((each) => each.max)),
    scale: Math.sqrt(over((each) => each.scale ** 2)),
  };
}
