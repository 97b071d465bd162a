import type { Dataset, DatasetDescription } from '../../waveform/index.js';
import { CsvFile } from './csv-file.js';
import { JsonFile } from './json-file.js';
import { RawFile } from './raw-file.js';

/** A file that takes the points of one analysis as they are computed. */
export interface ResultFile {
  readonly path: string;
  /** Writes the points that are not in the file yet; leaves a file that can be read as it is. */
  update(dataset: Dataset): void;
  /** Writes what is left of this dataset; the points that follow are of another step. `name` says
   * what this one has set; empty without steps. */
  endStep(dataset: Dataset, name: string): void;
  /** Closes the file. */
  finish(): void;
}

export const resultFormats = ['raw', 'csv', 'json'] as const;
export type ResultFormat = (typeof resultFormats)[number];

/** Begins a file. Throws a `DiagnosticError` if it cannot be written. */
export function beginResultFile(
  format: ResultFormat,
  path: string,
  description: DatasetDescription | Dataset,
): ResultFile {
  switch (format) {
    case 'raw':
      return new RawFile(path, description);
    case 'csv':
      return new CsvFile(path);
    case 'json':
      return new JsonFile(path);
  }
}
