/** `oxspice run` of a deck with many runs: executor, ledger, table, statistics, pictures. */
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { type Diagnostic, DiagnosticError, error, warning } from '../../base/index.js';
import {
  type Executor,
  InProcessExecutor,
  type RunRecord,
  type RunTable,
  runTable,
  summaries,
  writeRunsCsv,
  writeRunsJson,
} from '../../jobs/index.js';
import type { Campaign } from '../../solver/index.js';
import { limitsOf } from '../../waveform/measures/index.js';
import type { RunArguments } from '../commands/run-arguments.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { reportDiagnostics } from '../report-diagnostics.js';
import { baseOf, defaultFolder } from '../results/file-names.js';
import type { PlotTrace } from '../results/picture.js';
import { makeFolder, writeFile } from '../results/open-file.js';
import type { Terminal } from '../terminal.js';
import { type CampaignRequest, openCampaign } from './campaign-request.js';
import { carryOutWith } from './carry-out.js';
import { LedgerFile } from './ledger-file.js';
import { startThread } from './program.js';
import { drawHistograms, drawOverlay } from './runs-pictures.js';
import { RunsProgress } from './runs-progress.js';
import { Slurm } from './slurm.js';
import { summaryText } from './summary-text.js';
import { WorkerThreads } from './worker-threads.js';

/** More curves than this say no more. */
const mostOverlaid = 100;
/** So many failures are told in full. */
const mostTold = 3;

export async function runMany(asked: RunArguments, terminal: Terminal): Promise<ExitCode> {
  const folder = resolve(asked.folder ?? defaultFolder(asked.deck));
  const request = requestOf(asked, folder);
  const { campaign, diagnostics, fingerprint } = openCampaign(request);
  reportDiagnostics(diagnostics, terminal, asked.quiet ? 'error' : 'note');
  if (!campaign) return exitCodes.failed.code;
  if (campaign.circuit.analyses.length === 0) throw nothingToDo(asked.deck);
  makeFolder(folder);
  if (request.waveforms) makeFolder(request.waveforms.folder);
  const stem = join(folder, baseOf(asked.deck));
  const path = `${stem}.ledger.jsonl`;
  const ledger = new LedgerFile(path, fingerprint, campaign.runs, asked.many.fresh);
  const executor = executorOf({ ...request, fingerprint }, campaign, asked, folder);
  const many = new ManyRuns(campaign, ledger, asked, terminal);
  try {
    await many.execute(executor);
  } finally {
    ledger.close();
  }
  return many.report(stem, request);
}

function requestOf(
  { deck, parameters, dialect, many, seed, format, plot }: RunArguments,
  folder: string,
): CampaignRequest {
  // Overlaid waveforms are read back from raw files.
  const first = many.waveforms ? {} : { first: mostOverlaid };
  const kept = many.waveforms || plot !== undefined;
  return {
    deck: resolve(deck),
    parameters,
    ...(dialect ? { dialect } : {}),
    ...(many.runs === undefined ? {} : { runs: many.runs }),
    ...(seed === undefined ? {} : { seed }),
    ...(kept
      ? { waveforms: { folder: join(folder, 'runs'), format: plot ? 'raw' : format, ...first } }
      : {}),
  };
}

function executorOf(
  request: CampaignRequest,
  campaign: Campaign,
  { many }: RunArguments,
  folder: string,
): Executor {
  const { executor = 'threads', threads = availableParallelism(), tasks, slurmOptions } = many;
  switch (executor) {
    case 'in-process':
      return new InProcessExecutor(carryOutWith(campaign, request.waveforms));
    case 'threads':
      return new WorkerThreads(threads, () => startThread(request));
    case 'slurm':
      return new Slurm({
        request,
        runs: campaign.runs,
        folder: join(folder, 'slurm'),
        tasks,
        options: slurmOptions,
      });
  }
}

function nothingToDo(deck: string): DiagnosticError {
  return new DiagnosticError([
    error('C103', `'${deck}' asks for no analysis`, undefined, {
      help: ["add a card such as '.op' or '.tran 1u 1m'"],
    }),
  ]);
}

function nothingDrawn(traces: readonly PlotTrace[]): Diagnostic {
  const asked = traces.map(({ text }) => `'${text}'`).join(', ');
  return warning('C309', `no run has waveforms of ${asked} to draw`);
}

/** From the first run to the last, and what is said of them. */
class ManyRuns {
  readonly #campaign: Campaign;
  readonly #ledger: LedgerFile;
  readonly #asked: RunArguments;
  readonly #terminal: Terminal;
  readonly #started = performance.now();
  #here = 0;
  #failed = 0;
  #warned = 0;

  constructor(campaign: Campaign, ledger: LedgerFile, asked: RunArguments, terminal: Terminal) {
    this.#campaign = campaign;
    this.#ledger = ledger;
    this.#asked = asked;
    this.#terminal = terminal;
  }

  async execute(executor: Executor): Promise<void> {
    const { records, replaced } = this.#ledger;
    const { jobs, circuit, seed, draws } = this.#campaign;
    const missing = Array.from({ length: jobs.length }, (_, k) => k).filter((k) => !records.has(k));
    this.#say(
      `${circuit.title}\n${jobs.length} ${jobs.length === 1 ? 'run' : 'runs'}${draws ? `, seed ${seed}` : ''}\n`,
    );
    if (records.size > 0) this.#say(`${jobs.length - missing.length} of them are done already\n`);
    if (replaced && !this.#asked.many.fresh)
      this.#say('earlier runs were of another deck or other settings: all are done anew\n');
    this.#failed = [...records.values()].filter(({ status }) => status === 'failed').length;
    const progress = new RunsProgress(this.#asked.quiet ? undefined : this.#terminal.progress);
    try {
      for await (const record of executor.execute(missing, this.#terminal.interrupted)) {
        this.#ledger.add(record);
        this.#here++;
        if (record.status === 'failed' && ++this.#failed <= mostTold) {
          progress.end();
          this.#tell(record);
        }
        // Those of other runs are like these, as a rule.
        if (record.warnings && this.#warned++ === 0) {
          progress.end();
          this.#warn(record);
        }
        await progress.update({
          done: records.size,
          of: jobs.length,
          here: this.#here,
          failed: this.#failed,
          elapsed: (performance.now() - this.#started) / 1000,
        });
      }
    } finally {
      progress.end();
    }
  }

  /** Files and summary of the runs that are there. */
  async report(stem: string, { waveforms }: CampaignRequest): Promise<ExitCode> {
    const { circuit, jobs, seed } = this.#campaign;
    const { plot } = this.#asked;
    const measures = circuit.measures.map((card) => ({ name: card.name, limits: limitsOf(card) }));
    // Runs of a larger campaign may be in the ledger too.
    const records = new Map([...this.#ledger.records].filter(([index]) => index < jobs.length));
    const table = runTable(jobs, records, { title: circuit.title, seed, measures });
    const stepOf = (index: number): string => this.#campaign.stepName(index);
    const statistics = summaries(table, ({ index }) => stepOf(index));
    writeFile(`${stem}.runs.csv`, writeRunsCsv(table));
    writeFile(`${stem}.runs.json`, writeRunsJson(table, statistics));
    const paths = [`${stem}.runs.csv`, `${stem}.runs.json`];
    if (plot) {
      paths.push(...(await drawHistograms(table, statistics, stepOf, stem, plot.format)));
      if (waveforms) paths.push(...(await this.#overlays(table, stem, waveforms.folder)));
    }
    this.#say(summaryText(table, statistics));
    this.#say(paths.map((path) => `  → ${path}\n`).join(''));
    return this.#end(table);
  }

  async #overlays(table: RunTable, stem: string, folder: string): Promise<string[]> {
    const { plot } = this.#asked;
    const indices = table.rows.map(({ index }) => index).slice(0, mostOverlaid);
    const paths: string[] = [];
    for (const [place, { name }] of this.#campaign.circuit.analyses.entries()) {
      const file = `${stem}.${name}${place > 0 ? place + 1 : ''}`;
      const path = await drawOverlay(indices, place, folder, file, plot!.format, plot!.traces);
      if (path !== undefined) paths.push(path);
    }
    if (plot!.traces.length > 0 && paths.length === 0)
      reportDiagnostics([nothingDrawn(plot!.traces)], this.#terminal);
    return paths;
  }

  #end({ rows, asked }: RunTable): ExitCode {
    const failed = rows.filter(({ status }) => status === 'failed').length;
    const warned = rows.filter(({ warnings }) => warnings).length;
    if (warned > 0 && !this.#asked.quiet)
      this.#terminal.err(`${warned} of ${rows.length} runs have warnings\n`);
    if (failed > 0) this.#terminal.err(`${failed} of ${rows.length} runs failed\n`);
    if (rows.length < asked) {
      this.#terminal.err(
        `interrupted: ${rows.length} of ${asked} runs are on disk; the same command does the rest\n`,
      );
      return exitCodes.interrupted.code;
    }
    return failed > 0 ? exitCodes.failed.code : exitCodes.ok.code;
  }

  #tell({ index, problems }: RunRecord): void {
    const [first = 'it did not come to its end'] = problems;
    this.#terminal.err(`${this.#campaign.jobs.at(index).name} failed:\n${first}\n\n`);
  }

  #warn({ index, warnings = [] }: RunRecord): void {
    if (this.#asked.quiet) return;
    const name = this.#campaign.jobs.at(index).name;
    this.#terminal.err(`${name}:\n${warnings.join('\n\n')}\n\n`);
  }

  #say(text: string): void {
    if (!this.#asked.quiet) this.#terminal.out(text);
  }
}
