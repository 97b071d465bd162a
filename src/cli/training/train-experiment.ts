/** `oxspice train`: runs, ledger, table, learning curves. */
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { TrainingExperiment } from '../../arch/index.js';
import {
  type Executor,
  InProcessExecutor,
  type RunRecord,
  runTable,
  summaries,
  writeRunsCsv,
  writeRunsJson,
} from '../../jobs/index.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { startThread } from '../many-runs/program.js';
import { WorkerThreads } from '../many-runs/worker-threads.js';
import { readDeck } from '../read-deck.js';
import { reportDiagnostics } from '../report-diagnostics.js';
import { baseOf } from '../results/file-names.js';
import { makeFolder, writeFile } from '../results/open-file.js';
import type { Terminal } from '../terminal.js';
import { carryOutTraining, runName } from './carry-out-training.js';
import { drawFigures } from './draw-figures.js';
import { meanCurves, type RunCurve } from './learning-curves.js';
import { characteristicsFolder, prepareCharacteristics } from './prepare-characteristics.js';
import { resultRows, resultsText } from './results-table.js';
import type { ThreadNews } from './serve-trainings.js';
import { TrainingLedger } from './training-ledger.js';
import { TrainingLine } from './training-progress.js';
import {
  type OpenExperiment,
  openExperiment,
  readRequest,
  type TrainingRequest,
} from './training-request.js';

export interface TrainOptions {
  /** One thread does without workers. Default: one a core. */
  readonly threads?: number;
  readonly fresh: boolean;
  readonly quiet: boolean;
}

export async function trainExperiment(
  request: TrainingRequest,
  options: TrainOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { experiment, diagnostics } = readRequest(request);
  reportDiagnostics(diagnostics, terminal);
  if (!experiment) return exitCodes.failed.code;
  makeFolder(request.folder);
  const prepared = await prepareCharacteristics(
    experiment,
    dirname(request.experiment),
    characteristicsFolder(request.folder),
    terminal,
  );
  if (prepared !== exitCodes.ok.code) return prepared;
  const open = openExperiment(request);
  const { fingerprint } = open;
  const unfit = experiment.check(open.world);
  reportDiagnostics(unfit, terminal);
  if (unfit.length > 0) return exitCodes.failed.code;
  const jobs = experiment.jobs();
  if (options.fresh) removeCheckpoints(experiment, request.folder);
  const ledger = new TrainingLedger(request.folder, fingerprint, experiment, options.fresh);
  const say = (text: string): void => {
    if (!options.quiet) terminal.out(text);
  };
  say(`${experiment.title}\n${jobs.length} runs: ${experiment.trainer.title}\n`);
  const missing = Array.from({ length: jobs.length }, (_, k) => k).filter(
    (k) => !ledger.records.has(k),
  );
  if (missing.length < jobs.length)
    say(`${jobs.length - missing.length} of them are done already\n`);
  if (ledger.replaced && !options.fresh)
    say('earlier runs were of other settings, data or characteristics: all are done anew\n');
  const watched = options.quiet ? undefined : terminal.progress;
  const line = new TrainingLine(watched, jobs.length, jobs.length - missing.length);
  const executor = executorOf({ ...request, fingerprint }, open, options, missing.length, line);
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
  return report(open, request, ledger.records, say, terminal);
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
  line: TrainingLine,
): Executor {
  if (Math.min(threads, runs) > 1)
    return new WorkerThreads(
      threads,
      () => startThread(request),
      (news) => void line.update((news as ThreadNews).progress),
    );
  return new InProcessExecutor((index, signal) =>
    carryOutTraining(open, request, index, signal, (progress) => void line.update(progress)),
  );
}

async function report(
  { experiment }: OpenExperiment,
  { folder, experiment: file }: TrainingRequest,
  records: ReadonlyMap<number, RunRecord>,
  say: (text: string) => void,
  terminal: Terminal,
): Promise<ExitCode> {
  const { title, trainer, seeds, firstSeed, notes, paper } = experiment!;
  const jobs = experiment!.jobs();
  const own = new Map([...records].filter(([index]) => index < jobs.length));
  const measures = trainer.measures.map(({ name }) => ({ name, limits: {} }));
  const table = runTable(jobs, own, { title, seed: firstSeed, measures });
  const variantOf = (index: number): string => experiment!.variants[Math.floor(index / seeds)].name;
  const statistics = summaries(table, ({ index }) => variantOf(index));
  const rows = resultRows(experiment!, statistics);
  const files = { csv: join(folder, 'runs.csv'), json: join(folder, 'runs.json') };
  writeFile(files.csv, writeRunsCsv(table));
  writeFile(files.json, writeRunsJson(table, statistics));
  const results = join(folder, 'results.json');
  const name = baseOf(file);
  const nameOf = (index: number): string =>
    runName(variantOf(index), jobs.at(index).parameters[0].value);
  const first = [...own.values()].filter(
    ({ index, status }) => index % seeds === 0 && status === 'done',
  );
  const drawn = first
    .sort((a, b) => a.index - b.index)
    .map(({ index }) => ({
      variant: variantOf(index),
      seed: firstSeed,
      path: join(folder, `${nameOf(index)}.json`),
    }));
  const figures = await drawFigures(drawn, folder);
  const about = { format: 'oxspice results', version: 1, title, name, notes, paper };
  const content = { ...about, rows, figures };
  writeFile(results, `${JSON.stringify(content, null, 1)}\n`);
  say(resultsText(rows));
  const pictures = await drawCurves(experiment!.title, folder, own, nameOf);
  say([results, files.json, files.csv, ...pictures].map((path) => `  → ${path}\n`).join(''));
  if (figures.length > 0) say(`  → ${join(folder, 'figure.*.svg')}: ${figures.length} figures\n`);
  const failed = [...own.values()].filter(({ status }) => status === 'failed').length;
  if (failed > 0) terminal.err(`${failed} of ${own.size} runs failed\n`);
  if (own.size - failed < jobs.length && terminal.interrupted.aborted) {
    terminal.err(
      `interrupted: ${own.size - failed} of ${jobs.length} runs are done; the same command goes on\n`,
    );
    return exitCodes.interrupted.code;
  }
  return failed > 0 ? exitCodes.failed.code : exitCodes.ok.code;
}

async function drawCurves(
  title: string,
  folder: string,
  records: ReadonlyMap<number, RunRecord>,
  nameOf: (index: number) => string,
): Promise<string[]> {
  const done = [...records.values()].filter(({ status }) => status === 'done');
  const runs = done
    .sort((a, b) => a.index - b.index)
    .map(({ index }) => readDeck(join(folder, `${nameOf(index)}.json`), 'results'))
    .map(({ text }) => JSON.parse(text) as RunCurve);
  const values = new Set(runs.flatMap(({ curve }) => Object.keys(curve)));
  const { plotSvg } = await import('../../waveform/plot/index.js');
  const paths: string[] = [];
  for (const value of values) {
    const dataset = meanCurves(runs, value, title);
    if (dataset.length < 2) continue;
    const path = join(folder, `curve.${value}.svg`);
    writeFile(path, plotSvg({ dataset, x: 'step' }));
    paths.push(path);
  }
  return paths;
}
