import type { Arguments, Command } from '../command.js';
import { dataFolders, ownDataFolder } from '../data/data-folders.js';
import { knownSets } from '../data/known-sets.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { textTable } from '../text-table.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

/** `oxspice data`: lists data sets; `oxspice data get mnist`: fetches one. */
export const data: Command = {
  name: 'data',
  positionals: '[action] [sets..]',
  describe: 'List the data sets that networks are trained with, or fetch one',
  options: {
    'data-dir': {
      type: 'string',
      requiresArg: true,
      describe: 'Folder of data sets  [default: OXSPICE_DATA, or a folder of your own]',
    },
  },
  examples: [
    ['$0 data', 'which sets there are, and where'],
    ['$0 data get mnist', 'fetch MNIST and check it'],
  ],
  async execute(given: Arguments, terminal: Terminal): Promise<ExitCode> {
    const folder = given['data-dir'] as string | undefined;
    const action = (given.action as string | undefined) ?? 'list';
    const names = ((given.sets as unknown[] | undefined) ?? []).map(String);
    if (action === 'list') return list(folder, terminal);
    if (action !== 'get' || names.length === 0)
      throw new UsageError('C146', `'oxspice data ${[action, ...names].join(' ')}' is not known`, [
        "it is 'oxspice data' or 'oxspice data get mnist'",
      ]);
    const { fetchSet } = await import('../data/fetch-data.js');
    const { knownSet } = await import('../data/load-data.js');
    for (const set of names.map(knownSet)) {
      if (set.shipped) {
        terminal.out(`${set.name} comes with oxspice\n`);
        continue;
      }
      const target = folder ?? ownDataFolder();
      for (const path of await fetchSet(set, target, terminal.interrupted))
        terminal.out(`  → ${path}\n`);
    }
    return exitCodes.ok.code;
  },
};

async function list(folder: string | undefined, terminal: Terminal): Promise<ExitCode> {
  const { partFiles } = await import('../data/load-data.js');
  const rows = knownSets.map((set) => {
    const place = dataFolders(folder).find((each) => partFiles(each, set, 'training').length > 0);
    return [set.name, set.title, place ?? `not there: oxspice data get ${set.name}`];
  });
  terminal.out(textTable(rows, [false, false, false]));
  return exitCodes.ok.code;
}
