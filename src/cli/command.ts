import type { Options } from 'yargs';
import type { ExitCode } from './exit-codes.js';
import type { Terminal } from './terminal.js';

/** What the user wrote behind a command, as yargs read it. */
export type Arguments = Readonly<Record<string, unknown>>;

/** A command of `oxspice`, one file each. */
export interface Command {
  readonly name: string;
  /** Positional arguments, such as `<deck>`. */
  readonly positionals: string;
  readonly describe: string;
  readonly options: Readonly<Record<string, Options>>;
  readonly examples: readonly [string, string][];
  execute(given: Arguments, terminal: Terminal): Promise<ExitCode>;
}
