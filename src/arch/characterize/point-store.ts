import type { Point, SamplePurpose } from './sampler.js';

/** Gives the values of points: [points × outputs]. */
export type SamplePoints = (
  points: readonly Point[],
  purpose: SamplePurpose,
) => Promise<readonly (readonly number[])[]>;

/** What was sampled so far: no point is simulated twice for one purpose. */
export class PointStore {
  readonly #sample: SamplePoints;
  readonly #known = new Map<string, readonly number[]>();

  constructor(sample: SamplePoints) {
    this.#sample = sample;
  }

  /** Number of points that were sampled. */
  get size(): number {
    return this.#known.size;
  }

  /** How many of these points would have to be sampled. */
  missing(points: readonly Point[], purpose: SamplePurpose = 'build'): number {
    return points.filter((point) => !this.#known.has(keyOf(point, purpose))).length;
  }

  async values(
    points: readonly Point[],
    purpose: SamplePurpose = 'build',
  ): Promise<(readonly number[])[]> {
    const fresh = new Map<string, Point>();
    for (const point of points) {
      const key = keyOf(point, purpose);
      if (!this.#known.has(key)) fresh.set(key, point);
    }
    if (fresh.size > 0) {
      const found = await this.#sample([...fresh.values()], purpose);
      [...fresh.keys()].forEach((key, k) => this.#known.set(key, found[k]));
    }
    return points.map((point) => this.#known.get(keyOf(point, purpose))!);
  }
}

function keyOf(point: Point, purpose: SamplePurpose): string {
  return `${purpose} ${point.join(' ')}`;
}
