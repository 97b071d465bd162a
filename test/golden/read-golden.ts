import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Dataset, readCsv } from '../../src/waveform/index.js';

/** A result that is known to be right, with how far a run may be from it. */
export interface Golden {
  readonly dataset: Dataset;
  /** Where it comes from. */
  readonly source: string;
  readonly tolerance: Tolerance;
}

export type Tolerance =
  | { readonly rule: 'relative' | 'rms'; readonly limit: number }
  | { readonly rule: 'oscillator'; readonly signal: string; readonly limit: number };

/** `<deck>.<analysis>.csv` of this folder: lines `# key: value`, then the table. */
export function readGolden(name: string): Golden {
  const text = readFileSync(join(import.meta.dirname, name), 'utf8');
  const { dataset } = readCsv(text.replace(/^#.*\n/gm, ''), name);
  const source = headerOf(text, 'source');
  const [rule, ...rest] = headerOf(text, 'tolerance').split(' ');
  const limit = Number(rest[rest.length - 1]);
  if (!dataset || !(limit > 0)) throw new Error(`golden '${name}' cannot be read`);
  if (rule === 'oscillator') return { dataset, source, tolerance: { rule, signal: rest[0], limit } };
  if (rule === 'relative' || rule === 'rms') return { dataset, source, tolerance: { rule, limit } };
  throw new Error(`golden '${name}' has no rule '${rule}'`);
}

function headerOf(text: string, key: string): string {
  const found = new RegExp(`^# ${key}: (.*)$`, 'm').exec(text);
  if (!found) throw new Error(`a golden needs a line '# ${key}: …'`);
  return found[1];
}
