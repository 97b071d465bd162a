import type { SingleBar } from 'cli-progress';
import { formatQuantity } from '../../base/index.js';
import { duration } from '../progress-line.js';
import type { TrainingProgress } from './carry-out-training.js';

/** Where nobody watches a line is written so often [ms]. */
const pause = 30_000;

/**
 * One line at the bottom of a terminal: runs, steps, loss and accuracy, samples/s, ETA. Without a
 * terminal it is written now and then.
 */
export class TrainingLine {
  readonly #stream: NodeJS.WritableStream | undefined;
  readonly #of: number;
  readonly #started = performance.now();
  readonly #running = new Map<number, TrainingProgress>();
  #first: number;
  #done: number;
  #bar: SingleBar | undefined;
  readonly #say: (text: string) => void;
  #said = performance.now();

  /** Of so many runs some are done already. */
  constructor(
    stream: NodeJS.WritableStream | undefined,
    of: number,
    done: number,
    say: (text: string) => void,
  ) {
    this.#stream = stream;
    this.#say = say;
    this.#of = of;
    this.#done = done;
    this.#first = done;
  }

  /** A run is at its end. */
  async ended(index: number): Promise<void> {
    this.#running.delete(index);
    this.#done++;
    await this.#draw();
  }

  async update(progress: TrainingProgress): Promise<void> {
    const known = this.#running.has(progress.index);
    // What was done before an interrupt does not count for the speed.
    if (!known) this.#first += (progress.step - 1) / progress.of;
    this.#running.set(progress.index, progress);
    await this.#draw();
  }

  end(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }

  async #draw(): Promise<void> {
    if (!this.#stream) {
      this.#write();
      return;
    }
    if (!this.#bar) {
      const { default: cliProgress } = await import('cli-progress');
      this.#bar ??= new cliProgress.SingleBar({
        format: 'training {bar} {percentage} %  {description}',
        stream: this.#stream,
        barsize: 20,
        clearOnComplete: true,
        hideCursor: true,
        gracefulExit: false,
      });
      this.#bar.start(this.#of, this.#done, { description: '' });
    }
    const part = this.#part;
    this.#bar.update(this.#done + part, { description: this.#describe(this.#done + part) });
  }

  /** Of the runs under way, together. */
  get #part(): number {
    return [...this.#running.values()].reduce((sum, { step, of }) => sum + step / of, 0);
  }

  #write(): void {
    if (performance.now() - this.#said < pause) return;
    this.#said = performance.now();
    this.#say(`${this.#describe(this.#done + this.#part)}\n`);
  }

  /** `3 of 20 runs  step 4 of 12  error 3.1  21.2 k samples/s  ETA 54 s`. */
  #describe(done: number): string {
    const seconds = (performance.now() - this.#started) / 1000;
    const speed = (done - this.#first) / seconds;
    const eta = speed > 0 ? duration((this.#of - done) / speed) : '?';
    const last = [...this.#running.values()].at(-1);
    const values = Object.entries(last?.values ?? {})
      .slice(0, 3)
      .map(([name, value]) => `${name} ${Number(value.toPrecision(3))}`);
    return [
      `${this.#done} of ${this.#of} runs`,
      ...(last ? [`step ${last.step} of ${last.of}`, ...values] : []),
      ...(last ? [`${formatQuantity(last.samplesPerSecond, '', 3).trim()} samples/s`] : []),
      `ETA ${eta}`,
    ].join('  ');
  }
}
