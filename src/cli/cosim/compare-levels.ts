/** The same seeds at two levels, and the report of where they part. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fidelityOf, type LevelRun } from '../../arch/index.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { writeFile } from '../results/open-file.js';
import type { Terminal } from '../terminal.js';
import { runName } from '../training/carry-out-training.js';
import { readRequest, type TrainingRequest } from '../training/training-request.js';
import { trainExperiment, type TrainOptions } from '../training/train-experiment.js';
import { fidelityPage, fidelityText } from './fidelity-page.js';

/** Settings of a level, and what it is called in the report. */
export interface Level {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

export async function compareLevels(
  request: TrainingRequest,
  levels: readonly [Level, Level],
  options: TrainOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const folders = ['first', 'second'].map((each) => join(request.folder, each));
  for (const [k, { settings }] of levels.entries()) {
    const changes = { ...request.changes, settings: { ...request.changes.settings, ...settings } };
    const own = { ...request, changes, folder: folders[k] };
    const code = await trainExperiment(own, options, terminal);
    if (code !== exitCodes.ok.code || terminal.interrupted.aborted) return code;
  }
  const { experiment } = readRequest(request);
  const { variants, seeds, firstSeed, title } = experiment!;
  const reports = variants.map(({ name }) => {
    const runs = folders.map((folder) =>
      Array.from({ length: seeds }, (_, k) => readRun(folder, name, firstSeed + k)),
    );
    return { variant: name, ...fidelityOf(runs[0], runs[1]) };
  });
  const content = { format: 'oxspice fidelity', version: 1, title, levels, reports };
  const files = ['json', 'html'].map((ending) => join(request.folder, `fidelity.${ending}`));
  writeFile(files[0], `${JSON.stringify(content, null, 1)}\n`);
  const names = levels.map(({ name }) => name) as [string, string];
  writeFile(files[1], fidelityPage(title, names, reports));
  if (!options.quiet) terminal.out(fidelityText(names, reports));
  for (const file of files) terminal.out(`  → ${file}\n`);
  return exitCodes.ok.code;
}

function readRun(folder: string, variant: string, seed: number): LevelRun {
  const path = join(folder, `${runName(variant, seed)}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as LevelRun;
}
