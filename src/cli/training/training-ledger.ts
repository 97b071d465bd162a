import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainingExperiment } from '../../arch/index.js';
import type { RunRecord } from '../../jobs/index.js';
import { LedgerFile } from '../many-runs/ledger-file.js';
import { runName } from './carry-out-training.js';

/** A run of any seed that the ledger knows. */
export interface LedgerRun {
  /** Number of the variant. */
  readonly variant: number;
  readonly seed: number;
  readonly record: RunRecord;
}

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
  readonly #folder: string;

  /** `of` stands for all that results depend on: a ledger of something else is begun anew. */
  constructor(folder: string, of: string, experiment: TrainingExperiment, fresh: boolean) {
    this.#file = new LedgerFile(join(folder, 'ledger.jsonl'), of, seedsAtMost, fresh);
    this.#experiment = experiment;
    this.#folder = folder;
    for (const job of experiment.jobs()) {
      const { variant, seed } = experiment.runOf(job);
      const record = this.#file.records.get(this.#place(job.index));
      // A run whose file was deleted is done again.
      if (record && this.#hasFile(variant.name, seed))
        this.records.set(job.index, { ...record, index: job.index });
    }
  }

  #hasFile(variant: string, seed: number): boolean {
    return existsSync(join(this.#folder, `${runName(variant, seed)}.json`));
  }

  /** Runs of all seeds whose files are there or that failed, of this experiment's variants. */
  get all(): readonly LedgerRun[] {
    const { variants } = this.#experiment;
    return [...this.#file.records]
      .map(([place, record]): LedgerRun => {
        const seed = (place % seedsAtMost) + 1;
        const variant = Math.floor(place / seedsAtMost);
        return { variant, seed: seed === seedsAtMost ? 0 : seed, record };
      })
      .filter(({ variant, seed, record }) => {
        const name = variants.at(variant)?.name;
        return name !== undefined && (record.status === 'failed' || this.#hasFile(name, seed));
      });
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
