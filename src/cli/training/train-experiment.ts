/** `oxspice train`: runs, ledger, table, learning curves. */
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { TrainingExperiment } from '../../arch/index.js';
import { type Executor, InProcessExecutor, type RunRecord } from '../../jobs/index.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { startThread } from '../many-runs/program.js';
import { WorkerThreads } from '../many-runs/worker-threads.js';
import type { Terminal } from '../terminal.js';
import { carryOutTraining, runName, type TrainingProgress } from './carry-out-training.js';
import { openTraining, type OpenTraining } from './open-training.js';
import type { ThreadNews } from './serve-trainings.js';
import { TrainingLedger } from './training-ledger.js';
import { TrainingLine } from './training-progress.js';
import type { OpenExperiment, TrainingRequest } from './training-request.js';
import { writeResults } from './write-results.js';

export interface TrainOptions {
  /** One thread does without workers. Default: one a core. */
  readonly threads?: number;
  readonly fresh: boolean;
  readonly quiet: boolean;
}

/** `opened`, where somebody has checked the request already. */
export async function trainExperiment(
  request: TrainingRequest,
  options: TrainOptions,
  terminal: Terminal,
  opened?: OpenTraining,
): Promise<ExitCode> {
  const open = opened ?? (await openTraining(request, terminal));
  if (typeof open === 'number') return open;
  const { experiment, fingerprint } = open;
  const jobs = experiment.jobs();
  if (options.fresh) removeCheckpoints(experiment, request.folder);
  const ledger = new TrainingLedger(request.folder, fingerprint, experiment, options.fresh);
  const say = (text: string): void => {
    if (!options.quiet) terminal.out(text);
  };
  const runs = jobs.length === 1 ? '1 run' : `${jobs.length} runs`;
  say(`${experiment.title}\n${runs}: ${experiment.trainer.title}\n`);
  const missing = Array.from({ length: jobs.length }, (_, k) => k).filter(
    (k) => !ledger.records.has(k),
  );
  if (missing.length < jobs.length)
    say(`${jobs.length - missing.length} of them are done already\n`);
  if (ledger.replaced && !options.fresh)
    say('earlier runs were of other settings, data or characteristics: all are done anew\n');
  const watched = options.quiet ? undefined : terminal.progress;
  const line = new TrainingLine(watched, jobs.length, jobs.length - missing.length, say);
  const kept: string[] = [];
  const watch = (progress: TrainingProgress): void => {
    kept.push(...(progress.kept ?? []));
    void line.update(progress);
  };
  const executor = executorOf({ ...request, fingerprint }, open, options, missing.length, watch);
  try {
    for await (const record of executor.execute(missing, terminal.interrupted)) {
      ledger.add(record);
      await line.ended(record.index);
      if (record.problems.length === 0) continue;
      line.end();
      const { variant, seed } = experiment.runOf(jobs.at(record.index));
      const failed = record.status === 'failed' ? ' failed' : '';
      const problems = record.problems.join('\n');
      terminal.err(`${runName(variant.name, seed)}${failed}:\n${problems}\n`);
    }
  } finally {
    line.end();
    ledger.close();
  }
  const done = await writeResults(experiment, request, ledger.all);
  say(done.text + keptText(kept));
  return endOf(ledger.records, jobs.length, terminal);
}

/** More files than these are told by their number. */
const mostTold = 9;

function keptText(kept: readonly string[]): string {
  const told = kept.slice(0, mostTold).map((path) => `  → ${path}\n`);
  const further = kept.length - told.length;
  return told.join('') + (further > 0 ? `  and ${further} more files that were kept\n` : '');
}

/** How the runs that were asked for have ended. */
function endOf(
  records: ReadonlyMap<number, RunRecord>,
  asked: number,
  terminal: Terminal,
): ExitCode {
  const failed = [...records.values()].filter(({ status }) => status === 'failed').length;
  if (failed > 0) terminal.err(`${failed} of ${records.size} runs failed\n`);
  const done = records.size - failed;
  if (done < asked && terminal.interrupted.aborted) {
    terminal.err(`interrupted: ${done} of ${asked} runs are done; the same command goes on\n`);
    return exitCodes.interrupted.code;
  }
  return failed > 0 ? exitCodes.failed.code : exitCodes.ok.code;
}

/** What an interrupted run left. */
function removeCheckpoints(experiment: TrainingExperiment, folder: string): void {
  for (const job of experiment.jobs()) {
    const { variant, seed } = experiment.runOf(job);
    rmSync(join(folder, `${runName(variant.name, seed)}.checkpoint`), { force: true });
  }
}

function executorOf(
  request: TrainingRequest,
  open: OpenExperiment,
  { threads = availableParallelism() }: TrainOptions,
  runs: number,
  watch: (progress: TrainingProgress) => void,
): Executor {
  if (Math.min(threads, runs) > 1)
    return new WorkerThreads(
      threads,
      () => startThread(request),
      (news) => {
        watch((news as ThreadNews).progress);
      },
    );
  return new InProcessExecutor((index, signal) =>
    carryOutTraining(open, request, index, signal, watch),
  );
}
