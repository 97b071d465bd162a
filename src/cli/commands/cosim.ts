import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Levels } from '../../arch/index.js';
import { closest } from '../../base/index.js';
import { circuitsFolder } from '../circuits-folder.js';
import type { Arguments, Command } from '../command.js';
import type { BlockLevels } from '../cosim/level-names.js';
import type { ExitCode } from '../exit-codes.js';
import { exitCodes } from '../exit-codes.js';
import { readDeck } from '../read-deck.js';
import { reportDiagnostics } from '../report-diagnostics.js';
import { baseOf } from '../results/file-names.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import {
  carryingOutOptions,
  readSeeds,
  readSettings,
  readTrainOptions,
  seedOptions,
  settingOptions,
} from './training-options.js';
import { wholeNumber } from './whole-number.js';

/** `oxspice cosim snn-iris`: trains networks whose blocks are simulated as circuits. */
export const cosim: Command = {
  name: 'cosim',
  positionals: '<network>',
  describe: 'Train a network whose blocks are circuits, equations or characteristics, by choice',
  options: {
    level: {
      type: 'string',
      requiresArg: true,
      describe:
        'Levels of blocks, as grid=circuit,feedback=ideal; a level alone is that of the first block',
    },
    compare: {
      type: 'string',
      requiresArg: true,
      describe: 'Train at these levels too, with the same seeds, and report where they part',
    },
    bootstrap: {
      type: 'number',
      requiresArg: true,
      describe:
        'Repeat the training at equations so often with residuals of circuits: an error bar for what circuits will reach',
    },
    variant: { type: 'string', requiresArg: true, describe: 'Only this variant  [default: all]' },
    ...seedOptions,
    samples: { type: 'number', requiresArg: true, describe: 'Training iterations' },
    ...settingOptions,
    keep: {
      type: 'string',
      requiresArg: true,
      describe: 'Iterations, from 1, whose waveforms are kept (.raw, .csv, .svg), as 1,100',
    },
    export: {
      type: 'number',
      requiresArg: true,
      describe: 'Write a deck of so many first iterations, for this simulator and for ngspice',
    },
    'on-failure': {
      choices: ['stop', 'continue'],
      describe: 'What happens where a sample cannot be simulated; its deck and state are kept',
    },
    output: {
      alias: 'o',
      type: 'string',
      requiresArg: true,
      describe: 'Folder for the results  [default: results/cosim-<network>]',
    },
    ...carryingOutOptions,
  },
  examples: [
    ['$0 cosim snn-iris --seed 1 --keep 1,100', 'Iris, every sample a transient of the grid'],
    ['$0 cosim rbm-digits', 'stochastic neurons and normalization blocks as circuits now and then'],
    ['$0 cosim snn-wine --level circuit --compare ideal --seeds 4', 'a fidelity report'],
    ['$0 cosim snn-iris --compare characteristic --bootstrap 20', 'the same with an error bar'],
  ],
  async execute(given: Arguments, terminal: Terminal): Promise<ExitCode> {
    const file = experimentOf(String(given.network));
    const { own, blocks } = await blocksOf(file, given.variant);
    if (!('grid' in blocks)) refuseGridOptions(given);
    const level = await levelsOf(given.level as string | undefined, blocks, terminal);
    const other = await levelsOf(given.compare as string | undefined, blocks, terminal);
    if (!level || !other) return exitCodes.failed.code;
    const dataFolder = given['data-dir'] as string | undefined;
    const changed = readSettings(given.set);
    const request = {
      kind: 'training' as const,
      experiment: file,
      changes: {
        ...readSeeds(given),
        ...(given.variant === undefined ? {} : { variant: given.variant as string }),
        settings: { ...changed, ...settingsOf(given) },
      },
      ...(dataFolder === undefined ? {} : { dataFolder }),
      folder: resolve((given.output as string | undefined) ?? join('results', baseOf(file))),
    };
    const options = readTrainOptions(given);
    const repetitions = wholeNumber(given, 'bootstrap', 2);
    const grid = level.grid ?? (changed.grid as string | undefined) ?? own.grid;
    refuseWaveforms(given, [grid, other.grid ?? grid]);
    if (given.compare === undefined) {
      const { trainExperiment } = await import('../training/train-experiment.js');
      const bar = errorBar(repetitions, grid, 'circuit');
      const settings = { ...request.changes.settings, ...level, ...bar };
      const changes = { ...request.changes, settings };
      return trainExperiment({ ...request, changes }, options, terminal);
    }
    const { compareLevels } = await import('../cosim/compare-levels.js');
    const second = other.grid ?? grid;
    // The first level repeats its reads and writes at the other's, where they differ in the grid.
    const beside = grid === second ? {} : { beside: second };
    const levels = [
      { blocks: level, also: beside },
      { blocks: other, also: errorBar(repetitions, second, grid) },
    ] as const;
    return compareLevels(request, levels, options, terminal);
  },
};

/** Other networks have no iterations that are one sample each, and nothing to draw residuals from. */
function refuseGridOptions(given: Arguments): void {
  const names = ['samples', 'keep', 'export', 'on-failure', 'bootstrap'];
  const one = names.find((name) => given[name] !== undefined);
  if (one === undefined) return;
  throw new UsageError('C335', `--${one} is of networks with grids of synapses, as snn-iris`, [
    'other settings of this one are given by --set',
  ]);
}

/** Only transients have waveforms to keep. Grids are transients where nobody says what they are. */
function refuseWaveforms(given: Arguments, grids: readonly (string | undefined)[]): void {
  if (given.keep === undefined) return;
  if (grids.some((grid) => grid === undefined || grid === 'circuit')) return;
  throw new UsageError('C336', `--keep is of transients, and the grid is '${grids[0]}'`, [
    "'--level grid=circuit' makes it one",
  ]);
}

/** Equations are repeated with residuals of circuits. */
function errorBar(
  repetitions: number | undefined,
  grid: string | undefined,
  of: string | undefined,
): Record<string, unknown> {
  if (repetitions === undefined) return {};
  const areEquations = grid === 'ideal' || grid === 'characteristic';
  if (areEquations && (of === 'circuit' || of === 'quasi-static'))
    return { bootstrap: { repetitions, of } };
  throw new UsageError('C332', '--bootstrap puts an error bar on equations', [
    'as in --compare characteristic --bootstrap 20, or --level ideal --bootstrap 20',
  ]);
}

/** A file, or one of the experiments that come with the program. */
function experimentOf(network: string): string {
  if (existsSync(network)) return resolve(network);
  const folder = join(dirname(circuitsFolder()), 'experiments');
  const own = join(folder, `cosim-${network}.json`);
  if (existsSync(own)) return own;
  const networks = readdirSync(folder).flatMap(
    (file) => /^cosim-(.*)\.json$/.exec(file)?.[1] ?? [],
  );
  const near = closest(network, networks);
  throw new UsageError('C330', `there is no network '${network}' to simulate`, [
    ...(near === undefined ? [] : [`did you mean '${near}'?`]),
    `there are ${networks.join(', ')}; or give the file of an experiment`,
  ]);
}

/** Blocks of the network, and their levels in the file; what is wrong with that is told later. */
async function blocksOf(
  file: string,
  variant: unknown,
): Promise<{ own: BlockLevels; blocks: Levels }> {
  const { blockLevels, readTrainingExperiment, trainerLevels } =
    await import('../../arch/index.js');
  const { experiment } = readTrainingExperiment(readDeck(file, 'experiment'));
  if (!experiment) return { own: {}, blocks: blockLevels };
  const { trainer, variants } = experiment;
  const blocks = trainerLevels[trainer.name];
  const chosen = variants.find(({ name }) => name === variant) ?? variants[0];
  if (blocks) return { own: chosen.settings as BlockLevels, blocks };
  throw new UsageError('C334', `'${trainer.name}' has no blocks that could be circuits`, [
    `'oxspice train' trains it; there are circuits in ${Object.keys(trainerLevels).join(', ')}`,
  ]);
}

/** Undefined if what was written is in error, which is then told. */
async function levelsOf(
  text: string | undefined,
  blocks: Levels,
  terminal: Terminal,
): Promise<BlockLevels | undefined> {
  if (text === undefined) return {};
  const { readLevels } = await import('../../arch/index.js');
  const { levels, diagnostics } = readLevels(text, blocks);
  reportDiagnostics(diagnostics, terminal);
  return diagnostics.length > 0 ? undefined : levels;
}

function settingsOf(given: Arguments): Record<string, unknown> {
  const samples = wholeNumber(given, 'samples', 1);
  const deck = wholeNumber(given, 'export', 1);
  return {
    ...(samples === undefined ? {} : { samples }),
    ...(deck === undefined ? {} : { exportDeck: deck }),
    ...(given.keep === undefined ? {} : { keep: iterations(given.keep as string) }),
    ...(given['on-failure'] === undefined ? {} : { onFailure: given['on-failure'] }),
  };
}

function iterations(text: string): number[] {
  return text.split(',').map((word) => {
    const number = Number(word);
    if (Number.isInteger(number) && number > 0) return number;
    throw new UsageError('C331', `'${word}' in --keep is not the number of an iteration`, [
      'they count from 1, as 1,100',
    ]);
  });
}
