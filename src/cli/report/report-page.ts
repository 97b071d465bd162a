/** One page for each paper: tables with ours beside the paper's numbers, and learning curves. */
import { escaped, page } from '../pages/html.js';
import type { DrawnFigure } from '../training/draw-figures.js';
import type { ResultRow } from '../training/results-table.js';
import type { ExperimentResults } from './read-results.js';

export function reportPage(title: string, experiments: readonly ExperimentResults[]): string {
  const contents = experiments.map(
    ({ name, title: own }) => `<li><a href="#${escaped(name)}">${escaped(own)}</a></li>`,
  );
  const rows = experiments.flatMap((each) => each.rows).filter((row) => row.paper);
  const reproduced = rows.filter((row) => row.reproduced).length;
  const summary =
    rows.length > 0
      ? `<p>${reproduced} of ${rows.length} numbers are reproduced: within the band that is given, or within twice the standard error of both. Means are over the seeds; sd is their standard deviation, se that of the mean.</p>`
      : '';
  const main = experiments.map(articleOf).join('\n');
  return page(title, `<ul>\n${contents.join('\n')}\n</ul>`, `${summary}\n${main}`);
}

function articleOf({
  name,
  title,
  notes,
  paper,
  rows,
  pictures,
  figures,
}: ExperimentResults): string {
  const curves = pictures.map((path) => imageOf(path, ''));
  return `<article id="${escaped(name)}">
<h3>${escaped(title)}</h3>
<p class="file">${escaped([`experiments/${name}.json`, paper?.place ?? ''].filter(Boolean).join(' · '))}</p>
${tableOf(rows)}
${notes.map((note) => `<p>${escaped(note)}</p>`).join('\n')}
<details><summary>Learning curves</summary>
${curves.join('\n')}
</details>
${[...new Set(figures.map(({ variant }) => variant))].map((variant) => figuresOf(variant, figures)).join('\n')}
</article>`;
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

const head = ['variant', 'measure', 'seeds', 'ours', 'sd', 'se', 'paper', 'band', 'reproduced'];

function tableOf(rows: readonly ResultRow[]): string {
  const names = head.map((name, k) => `<th${k < 2 ? ' class="text"' : ''}>${name}</th>`);
  return `<table>\n<tr>${names.join('')}</tr>\n${rows.map(rowOf).join('\n')}\n</table>`;
}

function rowOf(row: ResultRow): string {
  const { paper, reproduced } = row;
  const spread = paper?.error ?? paper?.deviation;
  const verdict = reproduced === undefined ? '' : reproduced ? 'yes' : 'no';
  const cells = [
    shown(row.seeds),
    shown(row.mean, row.unit),
    shown(row.deviation),
    shown(row.error),
    paper ? shown(paper.mean) + (spread === undefined ? '' : ` ± ${shown(spread)}`) : '',
    paper?.band ? `${shown(paper.band[0])} … ${shown(paper.band[1])}` : '',
  ];
  return `<tr><td class="text">${escaped(row.variant)}</td><td class="text">${escaped(row.measure)}</td>${cells
    .map((cell) => `<td>${escaped(cell)}</td>`)
    .join('')}<td class="${verdict}">${verdict}</td></tr>`;
}

function shown(value: number | undefined, unit = ''): string {
  if (value === undefined) return '';
  const text = String(Number(value.toPrecision(4)));
  return unit === '' ? text : `${text} ${unit}`;
}
