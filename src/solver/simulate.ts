/**
 * From text to datasets. `simulate` gives the result when all is done; `simulateStream` tells what
 * happens while it computes, lets its caller stop it, and keeps what was computed until then.
 */
import { DiagnosticError, error, hasErrors, zeroCelsius, type Diagnostic } from '../base/index.js';
import { compileModel, structureOf } from '../devices/language/compile.js';
import type { AnalysisCard, Circuit } from '../netlist/circuit.js';
import { parseNetlist, type ParseOptions } from '../netlist/index.js';
import type { AnalysisKind, Dataset } from '../waveform/index.js';
import { AnalysisContext, type AnalysisRun, type Progress } from './analyses/analysis.js';
import { analyses } from './analyses/list.js';
import { bindOptions } from './options.js';
import { newStatistics, type Statistics } from './statistics.js';
import type { ModelCompiler } from './system/grouping.js';
import { System } from './system/system.js';

export interface SimulateOptions extends ParseOptions {
  /** Stops the run between two points; what was computed until then stays. */
  readonly signal?: AbortSignal;
}

/** One analysis and what came of it. */
export interface AnalysisResult {
  readonly kind: AnalysisKind;
  readonly card: AnalysisCard;
  /** Circuit temperature [°C]. */
  readonly temperature: number;
  /** False if it failed or was stopped: the dataset ends early. */
  readonly completed: boolean;
  readonly dataset: Dataset;
}

export interface SimulationResult {
  /** Absent where the deck has errors. */
  readonly circuit?: Circuit;
  readonly analyses: readonly AnalysisResult[];
  /** Of the netlist and the solver, in order. */
  readonly diagnostics: readonly Diagnostic[];
  readonly statistics: Statistics;
}

export type SimulationEvent =
  | { readonly kind: 'started'; readonly card: AnalysisCard; readonly temperature: number }
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
  const { circuit, diagnostics } = parseNetlist(text, options);
  if (!circuit) {
    for (const diagnostic of diagnostics) yield { kind: 'diagnostic', diagnostic };
    return { analyses: [], diagnostics, statistics: newStatistics() };
  }
  const reexpand = (name: string, value: number): Circuit | undefined =>
    parseNetlist(text, { ...options, parameters: { ...options.parameters, [name]: value } })
      .circuit;
  const result = yield* simulateCircuit(circuit, { ...options, reexpand });
  result.statistics.seconds.total = (performance.now() - start) / 1000;
  return result;
}

export interface SimulateCircuitOptions {
  readonly signal?: AbortSignal;
  /** Expands the deck with another value of a `.param`, for `.dc` over it. */
  readonly reexpand?: (name: string, value: number) => Circuit | undefined;
  readonly compile?: ModelCompiler;
}

/** Simulates a circuit that is already flat: all its analyses, at all its temperatures. */
export async function* simulateCircuit(
  circuit: Circuit,
  options: SimulateCircuitOptions = {},
): AsyncGenerator<SimulationEvent, SimulationResult> {
  const start = performance.now();
  const statistics = newStatistics();
  const diagnostics: Diagnostic[] = [...circuit.diagnostics];
  const results: AnalysisResult[] = [];
  let told = 0;
  const finish = (): SimulationResult => {
    statistics.seconds.evaluate /= 1000;
    statistics.seconds.solve /= 1000;
    statistics.seconds.total = (performance.now() - start) / 1000;
    return { circuit, analyses: results, diagnostics, statistics };
  };
  const context = prepare(circuit, options, statistics, diagnostics);
  for (; told < diagnostics.length; told++)
    yield { kind: 'diagnostic', diagnostic: diagnostics[told] };
  if (!context) return finish();
  statistics.seconds.setup = (performance.now() - start) / 1000;
  const temperatures =
    circuit.temperatures.length > 0
      ? circuit.temperatures.map((celsius) => celsius + zeroCelsius)
      : [context.system.options.temp];
  for (const temperature of temperatures) {
    context.system.temperature = temperature;
    context.system.derive();
    for (const card of circuit.analyses) {
      if (options.signal?.aborted) break;
      const celsius = temperature - zeroCelsius;
      yield { kind: 'started', card, temperature: celsius };
      const run = startAnalysis(context, card);
      const completed = run ? yield* follow(run, card, context, options.signal) : false;
      for (; told < diagnostics.length; told++)
        yield { kind: 'diagnostic', diagnostic: diagnostics[told] };
      if (!run) continue;
      const dataset = run.dataset.finish();
      const result = { kind: run.kind, card, temperature: celsius, completed, dataset };
      results.push(result);
      yield { kind: 'finished', result };
    }
  }
  statistics.evaluations = context.system.evaluations;
  return finish();
}

function prepare(
  circuit: Circuit,
  { compile = compileInstance, reexpand }: SimulateCircuitOptions,
  statistics: Statistics,
  diagnostics: Diagnostic[],
): AnalysisContext | undefined {
  const solverOptions = bindOptions(circuit.options, diagnostics);
  if (hasErrors(diagnostics)) return undefined;
  try {
    const system = new System(circuit, solverOptions, compile);
    return new AnalysisContext(system, statistics, diagnostics, reexpand);
  } catch (problem) {
    if (!(problem instanceof DiagnosticError)) throw problem;
    diagnostics.push(...problem.diagnostics);
    return undefined;
  }
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

/** Computes to the end, or until it fails or is stopped; true if it came to its end. */
async function* follow(
  run: AnalysisRun,
  card: AnalysisCard,
  context: AnalysisContext,
  signal: AbortSignal | undefined,
): AsyncGenerator<SimulationEvent, boolean> {
  let lastPause = performance.now();
  for (;;) {
    const step = run.steps.next();
    if (step.done) {
      if (step.value) context.diagnostics.push(step.value);
      return step.value === undefined;
    }
    if (performance.now() - lastPause > pause) {
      yield {
        kind: 'progress',
        card,
        progress: step.value,
        snapshot: () => run.dataset.snapshot(),
      };
      // Timers and an abort from outside get their turn here.
      await new Promise((resolve) => setTimeout(resolve, 0));
      lastPause = performance.now();
    }
    if (signal?.aborted) {
      run.steps.return(undefined);
      return false;
    }
  }
}
