/**
 * From text to datasets. `simulate` gives the result when all is done; `simulateStream` tells what
 * happens while it computes, lets its caller stop it, and keeps what was computed until then.
 */
import { DiagnosticError, error, hasErrors, zeroCelsius, type Diagnostic } from '../base/index.js';
import { compileModel, structureOf } from '../devices/language/compile.js';
import type { Job } from '../jobs/index.js';
import type { AnalysisCard, Circuit, StepValue } from '../netlist/circuit.js';
import { expandDeck, parseNetlist, type ParseOptions } from '../netlist/index.js';
import type { AnalysisKind, Dataset } from '../waveform/index.js';
import {
  AnalysisContext,
  type AnalysisRun,
  type FurtherResult,
  type Progress,
} from './analyses/analysis.js';
import { analyses } from './analyses/list.js';
import { bindOptions } from './options.js';
import { ReusableSystem } from './reusable-system.js';
import { newStatistics, type Statistics } from './statistics.js';
import {
  circuitOf,
  type ExpandWith,
  inStep,
  type Step,
  stepsOf,
  temperatureTarget,
} from './stepped-circuits.js';
import type { ModelCompiler } from './system/grouping.js';
import type { ThreadSource } from './system/threaded-evaluation.js';
import type { Trace, TracePlace } from './trace.js';
import { Verification, verificationProblem, type VerificationReport } from './verification.js';

/** What `simulate` and `simulateStream` take beside the deck's text. */
export interface SimulateOptions extends ParseOptions {
  /** Stops the run between two points; what was computed until then stays. */
  readonly signal?: AbortSignal;
  readonly trace?: Trace;
  readonly verify?: boolean;
  /** Threads for the devices of large circuits; without them there is but this one. */
  readonly threads?: ThreadSource;
}

/** One analysis and what came of it. */
export interface AnalysisResult {
  readonly kind: AnalysisKind;
  readonly card: AnalysisCard;
  /** Absent for the main result of the card, else what this one is: `total`. */
  readonly part?: string;
  /** Circuit temperature [°C]. */
  readonly temperature: number;
  /** Which step of `.step` this is of. */
  readonly step?: Job;
  /** Cards with the parameters of the step, where these are not those of the circuit. */
  readonly measures?: Circuit['measures'];
  readonly fouriers?: Circuit['fouriers'];
  readonly prints?: Circuit['prints'];
  /** False if it failed or was stopped: the dataset ends early. */
  readonly completed: boolean;
  readonly dataset: Dataset;
  /** Present where it was asked for. */
  readonly verification?: VerificationReport;
}

/** All that came of a deck. */
export interface SimulationResult {
  /** Absent where the deck has errors. */
  readonly circuit?: Circuit;
  readonly analyses: readonly AnalysisResult[];
  /** Of the netlist and the solver, in order. */
  readonly diagnostics: readonly Diagnostic[];
  readonly statistics: Statistics;
}

/**
 * What `simulateStream` tells: each analysis starts, tells its progress every 20 ms or so, and
 * finishes if it could begin; diagnostics come as they arise. Temperatures are in °C.
 */
export type SimulationEvent =
  | {
      readonly kind: 'started';
      readonly card: AnalysisCard;
      /** Present where a further result of the card begins. */
      readonly part?: string;
      readonly temperature: number;
      readonly step?: Job;
      /** As in the result. */
      readonly measures?: Circuit['measures'];
    }
  | {
      readonly kind: 'progress';
      readonly card: AnalysisCard;
      readonly progress: Progress;
      /** The points so far, without copying. */
      readonly snapshot: () => Dataset;
    }
  | { readonly kind: 'diagnostic'; readonly diagnostic: Diagnostic }
  | { readonly kind: 'finished'; readonly result: AnalysisResult };

/** The compiler of device models, from structure to kernels. */
export const compileInstance: ModelCompiler = (definition, card, instance) =>
  compileModel(definition, structureOf(definition, card, instance));

/** Simulates a deck; never throws for what a user wrote. */
export async function simulate(
  text: string,
  options: SimulateOptions = {},
): Promise<SimulationResult> {
  const stream = simulateStream(text, options);
  for (;;) {
    const next = await stream.next();
    if (next.done) return next.value;
  }
}

/** Simulates a deck and tells about it. */
export async function* simulateStream(
  text: string,
  options: SimulateOptions = {},
): AsyncGenerator<SimulationEvent, SimulationResult> {
  const start = performance.now();
  const { circuit, deck, diagnostics } = parseNetlist(text, options);
  if (!circuit) {
    for (const diagnostic of diagnostics) yield { kind: 'diagnostic', diagnostic };
    return { analyses: [], diagnostics, statistics: newStatistics() };
  }
  const expand: ExpandWith = (values) => expandDeck(deck, { ...options, values });
  const result = yield* simulateCircuit(circuit, { ...options, expand });
  result.statistics.seconds.total = (performance.now() - start) / 1000;
  return result;
}

/** What `simulateCircuit` takes beside the circuit. */
export interface SimulateCircuitOptions {
  /** Stops the run between two points; what was computed until then stays. */
  readonly signal?: AbortSignal;
  /** Expands the deck with other values, for `.step` and `.dc` over a `.param`. */
  readonly expand?: ExpandWith;
  /** Makes kernels of device definitions. Default `compileInstance`. */
  readonly compile?: ModelCompiler;
  /** Of circuits before this one, with the same `compile`; nobody else may use it meanwhile. */
  readonly system?: ReusableSystem;
  /** Threads for the devices of large circuits; without them there is but this one. */
  readonly threads?: ThreadSource;
  /** Listens to what happens inside. */
  readonly trace?: Trace;
  /** Checks every accepted point a second time; `AnalysisResult.verification` says what came out. */
  readonly verify?: boolean;
  /** False leaves finished analyses out of the result: their events had them. Default true. */
  readonly keepResults?: boolean;
}

/** Simulates a circuit that is already flat: all its steps, temperatures and analyses. */
export async function* simulateCircuit(
  circuit: Circuit,
  options: SimulateCircuitOptions = {},
): AsyncGenerator<SimulationEvent, SimulationResult> {
  const start = performance.now();
  const run = new Run(circuit, options);
  try {
    yield* run.news();
    for (const step of stepsOf(circuit)) {
      if (options.signal?.aborted) break;
      const context = run.prepare(step);
      yield* run.news(step.job);
      if (context) yield* simulateStep(run, context, step.job);
    }
    return run.result(start);
  } finally {
    run.end();
  }
}

/** What the steps of one simulation share. */
class Run {
  readonly circuit: Circuit;
  readonly options: SimulateCircuitOptions;
  readonly statistics = newStatistics();
  readonly results: AnalysisResult[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  /** What arose since the last news. */
  #fresh: Diagnostic[];
  /** Milder messages are told once, not in every step. */
  readonly #told = new Set<string>();
  readonly #system: ReusableSystem;

  constructor(circuit: Circuit, options: SimulateCircuitOptions) {
    this.circuit = circuit;
    this.options = options;
    this.#system = options.system ?? new ReusableSystem();
    this.#fresh = [...circuit.diagnostics];
  }

  /** Tells what arose. */
  *news(job?: Job): Generator<SimulationEvent, void, undefined> {
    for (const found of this.#fresh.splice(0)) {
      const diagnostic = found.severity === 'error' ? inStep(found, job) : found;
      const key = JSON.stringify([found.code, found.message, found.span?.start]);
      if (found.severity !== 'error' && this.#told.has(key)) continue;
      this.#told.add(key);
      this.#diagnostics.push(diagnostic);
      yield { kind: 'diagnostic', diagnostic };
    }
  }

  /**
   * The system of a step. Where only values change the compiled one is used again; the rest of the
   * context is new, so that no step depends on those before it.
   */
  prepare(step: Step): AnalysisContext | undefined {
    const start = performance.now();
    const { expand, compile = compileInstance } = this.options;
    const circuit = circuitOf(this.circuit, step, expand, this.#fresh);
    const bound = circuit && bindOptions(circuit.options, this.#fresh);
    if (!circuit || !bound || hasErrors(this.#fresh)) return undefined;
    try {
      const system = this.#system.of(circuit, bound, compile, {
        ...(this.options.threads ? { threads: this.options.threads } : {}),
      });
      this.statistics.seconds.setup += (performance.now() - start) / 1000;
      return new AnalysisContext(system, this.statistics, this.#fresh, (values, celsius) => {
        const chosen: StepValue[] = [...values].map(([name, value]) => ({
          target: { kind: 'parameter', name, label: name, unit: '' },
          value,
        }));
        if (celsius !== undefined) chosen.push({ target: temperatureTarget, value: celsius });
        return expand?.([...step.values, ...chosen]).circuit;
      });
    } catch (problem) {
      if (!(problem instanceof DiagnosticError)) throw problem;
      this.#fresh.push(...problem.diagnostics);
      return undefined;
    }
  }

  /** Threads that evaluate devices are of no more use. */
  end(): void {
    this.#system.end();
  }

  result(start: number): SimulationResult {
    const { statistics } = this;
    statistics.seconds.total = (performance.now() - start) / 1000;
    return {
      circuit: this.circuit,
      analyses: this.results,
      diagnostics: this.#diagnostics,
      statistics,
    };
  }
}

/** All analyses of one step, at all its temperatures. */
async function* simulateStep(
  run: Run,
  context: AnalysisContext,
  job: Job | undefined,
): AsyncGenerator<SimulationEvent, void> {
  const { system } = context;
  const { signal } = run.options;
  const evaluated = system.evaluations;
  const { temperatures, analyses: cards } = system.circuit;
  const kelvins =
    temperatures.length > 0
      ? temperatures.map((celsius) => celsius + zeroCelsius)
      : [system.options.temp];
  const { measures, fouriers, prints } = system.circuit;
  const ownCards = measures === run.circuit.measures ? {} : { measures, fouriers, prints };
  const inJob = { ...(job ? { step: job } : {}), ...ownCards };
  for (const kelvin of kelvins) {
    system.temperature = kelvin;
    if (!derived(context)) {
      yield* run.news(job);
      continue;
    }
    for (const [position, card] of cards.entries()) {
      if (signal?.aborted) break;
      const temperature = kelvin - zeroCelsius;
      yield { kind: 'started', card, temperature, ...inJob };
      await analyses.find(({ name }) => name === card.name)?.prepare?.();
      look(context, run.options, { analysis: card.name, number: position + 1 });
      const analysis = startAnalysis(context, card);
      const completed = analysis ? yield* follow(analysis, card, context, signal) : false;
      const checked = verified(context, card);
      yield* run.news(job);
      if (!analysis) continue;
      for (const { kind, part, dataset } of [analysis, ...(analysis.further ?? [])].map(resultOf)) {
        if (part !== undefined) yield { kind: 'started', card, part, temperature, ...inJob };
        const of = part === undefined ? {} : { part };
        const result = { kind, card, ...of, temperature, ...inJob, completed, dataset, ...checked };
        if (run.options.keepResults !== false) run.results.push(result);
        yield { kind: 'finished', result };
      }
    }
  }
  run.statistics.evaluations += system.evaluations - evaluated;
}

/** Whether the system can have its temperature. */
function derived({ system, diagnostics }: AnalysisContext): boolean {
  try {
    system.derive();
    return true;
  } catch (problem) {
    if (!(problem instanceof DiagnosticError)) throw problem;
    diagnostics.push(...problem.diagnostics);
    return false;
  }
}

/** Lets those look on who asked for it. */
function look(
  context: AnalysisContext,
  { trace = {}, verify }: SimulateCircuitOptions,
  place: TracePlace,
): void {
  context.listen(trace, place);
  context.verification = verify ? new Verification(context.equations) : undefined;
}

function verified(
  { verification, diagnostics }: AnalysisContext,
  { span }: AnalysisCard,
): { readonly verification?: VerificationReport } {
  if (!verification) return {};
  const report = verification.report();
  const problem = verificationProblem(report, span);
  if (problem) diagnostics.push(problem);
  return { verification: report };
}

function resultOf(of: AnalysisRun | FurtherResult): {
  readonly kind: AnalysisKind;
  readonly part?: string;
  readonly dataset: Dataset;
} {
  const part = 'part' in of ? { part: of.part } : {};
  return { kind: of.kind, ...part, dataset: of.dataset.finish() };
}

function startAnalysis(context: AnalysisContext, card: AnalysisCard): AnalysisRun | undefined {
  const analysis = analyses.find(({ name }) => name === card.name);
  if (!analysis) {
    const known = analyses.map(({ name }) => `.${name}`).join(', ');
    const help = [`known analyses: ${known}`];
    const message = `there is no analysis '.${card.name}'`;
    context.diagnostics.push(error('S110', message, card.span, { help }));
    return undefined;
  }
  const before = context.diagnostics.length;
  const run = analysis.start(context, card);
  return hasErrors(context.diagnostics.slice(before)) ? undefined : run;
}

const pause = 20; // ms
const shortBatch = 2; // ms

/** The next points; parameters that a sweep cannot have end it. */
function stepOf(
  run: AnalysisRun,
  batch: number,
  { diagnostics }: AnalysisContext,
): ReturnType<AnalysisRun['steps']['next']> {
  try {
    return run.steps.next(batch);
  } catch (problem) {
    if (!(problem instanceof DiagnosticError)) throw problem;
    const [first, ...rest] = problem.diagnostics;
    diagnostics.push(...rest);
    return { done: true, value: first };
  }
}

/** Computes to the end, or until it fails or is stopped; true if it came to its end. */
async function* follow(
  run: AnalysisRun,
  card: AnalysisCard,
  context: AnalysisContext,
  signal: AbortSignal | undefined,
): AsyncGenerator<SimulationEvent, boolean> {
  let lastPause = performance.now();
  let last = lastPause;
  // Points that take next to no time are asked for by the batch.
  let batch = 1;
  for (;;) {
    const step = stepOf(run, batch, context);
    if (step.done) {
      if (step.value) context.diagnostics.push(step.value);
      return step.value === undefined;
    }
    const now = performance.now();
    if (now - last < shortBatch) batch *= 2;
    else if (batch > 1) batch /= 2;
    last = now;
    if (now - lastPause > pause) {
      yield {
        kind: 'progress',
        card,
        progress: step.value,
        snapshot: () => run.dataset.snapshot(),
      };
      // Timers and an abort from outside get their turn here.
      await new Promise((resolve) => setTimeout(resolve, 0));
      lastPause = performance.now();
      last = lastPause;
    }
    if (signal?.aborted) {
      run.steps.return(undefined);
      return false;
    }
  }
}
