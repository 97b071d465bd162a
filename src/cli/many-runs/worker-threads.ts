import type { Worker } from 'node:worker_threads';
import { DiagnosticError, error } from '../../base/index.js';
import { type Executor, lostRun, type RunRecord } from '../../jobs/index.js';

/** A run whose worker ended so often is given up: it may be the reason. */
const mostAttempts = 3;

interface Crew {
  readonly worker: Worker;
  /** Whether it has begun to listen. */
  ready: boolean;
  /** The job it is at. */
  index: number | undefined;
}

/**
 * Worker threads of this process, one job at a time each. A worker that ends before its job (out of
 * memory, killed) is replaced, and the job done again.
 */
export class WorkerThreads implements Executor {
  readonly name = 'threads';
  readonly #hire: () => Worker;
  readonly #count: number;

  readonly #hear: (news: object) => void;

  /**
   * `hire` starts a worker that says 'ready', takes indices as messages and answers with records.
   * Other objects that it sends, those without `status`, are news for `hear`.
   */
  constructor(count: number, hire: () => Worker, hear: (news: object) => void = () => undefined) {
    this.#count = count;
    this.#hire = hire;
    this.#hear = hear;
  }

  async *execute(indices: readonly number[], signal: AbortSignal): AsyncGenerator<RunRecord> {
    const shift = new Shift(indices, this.#hire, Math.min(this.#count, indices.length), this.#hear);
    const stop = (): void => {
      shift.wake();
    };
    signal.addEventListener('abort', stop);
    try {
      while (shift.open > 0) {
        const record = shift.done.shift();
        if (record) {
          shift.open--;
          yield record;
        } else if (shift.failure !== undefined) throw noWorker(shift.failure);
        else if (signal.aborted) return;
        else await shift.news();
      }
    } finally {
      signal.removeEventListener('abort', stop);
      await shift.end();
    }
  }
}

function noWorker(reason: string): DiagnosticError {
  return new DiagnosticError([
    error('C308', `a worker thread cannot start${reason}`, undefined, {
      help: ["'--executor in-process' does without"],
    }),
  ]);
}

function isRecord(message: object | string): message is RunRecord {
  return typeof message === 'object' && 'status' in message;
}

/** One execution: who is at which job. */
class Shift {
  /** Records that nobody has taken yet. */
  readonly done: RunRecord[] = [];
  /** Jobs without a record that was taken. */
  open: number;
  /** Why workers cannot start. */
  failure: string | undefined;
  readonly #waiting: number[];
  readonly #crew = new Set<Crew>();
  readonly #attempts = new Map<number, number>();
  readonly #hire: () => Worker;
  #ended = false;
  #problem = '';
  #wake: () => void = () => undefined;

  readonly #hear: (news: object) => void;

  constructor(
    indices: readonly number[],
    hire: () => Worker,
    count: number,
    hear: (news: object) => void,
  ) {
    this.#hear = hear;
    this.open = indices.length;
    // Taken from the end.
    this.#waiting = [...indices].reverse();
    this.#hire = hire;
    for (let k = 0; k < count; k++) this.#join();
  }

  /** Until something happens. */
  news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  wake(): void {
    this.#wake();
  }

  async end(): Promise<void> {
    this.#ended = true;
    await Promise.all([...this.#crew].map(({ worker }) => worker.terminate()));
  }

  #join(): void {
    const member: Crew = { worker: this.#hire(), ready: false, index: undefined };
    this.#crew.add(member);
    member.worker.on('message', (record: RunRecord | object | 'ready') => {
      if (record === 'ready') {
        member.ready = true;
        this.#next(member);
        return;
      }
      if (!isRecord(record)) {
        this.#hear(record);
        return;
      }
      member.index = undefined;
      this.done.push(record);
      this.#next(member);
      this.wake();
    });
    member.worker.on('error', (problem: Error) => {
      this.#problem = `: ${problem.message}`;
    });
    member.worker.on('exit', () => {
      this.#leave(member);
    });
  }

  #next(member: Crew): void {
    const index = this.#waiting.pop();
    if (index === undefined) return;
    member.index = index;
    member.worker.postMessage(index);
  }

  #leave(member: Crew): void {
    this.#crew.delete(member);
    const { index } = member;
    if (this.#ended) return;
    if (!member.ready) this.failure = this.#problem;
    if (index === undefined) {
      this.wake();
      return;
    }
    const attempts = (this.#attempts.get(index) ?? 0) + 1;
    this.#attempts.set(index, attempts);
    if (attempts < mostAttempts) this.#waiting.push(index);
    else
      this.done.push(
        lostRun(index, `the worker ended ${attempts} times before this run did${this.#problem}`),
      );
    if (this.#waiting.length > 0) this.#join();
    this.wake();
  }
}
