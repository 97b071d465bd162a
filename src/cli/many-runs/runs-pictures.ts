/** Pictures of many runs: a histogram for each measure, waveforms over each other. */
import { existsSync, readFileSync } from 'node:fs';
import { formatQuantity } from '../../base/index.js';
import type { MeasureSummary, RunTable } from '../../jobs/index.js';
import { calculate } from '../../waveform/calculator/index.js';
import { type Column, Dataset, readRaw } from '../../waveform/index.js';
import type { PlotFormat, PlotTrace } from '../results/picture.js';
import { writeFile } from '../results/open-file.js';
import { waveformPath } from './carry-out.js';

/** Draws the sample of each measure, in each step. Returns the names of the files. */
export async function drawHistograms(
  table: RunTable,
  statistics: readonly MeasureSummary[],
  stepOf: (index: number) => string,
  stem: string,
  format: PlotFormat,
): Promise<string[]> {
  const { histogramSvg } = await import('../../waveform/plot/index.js');
  const paths: string[] = [];
  const steps = [...new Set(statistics.map(({ step }) => step))];
  for (const { name, unit, step, limits, mean, sigma, count } of statistics) {
    const values = table.rows
      .filter(({ index }) => stepOf(index) === step)
      .map(({ measures }) => measures[name] ?? null)
      .filter((value) => value !== null);
    if (values.length === 0) continue;
    const svg = histogramSvg({
      values,
      title: table.title,
      subtitle: [
        ...(step ? [step] : []),
        `${count} runs`,
        ...(mean ? [`mean ${formatQuantity(mean.value, unit)}`] : []),
        ...(sigma ? [`σ ${formatQuantity(sigma.value, unit)}`] : []),
      ].join(' · '),
      label: name,
      unit,
      limits,
      ...(mean ? { mean: mean.value } : {}),
      ...(sigma ? { sigma: sigma.value } : {}),
    });
    const number = steps.length > 1 ? `.${steps.indexOf(step) + 1}` : '';
    paths.push(await writePicture(svg, `${stem}.${name}${number}.histogram`, format));
  }
  return paths;
}

/**
 * Draws the waveforms of analysis `place` of the runs that kept them; undefined if none did, or if
 * none has what `traces` ask for.
 */
export async function drawOverlay(
  indices: readonly number[],
  place: number,
  folder: string,
  stem: string,
  format: PlotFormat,
  traces: readonly PlotTrace[],
): Promise<string | undefined> {
  const runs: Dataset[] = [];
  for (const index of indices) {
    const path = waveformPath(folder, index, place, 'raw');
    const [dataset] = existsSync(path) ? readRaw(readFileSync(path)).datasets : [];
    if (!dataset?.hasScale || dataset.length < 2) continue;
    const shown = traces.length > 0 ? await chosen(dataset, traces) : dataset;
    if (shown) runs.push(shown);
  }
  if (runs.length === 0) return undefined;
  const { plotSvg } = await import('../../waveform/plot/index.js');
  return writePicture(plotSvg({ dataset: runs[0], runs }), stem, format);
}

/** The traces that have a value in this analysis; undefined if none has. */
async function chosen(
  dataset: Dataset,
  traces: readonly PlotTrace[],
): Promise<Dataset | undefined> {
  const columns: Column[] = [];
  for (const { text, expression } of traces) {
    const column = await calculate(expression, dataset, { name: text });
    if (!('code' in column)) columns.push(column);
  }
  return columns.length > 0 ? new Dataset(dataset, [dataset.scale, ...columns]) : undefined;
}

async function writePicture(svg: string, stem: string, format: PlotFormat): Promise<string> {
  const path = `${stem}.${format}`;
  const png = format === 'png' ? await import('../results/png.js') : undefined;
  writeFile(path, png ? await png.pngOf(svg) : svg);
  return path;
}
