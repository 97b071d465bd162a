/** The picture of one analysis; its steps lie over each other. */
import { DiagnosticError, type Diagnostic } from '../../base/index.js';
import type { Expression } from '../../expression/index.js';
import type { Job } from '../../jobs/index.js';
import { calculate, isSpectral, spectraOf } from '../../waveform/calculator/index.js';
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
  readonly #steps: PlotStep[] = [];
  /** What is over frequency where the analysis is over time. */
  readonly #spectra: PlotStep[] = [];

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
    if (!dataset.hasScale || dataset.length < 2) return [];
    const diagnostics: Diagnostic[] = [];
    const { traces } = this.#options;
    const label = job?.name ?? '';
    const shown =
      traces.length > 0
        ? await chosen(
            dataset,
            traces.filter((trace) => !isSpectral(trace.expression)),
            diagnostics,
          )
        : (printedTogether(tables) ?? dataset);
    if (shown) this.#steps.push({ label, dataset: shown });
    if (dataset.analysis !== 'tran') return diagnostics;
    const spectral = await spectra(
      dataset,
      traces.filter(({ expression }) => isSpectral(expression)),
      diagnostics,
    );
    if (spectral) this.#spectra.push({ label, dataset: spectral });
    return diagnostics;
  }

  /** Writes the pictures. Returns their names. */
  async draw(): Promise<string[]> {
    const stem = this.#path.replace(/svg$/, '');
    return [
      ...(await this.#write(this.#steps, stem)),
      ...(await this.#write(this.#spectra, `${stem}fft.`)),
    ];
  }

  async #write(drawn: readonly PlotStep[], stem: string): Promise<string[]> {
    if (drawn.length === 0) return [];
    const { plotSvg } = await import('../../waveform/plot/index.js');
    const path = stem + this.#options.format;
    const [{ dataset }] = drawn;
    try {
      const svg = plotSvg({ dataset, ...(drawn.length > 1 ? { steps: drawn } : {}) });
      const png = this.#options.format === 'png' ? await import('./png.js') : undefined;
      writeFile(path, png ? await png.pngOf(svg) : svg);
      return [path];
    } catch (problem) {
      // Nothing but the scale was saved.
      if (problem instanceof DiagnosticError && problem.diagnostics[0].code === 'W403') return [];
      throw problem;
    }
  }
}

interface PlotStep {
  readonly label: string;
  readonly dataset: Dataset;
}

/** The traces over the scale of a dataset; those without a value become warnings. */
async function chosen(
  dataset: Dataset,
  traces: readonly PlotTrace[],
  diagnostics: Diagnostic[],
): Promise<Dataset | undefined> {
  const columns: Column[] = [];
  for (const { text, expression } of traces) {
    const column = await calculate(expression, dataset, { name: text });
    if ('code' in column) diagnostics.push({ ...column, severity: 'warning' });
    else columns.push(column);
  }
  return columns.length > 0 ? new Dataset(dataset, [dataset.scale, ...columns]) : undefined;
}

/** The traces over frequency, without the line at zero, which a logarithmic axis has no place for. */
async function spectra(
  dataset: Dataset,
  traces: readonly PlotTrace[],
  diagnostics: Diagnostic[],
): Promise<Dataset | undefined> {
  if (traces.length === 0) return undefined;
  const found = await spectraOf(
    traces.map(({ expression }) => expression),
    dataset,
  );
  if ('code' in found) {
    diagnostics.push({ ...found, severity: 'warning' });
    return undefined;
  }
  const over = traces.map(({ text, expression }) => ({
    text,
    expression: found.replace(expression),
  }));
  const shown = await chosen(found.dataset, over, diagnostics);
  return shown && new Dataset(shown, shown.columns.map(withoutFirst));
}

function withoutFirst(column: Column): Column {
  const { name, quantity, real, imaginary } = column;
  const tail = imaginary ? { imaginary: imaginary.subarray(1) } : {};
  return { name, quantity, real: real.subarray(1), ...tail };
}
