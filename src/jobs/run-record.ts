/** What came of one run of many: plain data, as it stands in a ledger and travels between workers. */
export interface RunRecord {
  /** Of its job. */
  readonly index: number;
  /** `failed`: an analysis did not come to its end, or the deck does not take the run's values. */
  readonly status: 'done' | 'failed';
  /** Values of measures; null for one without a value. */
  readonly measures: Readonly<Record<string, number | null>>;
  /** What was drawn, by its label. */
  readonly drawn: Readonly<Record<string, number>>;
  /** Why it failed, or why a measure has no value. */
  readonly problems: readonly string[];
  /** How long it took; not part of any table. */
  readonly seconds: number;
}

/** The record of a run that nobody could carry out. */
export function lostRun(index: number, problem: string): RunRecord {
  return { index, status: 'failed', measures: {}, drawn: {}, problems: [problem], seconds: 0 };
}
