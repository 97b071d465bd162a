import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainingExperiment } from '../../arch/index.js';
import type { RunRecord } from '../../jobs/index.js';
import { LedgerFile } from '../many-runs/ledger-file.js';
import { runName } from './carry-out-training.js';

/** Seeds are less than this. */
const seedsAtMost = 2 ** 31;

/**
 * The ledger of an experiment. Its runs are known by variant and seed, so that runs of other seeds in
 * the same folder are kept.
 */
export class TrainingLedger {
  /** Of the experiment's own jobs, by their index. */
  readonly records = new Map<number, RunRecord>();
  readonly #file: LedgerFile;
  readonly #experiment: TrainingExperiment;

  /** `of` stands for all that results depend on: a ledger of something else is begun anew. */
  constructor(folder: string, of: string, experiment: TrainingExperiment, fresh: boolean) {
    this.#file = new LedgerFile(join(folder, 'ledger.jsonl'), of, seedsAtMost, fresh);
    this.#experiment = experiment;
    for (const job of experiment.jobs()) {
      const { variant, seed } = experiment.runOf(job);
      const record = this.#file.records.get(this.#place(job.index));
      // A run whose file was deleted is done again.
      if (record && existsSync(join(folder, `${runName(variant.name, seed)}.json`)))
        this.records.set(job.index, { ...record, index: job.index });
    }
  }

  /** True where a ledger of other runs, or none that can be read, stood in its place. */
  get replaced(): boolean {
    return this.#file.replaced;
  }

  add(record: RunRecord): void {
    this.records.set(record.index, record);
    this.#file.add({ ...record, index: this.#place(record.index) });
  }

  close(): void {
    this.#file.close();
  }

  /** Runs are numbered from 1 in the file; the seed 0 is the last. */
  #place(index: number): number {
    const { seeds, firstSeed } = this.#experiment;
    const seed = firstSeed + (index % seeds);
    return Math.floor(index / seeds) * seedsAtMost + (seed === 0 ? seedsAtMost : seed) - 1;
  }
}
