/** Carries out `.meas`: the file of results, and what the terminal shows of them. */
import { type Diagnostic, formatQuantity, warning } from '../../base/index.js';
import type { Job } from '../../jobs/index.js';
import type { Circuit } from '../../netlist/index.js';
import type { AnalysisResult } from '../../solver/index.js';
import {
  type MeasureReport,
  type MeasureRow,
  MeasureSession,
  writeMeasures,
} from '../../waveform/measures/index.js';
import { textTable } from '../text-table.js';
import type { FileNames } from './file-names.js';
import { writeFile } from './open-file.js';

/** Of one measure so many failures are told one by one. */
const mostTold = 3;
/** While steps run the file is written no more often than this [ms]. */
const pause = 1000;

export class MeasureReportFile {
  readonly #circuit: Circuit;
  readonly #path: string;
  readonly #rows: MeasureRow[] = [];
  /** Failures by the name of the measure. */
  readonly #failures = new Map<string, number>();
  readonly #told = new Set<string>();
  #session: MeasureSession | undefined;
  #job: Job | undefined;
  #temperature = NaN;
  #written = -Infinity;

  constructor(circuit: Circuit, names: FileNames) {
    this.#circuit = circuit;
    this.#path = names.measures();
  }

  /** An analysis of this step, its measures and temperature [°C] begins. Returns what failed in the one before. */
  async begin(
    job: Job | undefined,
    temperature: number,
    measures = this.#circuit.measures,
  ): Promise<readonly Diagnostic[]> {
    if (this.#circuit.measures.length === 0) return [];
    if (this.#session && this.#job === job && this.#temperature === temperature) return [];
    const diagnostics = await this.#closeSession();
    this.#job = job;
    this.#temperature = temperature;
    this.#session = new MeasureSession(measures, this.#parameters(job));
    return diagnostics;
  }

  async take({ dataset, completed }: AnalysisResult): Promise<readonly Diagnostic[]> {
    return this.#session ? this.#add(await this.#session.take(dataset, completed)) : [];
  }

  /** Writes the file. Returns what failed. */
  async end(): Promise<readonly Diagnostic[]> {
    const diagnostics = await this.#closeSession();
    if (this.#rows.length > 0) this.#write();
    for (const [name, count] of this.#failures)
      if (count > mostTold)
        diagnostics.push(warning('C301', `the measure '${name}' has no value in ${count} steps`));
    return diagnostics;
  }

  /** All values as a table: a row for each measure, or with steps a row for each step. */
  text(): string {
    if (this.#rows.length === 0) return '';
    const several = this.#rows.some(({ parameters }) => parameters.length > 0);
    const table = several ? this.#stepTable() : textTable(this.#rows.map(rowOf), [false, true]);
    return `measures\n${table}  → ${this.#path}\n`;
  }

  /** Values of parameters in a step. */
  #parameters(job: Job | undefined): ReadonlyMap<string, number> {
    const stepped = (job?.parameters ?? []).map(({ label, value }) => [label, value] as const);
    return new Map([...this.#circuit.parameters, ...stepped]);
  }

  async #closeSession(): Promise<Diagnostic[]> {
    if (!this.#session) return [];
    const diagnostics = this.#add(await this.#session.finish());
    this.#session = undefined;
    if (performance.now() - this.#written > pause && this.#rows.length > 0) this.#write();
    return diagnostics;
  }

  #add({ results, diagnostics }: MeasureReport): Diagnostic[] {
    const found = diagnostics.filter(({ message }) => !this.#told.has(message));
    for (const { message } of found) this.#told.add(message);
    const parameters = this.#job?.parameters ?? [];
    for (const result of results) {
      this.#rows.push({ ...result, parameters, temperature: this.#temperature });
      if (!result.failure) continue;
      const count = (this.#failures.get(result.name) ?? 0) + 1;
      this.#failures.set(result.name, count);
      // A card in error fails in the same way in every step.
      const once = result.failure.severity === 'error';
      if (count <= (once ? 1 : mostTold)) found.push(this.#named(result.name, result.failure));
    }
    return found;
  }

  #named(name: string, failure: Diagnostic): Diagnostic {
    const place = this.#job
      ? `measure '${name}' in the step ${this.#job.name}`
      : `measure '${name}'`;
    return { ...failure, notes: [place, ...(failure.notes ?? [])] };
  }

  #write(): void {
    writeFile(this.#path, writeMeasures(this.#circuit.title, this.#rows));
    this.#written = performance.now();
  }

  #stepTable(): string {
    const names = [...new Set(this.#rows.map(({ name }) => name))];
    const steps = new Map<string, MeasureRow[]>();
    for (const row of this.#rows) {
      const key = JSON.stringify([row.parameters, row.temperature]);
      steps.set(key, [...(steps.get(key) ?? []), row]);
    }
    const lines = [...steps.values()].map((rows) => [
      ...rows[0].parameters.map(({ value, unit }) => formatQuantity(value, unit)),
      ...names.map((name) => valueText(rows.find((row) => row.name === name))),
    ]);
    const head = [...this.#rows[0].parameters.map(({ label }) => label), ...names];
    return textTable(
      [head, ...lines],
      head.map(() => true),
    );
  }
}

const scaleUnits: Readonly<Record<string, string>> = { tran: 's', ac: 'Hz' };

function rowOf(row: MeasureRow): string[] {
  const where = Object.entries(row.where ?? {})
    .map(([name, x]) => `${name} ${formatQuantity(x, scaleUnits[row.analysis])}`)
    .join('  ');
  return [row.name, valueText(row), row.failure ? row.failure.message : where];
}

function valueText(row: MeasureRow | undefined): string {
  return row?.value === undefined ? 'failed' : formatQuantity(row.value, row.unit);
}
