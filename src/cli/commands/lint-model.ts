import type { Arguments, Command } from '../command.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { reportDiagnostics } from '../report-diagnostics.js';
import type { Terminal } from '../terminal.js';

/** `oxspice lint-model file`: says what makes device models ill-posed, without a circuit. */
export const lintModel: Command = {
  name: 'lint-model',
  positionals: '<models..>',
  describe: 'Report what makes device models ill-posed: files of models, or names of the catalogue',
  options: {},
  examples: [['$0 lint-model memristor.mjs', 'exit code 0 if its models are in order']],
  async execute(given: Arguments, terminal: Terminal): Promise<ExitCode> {
    const { catalog, lintModel: lint } = await import('../../devices/index.js');
    const { loadModels } = await import('../load-models.js');
    let sound = true;
    for (const path of (given.models as readonly unknown[]).map(String)) {
      const known = catalog.find(({ definition }) => definition.name === path.toLowerCase());
      const definitions = known ? [known.definition] : await loadModels(path);
      for (const definition of definitions) {
        const diagnostics = lint(definition);
        reportDiagnostics(diagnostics, terminal);
        if (diagnostics.length > 0) sound = false;
        else terminal.out(`${definition.name}: in order\n`);
      }
    }
    return sound ? exitCodes.ok.code : exitCodes.failed.code;
  },
};
