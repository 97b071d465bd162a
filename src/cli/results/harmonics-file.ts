/** Carries out `.four`: the file of results, and what the terminal shows of them. */
import { type Diagnostic, formatQuantity, warning } from '../../base/index.js';
import type { Circuit, FourierCard, OutputItem } from '../../netlist/index.js';
import type { AnalysisResult } from '../../solver/index.js';
import { calculate } from '../../waveform/calculator/index.js';
import { type HarmonicsRow, harmonicsOf, writeHarmonics } from '../../waveform/index.js';
import { textTable } from '../text-table.js';
import type { FileNames } from './file-names.js';
import { writeFile } from './open-file.js';

/** With more signals than this the terminal shows one line for each. */
const mostTables = 4;

export class HarmonicsFile {
  readonly #circuit: Circuit;
  readonly #path: string;
  readonly #rows: HarmonicsRow[] = [];

  constructor(circuit: Circuit, names: FileNames) {
    this.#circuit = circuit;
    this.#path = names.harmonics();
  }

  /** The harmonics of a transient. Returns what has none. */
  async take(result: AnalysisResult): Promise<readonly Diagnostic[]> {
    if (result.kind !== 'tran' || !result.completed) return [];
    const diagnostics: Diagnostic[] = [];
    for (const card of result.fouriers ?? this.#circuit.fouriers) {
      for (const item of card.items) {
        const row = await this.#row(card, item, result);
        if ('code' in row) diagnostics.push(row);
        else this.#rows.push(row);
      }
    }
    if (this.#rows.length > 0) {
      writeFile(this.#path, writeHarmonics(this.#circuit.title, this.#rows));
    }
    return diagnostics;
  }

  async #row(
    { frequency, harmonics }: FourierCard,
    { text, expression, span }: OutputItem,
    { dataset, step, temperature }: AnalysisResult,
  ): Promise<HarmonicsRow | Diagnostic> {
    if (expression === 'all') return warning('C302', "'.four' names its signals", span);
    const { parameters } = this.#circuit;
    const column = await calculate(expression, dataset, { name: text, parameters });
    if ('code' in column) return column;
    const { real: y, slope, quantity } = column;
    const wave = { x: dataset.scale.real, y, ...(slope ? { slope } : {}) };
    const found = harmonicsOf(wave, frequency, harmonics);
    if (found) {
      const run = { parameters: step?.parameters ?? [], temperature };
      return { ...found, ...run, name: text, unit: quantity.unit, fundamental: frequency };
    }
    const period = formatQuantity(1 / frequency, 's');
    return warning('C302', `the transient is shorter than a period of ${text}`, span, {
      label: `a period takes ${period}`,
      help: ["'.four' looks at the last period: let '.tran' run for several"],
    });
  }

  /** A table for each signal; the distortion of many. */
  text(): string {
    if (this.#rows.length === 0) return '';
    const many = this.#rows.length > mostTables;
    const body = many ? this.#summary() : this.#rows.map(tableOf).join('');
    return `harmonics\n${body}  → ${this.#path}\n`;
  }

  #summary(): string {
    const lines = this.#rows.map(({ name, parameters, unit, list, distortion }) => [
      name,
      ...parameters.map(({ value, unit: of }) => formatQuantity(value, of)),
      formatQuantity(list[1].magnitude, unit),
      percentage(distortion),
    ]);
    const stepped = this.#rows[0].parameters.map(({ label }) => label);
    const head = ['signal', ...stepped, 'fundamental', 'distortion'];
    return textTable(
      [head, ...lines],
      head.map((_, i) => i > 0),
    );
  }
}

function tableOf({ name, list, unit, distortion }: HarmonicsRow): string {
  const [, first] = list;
  const lines = list.map(({ number, frequency, magnitude, phase }) => [
    String(number),
    formatQuantity(frequency, 'Hz'),
    formatQuantity(magnitude, unit),
    `${phase.toFixed(2)}°`,
    first.magnitude > 0 ? percentage(magnitude / first.magnitude) : '',
  ]);
  const head = ['', 'frequency', 'magnitude', 'phase', 'of fundamental'];
  const table = textTable(
    [head, ...lines],
    head.map(() => true),
  );
  return `  ${name}: distortion ${percentage(distortion)}\n${table}`;
}

function percentage(ratio: number): string {
  return Number.isFinite(ratio) ? `${(100 * ratio).toPrecision(4)} %` : 'none';
}
