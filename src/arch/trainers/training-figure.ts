/**
 * Figures of a training as plain data: trainers give them as `details.figures`, and who has the
 * results draws them. What all classifiers and all networks of counted devices have in common, the
 * confusion matrix and the switching activity, is made of those details themselves.
 */
import { type Bins, histogram } from '../../waveform/plot/histogram.js';
import type { BarsRequest, HeatmapRequest, ImagesRequest } from '../../waveform/plot/index.js';
import type { LabelledData } from '../datasets/index.js';
import { citedEndurance, type SwitchingTable } from './endurance.js';

/** `name` is that of the file, and is not used twice in a training. */
export type TrainingFigure = { readonly name: string } & (
  | ({ readonly kind: 'heatmap' } & HeatmapRequest)
  | ({ readonly kind: 'bars' } & BarsRequest)
  | ({ readonly kind: 'histogram' } & HistogramFigure)
  | ({ readonly kind: 'images' } & ImagesFigure)
);

export interface HistogramFigure {
  readonly title: string;
  readonly subtitle?: string;
  readonly label: string;
  readonly unit?: string;
  /** What is counted: Weights, Devices. */
  readonly heading: string;
  readonly bins: Bins;
}

/** As `ImagesRequest`; the bytes of the pixels in base64, which JSON holds best. */
export type ImagesFigure = Omit<ImagesRequest, 'panels'> & {
  readonly panels: readonly { readonly label: string; readonly pixels: string }[];
};

/** Most images of a panel: as many as in figure 8 of Parmar and Suri. */
export const mostImages = 100;

/** All figures of a training, from the details of its result. */
export function figuresOfTraining(details: Readonly<Record<string, unknown>>): TrainingFigure[] {
  const { classes, confusion, switching, figures } = details as {
    classes?: readonly string[];
    confusion?: readonly (readonly number[])[];
    switching?: SwitchingTable;
    figures?: readonly TrainingFigure[];
  };
  return [
    ...(classes && confusion ? [confusionFigure(classes, confusion)] : []),
    ...(figures ?? []),
    ...(switching ? switchingFigures(switching) : []),
  ];
}

/** Counts of test samples; the colour is the part of the samples of the class. */
function confusionFigure(
  classes: readonly string[],
  rows: readonly (readonly number[])[],
): TrainingFigure {
  const sums = rows.map((row) => row.reduce((a, b) => a + b, 0));
  const right = rows.reduce((sum, row, k) => sum + row[k], 0);
  const all = sums.reduce((a, b) => a + b, 0);
  return {
    kind: 'heatmap',
    name: 'confusion',
    title: 'Confusion matrix',
    subtitle: `${right} of ${all} test samples are right`,
    values: rows.map((row, k) => row.map((count) => (sums[k] > 0 ? count / sums[k] : 0))),
    texts: rows.map((row) => row.map((count) => (count === 0 ? '' : String(count)))),
    rowNames: classes,
    columnNames: classes,
    rowTitle: 'class',
    columnTitle: 'answer of the network',
  };
}

/** Per layer beside the paper's bounds, and per bit of the weights' codes. */
function switchingFigures(table: SwitchingTable): TrainingFigure[] {
  const { weights, states, storageBytes } = table;
  const cited = citedEndurance.toExponential(0).replace('e+', 'e');
  const storage = `${(storageBytes / 1024).toPrecision(4)} kB of weights`;
  return [
    {
      kind: 'bars',
      name: 'switching',
      title: 'Switching activity of the devices',
      subtitle: `W: weights, L: states of neurons; ${storage}; endurance cited: ${cited}`,
      label: 'Changes of a device',
      series: ['most', 'mean'],
      boundLabel: 'bound (2), (3)',
      logarithmic: true,
      groups: [...weights, ...states].map(({ layer, most, mean, bound }) => ({
        name: layer,
        bars: [most, mean],
        bound,
      })),
    },
    {
      kind: 'bars',
      name: 'switching-bits',
      title: 'Switching activity of the bits of weights',
      subtitle: 'the device of each bit that changed most; ±: as sign and magnitude',
      label: 'Changes of a device',
      series: Array.from({ length: 8 }, (_, k) => `bit ${k}`),
      boundLabel: 'bound (3)',
      logarithmic: true,
      groups: weights.flatMap(bitGroups),
    },
  ];
}

function bitGroups(row: SwitchingTable['weights'][number]): BarsRequest['groups'] {
  const { layer, mostOfBit, bound } = row;
  // Files of results that were written before have no other code.
  const { signMagnitude } = row as Partial<typeof row>;
  return [
    { name: layer, bars: mostOfBit, bound },
    ...(signMagnitude ? [{ name: `${layer} ±`, bars: signMagnitude.mostOfBit, bound }] : []),
  ];
}

/** The shape of images; undefined where samples are none. Planes of colour become one grey. */
export type ImageShape = NonNullable<LabelledData['shape']>;

/**
 * Images whose values lie between `low` and `high`, as grey; the first hundred. Each part has image
 * after image, plane by plane.
 */
export function imagesFigure(
  name: string,
  title: string,
  shape: ImageShape,
  parts: Readonly<Record<string, ArrayLike<number>>>,
): TrainingFigure {
  const [, rows, columns] = shape;
  const panels = Object.entries(parts).map(([label, values]) => ({
    label,
    pixels: base64(bytesOf(flat(values, shape), 0, 1)),
  }));
  return { kind: 'images', name, title, rows, columns, panels, colours: 'grey' };
}

/** What each unit weighs its inputs with, as an image; one scale for all. */
export function weightMaps(
  name: string,
  title: string,
  shape: ImageShape,
  units: number,
  /** Weight of an input, which is a pixel of a plane, in a unit. */
  weight: (input: number, unit: number) => number,
): TrainingFigure {
  const [planes, rows, columns] = shape;
  const size = planes * rows * columns;
  const count = Math.min(units, mostImages);
  const values = Float32Array.from({ length: count * size }, (_, k) =>
    weight(k % size, Math.floor(k / size)),
  );
  const maps = flat(values, shape);
  const most = maps.reduce((a, b) => Math.max(a, Math.abs(b)), 0) || 1;
  const shown = count < units ? `${count} of ${units} units` : `${units} units`;
  return {
    kind: 'images',
    name,
    title,
    subtitle: `${shown}; blue −${most.toPrecision(3)}, white 0, orange +${most.toPrecision(3)}`,
    rows,
    columns,
    panels: [{ label: '', pixels: base64(bytesOf(maps, -most, most)) }],
    colours: 'signed',
  };
}

/** How often numbers lie where: in equal bins, or with a bin for each whole number. */
export function histogramFigure(
  name: string,
  about: Omit<HistogramFigure, 'bins'>,
  values: ArrayLike<number>,
  whole = false,
): TrainingFigure {
  return { kind: 'histogram', name, ...about, bins: whole ? wholeBins(values) : histogram(values) };
}

function wholeBins(values: ArrayLike<number>): Bins {
  let [low, high] = [Infinity, -Infinity];
  for (let k = 0; k < values.length; k++) {
    low = Math.min(low, values[k]);
    high = Math.max(high, values[k]);
  }
  if (low > high) return histogram([]);
  const counts = new Array<number>(high - low + 1).fill(0);
  for (let k = 0; k < values.length; k++) counts[values[k] - low]++;
  return { edges: Array.from({ length: counts.length + 1 }, (_, k) => low + k - 0.5), counts };
}

/** The mean over the planes, of the first images. */
function flat(values: ArrayLike<number>, [planes, rows, columns]: ImageShape): Float32Array {
  const size = rows * columns;
  const count = Math.min(mostImages, Math.floor(values.length / (planes * size)));
  return Float32Array.from({ length: count * size }, (_, k) => {
    const first = Math.floor(k / size) * planes * size + (k % size);
    let sum = 0;
    for (let plane = 0; plane < planes; plane++) sum += values[first + plane * size];
    return sum / planes;
  });
}

/** From 0 at `low` to 254 at `high`: zero of a symmetric range is 127. */
function bytesOf(values: Float32Array, low: number, high: number): Uint8Array {
  return Uint8Array.from(values, (value) => {
    const part = (value - low) / (high - low);
    return Math.round(254 * Math.min(1, Math.max(0, part)));
  });
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
