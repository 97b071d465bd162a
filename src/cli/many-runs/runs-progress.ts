import type { SingleBar } from 'cli-progress';
import { formatQuantity } from '../../base/index.js';
import { duration } from '../progress-line.js';

/** How far many runs are. */
export interface RunsDone {
  /** Runs that are there, earlier ones included. */
  readonly done: number;
  readonly of: number;
  /** Of these since the start of this process. */
  readonly here: number;
  readonly failed: number;
  /** Since the start [s]. */
  readonly elapsed: number;
}

/** One line at the bottom of a terminal: how many runs are done, and when all will be. */
export class RunsProgress {
  readonly #stream: NodeJS.WritableStream | undefined;
  #bar: SingleBar | undefined;

  /** Without a stream nothing is ever drawn. */
  constructor(stream: NodeJS.WritableStream | undefined) {
    this.#stream = stream;
  }

  async update(progress: RunsDone): Promise<void> {
    if (!this.#stream) return;
    if (!this.#bar) {
      // The default: bundlers do not see the named exports of a CommonJS module.
      const { default: cliProgress } = await import('cli-progress');
      this.#bar = new cliProgress.SingleBar({
        format: 'runs {bar} {percentage} %  {description}',
        stream: this.#stream,
        barsize: 20,
        clearOnComplete: true,
        hideCursor: true,
        // The runs themselves end in good order on Ctrl-C.
        gracefulExit: false,
      });
      this.#bar.start(progress.of, progress.done, { description: describeRuns(progress) });
    }
    this.#bar.update(progress.done, { description: describeRuns(progress) });
  }

  /** Takes the line off the terminal; the next update draws it again. */
  end(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}

/** `340 of 1000  12.3 runs/s  ETA 54 s  2 failed`. */
export function describeRuns({ done, of, here, failed, elapsed }: RunsDone): string {
  const speed = here / elapsed;
  const known = Number.isFinite(speed) && speed > 0;
  return [
    `${done} of ${of}`,
    ...(known ? [`${formatQuantity(speed, '', 3).trim()} runs/s`] : []),
    `ETA ${known ? duration((of - done) / speed) : '?'}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join('  ');
}
