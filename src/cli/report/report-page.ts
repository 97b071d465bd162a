/** One page for each paper: tables with ours beside the paper's numbers, and learning curves. */
import { escaped, page } from '../pages/html.js';
import type { DrawnFigure } from '../training/draw-figures.js';
import { type ResultRow, verdictOf } from '../training/results-table.js';
import { pairedDifferences, ratiosOf } from './comparisons.js';
import type { ExperimentResults } from './read-results.js';

/** `all` are the results of all papers: comparisons may be with any of them. */
export function reportPage(
  title: string,
  experiments: readonly ExperimentResults[],
  all: readonly ExperimentResults[] = experiments,
): string {
  const contents = experiments.map(
    ({ name, title: own }) => `<li><a href="#${escaped(name)}">${escaped(own)}</a></li>`,
  );
  const text = summaryOf(experiments);
  const how =
    'A number is reproduced if it is within the band that is given, or without one within twice the standard error of both, and comes from as many seeds as the experiment asks for. Means are over the seeds; sd is their standard deviation, se that of the mean.';
  const summary = text === '' ? '' : `<p>${text} ${how}</p>`;
  const main = experiments.map((each) => articleOf(each, all)).join('\n');
  return page(title, `<ul>\n${contents.join('\n')}\n</ul>`, `${summary}\n${main}`);
}

/** How many of the paper's numbers come out: one sentence, empty where the paper has none. */
export function summaryOf(experiments: readonly ExperimentResults[]): string {
  const rows = experiments.flatMap(({ rows: own, seeds = 0 }) =>
    own.filter((row) => row.paper).map((row) => ({ row, verdict: verdictOf(row, seeds) })),
  );
  if (rows.length === 0) return '';
  const count = (test: (verdict: string) => boolean): number =>
    rows.filter(({ verdict }) => test(verdict)).length;
  const yes = count((verdict) => verdict === 'yes');
  const within = count((verdict) => verdict.startsWith('within'));
  const partly = within === 0 ? '' : `, ${within} more with fewer seeds than intended`;
  return `${yes} of ${rows.length} numbers are reproduced${partly}.`;
}

function articleOf(own: ExperimentResults, all: readonly ExperimentResults[]): string {
  const { name, title, notes, paper, rows, seeds = 0, pictures, figures } = own;
  const curves = pictures.map((path) => imageOf(path, ''));
  return `<article id="${escaped(name)}">
<h3>${escaped(title)}</h3>
<p class="file">${escaped([`oxspice train experiments/${name}.json`, paper?.place ?? ''].filter(Boolean).join(' · '))}</p>
${tableOf(rows, seeds)}
${differencesOf(own, all)}
${ratioList(own)}
${notes.map((note) => `<p>${escaped(note)}</p>`).join('\n')}
<details><summary>Learning curves</summary>
${curves.join('\n')}
</details>
${[...new Set(figures.map(({ variant }) => variant))].map((variant) => figuresOf(variant, figures)).join('\n')}
</article>`;
}

const differenceHead = [
  'difference, seed by seed',
  'measure',
  'seeds',
  'mean',
  '95 %',
  'wanted',
  '',
];

function differencesOf(own: ExperimentResults, all: readonly ExperimentResults[]): string {
  const found = pairedDifferences(own, all);
  if (found.length === 0) return '';
  const rows = found.map(({ title, measure, unit, seeds, mean, low, high, within }) => {
    const inside = within && low >= within[0] && high <= within[1];
    const verdict = within ? (inside ? 'yes' : 'no') : '';
    const cells = [
      shown(seeds),
      shown(mean, unit),
      `${shown(low)} … ${shown(high)}`,
      within ? `${shown(within[0])} … ${shown(within[1])}` : '',
    ];
    return cellsOf([title, measure], cells, verdict);
  });
  return tableWith(differenceHead, rows);
}

function ratioList(own: ExperimentResults): string {
  const found = ratiosOf(own);
  if (found.length === 0) return '';
  const rows = found.map(({ title, variant, measure, number, value }) =>
    cellsOf([title, `${shown(number)} over ${measure} of ${variant}`], [shown(value)]),
  );
  return tableWith(['ratio', 'of', 'value'], rows);
}

function figuresOf(variant: string, all: readonly DrawnFigure[]): string {
  const own = all.filter((figure) => figure.variant === variant);
  const heading = `Figures${variant === '' ? '' : ` of ${variant}`}, seed ${own[0].seed}`;
  const images = own.map(({ file, title }) => imageOf(file, title));
  return `<details><summary>${escaped(heading)}</summary>\n${images.join('\n')}\n</details>`;
}

function imageOf(path: string, title: string): string {
  const address = path.split(/[\\/]/).map(encodeURIComponent).join('/');
  return `<img loading="lazy" src="${escaped(address)}" alt="${escaped(title)}">`;
}

const head = [
  'variant',
  'measure',
  'seeds',
  'ours',
  'sd',
  'se',
  'paper',
  'band',
  'goal',
  'reproduced, or goal reached',
];

/** Columns that are empty in all rows are left out. */
function tableOf(rows: readonly ResultRow[], intended: number): string {
  const all = rows.map((row) => numbersOf(row, intended));
  const used = head.slice(2).map((_, k) => all.some((cells) => cells[k] !== ''));
  const kept = <T>(cells: readonly T[]): T[] => cells.filter((_, k) => used[k]);
  const lines = rows.map(({ variant, measure }, k) =>
    cellsOf([variant, measure], kept(all[k].slice(0, -1)), used.at(-1) ? all[k].at(-1) : undefined),
  );
  return tableWith([...head.slice(0, 2), ...kept(head.slice(2))], lines);
}

/** The first two columns hold text. */
function tableWith(names: readonly string[], rows: readonly string[]): string {
  const cells = names.map((name, k) => `<th${k < 2 ? ' class="text"' : ''}>${escaped(name)}</th>`);
  return `<table>\n<tr>${cells.join('')}</tr>\n${rows.join('\n')}\n</table>`;
}

/** The columns of numbers of a row; the verdict is the last. */
function numbersOf(row: ResultRow, intended: number): string[] {
  const { paper, goal } = row;
  const spread = paper?.error ?? paper?.deviation;
  const range = (of: readonly [number, number] | undefined): string =>
    of ? `${shown(of[0])} … ${shown(of[1])}` : '';
  return [
    shown(row.seeds),
    shown(row.mean, row.unit),
    shown(row.deviation),
    shown(row.error),
    paper ? shown(paper.mean) + (spread === undefined ? '' : ` ± ${shown(spread)}`) : '',
    range(paper?.band),
    range(goal),
    verdictOf(row, intended),
  ];
}

/** A row: texts, numbers, and perhaps a verdict. */
function cellsOf(texts: readonly string[], cells: readonly string[], verdict?: string): string {
  const colour = verdict === 'yes' || verdict === 'no' ? verdict : '';
  const left = texts.map((text) => `<td class="text">${escaped(text)}</td>`);
  const right = cells.map((cell) => `<td>${escaped(cell)}</td>`);
  const last = verdict === undefined ? '' : `<td class="${colour}">${escaped(verdict)}</td>`;
  return `<tr>${[...left, ...right].join('')}${last}</tr>`;
}

function shown(value: number | undefined, unit = ''): string {
  if (value === undefined) return '';
  const text = String(Number(value.toPrecision(4)));
  return unit === '' ? text : `${text} ${unit}`;
}
