import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../cache/cache-folder.js';
import type { Arguments, Command } from '../command.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { fileProblem } from '../file-problem.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

/** What the cache names its files; nothing else in the folder is touched. */
const ours = /^[0-9a-f]{40}\.(code|model)(\.|$)/;

/** `oxspice cache path|clear`: what is kept between runs, so that they start sooner. */
export const cache: Command = {
  name: 'cache',
  positionals: '<action>',
  describe: 'Show where compiled code is kept between runs (path), or remove it (clear)',
  options: {},
  examples: [['$0 cache clear', 'the next run compiles everything anew']],
  execute({ action }: Arguments, terminal: Terminal): Promise<ExitCode> {
    const folder = cacheFolder();
    if (action !== 'path' && action !== 'clear') {
      throw new UsageError('C010', `'${String(action)}' is nothing to do with the cache`, [
        "'oxspice cache path' shows its folder, 'oxspice cache clear' empties it",
      ]);
    }
    if (action === 'path') terminal.out(`${folder ?? 'off'}\n`);
    else if (folder !== undefined) terminal.out(`${clear(folder)} files removed\n`);
    return Promise.resolve(exitCodes.ok.code);
  },
};

/** How many files there were. */
function clear(folder: string): number {
  try {
    const names = readdirSync(folder).filter((name) => ours.test(name));
    for (const name of names) rmSync(join(folder, name), { force: true });
    return names.length;
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw fileProblem(problem, 'C104', `cannot clear the cache '${folder}'`);
  }
}
