import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { ledgerHead, ledgerLine, readLedger, type RunRecord } from '../../jobs/index.js';
import { writeFile } from '../results/open-file.js';

/** Between two writes that wait for the disk [ms]. */
const syncPause = 1000;

/** The ledger of finished runs on disk: each is there as soon as it is known. */
export class LedgerFile {
  /** Runs that are done, by index. */
  readonly records: Map<number, RunRecord>;
  /** True where a ledger of other runs, or none that can be read, stood in its place. */
  readonly replaced: boolean;
  readonly #descriptor: number;
  readonly #runs: number;
  #synced = performance.now();

  /** `of` stands for all that results depend on: a ledger of something else is begun anew. */
  constructor(path: string, of: string, runs: number, fresh = false) {
    const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    const contents = before === undefined || fresh ? undefined : readLedger(before, runs);
    const known = contents?.of === of;
    this.records = known ? new Map(contents.records) : new Map<number, RunRecord>();
    this.replaced = before !== undefined && !known;
    this.#runs = runs;
    if (!known) writeFile(path, ledgerHead(of));
    this.#descriptor = openSync(path, 'a');
    // A process that was killed may have left half a line.
    if (known && !before?.endsWith('\n')) writeSync(this.#descriptor, '\n');
  }

  add(record: RunRecord): void {
    if (this.records.has(record.index)) return;
    this.records.set(record.index, record);
    // A run that is lost is tried again next time.
    if (record.lost) return;
    writeSync(this.#descriptor, ledgerLine(record, this.#runs));
    if (performance.now() - this.#synced < syncPause) return;
    fsyncSync(this.#descriptor);
    this.#synced = performance.now();
  }

  close(): void {
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
  }
}
