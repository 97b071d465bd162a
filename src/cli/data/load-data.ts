/** Finds and reads data sets. */
import { extname } from 'node:path';
import {
  type LabelledData,
  readCifar,
  readCsvData,
  type ReadData,
  readIdxPair,
} from '../../arch/datasets/index.js';
import { closest, DiagnosticError, error } from '../../base/index.js';
import { readDeck } from '../read-deck.js';
import {
  dataFolders,
  findFile,
  matchingFiles,
  ownDataFolder,
  readUnpacked,
} from './data-folders.js';
import { byHand } from './fetch-data.js';
import { type KnownSet, knownSets } from './known-sets.js';

/** A set whose parts are given; of one without a test part, `test` is absent. */
export interface LoadedData {
  readonly training: LabelledData;
  readonly test?: LabelledData;
  /** Where it was found. */
  readonly paths: readonly string[];
}

/**
 * A set by its name, or a CSV file by its path. `asked` is the data folder of the command line.
 * Throws a `DiagnosticError` that says what to do where it is missing or broken.
 */
export function loadData(name: string, asked?: string): LoadedData {
  if (extname(name) === '.csv') {
    const source = readDeck(name, 'data');
    return { training: dataOf(readCsvData(name, source)), paths: [name] };
  }
  const set = knownSet(name);
  const folders = dataFolders(asked);
  for (const folder of folders) {
    const training = partFiles(folder, set, 'training');
    if (training.length === 0) continue;
    const test = partFiles(folder, set, 'test');
    if (set.test.length > 0 && test.length === 0) continue;
    return {
      training: readPart(set, training),
      ...(test.length > 0 ? { test: readPart(set, test) } : {}),
      paths: [...training, ...test],
    };
  }
  throw missing(set, folders);
}

/** Files of a set that are there; nothing if one is missing. */
export function partFiles(folder: string, set: KnownSet, part: 'training' | 'test'): string[] {
  const files = set[part].map(({ name }) => findFile(folder, set.folder, name));
  if (files.length > 0 && files.every((path) => path !== undefined)) return files;
  // Of pictures any selection in the same form will do: train-10000.bin.gz.
  if (set.kind !== 'cifar') return [];
  return matchingFiles(folder, set.folder, part === 'training' ? /^train.*\.bin/ : /^test.*\.bin/);
}

/** Throws a `DiagnosticError` for a name that nobody knows. */
export function knownSet(name: string): KnownSet {
  const set = knownSets.find((each) => each.name === name.toLowerCase());
  if (set) return set;
  const names = knownSets.map((each) => each.name);
  const near = closest(name, names);
  throw new DiagnosticError([
    error('C142', `there is no data set '${name}'`, undefined, {
      help: [
        near === undefined
          ? `there are ${names.join(', ')}; your own is the path of a .csv file`
          : `did you mean '${near}'?`,
      ],
    }),
  ]);
}

function readPart(set: KnownSet, paths: readonly string[]): LabelledData {
  const contents = paths.map(readUnpacked);
  if (set.kind === 'cifar') return dataOf(readCifar(set.name, contents));
  if (set.kind === 'idx') return dataOf(readIdxPair(set.name, contents[0], contents[1]));
  const text = new TextDecoder().decode(contents[0]);
  return { ...dataOf(readCsvData(set.name, { name: paths[0], text })), ...set.images };
}

function dataOf({ data, diagnostics }: ReadData): LabelledData {
  if (data) return data;
  throw new DiagnosticError(diagnostics);
}

function missing(set: KnownSet, folders: readonly string[]): DiagnosticError {
  const own = ownDataFolder();
  return new DiagnosticError([
    error('C143', `the data set '${set.name}' is not there`, undefined, {
      notes: [`searched: ${folders.join(', ')}`],
      help: [`'oxspice data get ${set.name}' fetches it to ${own}`, byHand(set, own)],
    }),
  ]);
}
