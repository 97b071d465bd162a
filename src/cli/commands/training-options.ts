/** What the commands that train networks have in common. */
import type { Options } from 'yargs';
import type { ExperimentChanges } from '../../arch/index.js';
import type { Arguments } from '../command.js';
import type { TrainOptions } from '../training/train-experiment.js';
import { UsageError } from '../usage-error.js';
import { wholeNumber } from './whole-number.js';

export const seedOptions: Readonly<Record<string, Options>> = {
  seed: { type: 'number', requiresArg: true, describe: 'One run with this seed only' },
  seeds: { type: 'number', requiresArg: true, describe: 'Number of seeds' },
};

export const settingOptions: Readonly<Record<string, Options>> = {
  set: {
    type: 'string',
    requiresArg: true,
    describe: 'Another setting for all variants: name=value (may be repeated)',
  },
};

export const carryingOutOptions: Readonly<Record<string, Options>> = {
  'data-dir': { type: 'string', requiresArg: true, describe: 'Folder of data sets' },
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
};

/** `--seed` and `--seeds`, of which one may be given. Throws a `UsageError`. */
export function readSeeds(given: Arguments): Pick<ExperimentChanges, 'seeds' | 'firstSeed'> {
  const firstSeed = wholeNumber(given, 'seed', 0);
  if (firstSeed !== undefined && given.seeds !== undefined)
    throw new UsageError('C151', '--seed and --seeds exclude each other', [
      "'--seed 7' is one run with this seed; '--seeds 5' are five, from the first on",
    ]);
  if (firstSeed !== undefined) return { seeds: 1, firstSeed };
  const seeds = wholeNumber(given, 'seeds', 1);
  return seeds === undefined ? {} : { seeds };
}

/** Who carries trainings out, and how much is told. Throws a `UsageError`. */
export function readTrainOptions(given: Arguments): TrainOptions {
  const threads = wholeNumber(given, 'threads', 1);
  return {
    ...(threads === undefined ? {} : { threads }),
    fresh: given.resume === false,
    quiet: given.quiet === true,
  };
}

/** `--set name=value`; a value is JSON, or else a text. Throws a `UsageError`. */
export function readSettings(given: unknown): Record<string, unknown> {
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
