import type { Arguments } from '../command.js';
import { UsageError } from '../usage-error.js';
import { wholeNumber } from '../commands/whole-number.js';
import { texts } from './characterize-arguments.js';
import type { CheckArguments } from './run-check.js';

/** Options that say how a characteristic is made: a check takes none of them. */
const making = [
  'spec',
  'input',
  'sweep',
  'frequency',
  'output',
  'measure',
  'event',
  'quantiles',
  'runs',
  'tolerance',
  'refine',
  'budget',
  'name',
  'param',
  'out',
  'plot-format',
  'dialect',
  'fresh',
];

/** Reads `--check`. Throws a `UsageError`. */
export function readCheckArguments(given: Arguments): CheckArguments {
  const other = making.find((option) => given[option] !== undefined);
  if (other !== undefined) {
    throw new UsageError('C328', `--check does not go with --${other}`, [
      'the characteristic says how it was made; --verify, --seed and --threads can be given',
    ]);
  }
  const [deck] = texts(given.deck);
  return {
    file: texts(given.check).at(-1)!,
    ...(deck === undefined ? {} : { deck }),
    points: wholeNumber(given, 'verify', 1, 1e6) ?? 1000,
    // Another one than that of the points which the characteristic was verified at.
    seed: wholeNumber(given, 'seed', 0, 2 ** 32 - 1) ?? 2,
    threads: wholeNumber(given, 'threads', 1, 1024) ?? 1,
    quiet: given.quiet === true,
  };
}
