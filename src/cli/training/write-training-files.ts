import { basename } from 'node:path';
import type { TrainingFile } from '../../arch/index.js';
import { type Column, type Dataset, extremes, writeCsv, writeRaw } from '../../waveform/index.js';
import { writeFile } from '../results/open-file.js';

/**
 * Writes what a training wants kept beside its results; `stem` is the path without an ending.
 * Returns the paths.
 */
export async function writeTrainingFiles(
  stem: string,
  files: readonly TrainingFile[],
): Promise<string[]> {
  const written: string[] = [];
  const write = (path: string, content: string | Uint8Array): void => {
    writeFile(path, content);
    written.push(path);
  };
  for (const file of files) {
    const path = `${stem}.${file.name}`;
    if ('content' in file) {
      write(path, file.content);
      continue;
    }
    const { dataset } = file;
    const { plotSvg } = await import('../../waveform/plot/index.js');
    const title = `${dataset.title}: ${basename(path)}`;
    write(`${path}.raw`, writeRaw(dataset));
    write(`${path}.csv`, writeCsv(dataset));
    write(`${path}.svg`, plotSvg({ dataset, title, traces: someOfEach(dataset) }));
  }
  return written;
}

/** Of signals that differ in their numbers alone so many are drawn. */
const mostAlike = 4;

/** Some inputs, errors, rows and states: all kinds of signals, those that move most. */
function someOfEach(dataset: Dataset): string[] {
  const signals = dataset.columns.slice(1);
  const kinds = new Map<string, Column[]>();
  for (const signal of signals) {
    const kind = signal.name.replaceAll(/\d+/g, '#');
    kinds.set(kind, [...(kinds.get(kind) ?? []), signal]);
  }
  const drawn = [...kinds.values()].flatMap((alike) =>
    [...alike].sort((a, b) => span(b.real) - span(a.real)).slice(0, mostAlike),
  );
  return signals.filter((signal) => drawn.includes(signal)).map(({ name }) => name);
}

function span(values: Float64Array): number {
  const [low, high] = extremes(values);
  return high - low;
}
