/**
 * From a circuit to its transfer characteristic.
 *
 *     deck, specification → experiment → samples where the tables need them → tables with a bound
 *     → figures → characteristic
 */
import { type Diagnostic, DiagnosticError, error } from '../../base/index.js';
import { yieldOf } from '../../jobs/index.js';
import { type ParseOptions, parseNetlist } from '../../netlist/index.js';
import {
  characteristicFormat,
  type CharacteristicInput,
  type CharacteristicOutput,
  characteristicVersion,
  monotoneCubic,
  type Provenance,
  type Trials,
} from './characteristic-data.js';
import { circuitHash } from './circuit-hash.js';
import { probabilityInput } from './conditional-sampler.js';
import { type CircuitExperiment, type ExperimentDeck, openExperiment } from './experiment.js';
import { figuresOf } from './figures.js';
import { InProcessSampling, type Sampling } from './sampling.js';
import { initialKnots, withKnots } from './initial-knots.js';
import { refine, type Refined, type RefineProgress, type Tolerance } from './refine.js';
import type { Point, SamplePurpose } from './sampler.js';
import { type CharacterizeSpecification, isStochastic } from './specification.js';
import { shownValue } from './shown-value.js';
import { TransferCharacteristic } from './transfer-characteristic.js';

export interface CharacterizeOptions extends ParseOptions {
  /** Who simulates. Default: this thread, one group of points after the other. */
  readonly sampling?: (experiment: CircuitExperiment) => Sampling;
  readonly signal?: AbortSignal;
  readonly progress?: (progress: CharacterizeProgress) => void;
  /** For the provenance. Default: `oxspice`. */
  readonly program?: string;
}

export interface CharacterizeProgress extends RefineProgress {
  /** Simulations so far. */
  readonly runs: number;
}

export interface CharacterizeResult {
  /** Absent after an error, and where it was interrupted. */
  readonly characteristic?: TransferCharacteristic;
  readonly diagnostics: readonly Diagnostic[];
}

/** Characterizes the circuit of a deck; never throws for what deck and specification say. */
export async function characterize(
  text: string,
  spec: CharacterizeSpecification,
  options: CharacterizeOptions = {},
): Promise<CharacterizeResult> {
  const opened = openDeck(text, spec, options);
  const { given, experiment } = opened;
  const diagnostics = [...opened.diagnostics];
  if (!given || !experiment) return { diagnostics };
  const sampling = options.sampling?.(experiment) ?? new InProcessSampling(experiment.sampler);
  const gathering = new Gathering(experiment, sampling, options.signal);
  try {
    const refined = await refine({
      inputs: initialKnots(spec, experiment.variables),
      tolerances: tolerancesOf(experiment, spec),
      sample: (points, purpose) => gathering.sample(points, purpose),
      refine: spec.refine && !isStochastic(spec),
      budget: budgetOf(spec),
      verify: { ...spec.verify, points: spec.verify.points ?? verifiedPoints[spec.kind] },
      progress: (progress) => options.progress?.({ ...progress, runs: gathering.runs }),
    });
    const provenance: Provenance = {
      deck: options.name ?? 'deck.cir',
      title: given.circuit.title,
      circuitHash: circuitHash(given.circuit),
      program: options.program ?? 'oxspice',
      spec,
      runs: gathering.runs,
    };
    const characteristic = assemble(spec, experiment, refined, gathering.units, provenance);
    return { characteristic, diagnostics: [...diagnostics, ...unmet(characteristic)] };
  } catch (problem) {
    if (problem instanceof Interrupted) return { diagnostics };
    if (!(problem instanceof DiagnosticError)) throw problem;
    return { diagnostics: [...diagnostics, ...problem.diagnostics] };
  }
}

/** Points that are Monte Carlos of their own are verified in fewer places. */
const verifiedPoints = {
  dc: 1000,
  ac: 1000,
  measure: 1000,
  probability: 20,
  quantiles: 20,
} as const;

/** Of a deck and what is to be characterized of it. */
export interface OpenedExperiment {
  readonly given?: ExperimentDeck;
  readonly experiment?: CircuitExperiment;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a deck and finds in it what a specification names. */
export function openDeck(
  text: string,
  spec: CharacterizeSpecification,
  options: ParseOptions,
): OpenedExperiment {
  const parameters = { ...options.parameters, ...spec.parameters };
  const own = { ...options, parameters, ...(spec.dialect ? { dialect: spec.dialect } : {}) };
  const { circuit, deck, diagnostics: found } = parseNetlist(text, own);
  const diagnostics = [...found];
  if (!circuit) return { diagnostics };
  if (circuit.instances.length === 0) {
    diagnostics.push(error('A206', 'the deck has no elements: there is nothing to characterize'));
    return { diagnostics };
  }
  const given = { deck, circuit, options: own };
  const experiment = openExperiment(spec, given, diagnostics);
  return { given, ...(experiment ? { experiment } : {}), diagnostics };
}

class Interrupted extends Error {}

/** Collects what is sampled; the first point that fails ends it. */
class Gathering {
  runs = 0;
  units: readonly string[] = [];
  readonly #experiment: CircuitExperiment;
  readonly #sampling: Sampling;
  readonly #signal: AbortSignal;

  constructor(experiment: CircuitExperiment, sampling: Sampling, signal: AbortSignal | undefined) {
    this.#experiment = experiment;
    this.#sampling = sampling;
    this.#signal = signal ?? new AbortController().signal;
  }

  async sample(points: readonly Point[], purpose: SamplePurpose): Promise<number[][]> {
    const groups = this.#experiment.sampler.groups(points);
    const lists = groups.map((group) => group.map((place) => points[place]));
    const values: (readonly number[] | undefined)[] = points.map(() => undefined);
    for await (const { group, result } of this.#sampling.execute(lists, purpose, this.#signal)) {
      this.runs += result.runs;
      if (result.units.length > 0) this.units = result.units;
      result.samples.forEach((sample, k) => {
        const place = groups[group][k];
        if ('problem' in sample) throw this.#failure(points[place], sample.problem);
        values[place] = sample.values;
      });
    }
    if (!values.every((each) => each !== undefined)) throw new Interrupted();
    return values as number[][];
  }

  #failure(point: Point, problem: string): DiagnosticError {
    const at = this.#experiment.variables.map(({ input }, k) => {
      const label =
        input.kind === 'discrete' ? input.labels?.[input.values.indexOf(point[k])] : undefined;
      return `${input.name} = ${label ?? shownValue(point[k], input.unit)}`;
    });
    return new DiagnosticError([
      error('A207', `the circuit gives no value at ${at.join(', ')}`, undefined, {
        notes: problem.split('\n'),
        help: [
          "leave this part out of the inputs, or find out with 'oxspice run' what is wrong there",
        ],
      }),
    ]);
  }
}

function tolerancesOf(
  { outputs }: CircuitExperiment,
  { tolerance: ofRange }: CharacterizeSpecification,
): Tolerance[] {
  return outputs.flatMap(({ tolerance, count }) =>
    Array.from({ length: count }, () => ({
      ofRange,
      ...(tolerance === undefined ? {} : { absolute: tolerance }),
    })),
  );
}

/** In points: a Monte Carlo has many simulations at each. */
function budgetOf(spec: CharacterizeSpecification): number {
  return isStochastic(spec) ? Math.floor(spec.budget / spec.runs) : spec.budget;
}

function assemble(
  spec: CharacterizeSpecification,
  experiment: CircuitExperiment,
  refined: Refined,
  units: readonly string[],
  provenance: Provenance,
): TransferCharacteristic {
  const { levels } = experiment;
  const inputs: CharacteristicInput[] = [...refined.inputs];
  if (levels) inputs.push(withKnots(probabilityInput, '', levels));
  const outputs = experiment.outputs.map(({ kind, name, from, count }): CharacteristicOutput => {
    const parts = refined.values.slice(from, from + count);
    // The numbers of a point follow each other: the quantiles are the last input.
    const values = parts[0].flatMap((_, p) => parts.map((part) => part[p]));
    const errors = refined.verifications.slice(from, from + count);
    const worst = errors.reduce((most, each, k) => (each.max > errors[most].max ? k : most), 0);
    const trials = kind === 'probability' ? { trials: trialsOf(values, spec.runs) } : {};
    return {
      kind,
      name,
      unit: units[from] ?? '',
      values,
      bound: refined.bounds[from + worst],
      verification: errors[worst],
      ...trials,
    };
  });
  const data = {
    format: characteristicFormat,
    version: characteristicVersion,
    name: spec.name ?? provenance.title,
    interpolation: monotoneCubic,
    inputs,
    outputs,
    figures: [],
    provenance,
  } as const;
  const plain = new TransferCharacteristic(data);
  return new TransferCharacteristic({ ...data, figures: figuresOf(plain, spec.kind) });
}

function trialsOf(values: readonly number[], runs: number): Trials {
  const happened = values.map((part) => Math.round(part * runs));
  const intervals = happened.map((count) => yieldOf(count, runs).interval ?? [0, 1]);
  return {
    runs,
    happened,
    confidence: 0.95,
    low: intervals.map(([low]) => low),
    high: intervals.map(([, high]) => high),
  };
}

/** Warns of outputs whose error is greater than what was asked for. */
function unmet({ outputs, inputs }: TransferCharacteristic): Diagnostic[] {
  const unitOf = (name: string): string => inputs.find((each) => each.name === name)?.unit ?? '';
  return outputs.flatMap(({ name, unit, bound, verification }) => {
    if (bound.met) return [];
    const [stated, asked] = [bound.absolute, bound.asked ?? 0].map((x) => shownValue(x, unit));
    const at = Object.entries(verification.worst).map(
      ([input, value]) => `${input} = ${shownValue(value, unitOf(input))}`,
    );
    return [
      {
        severity: 'warning' as const,
        code: 'A208',
        message: `the error of '${name}' is up to ${stated}, and ${asked} was asked for`,
        notes: [`it is greatest at ${at.join(', ')}`],
        help: [
          'a jump or noise of the simulation may be there; otherwise a larger budget helps, or tighter tolerances of the solver (.options reltol=1e-5)',
        ],
      },
    ];
  });
}
