/** A figure of the paper as ours: pictures, and numbers beside those of the paper or reference. */
import { Dataset, quantityOf, type Column } from '../../src/waveform/index.js';
import { plotSvg } from '../../src/waveform/plot/index.js';

/** One number of ours beside another's. */
export interface Check {
  readonly what: string;
  readonly ours: number;
  readonly expected: number;
  /** The difference that is allowed. */
  readonly within: number;
  readonly source: string;
}

export interface Figure {
  readonly pictures: Readonly<Record<string, string>>;
  readonly checks: readonly Check[];
}

interface Lines {
  readonly title: string;
  /** A second line: what the paper has. */
  readonly beside: string;
  readonly x: readonly [name: string, values: ArrayLike<number>];
  /** Names and values; NaN is a gap. */
  readonly y: readonly (readonly [name: string, values: ArrayLike<number>])[];
  readonly unit?: string;
  readonly logX?: boolean;
  readonly logY?: boolean;
  /** Each of `y` is another device: all in one colour, under this name. */
  readonly together?: string;
}

/** Curves over one axis as SVG. */
export function lines({
  title,
  beside,
  x,
  y,
  unit = '',
  logX = false,
  logY = false,
  together,
}: Lines): string {
  const column = ([name, values]: Lines['x'], of = ''): Column => ({
    name,
    quantity: quantityOf(of === 'A' ? 'current' : 'other', of),
    real: Float64Array.from(values),
  });
  const labels = { title, analysis: 'dc', plotName: beside } as const;
  if (together !== undefined) {
    const runs = y.map(
      ([, values]) => new Dataset(labels, [column(x), column([together, values])]),
    );
    return plotSvg({ dataset: runs[0], runs, x: x[0], traces: [together] });
  }
  // Over its number: the axis may run back and forth.
  const number = column(['', Array.from(x[1], (_, k) => k)]);
  const columns = [number, column(x), ...y.map((each) => column(each, unit))];
  const dataset = new Dataset(labels, columns);
  return plotSvg({ dataset, x: x[0], traces: y.map(([name]) => name), logX, logY });
}

/** Edges and heights of a density as a line of steps, over the values that lie between the ends. */
export function steps(
  values: ArrayLike<number>,
  low: number,
  high: number,
  bins: number,
): { readonly x: number[]; readonly density: number[] } {
  const counts = new Float64Array(bins);
  const width = (high - low) / bins;
  for (const value of Array.from(values))
    if (value >= low && value < high) counts[Math.floor((value - low) / width)]++;
  const x: number[] = [];
  const density: number[] = [];
  counts.forEach((count, k) => {
    const height = count / (values.length * width);
    x.push(low + k * width, low + (k + 1) * width - 1e-9 * width);
    density.push(height, height);
  });
  return { x, density };
}
