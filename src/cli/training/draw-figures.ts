/** Pictures of what trainings have learnt: of the first seed of each variant. */
import { join } from 'node:path';
import { figuresOfTraining, type TrainingFigure } from '../../arch/index.js';
import { readDeck } from '../read-deck.js';
import { writeFile } from '../results/open-file.js';

/** A run whose figures are drawn. */
export interface DrawnRun {
  readonly variant: string;
  readonly seed: number;
  /** Of its file of results. */
  readonly path: string;
}

/** A picture, as the table of results names it. */
export interface DrawnFigure {
  readonly variant: string;
  readonly seed: number;
  readonly title: string;
  /** Its name in the folder of results. */
  readonly file: string;
}

/** Writes the pictures of all runs to a folder. */
export async function drawFigures(
  runs: readonly DrawnRun[],
  folder: string,
): Promise<DrawnFigure[]> {
  const draw = await drawing();
  return runs.flatMap(({ variant, seed, path }) => {
    const details = JSON.parse(readDeck(path).text) as Record<string, unknown>;
    return figuresOfTraining(details).map((figure) => {
      const title = variant === '' ? figure.title : `${figure.title} (${variant})`;
      const file = `figure.${variant === '' ? '' : `${variant}.`}${figure.name}.svg`;
      writeFile(join(folder, file), draw({ ...figure, title }));
      return { variant, seed, title: figure.title, file };
    });
  });
}

/** What draws figures of every kind, loaded only now. */
async function drawing(): Promise<(figure: TrainingFigure) => string> {
  const { barsSvg, heatmapSvg, histogramSvg, imagesSvg } =
    await import('../../waveform/plot/index.js');
  return (figure) => {
    switch (figure.kind) {
      case 'heatmap':
        return heatmapSvg(figure);
      case 'bars':
        return barsSvg(figure);
      case 'histogram':
        return histogramSvg(figure);
      case 'images': {
        const panels = figure.panels.map(({ label, pixels }) => ({
          label,
          pixels: Buffer.from(pixels, 'base64'),
        }));
        return imagesSvg({ ...figure, panels });
      }
    }
  };
}
