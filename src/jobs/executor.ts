import type { RunRecord } from './run-record.js';

/**
 * Carries out jobs: here, in threads, on a cluster. What a job is, its executor knows; what comes of
 * it depends on the job alone, so that every executor gives the same records.
 */
export interface Executor {
  readonly name: string;
  /**
   * Carries out the jobs of these indices and gives their records as they end, in any order, one for
   * each job. Stops early when `signal` is aborted; jobs without a record by then were not done.
   */
  execute(indices: readonly number[], signal: AbortSignal): AsyncIterable<RunRecord>;
}

/** Carries out one job; undefined if it was interrupted. */
export type CarryOut = (index: number, signal: AbortSignal) => Promise<RunRecord | undefined>;

/** One job after the other, in this thread. */
export class InProcessExecutor implements Executor {
  readonly name = 'in-process';
  readonly #carryOut: CarryOut;

  constructor(carryOut: CarryOut) {
    this.#carryOut = carryOut;
  }

  async *execute(indices: readonly number[], signal: AbortSignal): AsyncGenerator<RunRecord> {
    for (const index of indices) {
      if (signal.aborted) return;
      const record = await this.#carryOut(index, signal);
      if (record) yield record;
      // Timers and an abort from outside get their turn here.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
}
