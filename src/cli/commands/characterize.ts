import { characterizeOptions } from '../characterize/characterize-options.js';
import type { Arguments, Command } from '../command.js';
import type { ExitCode } from '../exit-codes.js';
import type { Terminal } from '../terminal.js';

/** `oxspice characterize deck.cir`: makes a transfer characteristic of a circuit. */
export const characterize: Command = {
  name: 'characterize',
  positionals: '[deck]',
  describe: 'Make tables of what a circuit does, with a known error, for networks',
  options: characterizeOptions,
  examples: [
    [
      "$0 characterize amp.cir --input 'v(in)=0:1' --output 'v(out)'",
      'transfer curve, refined until its error is 0.1 %',
    ],
    [
      "$0 characterize amp.cir --frequency 1k:1g --sweep r=1k:10k:log --output 'vdb(out)'",
      'gain over frequency and a resistance',
    ],
    ['$0 characterize --spec amp.characterize.json', 'what a file of settings asks for'],
    [
      '$0 characterize --check amp.characteristic.json',
      'whether the error bound holds at 1000 other points',
    ],
  ],
  async execute(given: Arguments, terminal: Terminal): Promise<ExitCode> {
    if (given.check !== undefined) {
      const { readCheckArguments } = await import('../characterize/check-arguments.js');
      const { runCheck } = await import('../characterize/run-check.js');
      return runCheck(readCheckArguments(given), terminal);
    }
    const { readCharacterizeArguments } = await import('../characterize/characterize-arguments.js');
    const asked = readCharacterizeArguments(given);
    const { runCharacterize } = await import('../characterize/run-characterize.js');
    return runCharacterize(asked, terminal);
  },
};
