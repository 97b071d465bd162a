import type { Worker } from 'node:worker_threads';
import type { Point, SamplePurpose } from '../../arch/characterize/sampler.js';
import type { Sampling, SamplingResult } from '../../arch/characterize/sampling.js';
import { DiagnosticError, error } from '../../base/index.js';

/** What a worker is asked for; a `SamplingResult` comes back. */
export interface SamplingTask {
  readonly group: number;
  readonly points: readonly Point[];
  readonly purpose: SamplePurpose;
}

/** Groups of points in worker threads, which stay for all that is asked for. */
export class SamplingThreads implements Sampling {
  readonly #hire: () => Worker;
  readonly #count: number;
  readonly #workers: Worker[] = [];

  constructor(count: number, hire: () => Worker) {
    this.#count = count;
    this.#hire = hire;
  }

  async *execute(
    groups: readonly (readonly Point[])[],
    purpose: SamplePurpose,
    signal: AbortSignal,
  ): AsyncGenerator<SamplingResult> {
    const waiting = groups
      .map((points, group): SamplingTask => ({ group, points, purpose }))
      .reverse();
    const done: SamplingResult[] = [];
    let failure: Error | undefined;
    let wake: () => void = () => undefined;
    const next = (worker: Worker): void => {
      const task = waiting.pop();
      if (task) worker.postMessage(task);
    };
    const listen = (worker: Worker): (() => void) => {
      const take = (result: SamplingResult): void => {
        done.push(result);
        next(worker);
        wake();
      };
      const fail = (problem: unknown): void => {
        failure = problem instanceof Error ? problem : new Error(`it ended (${String(problem)})`);
        wake();
      };
      const stop = (): void => {
        wake();
      };
      worker.on('message', take).on('error', fail).on('exit', fail);
      signal.addEventListener('abort', stop);
      return () => {
        worker.off('message', take).off('error', fail).off('exit', fail);
        signal.removeEventListener('abort', stop);
      };
    };
    while (this.#workers.length < Math.min(this.#count, groups.length))
      this.#workers.push(this.#hire());
    const ends = this.#workers.map(listen);
    this.#workers.forEach(next);
    try {
      for (let open = groups.length; open > 0;) {
        const result = done.shift();
        if (result) {
          open--;
          yield result;
        } else if (failure) throw lost(failure);
        else if (signal.aborted) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      for (const end of ends) end();
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

function lost({ message }: Error): DiagnosticError {
  return new DiagnosticError([
    error('C325', `a worker thread ended before its work: ${message}`, undefined, {
      help: ["'--threads 1' does without; what is finished is kept"],
    }),
  ]);
}
