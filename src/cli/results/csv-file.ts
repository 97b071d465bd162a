import { csvHeader, csvRows, type Dataset } from '../../waveform/index.js';
import { OpenFile } from './open-file.js';
import type { ResultFile } from './result-file.js';

/** A CSV file that grows row by row. */
export class CsvFile implements ResultFile {
  readonly path: string;
  readonly #file: OpenFile;
  #begun = false;
  #points = 0;

  constructor(path: string) {
    this.path = path;
    this.#file = new OpenFile(path);
  }

  update(dataset: Dataset): void {
    const header = this.#begun ? '' : csvHeader(dataset);
    this.#file.appendText(header + csvRows(dataset, this.#points));
    this.#begun = true;
    this.#points = dataset.length;
  }

  finish(dataset: Dataset): void {
    this.update(dataset);
    this.#file.close();
  }
}
