/**
 * Datasets as JSON that people can read too: what the columns are, then their values, a line each.
 *
 *     { "format": "oxspice dataset", "version": 1, "title": …, "analysis": "tran", "plot": …,
 *       "points": 89, "columns": [
 *         { "name": "v(out)", "kind": "voltage", "unit": "V", "real": [0, 1, …] } ] }
 *
 * `"stepped": true` marks points of several steps, one after the other. A column may have
 * `imaginary` and `slope` beside `real`. JSON has no NaN and no infinity: they are the strings
 * "NaN", "Infinity" and "-Infinity".
 */
import { error, type Diagnostic } from '../base/diagnostic.js';
import { Dataset, type DatasetLabels } from './dataset.js';
import type { Column, Quantity } from './waveform.js';

const format = 'oxspice dataset';
const version = 1;

export function writeJson(dataset: Dataset): string {
  const { title, analysis, plotName: plot, date, stepped, length: points } = dataset;
  const optional = { ...(date ? { date } : {}), ...(stepped ? { stepped } : {}) };
  const head = { format, version, title, analysis, plot, ...optional, points };
  const fields = Object.entries(head).map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`);
  const columns = dataset.columns.map(columnText).join(',\n');
  return `{\n${fields.join(',\n')},\n  "columns": [\n${columns}\n  ]\n}\n`;
}

function columnText({ name, title = name, quantity, real, imaginary, slope }: Column): string {
  const { kind, unit } = quantity;
  const lines = [
    `"name": ${JSON.stringify(title)}, "kind": "${kind}", "unit": ${JSON.stringify(unit)}`,
    `"real": ${numbers(real)}`,
  ];
  if (imaginary) lines.push(`"imaginary": ${numbers(imaginary)}`);
  if (slope) lines.push(`"slope": ${numbers(slope)}`);
  return `    { ${lines.join(',\n      ')} }`;
}

function numbers(values: Float64Array): string {
  return `[${Array.from(values, number).join(', ')}]`;
}

function number(value: number): string {
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? '-0' : String(value);
}

export interface JsonContents {
  readonly dataset?: Dataset;
  readonly diagnostics: readonly Diagnostic[];
}

type JsonNumber = number | string;

interface JsonColumn extends Quantity {
  readonly name: string;
  readonly real: readonly JsonNumber[];
  readonly imaginary?: readonly JsonNumber[];
  readonly slope?: readonly JsonNumber[];
}

interface JsonDataset extends Omit<DatasetLabels, 'plotName'> {
  readonly format: string;
  readonly version: number;
  readonly plot: string;
  readonly columns: readonly JsonColumn[];
}

/** Reads what `writeJson` writes. */
export function readJson(text: string): JsonContents {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (problem) {
    return { diagnostics: [error('W301', `not JSON: ${(problem as Error).message}`)] };
  }
  if (!isDataset(parsed)) return { diagnostics: [error('W302', `not an ${format}`)] };
  const { title, analysis, plot: plotName, date, stepped, columns } = parsed;
  const optional = { ...(date === undefined ? {} : { date }), ...(stepped ? { stepped } : {}) };
  const labels = { title, analysis, plotName, ...optional };
  return { dataset: new Dataset(labels, columns.map(columnOf)), diagnostics: [] };
}

function columnOf({ name, kind, unit, real, imaginary, slope }: JsonColumn): Column {
  return {
    name,
    quantity: { kind, unit },
    real: Float64Array.from(real, Number),
    ...(imaginary ? { imaginary: Float64Array.from(imaginary, Number) } : {}),
    ...(slope ? { slope: Float64Array.from(slope, Number) } : {}),
  };
}

/** Checks what the reader relies on: the format's mark, and columns of one length. */
function isDataset(value: unknown): value is JsonDataset {
  const candidate = value as Partial<JsonDataset> | null;
  if (candidate?.format !== format || candidate.version !== version) return false;
  return (
    Array.isArray(candidate.columns) && candidate.columns.every(hasOneLength(candidate.columns))
  );
}

function hasOneLength(columns: readonly Partial<JsonColumn>[]) {
  const length = columns[0]?.real?.length;
  return ({ real = [], imaginary = real, slope = real }: Partial<JsonColumn>): boolean =>
    [real, imaginary, slope].every((values) => Array.isArray(values) && values.length === length);
}
