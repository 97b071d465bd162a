import type { Point, SampledGroup, SamplePurpose, Sampler } from './sampler.js';

/** What came of one group of points. */
export interface SamplingResult {
  /** Place in the list of groups. */
  readonly group: number;
  readonly result: SampledGroup;
}

/** Who simulates groups of points: this thread, others, or a file of what was done before. */
export interface Sampling {
  /** Results as they come, in any order; it ends early, with some missing, when it is aborted. */
  execute(
    groups: readonly (readonly Point[])[],
    purpose: SamplePurpose,
    signal: AbortSignal,
  ): AsyncIterable<SamplingResult>;
}

/** How long a thread may be busy before others get their turn [ms]. */
const patience = 20;

/** One group after the other, in this thread. */
export class InProcessSampling implements Sampling {
  readonly #sampler: Sampler;

  constructor(sampler: Sampler) {
    this.#sampler = sampler;
  }

  async *execute(
    groups: readonly (readonly Point[])[],
    purpose: SamplePurpose,
    signal: AbortSignal,
  ): AsyncGenerator<SamplingResult> {
    let last = performance.now();
    for (const [group, points] of groups.entries()) {
      if (signal.aborted) return;
      const result = await this.#sampler.sample(points, purpose, signal);
      if (result) yield { group, result };
      if (performance.now() - last < patience) continue;
      // Timers and an abort from outside get their turn here.
      await new Promise((resolve) => setTimeout(resolve, 0));
      last = performance.now();
    }
  }
}
