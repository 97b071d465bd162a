import { basename, dirname, extname, join } from 'node:path';
import type { ResultFormat } from './result-file.js';

/** `deck.out` beside `deck.cir`. */
export function defaultFolder(deck: string): string {
  return join(dirname(deck), `${baseOf(deck)}.out`);
}

/** The deck's name without folder and extension. */
export function baseOf(deck: string): string {
  return basename(deck, extname(deck));
}

/**
 * Names of files in one folder:
 *
 *     deck.tran.raw  deck.tran2.raw   all signals of the first and second transient
 *     deck.tran.csv  deck.tran2.csv   the first and second table that `.print tran` asks for
 *     deck.tran.svg  deck.tran2.svg   plots
 *
 *     deck.tran.log  deck.tran2.log   with steps: what each has set, as LTspice writes it
 *     deck.meas.json                  results of measures
 *     deck.newton.csv  deck.step.csv  what `--trace` asks for
 *
 * All signals as CSV (`--format csv`) have the name `deck.tran.csv` too where the deck prints
 * nothing of that kind, and `deck.tran.all.csv` where it does.
 */
export class FileNames {
  readonly #stem: string;
  readonly #counts = new Map<string, number>();

  constructor(folder: string, deck: string) {
    this.#stem = join(folder, baseOf(deck));
  }

  /** The next result of an analysis, with the name of its plot. */
  analysis(
    kind: string,
    format: ResultFormat,
    printed: boolean,
  ): { readonly results: string; readonly plot: string } {
    const stem = `${this.#stem}.${kind}${this.#next(kind)}`;
    const infix = format === 'csv' && printed ? '.all' : '';
    return { results: `${stem}${infix}.${format}`, plot: `${stem}.svg` };
  }

  /** The next table that `.print` asks for. */
  table(kind: string): string {
    return `${this.#stem}.${kind}${this.#next(`print ${kind}`)}.csv`;
  }

  /** Results of measures. */
  measures(): string {
    return `${this.#stem}.meas.json`;
  }

  /** What happened inside: `newton`, `step`. */
  trace(what: string): string {
    return `${this.#stem}.${what}.csv`;
  }

  /** Results of `.four`. */
  harmonics(): string {
    return `${this.#stem}.four.json`;
  }

  /** Nothing for the first of its kind, then 2, 3, … */
  #next(key: string): string {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count === 1 ? '' : String(count);
  }
}
