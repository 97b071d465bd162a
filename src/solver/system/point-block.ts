/**
 * Where several accepted points in a row are put down before anyone looks at them: columns of a few
 * dozen values in the system's memory.
 */
export class PointBlock {
  /** Points that there is room for; 0 for systems that are never advanced by more than one. */
  readonly capacity: number;
  /** [capacity] time [s], error over tolerance, and Newton iterations up to each point. */
  readonly time: Float64Array;
  readonly ratio: Float64Array;
  readonly iterations: Float64Array;
  /** [n + 1][capacity] unknowns, and their slopes. */
  readonly x: readonly Float64Array[];
  readonly slopes: readonly Float64Array[];

  /** @param block [pointBlockDoubles] */
  constructor(block: Float64Array, n: number) {
    this.capacity = block.length === 0 ? 0 : capacityFor(n);
    const stride = this.capacity === 0 ? 0 : this.capacity + padding;
    const column = (k: number): Float64Array =>
      block.subarray(k * stride, k * stride + this.capacity);
    this.time = column(0);
    this.ratio = column(1);
    this.iterations = column(2);
    this.x = Array.from({ length: n + 1 }, (_, u) => column(3 + u));
    this.slopes = Array.from({ length: n + 1 }, (_, u) => column(4 + n + u));
  }
}

/** Columns that begin at a multiple of 4096 bytes from each other share lines of the cache. */
const padding = 8;
const roughly = 8192;

function columnCount(n: number): number {
  return 3 + 2 * (n + 1);
}

function capacityFor(n: number): number {
  const rows = roughly / columnCount(n) - padding;
  return 8 * Math.round(Math.min(256, Math.max(16, rows)) / 8);
}

/** Length of the block of a `PointBlock`. */
export function pointBlockDoubles(n: number): number {
  return columnCount(n) * (capacityFor(n) + padding);
}
