/** What `oxspice characterize` was asked to do: a specification from a file or from options. */
import { dirname, join, resolve } from 'node:path';
import {
  characterizeSchema,
  type CharacterizeSpecification,
  type ExperimentKind,
  readCharacterizeSpecification,
} from '../../arch/characterize/specification.js';
import type { z } from 'zod';
import { DiagnosticError, parseQuantity } from '../../base/index.js';
import type { Arguments } from '../command.js';
import { readDialect, readParameters } from '../commands/run-arguments.js';
import { wholeNumber } from '../commands/whole-number.js';
import { readDeck } from '../read-deck.js';
import { plotFormats, type PlotFormat } from '../results/picture.js';
import { UsageError } from '../usage-error.js';

export interface CharacterizeArguments {
  /** As it was named. */
  readonly deck: string;
  readonly spec: CharacterizeSpecification;
  readonly folder?: string;
  /** Of the file's names: that of the specification, or of the deck. */
  readonly stem: string;
  readonly plotFormat: PlotFormat;
  readonly threads?: number;
  readonly fresh: boolean;
  readonly quiet: boolean;
}

/** Checks what yargs read. Throws a `UsageError`, or a `DiagnosticError` for a file of settings. */
export function readCharacterizeArguments(given: Arguments): CharacterizeArguments {
  const words = texts(given.deck);
  if (words.length > 1)
    throw new UsageError('C005', `one deck at a time: '${words[1]}' is a second one`);
  const path = texts(given.spec).at(-1);
  const file = path === undefined ? {} : readFile(path);
  const parameters = {
    ...(file.parameters as Settings | undefined),
    ...readParameters(texts(given.param)),
  };
  const spec = checked({
    ...file,
    ...fromOptions(given, file),
    parameters,
    ...readDialect(given),
  });
  const named = words.at(0);
  const beside =
    path === undefined || spec.deck === undefined ? undefined : join(dirname(path), spec.deck);
  const deck = named ?? beside;
  if (deck === undefined) {
    throw new UsageError('C001', 'the deck is missing', [
      "such as 'oxspice characterize deck.cir --input 'v(in)=0:1' --output 'v(out)''",
    ]);
  }
  const folder = texts(given.out).at(-1);
  const format = (texts(given['plot-format']).at(-1) ?? 'svg').toLowerCase();
  const plotFormat = plotFormats.find((each) => each === format);
  if (!plotFormat) {
    throw new UsageError('C006', `--plot-format cannot be '${format}'`, [
      `it is one of ${plotFormats.join(', ')}`,
    ]);
  }
  const threads = wholeNumber(given, 'threads', 1, 1024);
  return {
    deck,
    spec,
    ...(folder === undefined ? {} : { folder: resolve(folder) }),
    stem: (path ?? deck).replace(/^.*[/\\]/, '').replace(/(\.characterize)?\.[^.]+$/, ''),
    plotFormat,
    ...(threads === undefined ? {} : { threads }),
    fresh: given.fresh === true,
    quiet: given.quiet === true,
  };
}

type ZodIssue = z.core.$ZodIssue;

type Settings = Readonly<Record<string, unknown>>;

function readFile(path: string): Settings {
  const { value, diagnostics } = readCharacterizeSpecification(readDeck(path, 'specification'));
  if (!value) throw new DiagnosticError(diagnostics);
  return value;
}

/** The settings that options give. */
function fromOptions(given: Arguments, file: Settings): Settings {
  const inputs = [
    ...texts(given.frequency).map((text) => inputOf(`frequency=${text}:log`)),
    ...[...texts(given.input), ...texts(given.sweep)].map(inputOf),
  ];
  const read = [
    ['output', 'output'],
    ['measure', 'measure'],
    ['quantiles', 'quantiles'],
  ].flatMap(([option, kind]) => texts(given[option]).map((name) => ({ kind, name })));
  if (new Set(read.map(({ kind }) => kind)).size > 1 || (given.event && read.length > 0)) {
    throw new UsageError(
      'C321',
      '--output, --measure, --event and --quantiles exclude each other',
      ['characterize twice'],
    );
  }
  const kind = kindOf(given, read[0]?.kind);
  const numbers = ['runs', 'seed', 'tolerance', 'budget'].flatMap((option) =>
    given[option] === undefined ? [] : [[option, given[option]] as const],
  );
  return {
    ...(inputs.length > 0 ? { inputs } : {}),
    ...(read.length > 0 ? { outputs: read.map(({ name }) => name) } : {}),
    ...(given.event === undefined ? {} : { event: eventOf(texts(given.event).at(-1)!) }),
    ...(kind ? { kind } : {}),
    ...(given.refine === undefined ? {} : { refine: given.refine }),
    ...(given.name === undefined ? {} : { name: texts(given.name).at(-1) }),
    ...(given.verify === undefined
      ? {}
      : { verify: { ...(file.verify as Settings | undefined), points: given.verify } }),
    ...Object.fromEntries(numbers),
  };
}

function kindOf(given: Arguments, read: string | undefined): ExperimentKind | undefined {
  if (given.event !== undefined) return 'probability';
  if (read === 'quantiles' || read === 'measure') return read;
  if (given.frequency !== undefined) return 'ac';
  return read === 'output' && given.spec === undefined ? 'dc' : undefined;
}

/** Options go through the same checks as files. */
function checked(settings: Settings): CharacterizeSpecification {
  if (settings.inputs === undefined)
    throw new UsageError('C322', 'nothing is varied', [
      "give --input, such as --input 'v(in)=0:1'",
    ]);
  if (settings.kind === undefined)
    throw new UsageError('C322', 'nothing is read', [
      "give --output 'v(out)', --measure, --event or --quantiles",
    ]);
  const result = characterizeSchema.safeParse(settings);
  if (result.success) return result.data;
  const { path, message } = nearest(result.error.issues[0]);
  throw new UsageError('C322', `${placeOf(path, settings)}${message}`, [
    "such as --input 'v(in)=0:1' --sweep r=1k:10k:log --output 'v(out)'",
    "'oxspice characterize --help' shows all options, docs/characterize.md explains them",
  ]);
}

/** What the complaint is about: an input by its name, else the option. */
function placeOf([option, index]: readonly PropertyKey[], { inputs }: Settings): string {
  if (option === undefined) return '';
  if (option !== 'inputs') return `--${String(option)}: `;
  const input = Array.isArray(inputs) ? (inputs[Number(index)] as Settings | undefined) : undefined;
  return input === undefined ? 'the inputs: ' : `the input '${String(input.name)}': `;
}

/** Of alternatives that all fail, the complaint of the one that came nearest: it lies deepest. */
function nearest(issue: ZodIssue): ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors.flat().map((each) => nearest(each));
  const deepest = inner.sort((a, b) => b.path.length - a.path.length).at(0);
  return deepest ? { ...deepest, path: [...issue.path, ...deepest.path] } : issue;
}

/** `v(in)=0:1:0.01`, `r=1k:1meg:log`, `r=1k,2k`, `corner`. */
function inputOf(text: string): Settings {
  if (text === 'corner') return { name: text };
  const [, name, values] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined) throw malformed(text);
  if (!values.includes(':'))
    return { name, values: values.split(',').map((each) => number(each, text)) };
  const parts = values.split(':');
  const logarithmic = parts.at(-1)?.toLowerCase() === 'log';
  const [from, to, step, ...more] = (logarithmic ? parts.slice(0, -1) : parts).map((each) =>
    number(each, text),
  );
  if (to === undefined || more.length > 0 || (logarithmic && step !== undefined))
    throw malformed(text);
  const scale = logarithmic ? 'logarithmic' : 'linear';
  if (step === undefined) return { name, from, to, scale };
  if (!(step > 0)) throw malformed(text);
  return { name, from, to, scale, points: Math.max(2, Math.round((to - from) / step) + 1) };
}

/** `vout>0.5`. */
function eventOf(text: string): Settings {
  const [, measure, sign, limit] = /^([^<>]+)([<>])(.+)$/.exec(text) ?? [];
  if (measure === undefined) {
    throw new UsageError('C324', `--event '${text}' is no measure and limit`, [
      "such as --event 'vout>0.5'",
    ]);
  }
  return { measure, [sign === '>' ? 'above' : 'below']: number(limit, text) };
}

function number(text: string, whole: string): number {
  const value = parseQuantity(text.trim());
  if (value === undefined) throw malformed(whole);
  return value;
}

function malformed(text: string): UsageError {
  return new UsageError('C323', `'${text}' cannot be read as what is varied`, [
    "such as 'v(in)=0:1', 'v(in)=0:1:0.01', 'r=1k:1meg:log', 'r=1k,2k,5k'",
  ]);
}

export function texts(value: unknown): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
