/** The files of an experiment's results, over all seeds that its ledger knows. */
import { join } from 'node:path';
import type { TrainingExperiment } from '../../arch/index.js';
import {
  type RunRecord,
  runTable,
  summaries,
  writeRunsCsv,
  writeRunsJson,
} from '../../jobs/index.js';
import { readDeck } from '../read-deck.js';
import { baseOf } from '../results/file-names.js';
import { writeFile } from '../results/open-file.js';
import { runName } from './carry-out-training.js';
import { type DrawnFigure, drawFigures } from './draw-figures.js';
import { meanCurves, type RunCurve } from './learning-curves.js';
import { type ResultRow, resultRows, resultsText } from './results-table.js';
import { sweepPictures } from './sweep-pictures.js';
import type { LedgerRun } from './training-ledger.js';
import type { TrainingRequest } from './training-request.js';

/** Writes tables, curves and figures; gives what the user is told. */
export async function writeResults(
  experiment: TrainingExperiment,
  { folder, experiment: file }: TrainingRequest,
  runs: readonly LedgerRun[],
): Promise<{ readonly text: string }> {
  const { title, trainer, notes, paper, intendedSeeds, comparisons, ratios } = experiment;
  const seeds = [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b);
  const variantOf = (index: number): string =>
    experiment.variants[Math.floor(index / seeds.length)].name;
  const records = new Map(
    runs.map(({ variant, seed, record }): [number, RunRecord] => {
      const index = variant * seeds.length + seeds.indexOf(seed);
      return [index, { ...record, index }];
    }),
  );
  const measures = trainer.measures.map(({ name }) => ({ name, limits: {} }));
  const about = { title, seed: seeds[0] ?? experiment.firstSeed, measures };
  const table = runTable(experiment.jobs(seeds), records, about);
  const statistics = summaries(table, ({ index }) => variantOf(index));
  const rows = resultRows(experiment, statistics, table, variantOf);
  const files = { csv: join(folder, 'runs.csv'), json: join(folder, 'runs.json') };
  writeFile(files.csv, writeRunsCsv(table));
  writeFile(files.json, writeRunsJson(table, statistics));
  const figures = await drawFirst(experiment, folder, runs);
  const head = { format: 'oxspice results', version: 1, title, name: baseOf(file), notes, paper };
  const content = { ...head, seeds: intendedSeeds, rows, comparisons, ratios, figures };
  const results = join(folder, 'results.json');
  writeFile(results, `${JSON.stringify(content, null, 1)}\n`);
  const pictures = await drawCurves(experiment, folder, runs);
  const sweeps = await drawSweeps(experiment, folder, rows);
  const paths = [results, files.json, files.csv, ...pictures, ...sweeps];
  const drawn = `${figures.length} ${figures.length === 1 ? 'figure' : 'figures'}`;
  if (figures.length > 0) paths.push(`${join(folder, 'figure.*.svg')}: ${drawn}`);
  const listed = paths.map((path) => `  → ${path}\n`).join('');
  return { text: resultsText(rows, intendedSeeds) + listed };
}

function doneRuns(runs: readonly LedgerRun[]): LedgerRun[] {
  const done = runs.filter(({ record }) => record.status === 'done');
  return done.sort((a, b) => a.variant - b.variant || a.seed - b.seed);
}

/** Figures of the first seed of each variant. */
function drawFirst(
  experiment: TrainingExperiment,
  folder: string,
  runs: readonly LedgerRun[],
): Promise<DrawnFigure[]> {
  const done = doneRuns(runs);
  const first = done.filter(({ variant }, k) => k === 0 || done[k - 1].variant !== variant);
  const drawn = first.map(({ variant: number, seed }) => {
    const variant = experiment.variants[number].name;
    return { variant, seed, path: join(folder, `${runName(variant, seed)}.json`) };
  });
  return drawFigures(drawn, folder);
}

async function drawCurves(
  experiment: TrainingExperiment,
  folder: string,
  all: readonly LedgerRun[],
): Promise<string[]> {
  const runs = doneRuns(all)
    .map(({ variant, seed }) => runName(experiment.variants[variant].name, seed))
    .map((name) => readDeck(join(folder, `${name}.json`), 'results'))
    .map(({ text }) => JSON.parse(text) as RunCurve);
  const values = new Set(runs.flatMap(({ curve }) => Object.keys(curve)));
  const { plotSvg } = await import('../../waveform/plot/index.js');
  const paths: string[] = [];
  for (const value of values) {
    const dataset = meanCurves(runs, value, experiment.title);
    if (dataset.length < 2) continue;
    const path = join(folder, `curve.${value}.svg`);
    writeFile(path, plotSvg({ dataset, x: 'step' }));
    paths.push(path);
  }
  return paths;
}

/** Of experiments whose variants are a sweep over two settings. */
async function drawSweeps(
  { trainer, title }: TrainingExperiment,
  folder: string,
  rows: readonly ResultRow[],
): Promise<string[]> {
  const better = Object.fromEntries(
    trainer.measures.flatMap(({ name, better: side }) => (side ? [[name, side] as const] : [])),
  );
  const { plotSvg } = await import('../../waveform/plot/index.js');
  return sweepPictures(rows, better, title).map(({ name, dataset, x }) => {
    const path = join(folder, `${name}.svg`);
    writeFile(path, plotSvg({ dataset, x, logX: true }));
    return path;
  });
}
