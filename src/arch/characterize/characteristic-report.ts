import type { CharacteristicInput, FigureTable } from './characteristic-data.js';
import type { CharacteristicPicture } from './characteristic-pictures.js';
import { labelOf } from './curves.js';
import { shownValue } from './shown-value.js';
import type { TransferCharacteristic } from './transfer-characteristic.js';

/** Tables of text: what the terminal and the report show. */
export interface TextTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Inputs, outputs with their error, and figures, in engineering notation. */
export function characteristicTables(characteristic: TransferCharacteristic): TextTable[] {
  return [inputTable(characteristic), errorTable(characteristic), ...figureTables(characteristic)];
}

function inputTable({ inputs }: TransferCharacteristic): TextTable {
  const rows = inputs.map((input) => {
    if (input.kind === 'discrete') {
      const { values, labels, unit } = input;
      const listed = labels ?? values.map((value) => shownValue(value, unit));
      return [input.name, listed.join(', '), `${values.length} values`, ''];
    }
    const { knots, unit, scale } = input;
    const ends = [knots[0], knots[knots.length - 1]].map((value) => shownValue(value, unit));
    return [input.name, ends.join(' to '), `${knots.length} knots`, scale];
  });
  return { title: 'Inputs', head: ['input', 'domain', 'table', 'scale'], rows };
}

function errorTable({ outputs }: TransferCharacteristic): TextTable {
  const head = ['output', 'error bound', 'of range', 'greatest found', 'rms', 'at points'];
  const rows = outputs.map(({ name, unit, bound, verification }) => [
    name,
    (bound.met ? '' : 'not met: ') + shownValue(bound.absolute, unit),
    percent(bound.ofRange),
    shownValue(verification.max, unit),
    shownValue(verification.rms, unit),
    String(verification.points),
  ]);
  return { title: 'Outputs', head, rows };
}

function figureTables({ data, inputs }: TransferCharacteristic): TextTable[] {
  return data.figures.map((table) => {
    const poor = poorFits(table);
    const kept = table.columns.flatMap(({ name }, k) =>
      table.rows.some((row) => row[k] !== null) && !poor.some((fit) => name.startsWith(fit))
        ? [k]
        : [],
    );
    return {
      title: `Figures of ${table.output}`,
      head: kept.map((k) => table.columns[k].name),
      rows: table.rows.map((row) => kept.map((k) => figureText(table, inputs, k, row[k]))),
    };
  });
}

/** Of what is no straight line, the best one tells nothing: it stands in the file alone. */
function poorFits({ columns, rows }: FigureTable): string[] {
  return ['line ', 'logistic '].filter((fit) => {
    const k = columns.findIndex(({ name }) => name === `${fit}R²`);
    return k >= 0 && rows.every((row) => (row[k] ?? 0) < 0.98);
  });
}

function figureText(
  { columns }: FigureTable,
  inputs: readonly CharacteristicInput[],
  k: number,
  value: number | null,
): string {
  if (value === null) return '-';
  const { name, unit } = columns[k];
  const input = inputs.find((each) => each.name === name);
  const label = input?.kind === 'discrete' ? labelOf(input, value) : undefined;
  if (name.endsWith('R²')) return value.toFixed(6);
  return label ?? shownValue(value, unit);
}

function percent(part: number): string {
  return `${Number((100 * part).toPrecision(3))} %`;
}

/** One page: tables, pictures, where it all comes from. */
export function characteristicReport(
  characteristic: TransferCharacteristic,
  pictures: readonly CharacteristicPicture[],
): string {
  const { name, data } = characteristic;
  const { deck, title, circuitHash, program, runs, spec } = data.provenance;
  const tables = characteristicTables(characteristic).map(
    ({ title: heading, head, rows }) =>
      `<h2>${escaped(heading)}</h2>\n<table>\n${rowOf('th', head)}${rows.map((row) => rowOf('td', row)).join('')}</table>\n`,
  );
  const drawn = pictures.map(
    ({ svg, title: caption }) =>
      `<figure>${svg}<figcaption>${escaped(caption)}</figcaption></figure>\n`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escaped(name)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(name)}</h1>
<p>${escaped(title)}</p>
${tables.join('')}
<p>The bounds were checked at random points that no table is built from. Between knots outputs are monotone cubics.</p>
${drawn.join('')}
<h2>Where it comes from</h2>
<table>
${rowOf('td', ['deck', deck])}${rowOf('td', ['circuit', circuitHash])}${rowOf('td', ['program', program])}${rowOf('td', ['simulations', String(runs)])}</table>
<pre>${escaped(JSON.stringify(spec, undefined, 2))}</pre>
</body>
</html>
`;
}

const style = `body{font:15px/1.5 system-ui,sans-serif;max-width:960px;margin:2em auto;padding:0 1em;color:#1d2733}
h1{font-size:1.5em}h2{font-size:1.1em;margin-top:1.6em}table{border-collapse:collapse;display:block;overflow-x:auto}
th,td{padding:.2em .8em;border-bottom:1px solid #dde3ea;text-align:right;white-space:nowrap}
th:first-child,td:first-child{text-align:left}figure{margin:1.5em 0}svg{max-width:100%;height:auto}
figcaption{color:#5b6875}pre{background:#f4f6f8;padding:1em;overflow-x:auto}`;

function rowOf(tag: 'th' | 'td', cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>\n`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
