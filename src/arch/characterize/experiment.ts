/** From a specification and a deck to somebody who samples it. */
import { type Diagnostic, error } from '../../base/index.js';
import type { Circuit, Deck, DeckOptions } from '../../netlist/index.js';
import type { OutputKind } from './characteristic-data.js';
import { BiasSampler } from './bias-sampler.js';
import { type MeasuredOutput, MeasureSampler } from './measure-sampler.js';
import { quantileLevels, RandomSampler } from './random-sampler.js';
import { expressionOutputs } from './read-outputs.js';
import type { Sampler } from './sampler.js';
import type { CharacterizeSpecification } from './specification.js';
import { bindVariables, type Variable } from './variables.js';

/** An output of the characteristic and where its numbers stand in a sample. */
export interface ExperimentOutput {
  readonly kind: OutputKind;
  readonly name: string;
  readonly tolerance?: number;
  /** First number and how many there are. */
  readonly from: number;
  readonly count: number;
}

export interface CircuitExperiment {
  readonly variables: readonly Variable[];
  readonly sampler: Sampler;
  readonly outputs: readonly ExperimentOutput[];
  /** Of quantiles. */
  readonly levels?: readonly number[];
}

/** A deck as it was read. */
export interface ExperimentDeck {
  readonly deck: Deck;
  /** Expanded with `options`. */
  readonly circuit: Circuit;
  readonly options: DeckOptions;
}

/** Finds what a specification names in a deck; undefined, with diagnostics. */
export function openExperiment(
  spec: CharacterizeSpecification,
  given: ExperimentDeck,
  diagnostics: Diagnostic[],
): CircuitExperiment | undefined {
  const variables = bindVariables(spec.inputs, given.circuit, diagnostics);
  if (!variables) return undefined;
  const bench = { ...given, variables };
  if (spec.kind === 'dc' || spec.kind === 'ac') {
    const outputs = expressionOutputs(spec.outputs, diagnostics);
    if (!outputs) return undefined;
    const sampler = new BiasSampler(bench, spec.kind, outputs);
    if (!sampler.check(diagnostics)) return undefined;
    return { variables, sampler, outputs: plainOutputs(spec) };
  }
  const measured = measuredOutputs(spec, given.circuit, diagnostics);
  if (!measured) return undefined;
  if (spec.kind === 'measure') {
    const sampler = new MeasureSampler(bench, measured);
    return { variables, sampler, outputs: plainOutputs(spec) };
  }
  const random = { runs: spec.runs, seed: spec.seed };
  if (spec.kind === 'probability') {
    const { measure, above, below } = spec.event!;
    const event = {
      measure,
      ...(above === undefined ? {} : { above }),
      ...(below === undefined ? {} : { below }),
    };
    const sampler = new RandomSampler(bench, { kind: 'probability', event }, random);
    const name = `p(${measure}${above === undefined ? '<' : '>'}${above ?? below})`;
    return { variables, sampler, outputs: [{ kind: 'probability', name, from: 0, count: 1 }] };
  }
  const levels = quantileLevels(spec.runs);
  const reading = { kind: 'quantiles', outputs: measured, levels } as const;
  const sampler = new RandomSampler(bench, reading, random);
  const outputs = spec.outputs.map(({ name }, k): ExperimentOutput => ({
    kind: 'quantile',
    name,
    from: k * levels.length,
    count: levels.length,
  }));
  return { variables, sampler, outputs, levels };
}

function plainOutputs({ outputs }: CharacterizeSpecification): ExperimentOutput[] {
  return outputs.map((output, k) => {
    const tolerance = 'tolerance' in output ? output.tolerance : undefined;
    const bound = tolerance === undefined ? {} : { tolerance };
    return { kind: 'value', name: output.name, ...bound, from: k, count: 1 };
  });
}

/** The measures that outputs name; undefined, with diagnostics, if the deck lacks one. */
function measuredOutputs(
  spec: CharacterizeSpecification,
  { measures, analyses }: Circuit,
  diagnostics: Diagnostic[],
): MeasuredOutput[] | undefined {
  const before = diagnostics.length;
  const asked = spec.event
    ? [{ name: spec.event.measure, measure: spec.event.measure }]
    : spec.outputs.map((output) => {
        const unit = 'unit' in output ? output.unit : undefined;
        const measure = (('of' in output ? output.of : undefined) ?? output.name).toLowerCase();
        return { name: output.name, measure, ...(unit === undefined ? {} : { unit }) };
      });
  const names = measures.map(({ name }) => name);
  for (const { measure } of asked) {
    if (names.includes(measure)) continue;
    const known = names.length > 0 ? `it has ${names.join(', ')}` : 'it has none';
    const message = `the deck has no measure '${measure}': ${known}`;
    diagnostics.push(
      error('A204', message, undefined, {
        help: [`add a card such as '.meas tran ${measure} find v(out) at=1u'`],
      }),
    );
  }
  if (analyses.length === 0) {
    const message = 'the deck asks for no analysis that could be measured';
    diagnostics.push(
      error('A205', message, undefined, { help: ["add one, such as '.tran 1n 1u'"] }),
    );
  }
  return diagnostics.length > before ? undefined : asked;
}
