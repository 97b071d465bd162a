import {
  type Dataset,
  type DatasetDescription,
  rawHeader,
  rawPointsField,
  rawRows,
} from '../../waveform/index.js';
import { OpenFile, writeFile } from './open-file.js';
import type { ResultFile } from './result-file.js';

/**
 * A binary raw file. Its header counts the points that are in it after each update.
 *
 * Steps follow each other. Readers find where one begins by the first value of the scale (spicelib
 * compares with the very first point), so that a step whose first value comes twice, which is a jump
 * at its begin, keeps the later one only.
 */
export class RawFile implements ResultFile {
  readonly path: string;
  readonly #file: OpenFile;
  readonly #pointsOffset: number;
  readonly #stepped: boolean;
  /** Of the current step. */
  #points = 0;
  #written = 0;
  /** What each step has set. */
  readonly #steps: string[] = [];
  readonly #title: string;

  constructor(path: string, description: DatasetDescription) {
    this.path = path;
    this.#title = description.title;
    this.#stepped = description.stepped === true;
    this.#file = new OpenFile(path);
    const { bytes, pointsOffset } = rawHeader(description, 0);
    this.#file.append(bytes);
    this.#pointsOffset = pointsOffset;
  }

  update(dataset: Dataset): void {
    if (this.#points === 0 && this.#stepped) this.#points = firstPoint(dataset);
    if (dataset.length <= this.#points) return;
    // Rows first: whenever the process ends, the header promises no more than there is.
    this.#file.append(rawRows(dataset, this.#points));
    this.#written += dataset.length - this.#points;
    this.#points = dataset.length;
    this.#file.overwrite(rawPointsField(this.#written), this.#pointsOffset);
  }

  endStep(dataset: Dataset, name: string): void {
    this.update(dataset);
    this.#points = 0;
    if (name !== '') this.#steps.push(name);
  }

  finish(): void {
    this.#file.close();
    // The raw file has no place for what was stepped: its readers look for LTspice's log.
    if (this.#steps.length > 0) writeFile(this.path.replace(/raw$/, 'log'), this.#log());
  }

  #log(): string {
    return `Circuit: ${this.#title}\n\n${this.#steps.map((name) => `.step ${name}\n`).join('')}`;
  }
}

/** The last of the points that share the first value of the scale. */
function firstPoint({ hasScale, scale, length }: Dataset): number {
  let i = 0;
  while (hasScale && i + 1 < length && scale.real[i + 1] === scale.real[0]) i++;
  return i;
}
