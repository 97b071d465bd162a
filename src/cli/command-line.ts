import yargs, { type Argv } from 'yargs';
import { closest, DiagnosticError } from '../base/index.js';
import { partsUsed } from './cache/parts-used.js';
import type { Command } from './command.js';
import { cache } from './commands/cache.js';
import { characterize } from './commands/characterize.js';
import { check } from './commands/check.js';
import { cosim } from './commands/cosim.js';
import { data } from './commands/data.js';
import { gallery } from './commands/gallery.js';
import { generate } from './commands/generate.js';
import { lintModel } from './commands/lint-model.js';
import { models } from './commands/models.js';
import { part } from './commands/part.js';
import { report } from './commands/report.js';
import { run } from './commands/run.js';
import { train } from './commands/train.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { reportBug } from './report-bug.js';
import { reportDiagnostics } from './report-diagnostics.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';
import { packageVersion } from './version.js';

/** Every command, one line each. */
export const commands: readonly Command[] = [
  run,
  check,
  characterize,
  gallery,
  generate,
  models,
  lintModel,
  data,
  train,
  cosim,
  report,
  cache,
  part,
];

/** Carries out a command line (without `node` and the program's name). */
export async function commandLine(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await carryOut(args, terminal);
  } catch (problem) {
    if (problem instanceof UsageError) {
      reportDiagnostics([problem.diagnostic], terminal);
      return exitCodes.usage.code;
    }
    if (problem instanceof DiagnosticError) {
      reportDiagnostics(problem.diagnostics, terminal);
      return exitCodes.failed.code;
    }
    reportBug(problem, args, terminal);
    return exitCodes.bug.code;
  }
}

async function carryOut(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let chosen: (() => Promise<ExitCode>) | undefined;
  const parser = commands.reduce(
    (chain, command) =>
      chain.command(
        `${command.name} ${command.positionals}`,
        command.describe,
        (own) => describe(own, command),
        // Carried out when yargs is done: while it waits for a promise it draws up the whole help.
        (given) => {
          chosen = () => {
            partsUsed.add(command.name);
            return command.execute(given, terminal);
          };
        },
      ),
    emptyParser(args),
  );
  let output = '';
  await parser.parseAsync([...args], {}, (_problem: unknown, _given: unknown, text: string) => {
    output = text;
  });
  if (output) terminal.out(`${output}\n`);
  return (await chosen?.()) ?? exitCodes.ok.code;
}

function emptyParser(args: readonly string[]): Argv {
  return yargs()
    .scriptName('oxspice')
    .locale('en')
    .usage('$0 <command>\n\nA circuit simulator for neural hardware.')
    .version(packageVersion())
    .help()
    .option('cache', {
      type: 'boolean',
      default: true,
      describe: 'Use what earlier runs worked out; --no-cache works it out anew',
    })
    .strict()
    .demandCommand(1, 'a command is missing')
    .wrap(100)
    .epilogue(exitCodeHelp())
    .fail((message: string | null, problem: Error | undefined) => {
      // What yargs finds wrong comes as a message or as an error of its own kind.
      if (problem && problem.name !== 'YError') throw problem;
      throw usageProblem(message ?? problem?.message ?? 'the command line cannot be read', args);
    });
}

function describe(parser: Argv, { options, examples }: Command): Argv {
  return parser.options(options).example([...examples]);
}

function exitCodeHelp(): string {
  return `Exit codes: ${Object.values(exitCodes)
    .map(({ code, doc }) => `${code} ${doc}`)
    .join('; ')}.`;
}

/** Says what yargs found wrong, with the word that was probably meant. */
function usageProblem(message: string, args: readonly string[]): UsageError {
  const unknown = /^Unknown arguments?: ([^,]+)/.exec(message)?.[1];
  if (unknown === undefined) {
    const said = message.startsWith('Not enough non-option') ? 'an argument is missing' : message;
    return new UsageError('C001', said.charAt(0).toLowerCase() + said.slice(1), [
      "'oxspice --help' shows how it is used",
    ]);
  }
  const names = commands.map(({ name }) => name);
  const command = commands.find(({ name }) => name === args.find((each) => !each.startsWith('-')));
  const near = command ? undefined : closest(unknown, names);
  if (near !== undefined)
    return new UsageError('C002', `unknown command '${unknown}'`, [`did you mean '${near}'?`]);
  return new UsageError('C003', `unknown argument '${unknown}'`, [argumentHelp(unknown, command)]);
}

/** An option of this command that was probably meant, or the commands that have this one. */
function argumentHelp(unknown: string, command: Command | undefined): string {
  const dashes = unknown.length === 1 ? '-' : '--';
  const having = commands.filter(({ options }) => unknown in options).map(({ name }) => name);
  if (command && having.length > 0) {
    const which = `${having.join(', ')} ${having.length === 1 ? 'has' : 'have'}`;
    return `${which} ${dashes}${unknown}; 'oxspice ${command.name} --help' shows the options of ${command.name}`;
  }
  const own = (command ? [command] : commands).flatMap(({ options }) => Object.keys(options));
  const option = closest(unknown, [...own, 'help', 'version', 'cache']);
  if (option !== undefined) return `did you mean '${dashes}${option}'?`;
  if (command) return `'oxspice ${command.name} --help' shows its options`;
  return `the commands are ${commands.map(({ name }) => name).join(', ')}; 'oxspice --help' shows their options`;
}
