/** The results of many runs as one table, in the order of the jobs. */
import type { JobList, JobParameter } from './job-list.js';
import type { RunRecord } from './run-record.js';
import {
  isWithin,
  type Limits,
  summarize,
  type Summary,
  type Yield,
  yieldOf,
} from './summarize.js';

export interface RunRow {
  readonly index: number;
  readonly status: RunRecord['status'];
  readonly corner?: string;
  readonly parameters: readonly JobParameter[];
  readonly drawn: Readonly<Record<string, number>>;
  readonly measures: Readonly<Record<string, number | null>>;
  readonly problems: readonly string[];
  readonly warnings?: readonly string[];
}

/** A measure that runs are judged by. */
export interface MeasureColumn {
  readonly name: string;
  /** SI symbol; empty where there is none. */
  readonly unit: string;
  readonly limits: Limits;
}

export interface RunTable {
  readonly title: string;
  readonly seed: number;
  /** Runs that were asked for; rows are those that are there. */
  readonly asked: number;
  readonly measures: readonly MeasureColumn[];
  readonly rows: readonly RunRow[];
}

/** Puts records in the order of their jobs: the table does not depend on who did what when. */
export function runTable(
  jobs: JobList,
  records: ReadonlyMap<number, RunRecord>,
  of: Pick<RunTable, 'title' | 'seed'> & {
    readonly measures: readonly Omit<MeasureColumn, 'unit'>[];
  },
): RunTable {
  const indices = [...records.keys()].sort((a, b) => a - b);
  const rows = indices.map((index): RunRow => {
    const { status, drawn, measures, problems, warnings } = records.get(index)!;
    const { corner, parameters } = jobs.at(index);
    const named = corner === undefined ? {} : { corner };
    const warned = warnings ? { warnings } : {};
    return { index, status, ...named, parameters, drawn, measures, problems, ...warned };
  });
  const unitOf = (name: string): string => {
    for (const index of indices) {
      const unit = records.get(index)!.units[name];
      if (unit !== undefined) return unit;
    }
    return '';
  };
  const measures = of.measures.map((each) => ({ ...each, unit: unitOf(each.name) }));
  return { ...of, measures, asked: jobs.length, rows };
}

/** Statistics of one measure in one step. */
export interface MeasureSummary extends Summary {
  readonly name: string;
  readonly unit: string;
  /** What the runs of this step have in common; empty without steps. */
  readonly step: string;
  readonly limits: Limits;
  /** Absent without limits. Runs without a value do not pass. */
  readonly yield?: Yield;
}

/** A summary for each measure of each step; `stepOf` names the step of a row. */
export function summaries(
  { measures, rows }: RunTable,
  stepOf: (row: RunRow) => string,
): readonly MeasureSummary[] {
  const steps = new Map<string, RunRow[]>();
  for (const row of rows) {
    const step = stepOf(row);
    const members = steps.get(step);
    if (members) members.push(row);
    else steps.set(step, [row]);
  }
  return [...steps].flatMap(([step, members]) =>
    measures.map(({ name, unit, limits }) => {
      const values = members.map((row) => row.measures[name] ?? null);
      const found = values.filter((value) => value !== null);
      const limited = limits.atLeast !== undefined || limits.atMost !== undefined;
      const passed = values.filter((value) => isWithin(value, limits)).length;
      return {
        name,
        unit,
        step,
        limits,
        ...summarize(found, values.length - found.length),
        ...(limited ? { yield: yieldOf(passed, values.length) } : {}),
      };
    }),
  );
}

/** How many runs keep all limits; undefined where there are none. */
export function totalYield({ measures, rows }: RunTable): Yield | undefined {
  const limited = measures.filter(
    ({ limits }) => limits.atLeast !== undefined || limits.atMost !== undefined,
  );
  if (limited.length === 0 || rows.length === 0) return undefined;
  const passed = rows.filter(
    (row) =>
      row.status === 'done' &&
      limited.every(({ name, limits }) => isWithin(row.measures[name] ?? null, limits)),
  );
  return yieldOf(passed.length, rows.length);
}

/** The table as CSV (RFC 4180); a value that is not there is an empty field. */
export function writeRunsCsv({ measures, rows }: RunTable): string {
  const parameters = new Set(rows.flatMap((row) => row.parameters.map(({ label }) => label)));
  const drawn = new Set(rows.flatMap((row) => Object.keys(row.drawn)));
  const withCorners = rows.some(({ corner }) => corner !== undefined);
  const head = [
    ...(withCorners ? ['corner'] : []),
    ...parameters,
    'status',
    ...drawn,
    ...measures.map(({ name }) => name),
  ];
  const lines = rows.map((row) => [
    ...(withCorners ? [row.corner ?? ''] : []),
    ...[...parameters].map((label) => row.parameters.find((each) => each.label === label)?.value),
    row.status,
    ...[...drawn].map((label) => row.drawn[label]),
    ...measures.map(({ name }) => row.measures[name]),
  ]);
  return [head, ...lines].map((fields) => `${fields.map(field).join(',')}\n`).join('');
}

function field(value: string | number | null | undefined): string {
  const text = String(value ?? '');
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The table as JSON, a row a line, with its statistics. */
export function writeRunsJson(table: RunTable, statistics: readonly MeasureSummary[]): string {
  const { title, seed, asked, rows } = table;
  const total = totalYield(table);
  const head = { format: 'oxspice runs', version: 1, title, seed, asked };
  const lines = rows.map(({ corner, parameters, problems, ...row }) =>
    JSON.stringify({
      index: row.index,
      status: row.status,
      ...(corner === undefined ? {} : { corner }),
      parameters: Object.fromEntries(parameters.map(({ label, value }) => [label, value])),
      drawn: row.drawn,
      measures: row.measures,
      ...(problems.length > 0 ? { problems } : {}),
      ...(row.warnings ? { warnings: row.warnings } : {}),
    }),
  );
  const parts = [
    ...Object.entries(head).map(([key, value]) => `  "${key}": ${JSON.stringify(value)}`),
    ...(total ? [`  "yield": ${JSON.stringify(total)}`] : []),
    `  "summary": [\n${statistics.map((each) => `    ${JSON.stringify(each)}`).join(',\n')}\n  ]`,
    `  "runs": [\n${lines.map((line) => `    ${line}`).join(',\n')}\n  ]`,
  ];
  return `{\n${parts.join(',\n')}\n}\n`;
}
