/** Pictures of many runs: a histogram for each measure, waveforms over each other. */
import { existsSync, readFileSync } from 'node:fs';
import { formatQuantity } from '../../base/index.js';
import type { MeasureSummary, RunTable } from '../../jobs/index.js';
import { type Dataset, readRaw } from '../../waveform/index.js';
import type { PlotFormat } from '../results/picture.js';
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

/** Draws the waveforms of analysis `place` of the runs that kept them; undefined if none did. */
export async function drawOverlay(
  indices: readonly number[],
  place: number,
  folder: string,
  stem: string,
  format: PlotFormat,
  traces: readonly string[],
): Promise<string | undefined> {
  const runs = indices.flatMap((index): readonly Dataset[] => {
    const path = waveformPath(folder, index, place, 'raw');
    return existsSync(path) ? readRaw(readFileSync(path)).datasets : [];
  });
  const drawable = runs.filter((run) => run.hasScale && run.length > 1);
  if (drawable.length === 0) return undefined;
  const { plotSvg } = await import('../../waveform/plot/index.js');
  const known = traces.filter((name) => drawable[0].get(name) !== undefined);
  const svg = plotSvg({
    dataset: drawable[0],
    runs: drawable,
    ...(known.length > 0 ? { traces: known } : {}),
  });
  return writePicture(svg, stem, format);
}

async function writePicture(svg: string, stem: string, format: PlotFormat): Promise<string> {
  const path = `${stem}.${format}`;
  const png = format === 'png' ? await import('../results/png.js') : undefined;
  writeFile(path, png ? await png.pngOf(svg) : svg);
  return path;
}
