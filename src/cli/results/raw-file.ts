import {
  type Dataset,
  type DatasetDescription,
  rawHeader,
  rawPointsField,
  rawRows,
} from '../../waveform/index.js';
import { OpenFile } from './open-file.js';
import type { ResultFile } from './result-file.js';

/** A binary raw file. Its header counts the points that are in it after each update. */
export class RawFile implements ResultFile {
  readonly path: string;
  readonly #file: OpenFile;
  readonly #pointsOffset: number;
  #points = 0;

  constructor(path: string, description: DatasetDescription) {
    this.path = path;
    this.#file = new OpenFile(path);
    const { bytes, pointsOffset } = rawHeader(description, 0);
    this.#file.append(bytes);
    this.#pointsOffset = pointsOffset;
  }

  update(dataset: Dataset): void {
    if (dataset.length === this.#points) return;
    // Rows first: whenever the process ends, the header promises no more than there is.
    this.#file.append(rawRows(dataset, this.#points));
    this.#points = dataset.length;
    this.#file.overwrite(rawPointsField(this.#points), this.#pointsOffset);
  }

  finish(dataset: Dataset): void {
    this.update(dataset);
    this.#file.close();
  }
}
