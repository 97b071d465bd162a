import { format } from 'd3-format';
import { axis, type Axis } from './axis.js';
import { lineStyle } from './palette.js';
import { fontSize, inkColours } from './pane.js';
import { picture, titleHeight } from './picture.js';
import { element, escapeText, text, textWidth } from './svg-element.js';
import { quantityOf } from '../waveform.js';

/** Numbers as bars, in groups. */
export interface BarsRequest {
  readonly title: string;
  readonly subtitle?: string;
  /** Of the values, with their unit. */
  readonly label: string;
  readonly unit?: string;
  /** Names of the bars of a group, for the legend. */
  readonly series: readonly string[];
  readonly groups: readonly BarGroup[];
  /** What the line over a group is. */
  readonly boundLabel?: string;
  /** For numbers of very different size; bars then begin below 1 and zeros have none. */
  readonly logarithmic?: boolean;
}

export interface BarGroup {
  readonly name: string;
  /** One for each of the series; what is not finite is left out. */
  readonly bars: readonly number[];
  /** Drawn as a line over the group. */
  readonly bound?: number;
}

const margin = { right: 24, bottom: 40, left: 76 };
const legendHeight = 24;
const plotHeight = 280;
const leastWidth = 560;
const mostWidth = 960;
/** Of counts, on a logarithmic axis. */
const logarithmicFloor = 0.5;
const boundColour = '#b3261e';

/** Draws numbers in groups of bars beside each other, with what bounds them. */
export function barsSvg(request: BarsRequest): string {
  const { groups, series, label, unit = '', logarithmic = false } = request;
  const bars = groups.length * series.length;
  const wanted = margin.left + bars * 44 + groups.length * 20 + margin.right;
  const width = Math.max(leastWidth, Math.min(mostWidth, wanted), legendWidth(request));
  const top = titleHeight + legendHeight;
  const bottom = top + plotHeight;
  const right = width - margin.right;
  const shown = groups.flatMap((group) => [...group.bars, group.bound ?? 0]);
  const finite = shown.filter((value) => Number.isFinite(value));
  const most = finite.reduce((a, b) => Math.max(a, b), 0) || 1;
  const least = logarithmic ? logarithmicFloor : Math.min(0, ...finite);
  const y = axis({
    heading: label,
    quantity: quantityOf('other', unit),
    extent: [least, most * (logarithmic ? 2 : 1.1)],
    range: [bottom, top],
    logarithmic,
    loose: false,
    labelRoom: 42,
  });
  const step = (right - margin.left) / Math.max(1, groups.length);
  const base = y.place(logarithmic ? logarithmicFloor : 0);
  const names = groups.map(({ name }, k) =>
    text(name, { x: margin.left + (k + 0.5) * step, y: bottom + 20, 'text-anchor': 'middle' }),
  );
  return picture(
    { ...request, width, height: bottom + margin.bottom, left: margin.left },
    ...legend(request),
    ...grid(y, right),
    ...groups.flatMap((group, k) =>
      groupOf(group, { from: margin.left + k * step, step, y, base, series }),
    ),
    element('path', { d: `M${margin.left},${base}H${right}`, stroke: inkColours.frame }),
    element('g', { fill: inkColours.text }, ...names),
    text(y.title, {
      transform: `translate(18,${Math.round((top + bottom) / 2)}) rotate(-90)`,
      'text-anchor': 'middle',
      fill: inkColours.text,
    }),
  );
}

interface GroupPlace {
  readonly from: number;
  readonly step: number;
  readonly y: Axis;
  /** Where bars begin, in pixels. */
  readonly base: number;
  readonly series: readonly string[];
}

function groupOf(
  { name, bars, bound }: BarGroup,
  { from, step, y, base, series }: GroupPlace,
): string[] {
  const [left, inner] = [from + 0.1 * step, 0.8 * step];
  const each = inner / Math.max(1, bars.length);
  const drawn = bars.flatMap((value, k) => {
    const at = y.place(value);
    if (!Number.isFinite(at) || value === 0) return [];
    const x = left + k * each;
    const size = Math.max(1, Math.abs(base - at));
    const fill = lineStyle(k).colour;
    const box = { x, y: Math.min(at, base), width: Math.max(1, each - 2), height: size };
    const written = shownNumber(value);
    const fits = textWidth(written, fontSize) <= each + 6;
    const place = { x: x + each / 2 - 1, y: Math.min(at, base) - 4, 'text-anchor': 'middle' };
    const bar = element(
      'rect',
      { class: 'bar', ...box, fill, 'fill-opacity': 0.8 },
      element('title', {}, escapeText(`${name}, ${series[k] ?? ''}: ${value}`)),
    );
    return { bar, label: fits ? text(written, { ...place, ...haloed }) : '' };
  });
  const parts = drawn.map(({ bar }) => bar);
  const labels = drawn.map(({ label: own }) => own);
  if (bound === undefined || !Number.isFinite(y.place(bound))) return [...parts, ...labels];
  const at = Math.round(y.place(bound) * 100) / 100;
  const line = {
    class: 'bound',
    d: `M${Math.round(left - 4)},${at}h${Math.round(inner + 6)}`,
    stroke: boundColour,
    'stroke-width': 1.75,
    'stroke-dasharray': '6 3',
  };
  return [...parts, element('path', line), ...labels];
}

/** Text that stays legible over lines. */
const haloed = {
  fill: inkColours.faint,
  'font-size': 11,
  stroke: '#fbfcfd',
  'stroke-width': 4,
  'paint-order': 'stroke',
};

/** `0.0123`, `456`, `7.89k`. */
function shownNumber(value: number): string {
  const size = Math.abs(value);
  const plain = size >= 1e-3 && size < 1e3;
  return plain ? String(Number(value.toPrecision(3))) : format('.3~s')(value);
}

/** Names with their colours, in one line under the title. */
function legendEntries({ series, boundLabel }: BarsRequest): { name: string; fill: string }[] {
  const bars = series.map((name, k) => ({ name, fill: lineStyle(k).colour }));
  return boundLabel === undefined ? bars : [...bars, { name: boundLabel, fill: boundColour }];
}

const entryWidth = (name: string): number => textWidth(name, fontSize) + 30;

function legendWidth(request: BarsRequest): number {
  const names = legendEntries(request).map(({ name }) => entryWidth(name));
  return margin.left + names.reduce((a, b) => a + b, 0) + margin.right;
}

function legend(request: BarsRequest): string[] {
  let x = margin.left;
  return legendEntries(request).map(({ name, fill }) => {
    const bound = fill === boundColour;
    const size = { width: 12, height: bound ? 2 : 10, x, y: titleHeight + (bound ? 5 : 1) };
    const label = text(name, { x: x + 17, y: titleHeight + 10, fill: inkColours.text });
    x += entryWidth(name);
    return element('rect', { ...size, fill }) + label;
  });
}

function grid({ ticks }: Axis, right: number): string[] {
  return ticks.flatMap(({ at, label }) => {
    const y = Math.round(at * 100) / 100;
    const strong = label !== undefined;
    const line = element('path', {
      d: `M${margin.left},${y}H${right}`,
      stroke: inkColours.grid,
      'stroke-opacity': strong ? undefined : 0.5,
    });
    const beside = { x: margin.left - 8, y, dy: '0.32em', 'text-anchor': 'end' };
    return [line, ...(strong ? [text(label, { ...beside, fill: inkColours.faint })] : [])];
  });
}
