import { line } from 'd3-shape';
import { extremes } from '../waveform.js';
import { axis, type Axis, type Tick } from './axis.js';
import { decimate } from './decimate.js';
import { areLogic } from './lanes.js';
import { lineStyle } from './palette.js';
import { element, escapeText, text, textWidth } from './svg-element.js';
import type { Curve, Trace } from './traces.js';

/** Where a pane's data area lies in the picture, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** One pair of axes with its traces. */
export interface Pane {
  readonly traces: readonly Trace[];
  readonly box: Box;
  readonly x: Axis;
  readonly y: Axis;
}

export const fontSize = 12;
const legendRow = 18;
const sampleLength = 22;
const longestLabel = 24;
const ink = {
  text: '#24292f',
  faint: '#57606a',
  frame: '#8c959f',
  zero: '#b6bec7',
  grid: '#e4e8ec',
};
const fineGrid = '#f1f3f5';

export const inkColours = ink;

/**
 * Traces in groups that share an axis, in order of first appearance. Voltages or currents of very
 * different swing do not share one: 60 mV beside 5 V would be a flat line. Logic signals have one each.
 */
export function groupTraces(traces: readonly Trace[], logarithmic = false): Trace[][] {
  const groups = new Map<string, Trace[]>();
  for (const trace of traces) {
    const key = `${trace.heading}|${trace.quantity.unit}`;
    groups.set(key, [...(groups.get(key) ?? []), trace]);
  }
  return [...groups.values()].flatMap((group) =>
    logarithmic || !['V', 'A'].includes(group[0].quantity.unit)
      ? [group]
      : splitBySwing(group).flatMap((part) => (areLogic(part) ? part.map((one) => [one]) : [part])),
  );
}

const flat = 1 / 8;
const mostOfOneQuantity = 3;

/** Widest swing first. What does not move at all stays with the first. */
function splitBySwing(group: readonly Trace[]): Trace[][] {
  const swings = new Map(group.map((trace) => [trace, swingOf(trace)]));
  const falling = [...group].sort((a, b) => swings.get(b)! - swings.get(a)!);
  const limits = [Infinity];
  let widest = swings.get(falling[0])!;
  for (const swing of falling.map((trace) => swings.get(trace)!)) {
    if (swing === 0 || swing >= flat * widest || limits.length === mostOfOneQuantity) continue;
    limits.push(swing);
    widest = swing;
  }
  const paneOf = (swing: number): number =>
    swing === 0 ? 0 : limits.findLastIndex((limit) => swing <= limit);
  return limits.map((_, pane) => group.filter((trace) => paneOf(swings.get(trace)!) === pane));
}

function swingOf({ curves }: Trace): number {
  const [low, high] = extentOf(
    curves.map(({ y }) => y),
    false,
  );
  // Neither nothing nor what is infinite has a swing.
  return Number.isFinite(high - low) ? high - low : 0;
}

/** The y axis of a group of traces. */
export function valueAxis(traces: readonly Trace[], box: Box, logarithmic: boolean): Axis {
  const { heading, quantity } = traces[0];
  return axis({
    heading,
    quantity,
    extent: extentOf(
      traces.flatMap(({ curves }) => curves.map(({ y }) => y)),
      logarithmic,
    ),
    range: [box.top + box.height, box.top],
    logarithmic,
    loose: true,
    labelRoom: 42,
  });
}

/** The finite extent of several arrays; on a logarithmic axis of what is positive. */
export function extentOf(arrays: readonly Float64Array[], logarithmic: boolean): [number, number] {
  const shown = logarithmic ? arrays.map((values) => values.filter((v) => v > 0)) : arrays;
  return extremes(Float64Array.from(shown.flatMap((values) => extremes(values))));
}

/** Pixels that the labels of a y axis take. */
export function labelWidth({ ticks }: Axis): number {
  return Math.max(...ticks.map(({ label = '' }) => textWidth(label, fontSize)));
}

/** Pixels that a legend takes, and the height that it needs. */
export function legendSize(traces: readonly Trace[]): { width: number; height: number } {
  const longest = Math.max(...traces.map(({ label }) => textWidth(shortened(label), fontSize)));
  return { width: sampleLength + 8 + longest, height: traces.length * legendRow };
}

/** A pane as SVG. Only the lowest pane of a stack has labels under its x axis. */
export function drawPane(pane: Pane, index: number, lowest: boolean): string {
  const clip = `pane-${index}`;
  const { left, top, width, height } = pane.box;
  const rectangle = { x: left, y: top, width, height };
  return element(
    'g',
    { class: 'pane' },
    element('clipPath', { id: clip }, element('rect', rectangle)),
    element('rect', { ...rectangle, fill: '#ffffff' }),
    gridLines(pane),
    element('rect', { ...rectangle, fill: 'none', stroke: ink.frame }),
    element('g', { class: 'curves', 'clip-path': `url(#${clip})`, fill: 'none' }, ...curves(pane)),
    valueLabels(pane),
    lowest ? scaleLabels(pane) : '',
    legend(pane),
  );
}

function gridLines({ x, y, box }: Pane): string {
  const right = box.left + box.width;
  const bottom = box.top + box.height;
  // Lines without a label first, so that the stronger ones lie over them.
  const paths = [
    ...x.ticks.map((tick) => ({ tick, d: `M${place(tick)},${box.top}V${bottom}` })),
    ...y.ticks.map((tick) => ({ tick, d: `M${box.left},${place(tick)}H${right}` })),
  ];
  const drawn = (stroke: string, chosen: (tick: Tick) => boolean): string => {
    const d = paths.filter(({ tick }) => chosen(tick)).map((path) => path.d);
    return d.length ? element('path', { d: d.join(''), stroke, fill: 'none' }) : '';
  };
  return element(
    'g',
    { class: 'grid', 'shape-rendering': 'crispEdges' },
    drawn(fineGrid, ({ label }) => label === undefined),
    drawn(ink.grid, ({ label, zero }) => label !== undefined && !zero),
    drawn(ink.zero, ({ zero }) => zero),
  );
}

function place({ at }: Tick): number {
  return Math.round(at * 100) / 100;
}

function curves({ traces, x, y }: Pane): string[] {
  const draw = line()
    .defined((point) => Number.isFinite(point[0]) && Number.isFinite(point[1]))
    .digits(2);
  const pathOf = (curve: Curve): string => {
    const kept = decimate(curve.x, curve.y, { x: x.place, y: y.place });
    return draw(kept.map((i) => [x.place(curve.x[i]), y.place(curve.y[i])])) ?? '';
  };
  return traces.map(({ label, style, faint, curves: pieces }) => {
    const { colour, dash } = lineStyle(style);
    return element(
      'path',
      {
        d: pieces.map(pathOf).join(''),
        stroke: colour,
        'stroke-width': faint ? 0.5 : 1.75,
        'stroke-opacity': faint ? 0.6 : undefined,
        'stroke-linejoin': 'round',
        // Round ends would fill the gaps of a dashed line; on a full one they show single points.
        'stroke-linecap': dash ? 'butt' : 'round',
        'stroke-dasharray': dash,
      },
      element('title', {}, escapeText(label)),
    );
  });
}

function valueLabels({ y, box }: Pane): string {
  const labels = y.ticks.flatMap(({ at, label }) =>
    label === undefined ? [] : [text(label, { x: box.left - 8, y: at, dy: '0.32em' })],
  );
  const middle = box.top + box.height / 2;
  return (
    element('g', { class: 'y-ticks', fill: ink.faint, 'text-anchor': 'end' }, ...labels) +
    text(y.title, {
      class: 'y-title',
      transform: `translate(16,${Math.round(middle)}) rotate(-90)`,
      'text-anchor': 'middle',
      fill: ink.text,
    })
  );
}

function scaleLabels({ x, box }: Pane): string {
  const bottom = box.top + box.height;
  const labels = x.ticks.flatMap(({ at, label }) =>
    label === undefined ? [] : [text(label, { x: at, y: bottom + 18 })],
  );
  return (
    element('g', { class: 'x-ticks', fill: ink.faint, 'text-anchor': 'middle' }, ...labels) +
    text(x.title, {
      class: 'x-title',
      x: box.left + box.width / 2,
      y: bottom + 40,
      'text-anchor': 'middle',
      fill: ink.text,
    })
  );
}

function legend({ traces, box }: Pane): string {
  const left = box.left + box.width + 14;
  const rows = traces.map(({ label, style }, i) => {
    const { colour, dash } = lineStyle(style);
    const y = box.top + legendRow * (i + 0.5);
    const sample = {
      d: `M${left},${y}h${sampleLength}`,
      stroke: colour,
      'stroke-width': 2.25,
      'stroke-dasharray': dash,
    };
    const name = text(shortened(label), { x: left + sampleLength + 8, y, dy: '0.32em' });
    return element('path', sample) + name;
  });
  return element('g', { class: 'legend', fill: ink.text }, ...rows);
}

/** Long names keep their ends: the beginning tells the kind, the end the node. */
function shortened(label: string): string {
  if (label.length <= longestLabel) return label;
  const half = (longestLabel - 1) >> 1;
  return `${label.slice(0, longestLabel - 1 - half)}…${label.slice(-half)}`;
}
