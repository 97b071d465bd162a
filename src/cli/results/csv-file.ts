import { csvHeader, csvRows, type Dataset } from '../../waveform/index.js';
import { OpenFile } from './open-file.js';
import type { ResultFile } from './result-file.js';

/** A text of all rows of a long run would be longer than a string can be. */
const rowsAtOnce = 20_000;

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
    if (!this.#begun) this.#file.appendText(csvHeader(dataset));
    this.#begun = true;
    while (this.#points < dataset.length) {
      const end = Math.min(this.#points + rowsAtOnce, dataset.length);
      this.#file.appendText(csvRows(dataset, this.#points, end));
      this.#points = end;
    }
  }

  endStep(dataset: Dataset): void {
    this.update(dataset);
    this.#points = 0;
  }

  finish(): void {
    this.#file.close();
  }
}
