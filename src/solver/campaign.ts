/**
 * Many runs of one deck: every run of its Monte Carlo at every step, corner and temperature. A run is
 * a job of its own, whose result depends on the deck, the seed and the job alone.
 */
import { type Diagnostic, hasErrors, renderDiagnostic } from '../base/index.js';
import { type Job, JobList, type JobTarget, type RunRecord } from '../jobs/index.js';
import type { Circuit, StepTarget, StepValue } from '../netlist/circuit.js';
import { type Deck, type DeckOptions, expandDeck } from '../netlist/index.js';
import { drawnValues } from './device-draws.js';
import { measureAnalyses } from './measure-analyses.js';
import { bindOptions } from './options.js';
import { ReusableSystem } from './reusable-system.js';
import { type AnalysisResult, simulateCircuit, type SimulationResult } from './simulate.js';
import { temperatureTarget } from './stepped-circuits.js';

export interface CampaignOptions {
  /** Number of runs in each step. Default: that of the deck's `.mc`; without one a single run, undrawn. */
  readonly runs?: number;
  /** Default: that of `.mc`, else of `.options seed`, else 1. */
  readonly seed?: number;
}

/** One run and all that came of it. */
export interface CampaignRun {
  readonly record: RunRecord;
  readonly analyses: readonly AnalysisResult[];
  /** Of its circuit and its analyses. */
  readonly diagnostics: readonly Diagnostic[];
}

/** So many warnings of a run are kept. */
const mostWarnings = 5;

const runTarget: JobTarget = { label: 'run', unit: '' };

export class Campaign {
  /** All runs: those of one step follow each other. */
  readonly jobs: JobList;
  /** Of each step. */
  readonly runs: number;
  readonly seed: number;
  /** The circuit without draws. */
  readonly circuit: Circuit;
  readonly #deck: Deck;
  readonly #options: DeckOptions;
  readonly #targets: readonly StepTarget[];
  /** Compiled systems that no run is at: one for each run that goes on at a time. */
  readonly #systems: ReusableSystem[] = [];
  /** False where nothing is drawn: the deck has no `.mc`, and none was asked for. */
  readonly draws: boolean;

  /** `circuit` is the deck's own, expanded with `expandOptions`. */
  constructor(
    deck: Deck,
    circuit: Circuit,
    expandOptions: DeckOptions = {},
    { runs, seed }: CampaignOptions = {},
  ) {
    const { monteCarlo, steps, temperatures, options } = circuit;
    const given = options.get('seed')?.value;
    this.circuit = circuit;
    this.#deck = deck;
    this.#options = expandOptions;
    this.runs = runs ?? monteCarlo?.runs ?? 1;
    this.draws = runs !== undefined || monteCarlo !== undefined;
    this.seed = seed ?? monteCarlo?.seed ?? (typeof given === 'number' ? given : 1);
    const temperatureLoops =
      temperatures.length > 1
        ? [{ targets: [temperatureTarget], rows: temperatures.map((celsius) => [celsius]) }]
        : [];
    const outer = [...steps, ...temperatureLoops];
    this.#targets = outer.flatMap(({ targets }) => targets);
    const numbers = Array.from({ length: this.runs }, (_, k) => [k + 1]);
    this.jobs = new JobList([{ targets: [runTarget], rows: numbers }, ...outer]);
  }

  /** What the runs of a job's step have in common: `corner=ff r=1000`; empty without steps. */
  stepName(index: number): string {
    const { name } = this.jobs.at(index);
    return name.replace(/^run=\d+ ?/, '');
  }

  /** Carries out one job; undefined if it was interrupted. Never throws for what the deck says. */
  async carryOut(index: number, signal?: AbortSignal): Promise<CampaignRun | undefined> {
    const start = performance.now();
    const job = this.jobs.at(index);
    const { circuit, diagnostics } = this.#expand(job);
    const seconds = (): number => (performance.now() - start) / 1000;
    if (!circuit) return failed(index, diagnostics, seconds());
    const { analyses, diagnostics: found } = await this.#simulate(circuit, job, signal);
    if (signal?.aborted) return undefined;
    const rows = await measureAnalyses(circuit, analyses);
    const problems = [
      ...found.filter(({ severity }) => severity === 'error'),
      ...rows.flatMap(({ name, failure }) =>
        failure ? [{ ...failure, notes: [`measure '${name}'`, ...(failure.notes ?? [])] }] : [],
      ),
    ];
    const completed = !hasErrors(found) && analyses.every((each) => each.completed);
    const record: RunRecord = {
      index,
      status: completed ? 'done' : 'failed',
      measures: Object.fromEntries(rows.map(({ name, value }) => [name, finite(value)])),
      units: Object.fromEntries(rows.flatMap(({ name, unit }) => (unit ? [[name, unit]] : []))),
      drawn: this.draws ? drawnValues(circuit, bindOptions(circuit.options, [])) : {},
      problems: problems.map((problem) => renderDiagnostic(problem)),
      ...this.#warningsOf(found),
      seconds: seconds(),
    };
    return { record, analyses, diagnostics: found };
  }

  /** What this run was warned of, beside what the deck is warned of anyway. */
  #warningsOf(found: readonly Diagnostic[]): Pick<RunRecord, 'warnings'> {
    const known = new Set(this.circuit.diagnostics.map(({ message }) => message));
    const own = found.filter(
      ({ severity, message }) => severity === 'warning' && !known.has(message),
    );
    const shown = own.slice(0, mostWarnings).map((each) => renderDiagnostic(each));
    return shown.length > 0 ? { warnings: shown } : {};
  }

  /** Runs share compiled systems, one after the other. */
  async #simulate(circuit: Circuit, job: Job, signal?: AbortSignal): Promise<SimulationResult> {
    const system = this.#systems.pop() ?? new ReusableSystem();
    const stream = simulateCircuit(
      { ...circuit, steps: [] },
      {
        ...(signal ? { signal } : {}),
        expand: (values) => this.#expand(job, values),
        system,
      },
    );
    let next = await stream.next();
    while (!next.done) next = await stream.next();
    // Not after an exception: a bug may have left anything.
    this.#systems.push(system);
    return next.value;
  }

  #expand(job: Job, more: readonly StepValue[] = []): ReturnType<typeof expandDeck> {
    const [run, ...others] = job.parameters;
    const values = others.map(({ value }, k) => ({ target: this.#targets[k], value }));
    return expandDeck(this.#deck, {
      ...this.#options,
      values: [...values, ...more],
      ...(this.draws ? { draws: { seed: this.seed, run: run.value } } : {}),
    });
  }
}

function failed(index: number, diagnostics: readonly Diagnostic[], seconds: number): CampaignRun {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const problems = errors.map((each) => renderDiagnostic(each));
  const nothing = { measures: {}, units: {}, drawn: {} };
  const record: RunRecord = { index, status: 'failed', ...nothing, problems, seconds };
  return { record, analyses: [], diagnostics };
}

/** JSON has no infinity. */
function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
