/**
 * A ledger of finished runs as text: a line that says what the runs are of, then one line of JSON for
 * each, in the order in which they ended. A run is known by its step and its number, not by its
 * index, so that a Monte Carlo can be continued to more runs.
 *
 *     {"format":"oxspice ledger","version":1,"of":"9f2c…"}
 *     {"step":0,"run":1,"status":"done","measures":{"vout":0.5},"drawn":{"r1":1003.2},…}
 */
import type { RunRecord } from './run-record.js';

const format = 'oxspice ledger';

/** The first line. `of` stands for all that the results depend on. */
export function ledgerHead(of: string): string {
  return `${JSON.stringify({ format, version: 1, of })}\n`;
}

/** `runs` is the number of runs of each step. */
export function ledgerLine({ index, ...rest }: RunRecord, runs: number): string {
  const place = { step: Math.floor(index / runs), run: (index % runs) + 1 };
  return `${JSON.stringify({ ...place, ...rest })}\n`;
}

/** What a ledger holds. A line that a killed process left incomplete is passed over. */
export interface LedgerContents {
  /** Undefined if this is no ledger. */
  readonly of: string | undefined;
  /** By index, in the order of the lines; of a run that is there twice the first. */
  readonly records: ReadonlyMap<number, RunRecord>;
}

export function readLedger(text: string, runs: number): LedgerContents {
  const [head, ...lines] = text.split('\n');
  const records = new Map<number, RunRecord>();
  const first = parsed(head);
  const of = first?.format === format && typeof first.of === 'string' ? first.of : undefined;
  for (const line of lines) {
    const record = recordOf(parsed(line), runs);
    if (record && !records.has(record.index)) records.set(record.index, record);
  }
  return { of, records };
}

type Json = Readonly<Record<string, unknown>>;

function parsed(line: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

function recordOf(line: Json | undefined, runs: number): RunRecord | undefined {
  const { step, run, status } = line ?? {};
  if (typeof step !== 'number' || typeof run !== 'number' || run > runs) return undefined;
  if (status !== 'done' && status !== 'failed') return undefined;
  const rest = line as unknown as Omit<RunRecord, 'index'>;
  const { measures, units, drawn, problems, warnings, seconds } = rest;
  const index = step * runs + run - 1;
  const warned = warnings ? { warnings } : {};
  return { index, status, measures, units, drawn, problems, ...warned, seconds };
}
