/** What a comparison of two levels says, for the terminal and as a page. */
import type { BlockError, Estimate, FidelityReport, JudgedPrediction } from '../../arch/index.js';
import { escaped, page } from '../pages/html.js';
import { textTable } from '../text-table.js';

export type VariantReport = FidelityReport & { readonly variant: string };

type Row = readonly [string, string, string];

/** Rows of what, value and a remark. */
function rowsOf([first, second]: readonly [string, string], report: VariantReport): Row[] {
  const { error, blocks, trajectory, predictions, seconds, seeds } = report;
  const last = trajectory.at(-1);
  return [
    [`test error at ${first}`, `${shown(error.first)} %`, `${seeds.length} seeds`],
    [`test error at ${second}`, `${shown(error.second)} %`, ''],
    ['difference', `${shown(error.difference)} points`, 'paired, with its 95 % interval'],
    ...(blocks ? blockRows('read, r [V]', blocks.read) : []),
    ...(blocks?.inverted ? blockRows('inverted read, y [V]', blocks.inverted) : []),
    ...(blocks ? blockRows('write, change of s', blocks.write) : []),
    ...(last
      ? [
          [
            'states at the end, rms difference',
            number(last.difference),
            `${number((100 * last.difference) / last.moved)} % of the way from their start`,
          ] as Row,
        ]
      : []),
    ...(predictions ? predictionRows(predictions) : []),
    [
      `time at ${first}`,
      `${number(seconds.first)} s`,
      'mean of a run, with what it repeats at the other level',
    ],
    [`time at ${second}`, `${number(seconds.second)} s`, `${number(seconds.ratio)} times less`],
  ];
}

function predictionRows(predictions: readonly JudgedPrediction[]): Row[] {
  const inside = predictions.filter((each) => each.inside).length;
  const [{ errors, of }] = predictions;
  const widths = predictions.map(({ halfWidth }) => halfWidth);
  const measured = mean(predictions.map((each) => each.measured));
  return [
    [
      'predicted test error',
      `${number(mean(predictions.map((each) => each.mean)))} %`,
      `${errors.length} repetitions with residuals of ${number(measured)} iterations at grid=${of}`,
    ],
    [
      'half the width of its 95 % interval',
      `${number(mean(widths))} points`,
      `${number(Math.min(...widths))} to ${number(Math.max(...widths))}`,
    ],
    ['seeds inside of their interval', `${inside} of ${predictions.length}`, ''],
  ];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0) / values.length;
}

function blockRows(name: string, { rms, max, scale, count }: BlockError): Row[] {
  const part = scale > 0 ? `${number((100 * rms) / scale)} % of its own rms; ` : '';
  return [[`${name}: rms difference`, number(rms), `${part}largest ${number(max)}, of ${count}`]];
}

function predictionTable(predictions: readonly JudgedPrediction[] | undefined): string {
  if (!predictions) return '';
  const rows = predictions.map(
    ({ seed, mean: middle, halfWidth, error, inside }) =>
      `<tr><td>${seed}</td><td>${number(middle)} ± ${number(halfWidth)} %</td><td>${number(error)} %</td><td>${inside ? 'yes' : 'no'}</td></tr>`,
  );
  return `<h4>Predicted and reached, seed by seed</h4>
<table><tr><th>seed</th><th>predicted</th><th>reached</th><th>inside</th></tr>${rows.join('\n')}</table>
`;
}

function shown({ mean, halfWidth }: Estimate): string {
  return halfWidth === undefined ? number(mean) : `${number(mean)} ± ${number(halfWidth)}`;
}

function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}

export function fidelityText(
  levels: readonly [string, string],
  reports: readonly VariantReport[],
): string {
  return reports
    .map((report) => {
      const head: Row = [report.variant, '', ''];
      return textTable(
        [head, ...rowsOf(levels, report)].map((row) => [...row]),
        [false, true, false],
      );
    })
    .join('\n');
}

export function fidelityPage(
  title: string,
  levels: readonly [string, string],
  reports: readonly VariantReport[],
): string {
  const links = reports.map(
    ({ variant }) => `<li><a href="#v-${escaped(variant)}">${escaped(variant || title)}</a></li>`,
  );
  const articles = reports.map((report) => {
    const cells = rowsOf(levels, report).map(
      ([what, value, remark]) =>
        `<tr><td class="text">${escaped(what)}</td><td>${escaped(value)}</td><td class="text">${escaped(remark)}</td></tr>`,
    );
    const way = report.trajectory.map(
      ({ difference, moved }, k) =>
        `<tr><td>${k + 1}</td><td>${number(difference)}</td><td>${number(moved)}</td></tr>`,
    );
    return `<article id="v-${escaped(report.variant)}">
<h3>${escaped(report.variant || title)}</h3>
<table>${cells.join('\n')}</table>
${predictionTable(report.predictions)}<h4>States along the training, rms over synapses and seeds</h4>
<table><tr><th>judgement</th><th>difference</th><th>moved</th></tr>${way.join('\n')}</table>
</article>`;
  });
  const heading = `${title}: ${levels[0]} beside ${levels[1]}`;
  return page(heading, `<ul>${links.join('')}</ul>`, articles.join('\n'));
}
