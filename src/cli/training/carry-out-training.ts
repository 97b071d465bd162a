/** One training from its beginning, or from where it was interrupted, to its file of results. */
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Training, TrainingReport } from '../../arch/index.js';
import { DiagnosticError } from '../../base/index.js';
import { lostRun, type RunRecord } from '../../jobs/index.js';
import { writeFile } from '../results/open-file.js';
import { writeTrainingFiles } from './write-training-files.js';
import type { OpenExperiment, TrainingRequest } from './training-request.js';

/** Between two checkpoints [ms]. */
const checkpointPause = 10_000;

/** How far a training is. */
export interface TrainingProgress {
  readonly index: number;
  readonly step: number;
  readonly of: number;
  readonly samplesPerSecond: number;
  readonly values: Readonly<Record<string, number>>;
  /** Paths of what was kept since the last report: waveforms, decks. */
  readonly kept?: readonly string[];
}

/** What a checkpoint holds. */
interface Checkpoint {
  readonly fingerprint: string;
  readonly state: unknown;
  readonly reports: readonly TrainingReport[];
  readonly seconds: number;
}

/** Undefined if it was interrupted; what was done until then is on disk. */
export async function carryOutTraining(
  { experiment, world, fingerprint }: OpenExperiment,
  request: TrainingRequest,
  index: number,
  signal: AbortSignal,
  tell: (progress: TrainingProgress) => void,
): Promise<RunRecord | undefined> {
  const { trainer } = experiment!;
  const job = experiment!.jobs().at(index);
  const { variant, seed } = experiment!.runOf(job);
  const problems: string[] = [];
  try {
    const training = trainer.start(variant.settings, world, seed);
    const stem = join(request.folder, runName(variant.name, seed));
    const run = new CheckpointedTraining(training, `${stem}.checkpoint`, fingerprint);
    while (training.step < training.steps) {
      if (signal.aborted) {
        run.save();
        return undefined;
      }
      const { files = [], diagnostics = [], stopped, ...progress } = run.advance();
      const kept = await writeTrainingFiles(stem, files);
      problems.push(...diagnostics.map(({ message }) => message));
      if (stopped) return lostRun(index, [stopped.message, ...(stopped.help ?? [])].join('\n'));
      tell({ index, ...progress, ...(kept.length > 0 ? { kept } : {}) });
      // An interrupt from outside gets its turn here.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { measures, details: all } = training.finish();
    const { figures, ...others } = all;
    // Of the first seed only: pictures would be most of the file.
    const details = index % experiment!.seeds === 0 && figures ? { ...others, figures } : others;
    const { reports, seconds } = run;
    const content = { title: experiment!.title, variant: variant.name, seed, measures, ...details };
    const curve = curveOf(reports);
    writeFile(`${stem}.json`, `${JSON.stringify({ ...content, curve, seconds }, null, 1)}\n`);
    rmSync(`${stem}.checkpoint`, { force: true });
    const units = Object.fromEntries(trainer.measures.map(({ name, unit }) => [name, unit]));
    const finite = Object.entries(measures).map(([name, x]) => [
      name,
      Number.isFinite(x) ? x : null,
    ]);
    for (const [name, x] of Object.entries(measures))
      if (!Number.isFinite(x))
        problems.push(`'${name}' is no finite number: the training diverged`);
    return {
      index,
      status: 'done',
      measures: Object.fromEntries(finite) as Record<string, number | null>,
      units,
      drawn: {},
      problems,
      seconds,
    };
  } catch (problem) {
    if (problem instanceof DiagnosticError) return lostRun(index, problem.message);
    // A bug in one run must not cost the others.
    return lostRun(index, `internal error: ${(problem as Error).stack ?? String(problem)}`);
  }
}

/** `analog.seed-3`; `seed-3` where there are no variants. */
export function runName(variant: string, seed: number): string {
  return `${variant === '' ? '' : `${variant}.`}seed-${seed}`;
}

/** Learning curves as lists: `{ "error": [12, 8, …] }`. */
function curveOf(reports: readonly TrainingReport[]): Record<string, number[]> {
  const names = Object.keys(reports[0]?.values ?? {});
  return Object.fromEntries(names.map((name) => [name, reports.map((each) => each.values[name])]));
}

class CheckpointedTraining {
  readonly reports: TrainingReport[];
  seconds: number;
  readonly #training: Training;
  readonly #path: string;
  readonly #fingerprint: string;
  #saved = performance.now();

  /** A checkpoint of the same experiment is gone on from. */
  constructor(training: Training, path: string, fingerprint: string) {
    this.#training = training;
    this.#path = path;
    this.#fingerprint = fingerprint;
    const before = readCheckpoint(path);
    const known = before?.fingerprint === fingerprint;
    if (known) training.restore(before.state);
    this.reports = known ? [...before.reports] : [];
    this.seconds = known ? before.seconds : 0;
  }

  advance(): Omit<TrainingProgress, 'index'> &
    Pick<TrainingReport, 'files' | 'diagnostics' | 'stopped'> {
    const started = performance.now();
    const report = this.#training.advance();
    const seconds = (performance.now() - started) / 1000;
    const { files, diagnostics, stopped, ...told } = report;
    this.reports.push(told);
    this.seconds += seconds;
    if (performance.now() - this.#saved > checkpointPause) this.save();
    const { step, steps: of } = this.#training;
    return {
      step,
      of,
      samplesPerSecond: report.samples / seconds,
      values: report.values,
      ...(files ? { files } : {}),
      ...(diagnostics ? { diagnostics } : {}),
      ...(stopped ? { stopped } : {}),
    };
  }

  save(): void {
    const content: Checkpoint = {
      fingerprint: this.#fingerprint,
      state: this.#training.save(),
      reports: this.reports,
      seconds: this.seconds,
    };
    // In two steps, so that there always is a whole one.
    writeFile(`${this.#path}.part`, serialize(content));
    renameSync(`${this.#path}.part`, this.#path);
    this.#saved = performance.now();
  }
}

function readCheckpoint(path: string): Checkpoint | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return deserialize(readFileSync(path)) as Checkpoint;
  } catch {
    // It is of another version, or was cut off: the training begins anew.
    return undefined;
  }
}
