/**
 * What is to be characterized: the file that `oxspice characterize --spec` reads, and the argument
 * of the API.
 */
import { z } from 'zod';
import { parseQuantity, type Source } from '../../base/index.js';
import { dialectNames } from '../../expression/index.js';
import { readSpecification, type Specification } from '../specification/index.js';

/** A number, or a SPICE quantity such as "3.2k". */
const quantity = z.union([
  z.number(),
  z.string().transform((text, context): number => {
    const value = parseQuantity(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `'${text}' is no quantity such as 3.2k or 1meg` });
    return z.NEVER;
  }),
]);

const name = z
  .string()
  .min(1)
  .transform((text) => text.toLowerCase().replaceAll(/\s/g, ''));

const target = {
  name,
  /** What of the circuit it sets. Default: what has its name. */
  sets: name.optional(),
  /** Default: that of what it sets. */
  unit: z.string().optional(),
};

/** An input that takes any value between two ends. */
const range = z
  .strictObject({
    ...target,
    from: quantity,
    to: quantity,
    scale: z.enum(['linear', 'logarithmic']).default('linear'),
    /** Knots to begin with. */
    points: z.int().min(2).max(10_001).optional(),
    /** Values that tables and pictures show. */
    at: z.array(quantity).optional(),
  })
  .refine(({ from, to }) => from < to, { message: "'from' must be less than 'to'", path: ['to'] })
  .refine(({ from, to, at = [] }) => at.every((value) => value >= from && value <= to), {
    message: "they must lie between 'from' and 'to'",
    path: ['at'],
  })
  .refine(({ from, scale }) => scale === 'linear' || from > 0, {
    message: 'a logarithmic scale needs positive values',
    path: ['from'],
  });

/** An input that takes the listed values only; without a list, the deck's `.corner`s. */
const list = z.strictObject({ ...target, values: z.array(quantity).min(1).optional() });

/** Several parameters that change together: corners. */
const cases = z.strictObject({
  name,
  cases: z
    .record(z.string(), z.record(z.string(), quantity))
    .refine((each) => Object.keys(each).length > 0, { message: 'there are no cases' }),
});

const output = z.union([
  name.transform((text) => ({ name: text })),
  z.strictObject({
    name,
    /** What is read: an expression over the results, or the name of a `.meas`. Default: the name. */
    of: z.string().min(1).optional(),
    unit: z.string().optional(),
    /** Absolute error that is accepted, in the output's unit. */
    tolerance: quantity.optional(),
  }),
]);

/**
 * `dc`: operating points. `ac`: small signals; `frequency` is one of the inputs. `measure`: results of
 * the deck's `.meas`. `probability`: how often a measure passes a limit. `quantiles`: how a measure
 * scatters.
 */
export const experimentKinds = ['dc', 'ac', 'measure', 'probability', 'quantiles'] as const;
export type ExperimentKind = (typeof experimentKinds)[number];

const event = z
  .strictObject({
    /** A `.meas` of the deck. */
    measure: name,
    above: quantity.optional(),
    below: quantity.optional(),
  })
  .refine(({ above, below }) => (above === undefined) !== (below === undefined), {
    message: "an event is a measure 'above' or 'below' a limit: one of them",
  });

export const characterizeSchema = z
  .strictObject({
    /** Of the characteristic. Default: the deck's name. */
    name: z.string().min(1).optional(),
    /** Path, relative to this file. */
    deck: z.string().min(1).optional(),
    kind: z.enum(experimentKinds),
    /** The SPICE that the deck is written for. */
    dialect: z.enum(dialectNames).optional(),
    /** Values of `.param`s in all runs. */
    parameters: z.record(z.string(), quantity).default({}),
    inputs: z.array(z.union([range, list, cases])).min(1),
    outputs: z.array(output).default([]),
    event: event.optional(),
    /** Error that is accepted, as a part of each output's range. */
    tolerance: z.number().positive().max(1).default(1e-3),
    /** False keeps to the knots that are given. */
    refine: z.boolean().default(true),
    /** Monte Carlo runs at each point, for probabilities and quantiles. */
    runs: z.int().min(10).max(1e7).default(1000),
    /** Of the draws of a Monte Carlo. */
    seed: z
      .int()
      .min(0)
      .max(2 ** 32 - 2)
      .default(1),
    /** Simulations are refused beyond this number. */
    budget: z.int().positive().default(200_000),
    verify: z
      .strictObject({
        /** Random points that no table is built from. Default: 1000, or 20 where each is a Monte Carlo. */
        points: z.int().min(1).max(1e6).optional(),
        seed: z
          .int()
          .min(0)
          .max(2 ** 32 - 1)
          .default(1),
        /** The bound is at least so many times the greatest error that was found. */
        safety: z.number().min(1).max(100).default(1.5),
      })
      .default({ seed: 1, safety: 1.5 }),
  })
  .superRefine((spec, context) => {
    const problem = (message: string, ...path: string[]): void => {
      context.addIssue({ code: 'custom', message, path });
    };
    const names = spec.inputs.map((each) => each.name);
    if (new Set(names).size < names.length) problem('an input is there twice', 'inputs');
    const hasFrequency = names.includes('frequency');
    if (spec.kind === 'ac' && !hasFrequency)
      problem("an ac characteristic needs the input 'frequency'", 'inputs');
    if (spec.kind !== 'ac' && hasFrequency)
      problem("only kind 'ac' has the input 'frequency'", 'inputs');
    if (spec.kind === 'probability' && !spec.event)
      problem('a probability needs an \'event\', such as { "measure": "vout", "above": 0.5 }');
    if (spec.kind !== 'probability' && spec.event)
      problem("only kind 'probability' has an event", 'event');
    if (spec.kind !== 'probability' && spec.outputs.length === 0)
      problem('there are no outputs', 'outputs');
    if (spec.kind === 'probability' && spec.outputs.length > 0)
      problem("a probability has its 'event' in place of outputs", 'outputs');
    const outputs = spec.outputs.map((each) => each.name);
    if (new Set(outputs).size < outputs.length) problem('an output is there twice', 'outputs');
  });

/** A checked specification, defaults filled in. */
export type CharacterizeSpecification = z.output<typeof characterizeSchema>;
export type InputSpecification = CharacterizeSpecification['inputs'][number];
export type OutputSpecification = CharacterizeSpecification['outputs'][number];

/** Reads a specification: JSON, comments allowed. What is wrong is told at its place. */
export function readCharacterizeSpecification(
  source: Source,
): Specification<CharacterizeSpecification> {
  return readSpecification(source, characterizeSchema);
}

/** Whether runs draw random numbers. */
export function isStochastic({ kind }: CharacterizeSpecification): boolean {
  return kind === 'probability' || kind === 'quantiles';
}
