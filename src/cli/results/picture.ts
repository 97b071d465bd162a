/** The picture of one analysis; its steps lie over each other. */
import { DiagnosticError, type Diagnostic } from '../../base/index.js';
import type { Expression } from '../../expression/index.js';
import type { Job } from '../../jobs/index.js';
import { calculate } from '../../waveform/calculator/index.js';
import { type Column, Dataset } from '../../waveform/index.js';
import { writeFile } from './open-file.js';
import { printedTogether } from './print-tables.js';

export const plotFormats = ['svg', 'png'] as const;
export type PlotFormat = (typeof plotFormats)[number];

/** An expression as the user wrote it. */
export interface PlotTrace {
  readonly text: string;
  readonly expression: Expression;
}

export interface PlotOptions {
  /** What to draw; none: what is printed, or the most telling signals. */
  readonly traces: readonly PlotTrace[];
  readonly format: PlotFormat;
}

export class Picture {
  readonly #path: string;
  readonly #options: PlotOptions;
  readonly #steps: { readonly label: string; readonly dataset: Dataset }[] = [];

  constructor(path: string, options: PlotOptions) {
    this.#path = path;
    this.#options = options;
  }

  /** Takes a step. `tables` are what it printed. Returns what could not be drawn. */
  async add(
    dataset: Dataset,
    tables: readonly Dataset[],
    job: Job | undefined,
  ): Promise<readonly Diagnostic[]> {
    if (dataset.analysis === 'op' || dataset.length < 2) return [];
    const diagnostics: Diagnostic[] = [];
    const shown =
      this.#options.traces.length > 0
        ? await this.#chosen(dataset, diagnostics)
        : (printedTogether(tables) ?? dataset);
    if (shown) this.#steps.push({ label: job?.name ?? '', dataset: shown });
    return diagnostics;
  }

  async #chosen(dataset: Dataset, diagnostics: Diagnostic[]): Promise<Dataset | undefined> {
    const columns: Column[] = [];
    for (const { text, expression } of this.#options.traces) {
      const column = await calculate(expression, dataset, { name: text });
      if ('code' in column) diagnostics.push({ ...column, severity: 'warning' });
      else columns.push(column);
    }
    return columns.length > 0 ? new Dataset(dataset, [dataset.scale, ...columns]) : undefined;
  }

  /** Writes the picture. Returns its name, if there was something to draw. */
  async draw(): Promise<string[]> {
    if (this.#steps.length === 0) return [];
    const { plotSvg } = await import('../../waveform/plot/index.js');
    const [{ dataset }] = this.#steps;
    try {
      const steps = this.#steps.length > 1 ? { steps: this.#steps } : {};
      const svg = plotSvg({ dataset, ...steps });
      if (this.#options.format === 'svg') {
        writeFile(this.#path, svg);
        return [this.#path];
      }
      const { pngOf } = await import('./png.js');
      const path = this.#path.replace(/svg$/, 'png');
      writeFile(path, await pngOf(svg));
      return [path];
    } catch (problem) {
      // Nothing but the scale was saved.
      if (problem instanceof DiagnosticError && problem.diagnostics[0].code === 'W403') return [];
      throw problem;
    }
  }
}
