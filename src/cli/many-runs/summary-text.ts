import { formatQuantity } from '../../base/index.js';
import {
  confidence,
  type Estimate,
  type MeasureSummary,
  type RunTable,
  totalYield,
  type Yield,
} from '../../jobs/index.js';
import { textTable } from '../text-table.js';

/** Statistics of all measures as a table, and the yield of all limits together. */
export function summaryText(table: RunTable, statistics: readonly MeasureSummary[]): string {
  if (statistics.length === 0) return '';
  const several = statistics.some(({ step }) => step !== '');
  const limited = statistics.some((each) => each.yield);
  const head = [
    ...(several ? ['step'] : []),
    ...['measure', 'runs', 'mean', 'sigma', 'min', 'median', 'max'],
    ...(limited ? ['yield'] : []),
  ];
  const rows = statistics.map((each) => [
    ...(several ? [each.step] : []),
    each.name,
    String(each.count) + (each.missing > 0 ? ` of ${each.count + each.missing}` : ''),
    withInterval(each.mean, each.unit),
    withInterval(each.sigma, each.unit),
    shown(each.min, each.unit),
    shown(each.quantiles.find(({ probability }) => probability === 0.5)?.value, each.unit),
    shown(each.max, each.unit),
    ...(limited ? [each.yield ? yieldText(each.yield) : ''] : []),
  ]);
  const total = totalYield(table);
  return [
    textTable(
      [head, ...rows],
      head.map((_, k) => k >= (several ? 2 : 1)),
    ),
    `  (in brackets: intervals of ${confidence * 100} % confidence)\n`,
    ...(total ? [`yield of all limits: ${yieldText(total)}\n`] : []),
  ].join('');
}

function withInterval(estimate: Estimate | undefined, unit: string): string {
  if (!estimate) return '';
  const { value, interval } = estimate;
  if (!interval) return shown(value, unit);
  const [low, high] = interval.map((bound) => shown(bound, unit));
  return `${shown(value, unit)} [${low}, ${high}]`;
}

function shown(value: number | undefined, unit: string): string {
  return value === undefined ? '' : formatQuantity(value, unit).trim();
}

/** `97.2 % (972 of 1000) [95.98, 98.13]`. */
function yieldText({ value, passed, of, interval }: Yield): string {
  const percent = (part: number): string => String(Number((part * 100).toPrecision(4)));
  const within = interval ? ` [${interval.map(percent).join(', ')}]` : '';
  return `${percent(value)} % (${passed} of ${of})${within}`;
}
