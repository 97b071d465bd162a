/**
 * An experiment: one trainer, variants of its settings, and a number of seeds. It stands in a small
 * file (JSON with comments):
 *
 *     { "title": "Iris, one layer",
 *       "trainer": "online-gradient",
 *       "seeds": 20,
 *       "settings": { "data": "iris", "training": 90, "test": 60, "samples": 1080 },
 *       "variants": { "slow": { "learningRate": 0.01 }, "fast": { "learningRate": 0.1 } },
 *       "paper": { "source": "…", "rows": { "fast": { "error": { "mean": 15.33, "error": 0.03 } } } } }
 */
import { z } from 'zod';
import { closest, type Diagnostic, error, hashName, type Source } from '../../base/index.js';
import { type Job, JobList } from '../../jobs/index.js';
import { readSpecification } from '../specification/index.js';
import { trainers } from '../trainers/list.js';
import type { Needs, Trainer, World } from '../trainers/trainer.js';
import { type SettingIssue, settingProblems } from './setting-problems.js';

/** A number of a paper. */
const published = z.strictObject({
  mean: z.number(),
  /** Standard deviation over runs. */
  deviation: z.number().optional(),
  /** Standard error of the mean. */
  error: z.number().optional(),
  /** What counts as reproduced, where MISSION or the reader sets a band. */
  band: z.tuple([z.number(), z.number()]).optional(),
});
export type Published = z.output<typeof published>;

/** A pair of numbers: from, to. */
const band = z.tuple([z.number(), z.number()]);

/** Runs of two variants, or of two experiments, seed by seed. */
const comparison = z.strictObject({
  variant: z.string(),
  /** What is taken off. */
  with: z.strictObject({ experiment: z.string().optional(), variant: z.string() }),
  measure: z.string().default('error'),
  /** Where the 95 % interval of the mean difference should lie. */
  within: band.optional(),
});
export type Comparison = z.output<typeof comparison>;

/** A number over the mean of a measure. */
const ratio = z.strictObject({
  title: z.string(),
  number: z.number(),
  variant: z.string(),
  measure: z.string(),
});
export type Ratio = z.output<typeof ratio>;

const schema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().min(1),
  /** What the reader should know: conditions that the paper leaves open, and how they are settled. */
  notes: z.array(z.string()).default([]),
  trainer: z.string(),
  seeds: z.int().positive(),
  /** Of the first run; the others follow. */
  firstSeed: z.int().min(0).default(1),
  settings: z.record(z.string(), z.unknown()).default({}),
  variants: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  /** What we want beyond the paper, by variant and measure. */
  goals: z.record(z.string(), z.record(z.string(), band)).default({}),
  /** Paired differences and ratios that reports print. */
  comparisons: z.array(comparison).default([]),
  ratios: z.array(ratio).default([]),
  paper: z
    .strictObject({
      source: z.string(),
      /** Row or figure of the paper: `table 3`. */
      place: z.string().default(''),
      rows: z.record(z.string(), z.record(z.string(), published)).default({}),
    })
    .optional(),
});
type Content = z.output<typeof schema>;

/** One setting of everything. */
export interface Variant {
  /** Empty where the experiment has no variants. */
  readonly name: string;
  readonly settings: unknown;
}

/** Of what a fingerprint is made. */
const fingerprintVersion = 1;

/** Tells what is wrong with settings of a variant, where they stand. */
type TellIssues = (variant: string, issues: readonly SettingIssue[]) => readonly Diagnostic[];

export class TrainingExperiment {
  readonly title: string;
  readonly notes: readonly string[];
  readonly trainer: Trainer;
  readonly variants: readonly Variant[];
  readonly paper: Content['paper'];
  /** Of all that results depend on but seeds, data and characteristics. */
  readonly fingerprint: string;
  readonly seeds: number;
  readonly firstSeed: number;
  /** As many seeds as the file asks for, whatever was asked beside it. */
  readonly intendedSeeds: number;
  readonly goals: Content['goals'];
  readonly comparisons: readonly Comparison[];
  readonly ratios: readonly Ratio[];
  readonly #tell: TellIssues;

  constructor(
    content: Content,
    trainer: Trainer,
    variants: readonly Variant[],
    intendedSeeds: number,
    tell: TellIssues,
  ) {
    this.#tell = tell;
    this.intendedSeeds = intendedSeeds;
    this.goals = content.goals;
    this.comparisons = content.comparisons;
    this.ratios = content.ratios;
    this.title = content.title;
    this.notes = content.notes;
    this.paper = content.paper;
    this.trainer = trainer;
    this.variants = variants;
    this.seeds = content.seeds;
    this.firstSeed = content.firstSeed;
    const all = JSON.stringify([trainer.name, fingerprintVersion, variants]);
    this.fingerprint = hashName(all)
      .map((word) => word.toString(16).padStart(8, '0'))
      .join('');
  }

  /** A job for each seed of each variant, seeds innermost. */
  jobs(seeds: readonly number[] = this.#ownSeeds()): JobList {
    const rows = seeds.map((seed) => [seed]);
    return new JobList([
      { targets: [{ label: 'seed', unit: '' }], rows },
      {
        targets: [],
        rows: this.variants.map(() => []),
        names: this.variants.map(({ name }) => name),
      },
    ]);
  }

  #ownSeeds(): number[] {
    return Array.from({ length: this.seeds }, (_, k) => this.firstSeed + k);
  }

  /** Which variant and seed a job is of. */
  runOf({ index, parameters }: Job): { variant: Variant; seed: number } {
    return { variant: this.variants[Math.floor(index / this.seeds)], seed: parameters[0].value };
  }

  /** What the settings ask of the data and characteristics that these do not have. */
  check(world: World): readonly Diagnostic[] {
    const found = this.variants.flatMap(({ name, settings }) => {
      const problems = this.trainer.check?.(settings, world) ?? [];
      const issues = problems.map(({ setting, message }): SettingIssue => {
        return { code: 'custom', path: [setting], message };
      });
      return this.#tell(name, issues);
    });
    return onceEach(found);
  }

  /** What all variants together read from outside. */
  needs(): Needs {
    const all = this.variants.map(({ settings }) => this.trainer.needs(settings));
    return {
      data: [...new Set(all.flatMap(({ data }) => data))],
      characteristics: [...new Set(all.flatMap(({ characteristics }) => characteristics))],
      circuits: [...new Set(all.flatMap(({ circuits = [] }) => circuits))],
    };
  }
}

/** Changes to an experiment from outside, such as the command line. */
export interface ExperimentChanges {
  readonly seeds?: number;
  readonly firstSeed?: number;
  /** Settings of all variants. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Only this one of the variants. */
  readonly variant?: string;
}

/** Reads an experiment; never throws for what a user wrote. */
export function readTrainingExperiment(
  source: Source,
  changes: ExperimentChanges = {},
): { readonly experiment?: TrainingExperiment; readonly diagnostics: readonly Diagnostic[] } {
  const { value, diagnostics } = readSpecification(source, schema);
  if (!value) return { diagnostics };
  const trainer = trainers.find(({ name }) => name === value.trainer);
  if (!trainer) return { diagnostics: [unknownTrainer(source, value.trainer)] };
  const found: Diagnostic[] = [];
  const tell: TellIssues = (variant, issues) => {
    const own = value.variants[variant] ?? {};
    const { settings: outside = {} } = changes;
    const merged = { ...value.settings, ...own, ...outside };
    return settingProblems(source, {
      schema: trainer.settings,
      issues,
      variant,
      value: merged,
      own,
      outside,
    });
  };
  const named = Object.entries(value.variants).filter(
    ([name]) => changes.variant === undefined || name === changes.variant,
  );
  if (changes.variant !== undefined && named.length === 0)
    return { diagnostics: [unknownVariant(changes.variant, Object.keys(value.variants))] };
  const variants = (named.length > 0 ? named : [['', {}] as const]).map(([name, own]): Variant => {
    const merged = { ...value.settings, ...own, ...changes.settings };
    const result = trainer.settings.safeParse(merged);
    if (result.success) return { name, settings: result.data };
    found.push(...tell(name, result.error.issues));
    return { name, settings: undefined };
  });
  if (found.length > 0) return { diagnostics: onceEach(found) };
  const { seeds = value.seeds, firstSeed = value.firstSeed } = changes;
  return {
    experiment: new TrainingExperiment(
      { ...value, seeds, firstSeed },
      trainer,
      variants,
      value.seeds,
      tell,
    ),
    diagnostics: [],
  };
}

/** What variants have in common is told once. */
function onceEach(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map(
    diagnostics.map((each) => [`${each.message} ${each.span?.start ?? ''}`, each] as const),
  );
  return [...seen.values()];
}

function unknownVariant(name: string, names: readonly string[]): Diagnostic {
  const near = closest(name, names);
  const there = names.length === 0 ? 'it has none' : `there are ${names.join(', ')}`;
  return error('A123', `the experiment has no variant '${name}'`, undefined, {
    help: [near === undefined ? there : `did you mean '${near}'?`],
  });
}

function unknownTrainer(source: Source, name: string): Diagnostic {
  const names = trainers.map((each) => each.name);
  const near = closest(name, names);
  const at = source.text.indexOf(JSON.stringify(name), source.text.indexOf('"trainer"'));
  const start = Math.max(0, at);
  return error(
    'A120',
    `there is no trainer '${name}'`,
    { source, start, end: start + name.length + 2 },
    { help: [near === undefined ? `there are ${names.join(', ')}` : `did you mean '${near}'?`] },
  );
}
