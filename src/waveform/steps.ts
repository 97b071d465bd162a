/** Datasets of several steps: the values that were stepped as columns, all points in one dataset. */
import { Dataset, steppedLabels } from './dataset.js';
import { quantityOf, type Column } from './waveform.js';

/** A value that is the same for all points of a step. */
export interface StepParameter {
  readonly label: string;
  readonly unit: string;
  readonly value: number;
}

/** The columns of a step behind those of its parameters. */
export function withParameters(dataset: Dataset, parameters: readonly StepParameter[]): Dataset {
  if (parameters.length === 0) return dataset;
  const leading = parameters.map(({ label, unit, value }): Column => ({
    name: label,
    quantity: unit === '°C' ? quantityOf('temperature') : quantityOf('parameter', unit),
    real: new Float64Array(dataset.length).fill(value),
  }));
  return new Dataset(steppedLabels(dataset), [...leading, ...dataset.columns]);
}

/** The same columns as another dataset has, in its order; NaN where there is no such column. */
export function alignedWith(dataset: Dataset, names: readonly string[]): Dataset {
  const same =
    names.length === dataset.columns.length &&
    names.every((name, c) => dataset.columns[c].name === name);
  if (same) return dataset;
  const columns = names.map(
    (name) =>
      dataset.columns.find((column) => column.name === name) ?? {
        name,
        quantity: quantityOf('other'),
        real: new Float64Array(dataset.length).fill(NaN),
      },
  );
  return new Dataset(dataset, columns);
}

/** All points of datasets of equal columns, one dataset after the other. */
export function concatenated(datasets: readonly Dataset[]): Dataset {
  const [first] = datasets;
  if (datasets.length === 1) return first;
  const join = (part: (column: Column) => Float64Array | undefined, c: number) => {
    const parts = datasets.map(({ columns }) => part(columns[c]));
    return parts.every((values) => values !== undefined) ? joined(parts) : undefined;
  };
  const columns = first.columns.map(({ name, quantity }, c): Column => {
    const imaginary = join((column) => column.imaginary, c);
    const slope = join((column) => column.slope, c);
    return {
      name,
      quantity,
      real: join((column) => column.real, c)!,
      ...(imaginary ? { imaginary } : {}),
      ...(slope ? { slope } : {}),
    };
  });
  return new Dataset(steppedLabels(first), columns);
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
