/**
 * Chooses the points of a curve that make a difference on paper. Where x runs one way, each pixel
 * column keeps the points with its smallest and its largest value, so that no peak is lost
 * however narrow; ends are kept. A curve that turns back (a hysteresis) keeps every point that
 * lies more than `nearest` pixels from the one kept before.
 */
export interface Paper {
  /** The place of a value in pixels. */
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

const nearest = 0.4;

/** The indices to draw, ascending: about two for each pixel of width, all if there are few. */
export function decimate(xs: Float64Array, ys: Float64Array, paper: Paper): number[] {
  const last = xs.length - 1;
  const width = Math.abs(paper.x(xs[last]) - paper.x(xs[0]));
  if (runsOneWay(xs)) {
    if (xs.length <= 3 * width) return Array.from(xs.keys());
    return extremesOfColumns(xs, ys, paper);
  }
  return xs.length <= 1000 ? Array.from(xs.keys()) : distant(xs, ys, paper);
}

function runsOneWay(xs: Float64Array): boolean {
  const direction = Math.sign(xs[xs.length - 1] - xs[0]);
  return xs.every((x, i) => i === 0 || (x - xs[i - 1]) * direction >= 0);
}

function extremesOfColumns(xs: Float64Array, ys: Float64Array, paper: Paper): number[] {
  const last = xs.length - 1;
  const kept = [0];
  const keep = (i: number): void => {
    if (i > kept[kept.length - 1]) kept.push(i);
  };
  for (let first = 0; first <= last;) {
    const column = Math.floor(paper.x(xs[first]));
    let low = first;
    let high = first;
    let i = first;
    for (; i <= last && Math.floor(paper.x(xs[i])) === column; i++) {
      // A value that is no number is a gap; it gives way to any value of its column.
      if (ys[i] < ys[low] || Number.isNaN(ys[low])) low = i;
      if (ys[i] > ys[high] || Number.isNaN(ys[high])) high = i;
    }
    keep(Math.min(low, high));
    keep(Math.max(low, high));
    first = Math.max(i, first + 1);
  }
  keep(last);
  return kept;
}

function distant(xs: Float64Array, ys: Float64Array, paper: Paper): number[] {
  const kept: number[] = [];
  let left = NaN;
  let top = NaN;
  for (let i = 0; i < xs.length; i++) {
    const x = paper.x(xs[i]);
    const y = paper.y(ys[i]);
    if (Math.abs(x - left) < nearest && Math.abs(y - top) < nearest) continue;
    kept.push(i);
    left = x;
    top = y;
  }
  return kept;
}
