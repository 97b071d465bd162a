import type { Options } from 'yargs';
import { closest } from '../../base/index.js';
import {
  dialectNames,
  type DialectName,
  emptyScope,
  evaluate,
  parseExpressionText,
} from '../../expression/index.js';
import type { Arguments } from '../command.js';
import { plotFormats, type PlotOptions, type PlotTrace } from '../results/picture.js';
import { type ResultFormat, resultFormats } from '../results/result-file.js';
import { UsageError } from '../usage-error.js';
import { wholeNumber } from './whole-number.js';

export const emitForms = ['ast', 'circuit', 'equations', 'code', 'pattern'] as const;
export type EmitForm = (typeof emitForms)[number];

export const traceNames = ['newton', 'step'] as const;
export type TraceName = (typeof traceNames)[number];

export const executors = ['threads', 'in-process', 'slurm'] as const;
export type ExecutorName = (typeof executors)[number];

export const dialectOption: Options = {
  type: 'string',
  requiresArg: true,
  describe: `The SPICE that the deck is written for: ${dialectNames.join(', ')}`,
};

export const runOptions: Readonly<Record<string, Options>> = {
  output: {
    alias: 'o',
    type: 'string',
    requiresArg: true,
    describe: 'Folder for the results  [default: <deck>.out beside the deck]',
  },
  format: {
    type: 'string',
    requiresArg: true,
    default: 'raw',
    describe: `Form of the results: ${resultFormats.join(', ')}`,
  },
  param: {
    type: 'string',
    requiresArg: true,
    describe: 'Replace a .param of the deck: name=value (may be repeated)',
  },
  plot: {
    type: 'string',
    describe:
      "Draw each sweep and transient as SVG; with an expression such as 'db(v(out))' draw that (may be repeated)",
  },
  'plot-format': {
    type: 'string',
    requiresArg: true,
    describe: `Form of the pictures: ${plotFormats.join(', ')}; implies --plot  [default: svg]`,
  },
  interpolate: {
    type: 'boolean',
    describe: 'Print a transient every tstep instead of at the computed points',
  },
  mc: {
    type: 'number',
    requiresArg: true,
    describe: "Monte Carlo of so many runs, whatever the deck's .mc says",
  },
  seed: { type: 'number', requiresArg: true, describe: 'Seed of random numbers' },
  executor: {
    type: 'string',
    requiresArg: true,
    describe: `Who carries out many runs: ${executors.join(', ')}  [default: threads]`,
  },
  threads: {
    type: 'number',
    requiresArg: true,
    describe: 'Worker threads  [default: one a core]',
  },
  tasks: {
    type: 'number',
    requiresArg: true,
    describe: 'Tasks of the Slurm job array  [default: 100]',
  },
  'slurm-options': {
    type: 'string',
    requiresArg: true,
    describe: "Further options of sbatch, such as '--partition=long --time=2:00:00'",
  },
  waveforms: { type: 'boolean', describe: 'Keep the waveforms of each of many runs' },
  fresh: { type: 'boolean', describe: 'Do all of many runs anew, also those that are done' },
  dialect: dialectOption,
  quiet: { alias: 'q', type: 'boolean', describe: 'Print errors only' },
  verbose: { alias: 'v', type: 'boolean', describe: 'Print statistics and the options in force' },
  trace: {
    type: 'string',
    requiresArg: true,
    describe: `Write what happens inside as a table: ${traceNames.join(', ')} (may be repeated)`,
  },
  verify: {
    type: 'boolean',
    describe:
      'Add up currents and charges of every point again, by other code, and tell the result',
  },
  emit: {
    type: 'string',
    requiresArg: true,
    describe: `Print an intermediate form and stop: ${emitForms.join(', ')}`,
  },
};

/** What `oxspice run` was asked to do. */
export interface RunArguments {
  readonly deck: string;
  readonly folder?: string;
  readonly format: ResultFormat;
  readonly parameters: Readonly<Record<string, number>>;
  /** Absent: no pictures. */
  readonly plot?: PlotOptions;
  readonly interpolate: boolean;
  /** False: nothing of earlier runs is used, and nothing kept. */
  readonly cache: boolean;
  readonly dialect?: DialectName;
  /** Seed of random numbers; absent: that of the deck. */
  readonly seed?: number;
  readonly many: ManyArguments;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly emit?: EmitForm;
  readonly trace: readonly TraceName[];
  readonly verify: boolean;
}

/** What concerns many runs. */
export interface ManyArguments {
  /** `--mc`; absent: what the deck says. */
  readonly runs?: number;
  /** Absent: threads, where there are many runs. */
  readonly executor?: ExecutorName;
  readonly threads?: number;
  readonly tasks: number;
  readonly slurmOptions: readonly string[];
  readonly waveforms: boolean;
  readonly fresh: boolean;
}

/** Checks what yargs read. Throws a `UsageError`. */
export function readRunArguments(given: Arguments): RunArguments {
  const words = [...list(given.deck), ...((given.more as unknown[] | undefined) ?? [])].map(String);
  // `--param a=1 b=2` leaves `b=2` to the positional arguments.
  const settings = words.filter((word) => assignment.test(word));
  const decks = words.filter((word) => !assignment.test(word));
  const plot =
    given.plot === undefined ? undefined : list(given.plot).filter((text) => text !== '');
  // `--plot rc.cir` asks for a plot of everything.
  if (decks.length === 0 && plot && plot.length > 0) decks.push(plot.pop()!);
  if (decks.length !== 1) {
    throw decks.length === 0
      ? new UsageError('C001', 'the deck is missing', ["such as 'oxspice run deck.cir'"])
      : new UsageError('C005', `one deck at a time: '${decks[1]}' is a second one`);
  }
  const folder = last(given.output);
  const plotFormat = last(given['plot-format']);
  const emit = last(given.emit);
  return {
    deck: decks[0],
    ...(folder === undefined ? {} : { folder }),
    format: choice('format', last(given.format) ?? 'raw', resultFormats),
    parameters: readParameters([...list(given.param), ...settings]),
    ...(plot === undefined && plotFormat === undefined
      ? {}
      : {
          plot: {
            traces: (plot ?? []).map(readTrace),
            format: choice('plot-format', plotFormat ?? 'svg', plotFormats),
          },
        }),
    interpolate: given.interpolate === true,
    cache: given.cache !== false,
    ...readDialect(given),
    ...whole(given, 'seed', 0, 2 ** 32 - 1, 'seed'),
    many: readMany(given),
    quiet: given.quiet === true,
    verbose: given.verbose === true,
    trace: list(given.trace).map((name) => choice('trace', name, traceNames)),
    verify: given.verify === true,
    ...(emit === undefined ? {} : { emit: choice('emit', emit, emitForms) }),
  };
}

function readMany(given: Arguments): ManyArguments {
  const executor = last(given.executor);
  const { tasks = 100 } = whole(given, 'tasks', 1, 1e6, 'tasks');
  return {
    ...whole(given, 'mc', 1, 1e8, 'runs'),
    ...(executor === undefined ? {} : { executor: choice('executor', executor, executors) }),
    ...whole(given, 'threads', 1, 1024, 'threads'),
    tasks,
    slurmOptions: list(given['slurm-options']).flatMap((text) => text.trim().split(/\s+/)),
    waveforms: given.waveforms === true,
    fresh: given.fresh === true,
  };
}

/** A whole number within bounds as a property; nothing if it is not given. */
function whole<K extends string>(
  given: Arguments,
  option: string,
  least: number,
  most: number,
  key: K,
): { readonly [P in K]?: number } {
  const value = wholeNumber(given, option, least, most);
  if (value === undefined) return {};
  return { [key]: value } as { readonly [P in K]?: number };
}

/** `--dialect`, if it is given. */
export function readDialect(given: Arguments): { readonly dialect?: DialectName } {
  const name = last(given.dialect);
  return name === undefined ? {} : { dialect: choice('dialect', name, dialectNames) };
}

/** An expression that is to be drawn. */
function readTrace(text: string): PlotTrace {
  const { expression, diagnostic } = parseExpressionText(text, '--plot');
  if (expression) return { text: text.replaceAll(/\s/g, ''), expression };
  throw new UsageError('C008', `--plot '${text}': ${diagnostic.message}`, [
    "such as --plot 'v(out)' --plot 'db(v(out)/v(in))'",
    ...(diagnostic.help ?? []),
  ]);
}

const assignment = /^[A-Za-z_]\w*=/;

/** An option that was given twice counts as it was given last. */
function last(value: unknown): string | undefined {
  return list(value).at(-1);
}

function list(value: unknown): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

function choice<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const found = choices.find((candidate) => candidate === value.toLowerCase());
  if (found !== undefined) return found;
  const near = closest(value, choices);
  throw new UsageError('C006', `--${option} cannot be '${value}'`, [
    near === undefined ? `it is one of ${choices.join(', ')}` : `did you mean '${near}'?`,
  ]);
}

/** `w=2u` or `w=2*pi`; a later setting of one name replaces an earlier one. */
export function readParameters(settings: readonly string[]): Record<string, number> {
  const values: Record<string, number> = {};
  for (const setting of settings) {
    const equals = setting.indexOf('=');
    if (!assignment.test(setting)) {
      throw new UsageError('C007', `--param needs name=value, not '${setting}'`, [
        "such as '--param width=2u'",
      ]);
    }
    values[setting.slice(0, equals).toLowerCase()] = numberOf(setting.slice(equals + 1));
  }
  return values;
}

function numberOf(text: string): number {
  const { expression, diagnostic } = parseExpressionText(text, '--param');
  const value = expression ? evaluate(expression, emptyScope) : diagnostic;
  if (typeof value === 'number') return value;
  const { message, help = [] } = value;
  throw new UsageError('C007', `--param: ${message}`, help);
}
