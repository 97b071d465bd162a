import { DiagnosticError, error } from '../../base/diagnostic.js';
import type { Dataset } from '../dataset.js';
import { axis, type Axis } from './axis.js';
import { defaultColumns, namedColumn, namedColumns } from './choose-columns.js';
import {
  drawPane,
  extentOf,
  fontSize,
  groupTraces,
  inkColours,
  labelWidth,
  legendSize,
  valueAxis,
  type Box,
} from './pane.js';
import type { PlotRequest } from './plot-request.js';
import { element, escapeText, text } from './svg-element.js';
import type { Column } from '../waveform.js';
import { headingOf, type Trace, type TraceOptions, tracesOf } from './traces.js';

/**
 * Draws a dataset as an SVG picture: a stack of panes over one x axis, one for each quantity
 * (volts, amperes, states, …); for small signals magnitude in dB and phase in degrees.
 *
 * Throws a `DiagnosticError` if there is nothing to draw a curve of (an operating point), or no
 * signal of a given name.
 */
export function plotSvg(request: PlotRequest): string {
  const { dataset, logY = false } = request;
  if (dataset.length < 2) throw refusal(dataset);
  const scale = request.x === undefined ? dataset.scale : namedColumn(dataset, request.x);
  const columns = request.traces
    ? namedColumns(dataset, request.traces)
    : defaultColumns(dataset).filter((column) => column !== scale);
  const { traces, note: thinned } = overlaid(request, columns, scale, { absolute: logY });
  if (traces.length === 0) throw nothingToDraw();
  const groups = groupTraces(traces, logY);
  const logX = request.logX ?? scale.quantity.kind === 'frequency';
  const layout = arrange(request, groups, logY);
  const x = axis({
    heading: request.x === undefined ? scaleHeading(dataset) : scale.name,
    quantity: scale.quantity,
    extent: extentOf(
      traces.flatMap(({ curves }) => curves.map((curve) => curve.x)),
      logX,
    ),
    range: [layout.left, layout.left + layout.boxes[0].width],
    logarithmic: logX,
    loose: request.x !== undefined,
    labelRoom: logX ? 70 : 90,
  });
  const panes = groups.map((members, i) => {
    const pane = { traces: members, box: layout.boxes[i], x, y: layout.axes[i] };
    return drawPane(pane, i, i === groups.length - 1);
  });
  const hidden = dataset.columns.length - 1 - columns.length;
  const note =
    !request.traces && hidden > 0
      ? ` · ${columns.length} of ${columns.length + hidden} signals`
      : '';
  return picture(layout, request.title ?? dataset.title, dataset.plotName + note + thinned, panes);
}

/** As many curves as a legend keeps apart, or nearly. */
const mostOverlaid = 24;

/** The traces of all steps, each with its step's name; of very many steps some, evenly spaced. */
function overlaid(
  { dataset, steps = [], runs = [] }: PlotRequest,
  columns: readonly Column[],
  scale: Column,
  options: TraceOptions,
): { readonly traces: Trace[]; readonly note: string } {
  if (runs.length > 0) return manyRuns(runs, columns, scale, options);
  if (steps.length === 0) return { traces: tracesOf(dataset, columns, scale, options), note: '' };
  const most = Math.max(2, Math.floor(mostOverlaid / columns.length));
  const every = Math.ceil(steps.length / most);
  const shown = steps.filter((_, k) => k % every === 0);
  const traces = shown.flatMap(({ label, dataset: step }, k) => {
    const own = columns.flatMap(({ name }) => step.get(name) ?? []);
    const x = step.get(scale.name) ?? step.scale;
    return tracesOf(step, own, x, options).map((trace) => ({
      ...trace,
      label: columns.length > 1 ? `${trace.label} ${label}` : label,
      style: k * columns.length + trace.style,
    }));
  });
  const subject = columns.length === 1 ? ` · ${columns[0].name}` : '';
  const some = every > 1 ? ` · ${shown.length} of ${steps.length} steps` : '';
  return { traces, note: subject + some };
}

/** One trace for each column, with the curves of all runs. */
function manyRuns(
  runs: readonly Dataset[],
  columns: readonly Column[],
  scale: Column,
  options: TraceOptions,
): { readonly traces: Trace[]; readonly note: string } {
  const traces = new Map<string, Trace>();
  for (const run of runs) {
    const own = columns.flatMap(({ name }) => run.get(name) ?? []);
    const x = run.get(scale.name) ?? run.scale;
    for (const trace of tracesOf(run, own, x, options)) {
      const key = `${trace.label}|${trace.heading}`;
      const curves = [...(traces.get(key)?.curves ?? []), ...trace.curves];
      traces.set(key, { ...trace, curves, faint: true });
    }
  }
  return { traces: [...traces.values()], note: ` · ${runs.length} runs` };
}

function scaleHeading({ analysis, scale }: Dataset): string {
  const heading = headingOf(scale.quantity);
  return analysis === 'dc' ? (scale.title ?? `Swept ${heading.toLowerCase()}`) : heading;
}

const margin = { top: 62, right: 20, bottom: 54, gap: 18 };

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  /** One for each pane, from the top. */
  readonly boxes: readonly Box[];
  readonly axes: readonly Axis[];
}

/** Left of the panes there is room for the widest label, right of them for the widest legend. */
function arrange(request: PlotRequest, groups: readonly Trace[][], logY: boolean): Layout {
  const width = request.width ?? 900;
  const least = groups.length > 5 ? 90 : 170;
  const usual = request.paneHeight ?? Math.max(least, Math.floor(380 / Math.sqrt(groups.length)));
  const legends = groups.map(legendSize);
  let top = margin.top;
  const slots = legends.map((legend) => {
    const slot = { top, height: Math.max(usual, legend.height) };
    top += slot.height + margin.gap;
    return slot;
  });
  const axes = groups.map((members, i) =>
    valueAxis(members, { left: 0, width: 0, ...slots[i] }, logY && members[0].heading !== 'Phase'),
  );
  const left = Math.ceil(Math.max(...axes.map(labelWidth))) + 40;
  const legendRoom = Math.max(...legends.map((legend) => legend.width)) + 14;
  const inner = Math.max(120, Math.floor(width - left - legendRoom - margin.right));
  return {
    width,
    height: top - margin.gap + margin.bottom,
    left,
    boxes: slots.map((slot) => ({ left, width: inner, ...slot })),
    axes,
  };
}

function picture(layout: Layout, title: string, subtitle: string, panes: string[]): string {
  const { width, height, left } = layout;
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'font-family': "Inter, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif",
      'font-size': fontSize,
    },
    element('title', {}, escapeText(title)),
    element('rect', { width, height, fill: '#fbfcfd' }),
    text(title, { x: left, y: 30, 'font-size': 16, 'font-weight': 600, fill: inkColours.text }),
    text(subtitle, { x: left, y: 49, fill: inkColours.faint }),
    ...panes.map((pane) => `\n${pane}`),
    '\n',
  );
}

function refusal({ analysis, length, plotName }: Dataset): DiagnosticError {
  const what = analysis === 'op' ? 'an operating point' : `'${plotName}'`;
  const points = length === 1 ? 'a single point' : 'no points';
  return new DiagnosticError([
    error('W401', `${what} has ${points}: there is no curve to plot`, undefined, {
      help: ['plot a .dc, .ac or .tran analysis, or read the values from the results'],
    }),
  ]);
}

function nothingToDraw(): DiagnosticError {
  return new DiagnosticError([error('W403', 'there are no signals to plot beside the scale')]);
}
