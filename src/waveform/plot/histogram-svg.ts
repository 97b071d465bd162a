import { axis, type Axis } from './axis.js';
import { inkColours } from './pane.js';
import { type Bins, histogram } from './histogram.js';
import { lineStyle } from './palette.js';
import { picture, titleHeight } from './picture.js';
import { element, text } from './svg-element.js';
import { quantityOf } from '../waveform.js';

/** A sample to draw, and what is known of it. */
export interface HistogramRequest {
  readonly values?: readonly number[];
  /** Instead of the values: how many lie where. */
  readonly bins?: Bins;
  readonly title: string;
  /** A second line, such as mean and deviation in words. */
  readonly subtitle?: string;
  /** Of the values; what is drawn along the axis, with its unit. */
  readonly label: string;
  readonly unit?: string;
  /** What is counted. Default: Runs. */
  readonly heading?: string;
  /** Drawn as a full line, with one deviation to each side dashed. */
  readonly mean?: number;
  readonly sigma?: number;
  readonly limits?: { readonly atLeast?: number; readonly atMost?: number };
  /** In pixels. Default 640 × 400. */
  readonly width?: number;
  readonly height?: number;
}

const margin = { top: titleHeight, right: 24, bottom: 54, left: 68 };
const limitColour = '#b3261e';

/** Draws how often values of a sample lie where. Values that are not finite are left out. */
export function histogramSvg(request: HistogramRequest): string {
  const { width = 640, height = 400, values = [] } = request;
  const finite = values.filter((value) => Number.isFinite(value));
  const { edges, counts } = request.bins ?? histogram(finite);
  const right = width - margin.right;
  const bottom = height - margin.bottom;
  const { unit = '', limits = {} } = request;
  const shown = [edges[0], edges[edges.length - 1], limits.atLeast, limits.atMost];
  const extent = shown.filter((value) => value !== undefined);
  const x = axis({
    heading: request.label,
    quantity: quantityOf('other', unit),
    extent: [Math.min(...extent), Math.max(...extent)],
    range: [margin.left, right],
    logarithmic: false,
    loose: true,
    labelRoom: 80,
  });
  const y = axis({
    heading: request.heading ?? 'Runs',
    quantity: quantityOf('other', ''),
    extent: [0, Math.max(1, ...counts) * 1.08],
    range: [bottom, margin.top],
    logarithmic: false,
    loose: false,
    labelRoom: 42,
  });
  return picture(
    { ...request, width, height, left: margin.left },
    ...grid(y, margin.left, right),
    ...bars(edges, counts, x, y),
    ...marks(request, x, bottom),
    element('path', { d: `M${margin.left},${bottom}H${right}`, stroke: inkColours.frame }),
    ...labels(x, y, { bottom, right }),
  );
}

function bars(edges: readonly number[], counts: readonly number[], x: Axis, y: Axis): string[] {
  const { colour } = lineStyle(0);
  return counts.map((count, k) => {
    const [from, to] = [x.place(edges[k]), x.place(edges[k + 1])];
    const top = y.place(count);
    return element('rect', {
      class: 'bar',
      x: from,
      y: top,
      width: Math.max(to - from - 0.75, 0.5),
      height: y.place(0) - top,
      fill: colour,
      'fill-opacity': 0.75,
    });
  });
}

/** Mean, deviations and limits. */
function marks({ mean, sigma, limits = {} }: HistogramRequest, x: Axis, bottom: number): string[] {
  const upright = (value: number, kind: string, stroke: string, dash: string): string =>
    element('path', {
      class: kind,
      d: `M${Math.round(x.place(value) * 100) / 100},${margin.top}V${bottom}`,
      stroke,
      'stroke-width': 1.5,
      'stroke-dasharray': dash,
    });
  const around = mean !== undefined && sigma ? [mean - sigma, mean + sigma] : [];
  const bounds = [limits.atLeast, limits.atMost].filter((value) => value !== undefined);
  return [
    ...(mean === undefined ? [] : [upright(mean, 'mean', inkColours.text, '')]),
    ...around.map((value) => upright(value, 'sigma', inkColours.faint, '4 3')),
    ...bounds.map((value) => upright(value, 'limit', limitColour, '')),
  ];
}

function grid(y: Axis, left: number, right: number): string[] {
  return y.ticks.map(({ at }) =>
    element('path', {
      d: `M${left},${Math.round(at * 100) / 100}H${right}`,
      stroke: inkColours.grid,
    }),
  );
}

function labels(x: Axis, y: Axis, box: { bottom: number; right: number }): string[] {
  const below = x.ticks.flatMap(({ at, label }) =>
    label === undefined ? [] : [text(label, { x: at, y: box.bottom + 18 })],
  );
  const beside = y.ticks.flatMap(({ at, label }) =>
    label === undefined ? [] : [text(label, { x: margin.left - 8, y: at, dy: '0.32em' })],
  );
  const centre = (margin.left + box.right) / 2;
  const middle = Math.round((margin.top + box.bottom) / 2);
  return [
    element('g', { fill: inkColours.faint, 'text-anchor': 'middle' }, ...below),
    element('g', { fill: inkColours.faint, 'text-anchor': 'end' }, ...beside),
    text(x.title, {
      x: centre,
      y: box.bottom + 40,
      'text-anchor': 'middle',
      fill: inkColours.text,
    }),
    text(y.title, {
      transform: `translate(18,${middle}) rotate(-90)`,
      'text-anchor': 'middle',
      fill: inkColours.text,
    }),
  ];
}
