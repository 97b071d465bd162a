/** The files of one analysis: all its points, the tables of its `.print` lines, its plot. */
import { DiagnosticError, type Diagnostic } from '../../base/index.js';
import type { AnalysisCard, OutputRequest } from '../../netlist/index.js';
import type { Dataset } from '../../waveform/index.js';
import type { FileNames } from './file-names.js';
import { writeFile } from './open-file.js';
import { CsvFile } from './csv-file.js';
import { everyStep, printedTogether, printsOf, printTable } from './print-tables.js';
import { beginResultFile, type ResultFile, type ResultFormat } from './result-file.js';

export interface FileOptions {
  readonly format: ResultFormat;
  readonly plot: boolean;
  /** Tables of a transient have a row every tstep. */
  readonly interpolate: boolean;
}

export class AnalysisFiles {
  readonly #card: AnalysisCard;
  readonly #names: FileNames;
  readonly #options: FileOptions;
  readonly #prints: readonly OutputRequest[];
  readonly #paths: { readonly results: string; readonly plot: string };
  #results: ResultFile | undefined;

  constructor(
    card: AnalysisCard,
    names: FileNames,
    prints: readonly OutputRequest[],
    options: FileOptions,
  ) {
    this.#card = card;
    this.#names = names;
    this.#options = options;
    this.#prints = printsOf(prints, card.name);
    this.#paths = names.analysis(card.name, options.format, this.#prints.length > 0);
  }

  /** Writes the points that are not on disk yet. Throws a `DiagnosticError` if that fails. */
  update(dataset: Dataset): void {
    this.#results ??= beginResultFile(this.#options.format, this.#paths.results, dataset);
    this.#results.update(dataset);
  }

  /**
   * Writes what is left, tables and plot.
   * @returns the files, and what could not be printed
   */
  async finish(dataset: Dataset): Promise<{ paths: string[]; diagnostics: readonly Diagnostic[] }> {
    this.update(dataset);
    this.#results?.finish(dataset);
    const paths = [this.#paths.results];
    const diagnostics: Diagnostic[] = [];
    const tables: Dataset[] = [];
    const source = this.#interpolated(dataset);
    for (const request of this.#prints) {
      const path = this.#names.table(this.#card.name);
      try {
        const table = await printTable(source, request);
        new CsvFile(path).finish(table);
        paths.push(path);
        tables.push(table);
      } catch (problem) {
        if (!(problem instanceof DiagnosticError)) throw problem;
        diagnostics.push(...problem.diagnostics);
      }
    }
    if (this.#options.plot && dataset.analysis !== 'op' && dataset.length > 1) {
      const { plotSvg } = await import('../../waveform/plot/index.js');
      const shown = printedTogether(tables) ?? dataset;
      writeFile(this.#paths.plot, plotSvg({ dataset: shown }));
      paths.push(this.#paths.plot);
    }
    return { paths, diagnostics };
  }

  #interpolated(dataset: Dataset): Dataset {
    if (!this.#options.interpolate || dataset.analysis !== 'tran') return dataset;
    const [step, , start] = this.#card.arguments.filter(({ text }) => text !== 'uic');
    return everyStep(dataset, step.value!, start?.value);
  }
}
