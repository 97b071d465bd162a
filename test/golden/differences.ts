import {
  compareOscillations,
  comparePoints,
  compareWaveforms,
  type Dataset,
} from '../../src/waveform/index.js';
import type { Golden, Tolerance } from './read-golden.js';

/** A thousandth of the absolute tolerances: below there is nothing to compare. */
const floors: Readonly<Record<string, number>> = { V: 1e-9, A: 1e-15 };

/** For each signal of a golden, what is wrong with a run's; empty if all is within its tolerance. */
export function differences({ dataset: expected, tolerance }: Golden, actual: Dataset): string[] {
  return expected.columns.slice(1).flatMap(({ name }) => {
    const error = errorOf(expected, actual, name, tolerance);
    if (error <= tolerance.limit) return [];
    return [`${name}: ${error.toPrecision(3)} instead of at most ${tolerance.limit}`];
  });
}

function errorOf(
  expected: Dataset,
  actual: Dataset,
  name: string,
  { rule }: Tolerance,
): number {
  const column = expected.get(name)!;
  const other = actual.get(name);
  if (!other) return NaN;
  if (rule === 'relative')
    return comparePoints(column, other, floors[column.quantity.unit] ?? 0).relative;
  const reference = expected.waveform(name)!;
  const candidate = actual.waveform(name)!;
  if (rule === 'rms') return compareWaveforms(reference, candidate).relativeRms;
  const difference = compareOscillations(reference, candidate, { from: expected.scale.real[0] });
  if (!difference) return NaN;
  return Math.max(Math.abs(difference.relativePeriod), difference.aligned.relativeRms);
}
