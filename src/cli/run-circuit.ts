import { type Diagnostic, DiagnosticError, error } from '../base/index.js';
import { StoredModels } from '../devices/index.js';
import type { Job } from '../jobs/index.js';
import type { AnalysisCard, Circuit } from '../netlist/index.js';
import {
  type AnalysisResult,
  type ExpandWith,
  simulateCircuit,
  stepCount,
  type SimulationEvent,
  type SimulationResult,
} from '../solver/index.js';
import type { Dataset } from '../waveform/index.js';
import { cacheFolder } from './cache/cache-folder.js';
import { modelFiles } from './cache/model-files.js';
import { partsUsed } from './cache/parts-used.js';
import type { RunArguments } from './commands/run-arguments.js';
import { evaluationThreads } from './evaluation-threads.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { type Progress, ProgressLine } from './progress-line.js';
import { reportDiagnostics } from './report-diagnostics.js';
import { AnalysisFiles } from './results/analysis-files.js';
import { defaultFolder, FileNames } from './results/file-names.js';
import { HarmonicsFile } from './results/harmonics-file.js';
import { MeasureReportFile } from './results/measure-report-file.js';
import { makeFolder } from './results/open-file.js';
import { optionsText, statisticsText } from './statistics-text.js';
import { TraceFiles } from './results/trace-files.js';
import { summaryOf } from './summary.js';
import type { Terminal } from './terminal.js';
import { verificationText } from './verification-text.js';

/** Carries out all analyses of a circuit: files, summary, exit code. */
export async function runCircuit(
  circuit: Circuit,
  asked: RunArguments,
  terminal: Terminal,
  expand: ExpandWith,
): Promise<ExitCode> {
  if (circuit.analyses.length === 0) throw nothingToDo(asked.deck, circuit);
  const folder = asked.folder ?? defaultFolder(asked.deck);
  makeFolder(folder);
  const names = new FileNames(folder, asked.deck);
  const traces = new TraceFiles(asked.trace, names);
  const report = new RunReport(circuit, asked, terminal, names);
  if (!asked.quiet) terminal.out(`${circuit.title}\n`);
  if (asked.verbose) terminal.out(optionsText(circuit));
  const models = storedModels(asked, terminal);
  const stream = simulateCircuit(circuit, {
    signal: terminal.interrupted,
    expand,
    keepResults: false,
    trace: traces.listeners,
    verify: asked.verify,
    threads: evaluationThreads,
    ...(models ? { compile: models.compile } : {}),
  });
  try {
    for (;;) {
      const next = await stream.next();
      if (next.done) return await report.end(next.value);
      await report.take(next.value);
    }
  } finally {
    report.close();
    const written = traces.finish();
    if (!asked.quiet) terminal.out(written.map((path) => `  → ${path}\n`).join(''));
    models?.save();
  }
}

/** Models that earlier runs compiled; undefined where none are kept. */
function storedModels({ cache }: RunArguments, { build }: Terminal): StoredModels | undefined {
  const folder = cache && build !== undefined ? cacheFolder() : undefined;
  if (folder === undefined || build === undefined) return undefined;
  return new StoredModels(modelFiles(folder, build));
}

function nothingToDo(deck: string, { instances }: Circuit): DiagnosticError {
  const source = instances.map(({ span }) => span.source).find(({ name }) => name === deck);
  const end = source?.text.trimEnd().length ?? 0;
  const start = (source?.text.lastIndexOf('\n', end - 1) ?? 0) + 1;
  return new DiagnosticError([
    error('C103', `'${deck}' asks for no analysis`, source && { source, start, end }, {
      help: ["add a card such as '.op' or '.tran 1u 1m'"],
    }),
  ]);
}

/** With more steps than this only files and measures are told, unless all is asked for. */
const mostSummaries = 20;

/** Turns what happens in a run into files and lines of text. */
class RunReport {
  readonly #circuit: Circuit;
  readonly #asked: RunArguments;
  readonly #terminal: Terminal;
  readonly #names: FileNames;
  /** With steps, one for each analysis of a step, in their order. */
  readonly #files: AnalysisFiles[] = [];
  readonly #measures: MeasureReportFile;
  readonly #harmonics: HarmonicsFile;
  readonly #stepped: boolean;
  readonly #steps: number;
  #job: Job | undefined;
  /** Which analysis of its step is running. */
  #position = -1;
  #line: ProgressLine | undefined;
  #started = 0;
  #failed = false;

  constructor(circuit: Circuit, asked: RunArguments, terminal: Terminal, names: FileNames) {
    this.#circuit = circuit;
    this.#asked = asked;
    this.#terminal = terminal;
    this.#names = names;
    this.#stepped = circuit.steps.length > 0;
    this.#steps = stepCount(circuit);
    this.#measures = new MeasureReportFile(circuit, names);
    this.#harmonics = new HarmonicsFile(circuit, names);
  }

  async take(event: SimulationEvent): Promise<void> {
    switch (event.kind) {
      case 'started':
        await this.#start(event);
        break;
      case 'progress': {
        const dataset = event.snapshot();
        this.#files[this.#position].update(dataset, this.#job);
        await this.#line?.update(progressOf(event.progress, event.card, dataset));
        break;
      }
      case 'diagnostic':
        this.#diagnose([event.diagnostic]);
        break;
      case 'finished':
        await this.#finish(event.result);
    }
  }

  async end({ statistics }: SimulationResult): Promise<ExitCode> {
    await this.#endMeasures();
    if (this.#stepped) await this.#endSteps();
    if (this.#asked.verbose) this.#terminal.out(statisticsText(statistics));
    if (this.#terminal.interrupted.aborted) {
      this.#terminal.err('interrupted: what was computed until then is on disk\n');
      return exitCodes.interrupted.code;
    }
    return this.#failed ? exitCodes.failed.code : exitCodes.ok.code;
  }

  /** Also after an exception: takes the progress off the terminal. */
  close(): void {
    this.#line?.end();
    this.#line = undefined;
  }

  async #start({
    card,
    part,
    step,
    temperature,
    measures,
  }: SimulationEvent & { kind: 'started' }): Promise<void> {
    if (this.#job !== step) this.#position = -1;
    this.#job = step;
    this.#position++;
    for (const used of [card.name, this.#asked.format]) partsUsed.add(used);
    this.#diagnose(await this.#measures.begin(step, temperature, measures));
    this.#started = performance.now();
    this.#files[this.#position] ??= new AnalysisFiles(
      card,
      this.#names,
      this.#circuit.prints,
      this.#asked,
      part,
    );
    const stream = this.#asked.quiet ? undefined : this.#terminal.progress;
    const place = step ? ` (${step.index + 1} of ${this.#steps})` : '';
    this.#line = new ProgressLine(`.${card.name}${place}`, stream);
  }

  async #finish(result: AnalysisResult): Promise<void> {
    this.close();
    const seconds = (performance.now() - this.#started) / 1000;
    if (!result.completed) this.#failed = true;
    const files = this.#files[this.#position];
    this.#diagnose(await files.endStep(result));
    const paths = this.#stepped ? [] : await files.finish();
    this.#diagnose(await this.#measures.take(result));
    this.#diagnose(await this.#harmonics.take(result));
    if (this.#asked.quiet || (this.#steps > mostSummaries && !this.#asked.verbose)) return;
    const several = { temperatures: this.#circuit.temperatures.length > 1 };
    this.#terminal.out(summaryOf(result, seconds, paths, several));
    if (result.verification) this.#terminal.out(verificationText(result.verification));
  }

  async #endSteps(): Promise<void> {
    for (const files of this.#files) {
      const paths = await files.finish();
      if (!this.#asked.quiet) this.#terminal.out(paths.map((path) => `  → ${path}\n`).join(''));
    }
  }

  async #endMeasures(): Promise<void> {
    this.#diagnose(await this.#measures.end());
    if (!this.#asked.quiet) this.#terminal.out(this.#measures.text() + this.#harmonics.text());
  }

  #diagnose(diagnostics: readonly Diagnostic[]): void {
    this.close();
    if (diagnostics.some(({ severity }) => severity === 'error')) this.#failed = true;
    reportDiagnostics(diagnostics, this.#terminal, this.#asked.quiet ? 'error' : 'note');
  }
}

interface Position {
  readonly fraction: number;
  readonly at: number;
  readonly unit: string;
}

function progressOf(
  { fraction, at, unit }: Position,
  card: AnalysisCard,
  soFar: Dataset,
): Progress {
  const x = soFar.analysis === 'tran' ? soFar.scale.real : new Float64Array();
  const stop = card.name === 'tran' ? card.arguments[1]?.value : undefined;
  return {
    fraction,
    at,
    unit,
    ...(stop === undefined ? {} : { of: stop }),
    ...(x.length > 1 ? { step: x[x.length - 1] - x[x.length - 2] } : {}),
    points: soFar.length,
  };
}
