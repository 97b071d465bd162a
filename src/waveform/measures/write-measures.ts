/**
 * Results of measures as JSON, one row for each measure of each step:
 *
 *     { "format": "oxspice measures", "version": 1, "title": …, "measures": [
 *         { "name": "tau", "analysis": "tran", "step": { "r": 1000 }, "temperature": 27,
 *           "value": 0.001, "unit": "s", "where": { "trig": …, "targ": … } },
 *         { "name": "late", …, "value": null, "failure": "no value: v(out) never crosses 5.000 V" } ] }
 */
import type { StepParameter } from '../steps.js';
import type { MeasureResult } from './measure-session.js';

/** A result with the run that it belongs to. */
export interface MeasureRow extends MeasureResult {
  /** Empty where the deck has no steps. */
  readonly parameters: readonly StepParameter[];
  /** Circuit temperature [°C]. */
  readonly temperature: number;
}

export function writeMeasures(title: string, rows: readonly MeasureRow[]): string {
  const lines = rows.map((row) => `    ${JSON.stringify(plain(row))}`);
  const head = `{\n  "format": "oxspice measures",\n  "version": 1,\n  "title": ${JSON.stringify(title)}`;
  return `${head},\n  "measures": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

function plain(row: MeasureRow): Record<string, unknown> {
  const { name, analysis, parameters, temperature, value, unit, where, failure } = row;
  const step = Object.fromEntries(parameters.map((each) => [each.label, each.value]));
  return {
    name,
    analysis,
    ...(parameters.length > 0 ? { step } : {}),
    temperature: Number(temperature.toFixed(6)),
    value: value === undefined || !Number.isFinite(value) ? null : value,
    unit,
    ...(where ? { where } : {}),
    ...(failure ? { failure: failure.message } : {}),
    ...(failure?.help ? { help: failure.help } : {}),
  };
}
