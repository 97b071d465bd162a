/** The same seeds at two levels, and the report of where they part. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fidelityOf, type LevelRun, type TrainingExperiment } from '../../arch/index.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { writeFile } from '../results/open-file.js';
import type { Terminal } from '../terminal.js';
import { runName } from '../training/carry-out-training.js';
import { openTraining, type OpenTraining } from '../training/open-training.js';
import type { TrainingRequest } from '../training/training-request.js';
import { trainExperiment, type TrainOptions } from '../training/train-experiment.js';
import { UsageError } from '../usage-error.js';
import { fidelityPage } from './fidelity-page.js';
import { fidelityText, type VariantReport } from './fidelity-tables.js';
import { type BlockLevels, levelName, levelsOf } from './level-names.js';

/** What is set for one of two levels. */
export interface Level {
  /** Of blocks; those that the second does not name are as the first has them. */
  readonly blocks: BlockLevels;
  /** Further settings of this level alone. */
  readonly also: Readonly<Record<string, unknown>>;
}

/** Both are checked before the first is trained. */
export async function compareLevels(
  request: TrainingRequest,
  pair: readonly [Level, Level],
  options: TrainOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const opened: OpenTraining[] = [];
  for (const [k, folder] of ['first', 'second'].entries()) {
    const { blocks, also } = pair[k];
    const settings = { ...request.changes.settings, ...pair[0].blocks, ...blocks, ...also };
    const changes = { ...request.changes, settings };
    const own = { ...request, changes, folder: join(request.folder, folder) };
    const open = await openTraining(own, terminal);
    if (typeof open === 'number') {
      if (k === 1) terminal.err('this is about the level of --compare; nothing was trained\n');
      return open;
    }
    opened.push(open);
  }
  const experiments = opened.map(({ experiment }) => experiment);
  const levels = experiments[0].variants.map((_, k) =>
    experiments.map((each) => levelsOf(each, k)),
  );
  if (levels.every(([first, second]) => levelName(first) === levelName(second)))
    throw new UsageError('C333', '--compare has the same levels as --level', [
      `both are ${levelName(levels[0][0])}`,
    ]);
  for (const open of opened) {
    const code = await trainExperiment(open.request, options, terminal, open);
    if (code !== exitCodes.ok.code || terminal.interrupted.aborted) return code;
  }
  const reports = experiments[0].variants.map(({ name }, k) =>
    reportOf(name, levels[k] as [BlockLevels, BlockLevels], opened),
  );
  const { title } = experiments[0];
  const content = { format: 'oxspice fidelity', version: 2, title, reports };
  const files = ['json', 'html'].map((ending) => join(request.folder, `fidelity.${ending}`));
  writeFile(files[0], `${JSON.stringify(content, null, 1)}\n`);
  writeFile(files[1], fidelityPage(title, reports));
  if (!options.quiet) terminal.out(fidelityText(reports));
  for (const file of files) terminal.out(`  → ${file}\n`);
  return exitCodes.ok.code;
}

function reportOf(
  variant: string,
  levels: readonly [BlockLevels, BlockLevels],
  opened: readonly OpenTraining[],
): VariantReport {
  const [first, second] = opened.map(({ request, experiment }) =>
    runsOf(request.folder, variant, experiment),
  );
  const { measures } = opened[0].experiment.trainer;
  const units = Object.fromEntries(measures.map(({ name, unit }) => [name, unit]));
  return { variant, levels, units, ...fidelityOf(first, second) };
}

function runsOf(
  folder: string,
  variant: string,
  { seeds, firstSeed }: TrainingExperiment,
): LevelRun[] {
  return Array.from({ length: seeds }, (_, k) => {
    const path = join(folder, `${runName(variant, firstSeed + k)}.json`);
    return JSON.parse(readFileSync(path, 'utf8')) as LevelRun;
  });
}
