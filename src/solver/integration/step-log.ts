/**
 * What the step control saw: the last steps that were tried, for the message of a run that stalls,
 * and all of them for who listens. Keeping the last ones costs a few stores a step.
 */
import type { PointBlock } from '../system/point-block.js';
import type { System } from '../system/system.js';

/** How a step was taken, or why it was not. */
export const stepVerdicts = {
  accepted: 'accepted',
  corner: 'accepted, ends at a corner',
  event: 'accepted, ends at an event',
  edge: 'accepted, ends before an edge',
  jump: 'accepted, over a jump',
  draw: 'accepted, first behind a corner',
  tentative: 'accepted if the next one is',
  skipped: 'accepted, shorter than any step',
  ringing: 'accepted, the next one is damped',
  error: 'rejected, the error is too large',
  newton: 'rejected, Newton does not converge',
} as const;
export type StepVerdict = keyof typeof stepVerdicts;

export interface StepAttempt {
  /** Where it would end, or ends [s]. */
  readonly time: number;
  readonly h: number;
  readonly method: string;
  /** Truncation error over its tolerance; not a number where it was not judged. */
  readonly ratio: number;
  /** The unknown with that ratio, or with the worst residual or change where Newton failed. */
  readonly worst: string;
  readonly iterations: number;
  readonly verdict: StepVerdict;
}

export type StepListener = (attempt: StepAttempt) => void;

interface Entry {
  time: number;
  h: number;
  method: string;
  ratio: number;
  worst: number;
  iterations: number;
  verdict: StepVerdict;
}

const kept = 5;

export class StepLog {
  listener: StepListener | undefined;
  readonly #system: System;
  readonly #entries: Entry[];
  #count = 0;

  constructor(system: System) {
    this.#system = system;
    this.#entries = Array.from({ length: kept }, () => ({
      time: 0,
      h: 0,
      method: '',
      ratio: NaN,
      worst: 0,
      iterations: 0,
      verdict: 'accepted' as const,
    }));
  }

  /** @param worst an unknown; 0 for a charge @param iterations in total, up to now */
  add(
    step: { readonly time: number; readonly h: number; readonly method: { readonly name: string } },
    ratio: number,
    worst: number,
    iterations: number,
    verdict: StepVerdict,
  ): void {
    const entry = this.#entries[this.#count++ % kept];
    entry.time = step.time;
    entry.h = step.h;
    entry.method = step.method.name;
    entry.ratio = ratio;
    entry.worst = worst;
    entry.iterations = iterations;
    entry.verdict = verdict;
    this.listener?.(this.#attempt(entry));
  }

  /**
   * The last of the accepted steps whose points stand in a block.
   * @param from time of the point before the block
   * @param before iterations until then
   */
  addBlock(
    block: PointBlock,
    count: number,
    method: { readonly name: string },
    from: number,
    before: number,
  ): void {
    for (let k = Math.max(0, count - kept); k < count; k++) {
      const time = block.time[k];
      const step = { time, h: time - (k === 0 ? from : block.time[k - 1]), method };
      this.add(step, block.ratio[k], 0, before + block.iterations[k], 'accepted');
    }
  }

  /** The last steps, oldest first. */
  last(): StepAttempt[] {
    const first = Math.max(0, this.#count - kept);
    return Array.from({ length: this.#count - first }, (_, k) =>
      this.#attempt(this.#entries[(first + k) % kept]),
    );
  }

  #attempt({ worst, ...rest }: Entry): StepAttempt {
    const judged = rest.ratio > 0 || rest.verdict === 'newton';
    const name = worst === 0 ? (judged ? 'a charge' : '') : this.#system.unknowns[worst].name;
    return { ...rest, worst: name };
  }
}
