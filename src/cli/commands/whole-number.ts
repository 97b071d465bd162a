import type { Arguments } from '../command.js';
import { UsageError } from '../usage-error.js';

/** A whole number within bounds, as it was given last; undefined if it was not. Throws a `UsageError`. */
export function wholeNumber(
  given: Arguments,
  option: string,
  least: number,
  most = 2 ** 31 - 1,
): number | undefined {
  const text = [given[option]].flat().at(-1);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new UsageError('C009', `--${option} needs a whole number from ${least} to ${most}`);
}
