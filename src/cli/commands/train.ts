import { extname, join, resolve } from 'node:path';
import type { Arguments, Command } from '../command.js';
import type { ExitCode } from '../exit-codes.js';
import { baseOf } from '../results/file-names.js';
import type { Terminal } from '../terminal.js';
import {
  carryingOutOptions,
  readSeeds,
  readSettings,
  readTrainOptions,
  seedOptions,
  settingOptions,
} from './training-options.js';

/** `oxspice train experiments/iris.json`: trains networks and judges them. */
export const train: Command = {
  name: 'train',
  positionals: '<experiment>',
  describe: 'Train networks as an experiment says, over its variants and seeds',
  options: {
    output: {
      alias: 'o',
      type: 'string',
      requiresArg: true,
      describe: 'Folder for the results  [default: results/<experiment>]',
    },
    data: { type: 'string', requiresArg: true, describe: 'Another data set, by name or .csv file' },
    ...seedOptions,
    epochs: { type: 'number', requiresArg: true, describe: 'Epochs, where the trainer has them' },
    ...settingOptions,
    ...carryingOutOptions,
  },
  examples: [
    ['$0 train experiments/iris-software.json', 'results and curves in results/iris-software/'],
    ['$0 train experiments/iris-software.json --seeds 5 --set learningRate=0.3', 'another setting'],
  ],
  async execute(given: Arguments, terminal: Terminal): Promise<ExitCode> {
    const file = resolve(String(given.experiment));
    const settings = { ...readSettings(given.set), ...shortcuts(given) };
    const folder = resolve((given.output as string | undefined) ?? join('results', baseOf(file)));
    const { trainExperiment } = await import('../training/train-experiment.js');
    const dataFolder = given['data-dir'] as string | undefined;
    return trainExperiment(
      {
        kind: 'training',
        experiment: extname(file) === '' ? `${file}.json` : file,
        changes: { ...readSeeds(given), settings },
        ...(dataFolder === undefined ? {} : { dataFolder }),
        folder,
      },
      readTrainOptions(given),
      terminal,
    );
  },
};

/** `--data` and `--epochs` are settings that nearly every trainer has. */
function shortcuts({ data, epochs }: Arguments): Record<string, unknown> {
  const name = data === undefined ? undefined : ([data].flat() as string[]).at(-1)!;
  // Paths of the command line are seen from where it is typed, those of a file from the file.
  const place = name?.endsWith('.csv') ? resolve(name) : name;
  return {
    ...(place === undefined ? {} : { data: place }),
    ...(epochs === undefined ? {} : { epochs }),
  };
}
