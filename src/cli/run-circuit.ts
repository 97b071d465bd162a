import { type Diagnostic, DiagnosticError, error } from '../base/index.js';
import type { AnalysisCard, Circuit } from '../netlist/index.js';
import {
  type AnalysisResult,
  simulateCircuit,
  type SimulationEvent,
  type SimulationResult,
} from '../solver/index.js';
import type { Dataset } from '../waveform/index.js';
import type { RunArguments } from './commands/run-arguments.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { type Progress, ProgressLine } from './progress-line.js';
import { reportDiagnostics } from './report-diagnostics.js';
import { AnalysisFiles } from './results/analysis-files.js';
import { defaultFolder, FileNames } from './results/file-names.js';
import { makeFolder } from './results/open-file.js';
import { optionsText, statisticsText } from './statistics-text.js';
import { summaryOf } from './summary.js';
import type { Terminal } from './terminal.js';

/** Carries out all analyses of a circuit: files, summary, exit code. */
export async function runCircuit(
  circuit: Circuit,
  asked: RunArguments,
  terminal: Terminal,
  reexpand: (name: string, value: number) => Circuit | undefined,
): Promise<ExitCode> {
  if (circuit.analyses.length === 0) throw nothingToDo(asked.deck);
  const folder = asked.folder ?? defaultFolder(asked.deck);
  makeFolder(folder);
  const report = new RunReport(circuit, asked, terminal, new FileNames(folder, asked.deck));
  if (!asked.quiet) terminal.out(`${circuit.title}\n`);
  if (asked.verbose) terminal.out(optionsText(circuit));
  const stream = simulateCircuit(circuit, { signal: terminal.interrupted, reexpand });
  try {
    for (;;) {
      const next = await stream.next();
      if (next.done) return report.end(next.value);
      await report.take(next.value);
    }
  } finally {
    report.close();
  }
}

function nothingToDo(deck: string): DiagnosticError {
  return new DiagnosticError([
    error('C103', `'${deck}' asks for no analysis`, undefined, {
      help: ["add a card such as '.op' or '.tran 1u 1m'"],
    }),
  ]);
}

/** Turns what happens in a run into files and lines of text. */
class RunReport {
  readonly #circuit: Circuit;
  readonly #asked: RunArguments;
  readonly #terminal: Terminal;
  readonly #names: FileNames;
  #files: AnalysisFiles | undefined;
  #line: ProgressLine | undefined;
  #started = 0;
  #failed = false;

  constructor(circuit: Circuit, asked: RunArguments, terminal: Terminal, names: FileNames) {
    this.#circuit = circuit;
    this.#asked = asked;
    this.#terminal = terminal;
    this.#names = names;
  }

  async take(event: SimulationEvent): Promise<void> {
    switch (event.kind) {
      case 'started':
        this.#start(event.card);
        break;
      case 'progress': {
        const dataset = event.snapshot();
        this.#files?.update(dataset);
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

  end({ statistics }: SimulationResult): ExitCode {
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

  #start(card: AnalysisCard): void {
    this.#started = performance.now();
    this.#files = new AnalysisFiles(card, this.#names, this.#circuit.prints, this.#asked);
    const stream = this.#asked.quiet ? undefined : this.#terminal.progress;
    this.#line = new ProgressLine(`.${card.name}`, stream);
  }

  async #finish(result: AnalysisResult): Promise<void> {
    this.close();
    const seconds = (performance.now() - this.#started) / 1000;
    if (!result.completed) this.#failed = true;
    if (!this.#files) return;
    const { paths, diagnostics } = await this.#files.finish(result.dataset);
    this.#files = undefined;
    this.#diagnose(diagnostics);
    if (this.#asked.quiet) return;
    const several = { temperatures: this.#circuit.temperatures.length > 1 };
    this.#terminal.out(summaryOf(result, seconds, paths, several));
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
