/** What a comparison of two levels says, as tables: for the terminal and for the page. */
import { formatQuantity } from '../../base/index.js';
import type { BlockError, Estimate, FidelityReport, JudgedPrediction } from '../../arch/index.js';
import { textTable } from '../text-table.js';
import { type BlockLevels, toldBlocks } from './level-names.js';

export type VariantReport = FidelityReport & {
  readonly variant: string;
  readonly levels: readonly [BlockLevels, BlockLevels];
  /** Of measures, by their names. */
  readonly units: Readonly<Record<string, string>>;
};

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** A sentence below. */
  readonly note?: string;
}

/** Measures that have a table of their own. */
const ofPrediction = ['predicted', 'predictedWithin'];

/** Levels, test errors, other measures, times. */
export function levelTable(report: VariantReport): Table {
  const { error, measures, seconds, seeds, levels, units } = report;
  const [first, second] = levels;
  const told = measures.filter(
    ({ name, first: one, second: other }) => (one ?? other) && !ofPrediction.includes(name),
  );
  return {
    title: 'Levels',
    head: ['', 'first', 'second', 'first − second'],
    rows: [
      ...toldBlocks(first, second).map((block) => [block, first[block], second[block], '']),
      [
        'test error',
        `${shown(error.first)} %`,
        `${shown(error.second)} %`,
        `${shown(error.difference)} points`,
      ],
      ...told.map(({ name, first: one, second: other }) => [
        units[name] ? `${name} [${units[name]}]` : name,
        ...[one, other].map((each) => (each ? shown(each) : '–')),
        '',
      ]),
      [
        'time of a run',
        ...[seconds.first, seconds.second].map((time) => `${number(time)} s`),
        `${number(seconds.ratio)} times`,
      ],
    ],
    note:
      seeds.length === 1
        ? `Of seed ${seeds[0]} alone: differences have no interval of confidence.`
        : `Means of ${seeds.length} seeds with 95 % intervals; differences are taken seed by seed.`,
  };
}

/** Reads and writes that the second level repeated, and what came of the states. */
export function blockTable({ blocks, trajectory }: VariantReport): Table | undefined {
  const last = trajectory.at(-1);
  if (!blocks && !last) return undefined;
  return {
    title: 'Blocks',
    head: ['', 'difference, rms', 'of its own rms', 'largest', 'values'],
    rows: [
      ...(blocks ? [blockRow('read: r', 'V', blocks.read)] : []),
      ...(blocks?.inverted ? [blockRow('inverted read: y', 'V', blocks.inverted)] : []),
      ...(blocks ? [blockRow('write: change of s', '', blocks.write)] : []),
      ...(last
        ? [
            [
              'states at the end',
              number(last.difference),
              part(last.difference, last.moved),
              '',
              '',
            ],
          ]
        : []),
    ],
    ...(last
      ? { note: 'States are compared with the way that they have come from their start.' }
      : {}),
  };
}

function blockRow(name: string, unit: string, { rms, max, scale, count }: BlockError): string[] {
  const size = (value: number): string =>
    unit === '' ? number(value) : formatQuantity(value, unit, 3);
  return [name, size(rms), part(rms, scale), size(max), String(count)];
}

function part(value: number, of: number): string {
  return of > 0 ? `${number((100 * value) / of)} %` : '';
}

/** Errors that equations had predicted of circuits, seed by seed. */
export function predictionTable({ predictions }: VariantReport): Table | undefined {
  if (!predictions) return undefined;
  return {
    title: 'Predicted and reached',
    head: ['seed', 'predicted', 'reached', 'inside'],
    rows: predictions.map(({ seed, mean, halfWidth, error, inside }) => [
      String(seed),
      `${number(mean)} ± ${number(halfWidth)} %`,
      `${number(error)} %`,
      inside ? 'yes' : 'no',
    ]),
    note: predictionNote(predictions),
  };
}

function predictionNote(predictions: readonly JudgedPrediction[]): string {
  const inside = predictions.filter((each) => each.inside).length;
  const [{ errors, of }] = predictions;
  const measured = predictions.reduce((sum, each) => sum + each.measured, 0) / predictions.length;
  return `${inside} of ${predictions.length} inside of the 95 % interval, from ${errors.length} repetitions with residuals of ${number(measured)} iterations at grid=${of}.`;
}

export function shown({ mean, halfWidth }: Estimate): string {
  return halfWidth === undefined ? number(mean) : `${number(mean)} ± ${number(halfWidth)}`;
}

export function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}

export function fidelityText(reports: readonly VariantReport[]): string {
  return reports
    .map((report) => {
      const tables = [levelTable(report), blockTable(report), predictionTable(report)];
      const parts = tables.filter((table) => table !== undefined).map(tableText);
      return [...(report.variant === '' ? [] : [`${report.variant}\n`]), ...parts].join('\n');
    })
    .join('\n');
}

function tableText({ head, rows, note }: Table): string {
  const right = head.map((_, c) => c > 0);
  return textTable([head, ...rows], right) + (note === undefined ? '' : `  ${note}\n`);
}
