import { hasErrors } from '../../base/index.js';
import type { Arguments, Command } from '../command.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { readDeck, readInclude } from '../read-deck.js';
import { reportDiagnostics } from '../report-diagnostics.js';
import type { Terminal } from '../terminal.js';
import { dialectOption, readDialect } from './run-arguments.js';

/** `oxspice check deck.cir …`: says what is wrong with decks, without simulating them. */
export const check: Command = {
  name: 'check',
  positionals: '<decks..>',
  describe: 'Report what is wrong with decks, without simulating',
  options: {
    dialect: dialectOption,
    quiet: { alias: 'q', type: 'boolean', describe: 'Print errors only' },
  },
  examples: [['$0 check *.cir', 'exit code 0 if all of them are in order']],
  async execute(given: Arguments, terminal: Terminal): Promise<ExitCode> {
    const { parseNetlist } = await import('../../netlist/index.js');
    const quiet = given.quiet === true;
    let sound = true;
    for (const path of given.decks as readonly unknown[]) {
      const { name, text } = readDeck(String(path));
      const options = { name, reader: readInclude, ...readDialect(given) };
      const { circuit, diagnostics } = parseNetlist(text, options);
      reportDiagnostics(diagnostics, terminal, quiet ? 'error' : 'note');
      if (hasErrors(diagnostics)) sound = false;
      else if (!quiet)
        terminal.out(`${name}: in order, ${circuit?.instances.length ?? 0} elements\n`);
    }
    return sound ? exitCodes.ok.code : exitCodes.failed.code;
  },
};
