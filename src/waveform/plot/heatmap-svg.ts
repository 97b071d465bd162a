import { diverging, hexColour, isDark, sequential } from './colour-ramp.js';
import { fontSize, inkColours } from './pane.js';
import { picture, titleHeight } from './picture.js';
import { element, text, textWidth } from './svg-element.js';

/** A table of numbers as colours. */
export interface HeatmapRequest {
  readonly title: string;
  readonly subtitle?: string;
  /**
   * Row by row. From white at 0 to dark at the largest; with negative ones among them on both sides
   * of white. What is not finite stays empty.
   */
  readonly values: readonly (readonly number[])[];
  /** Written into the cells, where these have room for all of them. */
  readonly texts?: readonly (readonly string[])[];
  readonly rowNames: readonly string[];
  readonly columnNames: readonly string[];
  /** What rows and columns are. */
  readonly rowTitle: string;
  readonly columnTitle: string;
}

const mostCell = 48;
const leastCell = 6;
/** Pixels that the cells of a picture may take together. */
const mostSide = 640;
const longestName = 20;

/** Draws a table of numbers as colours, such as a confusion matrix. */
export function heatmapSvg(request: HeatmapRequest): string {
  const { values, texts, columnTitle, rowTitle } = request;
  const rowNames = request.rowNames.map(shortened);
  const columnNames = request.columnNames.map(shortened);
  const [rows, columns] = [values.length, columnNames.length];
  const cell = Math.max(
    leastCell,
    Math.min(mostCell, Math.floor(mostSide / Math.max(rows, columns, 1))),
  );
  const longest = (names: readonly string[]): number =>
    names.reduce((most, name) => Math.max(most, textWidth(name, fontSize)), 0);
  const slanted = longest(columnNames) > cell - 4;
  const left = 44 + longest(rowNames);
  // Names that stand at 45° need 1/√2 of their length.
  const namesHeight = slanted ? 14 + longest(columnNames) * Math.SQRT1_2 : 22;
  const top = titleHeight + 18 + namesHeight;
  const right = left + columns * cell;
  const bottom = top + rows * cell;
  const width = Math.max(
    right + 24 + (slanted ? longest(columnNames) * Math.SQRT1_2 : 0),
    left + 24 + textWidth(request.title, 16),
    left + 24 + textWidth(request.subtitle ?? '', fontSize),
  );
  const every = Math.ceil((fontSize + 2) / cell);
  const names = (all: readonly string[]): [string, number][] =>
    all.map((name, k): [string, number] => [name, k]).filter(([, k]) => k % every === 0);
  const below = names(columnNames).map(([name, k]) =>
    columnName(name, left + (k + 0.5) * cell, top - 8, slanted),
  );
  const beside = names(rowNames).map(([name, k]) =>
    text(name, { x: left - 8, y: top + (k + 0.5) * cell, dy: '0.32em', 'text-anchor': 'end' }),
  );
  return picture(
    { ...request, width, height: bottom + 24, left },
    ...cells(values, texts, { left, top, cell }),
    element('rect', {
      x: left,
      y: top,
      width: right - left,
      height: bottom - top,
      fill: 'none',
      stroke: inkColours.frame,
    }),
    element('g', { fill: inkColours.text }, ...below, ...beside),
    text(columnTitle, { x: left, y: titleHeight + 10, fill: inkColours.faint }),
    text(rowTitle, {
      transform: `translate(18,${Math.round((top + bottom) / 2)}) rotate(-90)`,
      'text-anchor': 'middle',
      fill: inkColours.faint,
    }),
  );
}

function cells(
  values: HeatmapRequest['values'],
  texts: HeatmapRequest['texts'],
  { left, top, cell }: { readonly left: number; readonly top: number; readonly cell: number },
): string[] {
  const finite = values.flat().filter((value) => Number.isFinite(value));
  const most = finite.reduce((a, b) => Math.max(a, Math.abs(b)), 0) || 1;
  const ramp = finite.some((value) => value < 0) ? diverging : sequential;
  const roomy = (texts ?? []).flat().every((each) => textWidth(each, fontSize) <= cell);
  const written = roomy && cell >= fontSize + 4;
  return values.flatMap((row, i) =>
    row.flatMap((value, j) => {
      if (!Number.isFinite(value)) return [];
      const colour = ramp(value / most);
      const [x, y] = [left + j * cell, top + i * cell];
      const place = { x: x + cell / 2, y: y + cell / 2, dy: '0.32em' };
      const fill = isDark(colour) ? '#ffffff' : inkColours.text;
      const label = written ? (texts?.[i]?.[j] ?? '') : '';
      return [
        element('rect', {
          class: 'cell',
          x,
          y,
          width: cell,
          height: cell,
          fill: hexColour(colour),
        }),
        ...(label === '' ? [] : [text(label, { ...place, 'text-anchor': 'middle', fill })]),
      ];
    }),
  );
}

function columnName(name: string, x: number, y: number, slanted: boolean): string {
  if (!slanted) return text(name, { x, y, 'text-anchor': 'middle' });
  return text(name, { transform: `translate(${Math.round(x)},${Math.round(y)}) rotate(-45)` });
}

function shortened(name: string): string {
  return name.length <= longestName ? name : `${name.slice(0, longestName - 1)}…`;
}
