/**
 * The files of one analysis: all its points, the tables of its `.print` lines, its plot. With steps
 * they hold those of all steps.
 */
import { DiagnosticError, type Diagnostic } from '../../base/index.js';
import type { Job } from '../../jobs/index.js';
import type { AnalysisCard, OutputRequest } from '../../netlist/index.js';
import type { AnalysisResult } from '../../solver/index.js';
import {
  alignedWith,
  Dataset,
  resampleEvery,
  steppedLabels,
  withParameters,
} from '../../waveform/index.js';
import { CsvFile } from './csv-file.js';
import type { FileNames } from './file-names.js';
import { Picture, type PlotOptions } from './picture.js';
import { printsOf, printTable } from './print-tables.js';
import { beginResultFile, type ResultFile, type ResultFormat } from './result-file.js';

export interface FileOptions {
  readonly format: ResultFormat;
  /** Absent: no pictures. */
  readonly plot?: PlotOptions;
  /** Tables of a transient have a row every tstep. */
  readonly interpolate: boolean;
}

/** Of an analysis in a step; `.print` lines have the parameters of their step. */
export type StepResult = Pick<AnalysisResult, 'dataset' | 'step' | 'prints'>;

export class AnalysisFiles {
  readonly #card: AnalysisCard;
  /** The card's name, with the part of its results that this is: `noise-total`. */
  readonly #kind: string;
  readonly #names: FileNames;
  readonly #options: FileOptions;
  readonly #prints: readonly OutputRequest[];
  readonly #paths: { readonly results: string; readonly plot: string };
  readonly #picture: Picture | undefined;
  /** One for each `.print` line, from its first table on. */
  readonly #tables: (CsvFile | undefined)[] = [];
  #results: ResultFile | undefined;
  /** Of the first step: files keep their columns. */
  #columns: readonly string[] | undefined;

  constructor(
    card: AnalysisCard,
    names: FileNames,
    prints: readonly OutputRequest[],
    options: FileOptions,
    part?: string,
  ) {
    this.#card = card;
    this.#kind = part === undefined ? card.name : `${card.name}-${part}`;
    this.#names = names;
    this.#options = options;
    this.#prints = printsOf(prints, this.#kind);
    this.#paths = names.analysis(this.#kind, options.format, this.#prints.length > 0);
    if (options.plot) this.#picture = new Picture(this.#paths.plot, options.plot);
  }

  /**
   * Writes the points that are not on disk yet; before the first point there is no file. Throws a
   * `DiagnosticError` if that fails.
   */
  update(dataset: Dataset, job?: Job): void {
    if (dataset.length === 0 && !this.#results) return;
    const shown = this.#shown(dataset, job);
    this.#results ??= beginResultFile(this.#options.format, this.#paths.results, shown);
    this.#results.update(shown);
  }

  /** Writes what is left of a step, and its rows of the tables. Returns what could not be printed. */
  async endStep({ dataset, step: job, prints }: StepResult): Promise<readonly Diagnostic[]> {
    this.update(dataset, job);
    if (!this.#results) return [];
    this.#results.endStep(this.#shown(dataset, job), job?.name ?? '');
    const diagnostics: Diagnostic[] = [];
    const tables: Dataset[] = [];
    const source = this.#interpolated(dataset);
    const requests = prints ? printsOf(prints, this.#kind) : this.#prints;
    for (const [i, request] of requests.entries()) {
      try {
        const table = await printTable(source, request);
        this.#tables[i] ??= new CsvFile(this.#names.table(this.#kind));
        this.#tables[i].endStep(withParameters(table, job?.parameters ?? []));
        tables.push(table);
      } catch (problem) {
        if (!(problem instanceof DiagnosticError)) throw problem;
        diagnostics.push(...problem.diagnostics);
      }
    }
    diagnostics.push(...((await this.#picture?.add(dataset, tables, job)) ?? []));
    return diagnostics;
  }

  /** Closes the files and draws the picture. Returns their names. */
  async finish(): Promise<string[]> {
    this.#results?.finish();
    const paths = this.#results ? [this.#paths.results] : [];
    for (const table of this.#tables)
      if (table) {
        table.finish();
        paths.push(table.path);
      }
    return [...paths, ...((await this.#picture?.draw()) ?? [])];
  }

  /** A step as it stands in the file: in a table with its parameters as leading columns. */
  #shown(dataset: Dataset, job: Job | undefined): Dataset {
    this.#columns ??= dataset.columns.map(({ name }) => name);
    const aligned = alignedWith(dataset, this.#columns);
    if (!job) return aligned;
    return this.#options.format === 'raw'
      ? new Dataset(steppedLabels(aligned), aligned.columns)
      : withParameters(aligned, job.parameters);
  }

  #interpolated(dataset: Dataset): Dataset {
    if (!this.#options.interpolate || dataset.analysis !== 'tran') return dataset;
    const [step, , start] = this.#card.arguments.filter(({ text }) => text !== 'uic');
    return resampleEvery(dataset, step.value!, start?.value ?? 0);
  }
}
