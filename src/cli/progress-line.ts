import type { SingleBar } from 'cli-progress';
import { formatQuantity } from '../base/index.js';

/** How far an analysis is. */
export interface Progress {
  /** From 0 to 1. */
  readonly fraction: number;
  /** Time, frequency or swept value reached, in `unit`. */
  readonly at: number;
  readonly unit: string;
  /** The end, where it is known. */
  readonly of?: number;
  /** The last time step [s], in a transient. */
  readonly step?: number;
  readonly points: number;
}

/** Shorter runs than this draw nothing [ms]. */
const patience = 300;
const resolution = 1000;

/** One line at the bottom of a terminal, drawn over itself and erased at the end. */
export class ProgressLine {
  readonly #stream: NodeJS.WritableStream | undefined;
  readonly #title: string;
  readonly #started = performance.now();
  #bar: SingleBar | undefined;

  /** Without a stream nothing is ever drawn. */
  constructor(title: string, stream: NodeJS.WritableStream | undefined) {
    this.#title = title;
    this.#stream = stream;
  }

  async update(progress: Progress): Promise<void> {
    const elapsed = performance.now() - this.#started;
    if (!this.#stream || elapsed < patience) return;
    if (!this.#bar) {
      // The default: bundlers do not see the named exports of a CommonJS module.
      const { default: cliProgress } = await import('cli-progress');
      this.#bar = new cliProgress.SingleBar({
        format: `${this.#title} {bar} {percentage} %  {description}`,
        stream: this.#stream,
        barsize: 20,
        clearOnComplete: true,
        hideCursor: true,
        // The run itself ends in good order on Ctrl-C.
        gracefulExit: false,
      });
      this.#bar.start(resolution, 0, { description: describeProgress(progress, elapsed / 1000) });
    }
    const description = describeProgress(progress, elapsed / 1000);
    this.#bar.update(Math.floor(progress.fraction * resolution), { description });
  }

  end(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}

/** What stands behind the bar. `elapsed` in seconds. */
export function describeProgress(progress: Progress, elapsed: number): string {
  const { fraction, at, unit, of, step, points } = progress;
  const rest = fraction > 0 ? (elapsed * (1 - fraction)) / fraction : NaN;
  return [
    formatQuantity(at, unit) + (of === undefined ? '' : ` of ${formatQuantity(of, unit)}`),
    ...(step === undefined ? [] : [`step ${formatQuantity(step, 's', 3)}`]),
    `${formatQuantity(points / elapsed, '', 3)} points/s`,
    `ETA ${Number.isFinite(rest) ? duration(rest) : '?'}`,
  ].join('  ');
}

/** `3 s`, `2 min 05 s`, `1 h 10 min`. */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}
