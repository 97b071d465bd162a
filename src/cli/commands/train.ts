import { extname, join, resolve } from 'node:path';
import type { Arguments, Command } from '../command.js';
import type { ExitCode } from '../exit-codes.js';
import { baseOf } from '../results/file-names.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

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
    'data-dir': { type: 'string', requiresArg: true, describe: 'Folder of data sets' },
    seed: { type: 'number', requiresArg: true, describe: 'One run with this seed only' },
    seeds: { type: 'number', requiresArg: true, describe: 'Number of seeds' },
    epochs: { type: 'number', requiresArg: true, describe: 'Epochs, where the trainer has them' },
    set: {
      type: 'string',
      requiresArg: true,
      describe: 'Another setting for all variants: name=value (may be repeated)',
    },
    threads: {
      type: 'number',
      requiresArg: true,
      describe: 'Worker threads  [default: one a core]',
    },
    resume: {
      type: 'boolean',
      default: true,
      describe: 'Go on where an earlier run ended; --no-resume begins anew',
    },
    quiet: { alias: 'q', type: 'boolean', describe: 'Print errors only' },
  },
  examples: [
    ['$0 train experiments/iris-software.json', 'results and curves in results/iris-software/'],
    ['$0 train experiments/iris-software.json --seeds 5 --set learningRate=0.3', 'another setting'],
  ],
  async execute(given: Arguments, terminal: Terminal): Promise<ExitCode> {
    const file = resolve(String(given.experiment));
    const seed = whole(given, 'seed', 0);
    if (seed !== undefined && given.seeds !== undefined)
      throw new UsageError('C151', '--seed and --seeds exclude each other', [
        "'--seed 7' is one run with this seed; '--seeds 5' are five, from the first on",
      ]);
    const seeds = seed === undefined ? whole(given, 'seeds', 1) : 1;
    const settings = { ...readSettings(given.set), ...shortcuts(given) };
    const folder = resolve((given.output as string | undefined) ?? join('results', baseOf(file)));
    const { trainExperiment } = await import('../training/train-experiment.js');
    const dataFolder = given['data-dir'] as string | undefined;
    const threads = whole(given, 'threads', 1);
    return trainExperiment(
      {
        kind: 'training',
        experiment: extname(file) === '' ? `${file}.json` : file,
        changes: {
          ...(seeds === undefined ? {} : { seeds }),
          ...(seed === undefined ? {} : { firstSeed: seed }),
          settings,
        },
        ...(dataFolder === undefined ? {} : { dataFolder }),
        folder,
      },
      {
        ...(threads === undefined ? {} : { threads }),
        fresh: given.resume === false,
        quiet: given.quiet === true,
      },
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

/** `name=value`; a value is JSON, or else a text. */
function readSettings(given: unknown): Record<string, unknown> {
  const list = given === undefined ? [] : [given].flat().map(String);
  return Object.fromEntries(
    list.map((text) => {
      const equals = text.indexOf('=');
      if (equals <= 0)
        throw new UsageError('C150', `--set needs name=value, not '${text}'`, [
          "such as '--set learningRate=0.3'",
        ]);
      return [text.slice(0, equals), valueOf(text.slice(equals + 1))];
    }),
  );
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function whole(given: Arguments, name: string, least: number): number | undefined {
  const value = [given[name]].flat().at(-1);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number >= least && number < 2 ** 31) return number;
  throw new UsageError('C009', `--${name} needs a whole number from ${least} to ${2 ** 31 - 1}`);
}
