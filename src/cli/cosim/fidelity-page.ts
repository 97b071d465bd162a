/** The report of two levels as a page. */
import { escaped, page } from '../pages/html.js';
import {
  blockTable,
  levelTable,
  number,
  predictionTable,
  type Table,
  type VariantReport,
} from './fidelity-tables.js';

export function fidelityPage(title: string, reports: readonly VariantReport[]): string {
  const links = reports.map(
    ({ variant }) => `<li><a href="#v-${escaped(variant)}">${escaped(nameOf(variant))}</a></li>`,
  );
  return page(
    title,
    `<ul>${links.join('')}</ul>`,
    `<p>The same training at two levels: where they part, and what that costs.</p>
${reports.map(article).join('\n')}`,
  );
}

function nameOf(variant: string): string {
  return variant === '' ? 'Two levels' : variant;
}

function article(report: VariantReport): string {
  const tables = [levelTable, blockTable, predictionTable, trajectoryTable].flatMap(
    (of) => of(report) ?? [],
  );
  return `<article id="v-${escaped(report.variant)}">
<h3>${escaped(nameOf(report.variant))}</h3>
${tables.map(section).join('\n')}
</article>`;
}

function trajectoryTable({ trajectory }: VariantReport): Table | undefined {
  if (trajectory.length === 0) return undefined;
  return {
    title: 'States along the training',
    head: ['judgement', 'difference', 'moved'],
    rows: trajectory.map(({ difference, moved }, k) => [
      String(k + 1),
      number(difference),
      number(moved),
    ]),
    note: 'Root mean square over synapses and seeds.',
  };
}

function section({ title, head, rows, note }: Table): string {
  const cells = (tag: string, row: readonly string[]): string =>
    row
      .map((cell, c) => `<${tag}${c === 0 ? ' class="text"' : ''}>${escaped(cell)}</${tag}>`)
      .join('');
  return `<h4>${escaped(title)}</h4>
<table><tr>${cells('th', head)}</tr>
${rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n')}</table>
${note === undefined ? '' : `<p class="file">${escaped(note)}</p>`}`;
}
