import { concatenated, type Dataset, writeJson } from '../../waveform/index.js';
import { OpenFile } from './open-file.js';
import type { ResultFile } from './result-file.js';

/** A JSON file: columns stand one after the other in it, so that it is written at the end. */
export class JsonFile implements ResultFile {
  readonly path: string;
  readonly #file: OpenFile;
  readonly #steps: Dataset[] = [];

  constructor(path: string) {
    this.path = path;
    this.#file = new OpenFile(path);
  }

  update(): void {
    // Nothing can be written before the last point is known.
  }

  endStep(dataset: Dataset): void {
    this.#steps.push(dataset);
  }

  finish(): void {
    if (this.#steps.length > 0) this.#file.appendText(writeJson(concatenated(this.#steps)));
    this.#file.close();
  }
}
