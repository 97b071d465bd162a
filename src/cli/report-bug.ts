import { packageVersion } from './version.js';
import type { Terminal } from './terminal.js';

/** An exception that nobody expected: says that it is a bug of OxSpice, and what a report needs. */
export function reportBug(problem: unknown, args: readonly string[], terminal: Terminal): void {
  const message = problem instanceof Error ? problem.message : String(problem);
  terminal.err(
    [
      `internal error: ${message}`,
      'This is a bug in OxSpice, not in your deck. Please report it with',
      `  - the command: oxspice ${args.join(' ')}`,
      '  - the deck and the files that it includes',
      `  - the version: oxspice ${packageVersion()}, Node ${process.version}, ${process.platform}`,
      terminal.debug ? '' : 'OXSPICE_DEBUG=1 shows where in the program it happened.\n',
    ].join('\n'),
  );
  if (terminal.debug && problem instanceof Error) terminal.err(`${problem.stack ?? ''}\n`);
}
