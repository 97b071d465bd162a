/**
 * Pictures of experiments whose variants are a sweep over two settings. Variants say so by their names:
 * '40 inputs, gain 0.5' is the point of 40 inputs and a gain of 0.5.
 */
import { Dataset, quantityOf, type Column } from '../../waveform/index.js';

/** The mean of a measure over the seeds of a variant. */
export interface SweepValue {
  readonly variant: string;
  readonly measure: string;
  readonly mean: number;
}

/** What is swept in curves of its own, and along their axis. */
export interface SweepAxes {
  readonly curves: string;
  readonly along: string;
  /** Ascending. */
  readonly points: readonly {
    readonly curve: number;
    readonly at: number;
    readonly name: string;
  }[];
}

export interface SweepPicture {
  readonly name: string;
  readonly dataset: Dataset;
  readonly x: string;
}

const nameForm = /^(\S+) ([^,]+), (.+) (\S+)$/;

/** Nothing for variants that are no sweep. */
export function sweepAxes(variants: readonly string[]): SweepAxes | undefined {
  const found = variants.map((name) => ({ name, parts: nameForm.exec(name) }));
  const points = found.flatMap(({ name, parts }) =>
    parts ? [{ name, curve: Number(parts[1]), at: Number(parts[4]) }] : [],
  );
  const titles = new Set(found.map(({ parts }) => parts && `${parts[2]}, ${parts[3]}`));
  const numeric = points.every(({ curve, at }) => Number.isFinite(curve) && Number.isFinite(at));
  if (points.length < variants.length || titles.size !== 1 || !numeric) return undefined;
  if (new Set(points.map(({ curve }) => curve)).size < 2) return undefined;
  const [, , curves, along] = found[0].parts!;
  points.sort((a, b) => a.curve - b.curve || a.at - b.at);
  return { curves, along, points };
}

/**
 * Two pictures for each measure of which it is known what is better: the measure along the axis, a
 * curve for each value of the other setting, and where each curve is best.
 *
 * @param better by measure
 */
export function sweepPictures(
  values: readonly SweepValue[],
  better: Readonly<Record<string, 'larger' | 'smaller'>>,
  title: string,
): SweepPicture[] {
  const axes = sweepAxes([...new Set(values.map(({ variant }) => variant))]);
  if (!axes) return [];
  return Object.entries(better).flatMap(([measure, side]) => {
    const means = new Map(
      values.filter((each) => each.measure === measure).map((each) => [each.variant, each.mean]),
    );
    if (means.size === 0) return [];
    const along = unique(axes.points.map(({ at }) => at));
    const curves = unique(axes.points.map(({ curve }) => curve));
    const meanAt = (curve: number, at: number): number => {
      const point = axes.points.find((each) => each.curve === curve && each.at === at);
      return (point && means.get(point.name)) ?? NaN;
    };
    const lines = curves.map((curve) => along.map((at) => meanAt(curve, at)));
    const best = lines.map((line) => bestPlace(along, line, side));
    const about = { title, analysis: 'dc' as const, plotName: `${measure}, mean of the seeds` };
    const names = curves.map((curve) => `${curve} ${axes.curves}`);
    return [
      {
        name: `sweep.${measure}`,
        x: axes.along,
        dataset: new Dataset(about, [
          column(axes.along, along),
          ...lines.map((line, k) => column(names[k], line)),
        ]),
      },
      {
        name: `best.${measure}`,
        x: axes.curves,
        dataset: new Dataset({ ...about, plotName: `best ${axes.along} by ${measure}` }, [
          column(axes.curves, curves),
          column(`best ${axes.along}`, best),
        ]),
      },
    ];
  });
}

/**
 * Where a curve over a logarithmic axis is best: the peak of the parabola through its best point and
 * the neighbours, or that point where it is the first or last.
 */
export function bestPlace(
  along: readonly number[],
  line: readonly number[],
  side: 'larger' | 'smaller',
): number {
  const heights = line.map((value) => (side === 'larger' ? value : -value));
  const there = heights.map((_, k) => k).filter((k) => Number.isFinite(heights[k]));
  if (there.length === 0) return NaN;
  const top = there.reduce((a, b) => (heights[b] > heights[a] ? b : a));
  const place = there.indexOf(top);
  if (place === 0 || place === there.length - 1) return along[top];
  const [x0, x1, x2] = [there[place - 1], top, there[place + 1]].map((k) => Math.log(along[k]));
  const [y0, y1, y2] = [there[place - 1], top, there[place + 1]].map((k) => heights[k]);
  const [left, right] = [(x1 - x0) * (y1 - y2), (x1 - x2) * (y1 - y0)];
  const shift = ((x1 - x0) * left - (x1 - x2) * right) / (2 * (left - right));
  return Number.isFinite(shift) ? Math.exp(x1 - shift) : along[top];
}

function unique(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

function column(name: string, values: readonly number[]): Column {
  return { name, quantity: quantityOf('other'), real: Float64Array.from(values) };
}
