import { hasErrors } from '../../base/index.js';
import type { Arguments, Command } from '../command.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { readDeck, readInclude } from '../read-deck.js';
import { reportDiagnostics } from '../report-diagnostics.js';
import type { Terminal } from '../terminal.js';
import type { Circuit } from '../../netlist/index.js';
import { readRunArguments, type RunArguments, runOptions } from './run-arguments.js';

/**
 * Whether runs are jobs, with a ledger and statistics. `.step` alone goes on as it always did, and so
 * does a single run, whatever number of threads is given: its results are its waveforms.
 */
function isMany({ monteCarlo, steps }: Circuit, { many }: RunArguments): boolean {
  const { runs, executor, threads } = many;
  if (monteCarlo !== undefined || runs !== undefined || executor === 'slurm') return true;
  return steps.length > 0 && (executor !== undefined || threads !== undefined);
}

/** `oxspice run deck.cir`: carries out the analyses of a deck and writes their results. */
export const run: Command = {
  name: 'run',
  positionals: '[deck] [more..]',
  describe: 'Simulate a deck',
  options: runOptions,
  examples: [
    ['$0 run rc.cir --plot', 'results, tables and pictures in rc.out/'],
    ['$0 run filter.cir --mc 1000 --seed 7', 'a thousand runs, on all cores'],
    ['$0 run rc.cir --param r=2k --format csv', 'with another value of a .param'],
  ],
  async execute(given: Arguments, terminal: Terminal): Promise<ExitCode> {
    const asked = readRunArguments(given);
    const source = readDeck(asked.deck);
    const { expandDeck, parseNetlist } = await import('../../netlist/index.js');
    const options = {
      name: source.name,
      reader: readInclude,
      parameters: asked.parameters,
      ...(asked.dialect ? { dialect: asked.dialect } : {}),
      ...(asked.seed === undefined ? {} : { seed: asked.seed }),
    };
    const { circuit, deck, diagnostics } = parseNetlist(source.text, options);
    if (!circuit) {
      reportDiagnostics(diagnostics, terminal, asked.quiet ? 'error' : 'note');
      return exitCodes.failed.code;
    }
    if (asked.emit) {
      reportDiagnostics(diagnostics, terminal, asked.quiet ? 'error' : 'note');
      const { emit } = await import('../emit.js');
      terminal.out(emit(asked.emit, deck, circuit));
      return hasErrors(diagnostics) ? exitCodes.failed.code : exitCodes.ok.code;
    }
    if (isMany(circuit, asked)) {
      const { runMany } = await import('../many-runs/run-many.js');
      return runMany(asked, terminal);
    }
    const { runCircuit } = await import('../run-circuit.js');
    return runCircuit(circuit, asked, terminal, (values) =>
      expandDeck(deck, { ...options, values }),
    );
  },
};
