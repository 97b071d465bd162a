/**
 * Results of `.four` as JSON, one row for each signal of each step:
 *
 *     { "format": "oxspice harmonics", "version": 1, "title": …, "signals": [
 *         { "name": "v(out)", "step": { "r": 1000 }, "temperature": 27, "unit": "V",
 *           "fundamental": 1000, "from": 0.009, "to": 0.01, "distortion": 0.0123,
 *           "harmonics": [ { "number": 1, "frequency": 1000, "magnitude": 1.2, "phase": 30,
 *                            "relativeMagnitude": 1, "relativePhase": 0 } ] } ] }
 *
 * Phases are in degrees, the distortion is no percentage.
 */
import type { Harmonics } from './harmonics.js';
import type { StepParameter } from './steps.js';

/** One signal and the run that it belongs to. */
export interface HarmonicsRow extends Harmonics {
  /** As the card has it. */
  readonly name: string;
  readonly unit: string;
  /** [Hz] */
  readonly fundamental: number;
  /** Empty where the deck has no steps. */
  readonly parameters: readonly StepParameter[];
  /** Circuit temperature [°C]. */
  readonly temperature: number;
}

export function writeHarmonics(title: string, rows: readonly HarmonicsRow[]): string {
  const lines = rows.map((row) => `    ${JSON.stringify(plain(row))}`);
  const head = `{\n  "format": "oxspice harmonics",\n  "version": 1,\n  "title": ${JSON.stringify(title)}`;
  return `${head},\n  "signals": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

function plain(row: HarmonicsRow): Record<string, unknown> {
  const { name, unit, fundamental, parameters, temperature, from, to, list, distortion } = row;
  const step = Object.fromEntries(parameters.map((each) => [each.label, each.value]));
  const first = list[1];
  return {
    name,
    ...(parameters.length > 0 ? { step } : {}),
    temperature: Number(temperature.toFixed(6)),
    unit,
    fundamental,
    from,
    to,
    distortion: Number.isFinite(distortion) ? distortion : null,
    harmonics: list.map((each) => ({
      ...each,
      relativeMagnitude: first?.magnitude > 0 ? each.magnitude / first.magnitude : null,
      relativePhase: each.number === 0 ? 0 : each.phase - first.phase,
    })),
  };
}
