/** What came of one run of many: plain data, as it stands in a ledger and travels between workers. */
export interface RunRecord {
  /** Of its job. */
  readonly index: number;
  /** `failed`: an analysis did not come to its end, or the deck does not take the run's values. */
  readonly status: 'done' | 'failed';
  /** Values of measures; null for one without a value. */
  readonly measures: Readonly<Record<string, number | null>>;
  /** SI symbols of measures that have one. */
  readonly units: Readonly<Record<string, string>>;
  /** What was drawn, by its label. */
  readonly drawn: Readonly<Record<string, number>>;
  /** Why it failed, or why a measure has no value. */
  readonly problems: readonly string[];
  /** What the solver warned of; absent where there was nothing. */
  readonly warnings?: readonly string[];
  /** The run itself is not at fault: nobody could carry it out. It may be tried again. */
  readonly lost?: true;
  /** How long it took; not part of any table. */
  readonly seconds: number;
}

/** The record of a run that nobody could carry out. */
export function lostRun(index: number, problem: string): RunRecord {
  const nothing = { measures: {}, units: {}, drawn: {}, seconds: 0 };
  return { index, status: 'failed', lost: true, problems: [problem], ...nothing };
}
