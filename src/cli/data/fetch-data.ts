/** Fetches data sets, and keeps nothing that is not what it should be. */
import { createHash } from 'node:crypto';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DiagnosticError, error } from '../../base/index.js';
import { makeFolder, writeFile } from '../results/open-file.js';
import { archiveSums, type KnownSet, type SetFile } from './known-sets.js';
import { unpackTar } from './unpack-tar.js';

/** Fetches bytes; a test has its own. */
export type Fetch = (url: string, signal: AbortSignal) => Promise<Uint8Array>;

export const fetchBytes: Fetch = async (url, signal) => {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
};

/** Fetches a set into a data folder. Returns the files. Throws a `DiagnosticError`. */
export async function fetchSet(
  set: KnownSet,
  dataFolder: string,
  signal: AbortSignal,
  load: Fetch = fetchBytes,
): Promise<string[]> {
  const folder = join(dataFolder, set.folder);
  const files = await contentsOf(set, dataFolder, signal, load);
  makeFolder(folder);
  return files.map(([{ name }, bytes]) => {
    const path = join(folder, name);
    // In two steps, so that a file with the right name is whole.
    writeFile(`${path}.part`, bytes);
    renameSync(`${path}.part`, path);
    return path;
  });
}

async function contentsOf(
  set: KnownSet,
  dataFolder: string,
  signal: AbortSignal,
  load: Fetch,
): Promise<[SetFile, Uint8Array][]> {
  const wanted = [...set.training, ...set.test];
  const found: [SetFile, Uint8Array][] = [];
  const archive = set.sources.find((source) => source.endsWith('.tar.gz'));
  if (archive !== undefined) {
    const bytes = await fromOne({ ...set, sources: [archive] }, '', dataFolder, signal, load);
    check(archive, bytes, archiveSums[archive.replace(/^.*\//, '')]);
    const members = unpackTar(unpacked(archive, bytes));
    for (const file of wanted) {
      const content = members.get(file.name);
      if (!content) throw refused(archive, `it has no file ${file.name}`);
      found.push([file, content]);
    }
    return found;
  }
  for (const file of wanted) {
    const packed = await fromOne(set, `${file.name}.gz`, dataFolder, signal, load);
    const content = unpacked(file.name, packed);
    check(file.name, content, file.sha256);
    found.push([file, content]);
  }
  return found;
}

/** From the first source that answers. */
async function fromOne(
  set: KnownSet,
  name: string,
  dataFolder: string,
  signal: AbortSignal,
  load: Fetch,
): Promise<Uint8Array> {
  const notes: string[] = [];
  for (const source of set.sources) {
    try {
      return await load(source + name, signal);
    } catch (problem) {
      notes.push(`${source}${name}: ${reasonOf(problem)}`);
    }
  }
  throw new DiagnosticError([
    error('C144', 'the data cannot be fetched', undefined, {
      notes,
      help: [byHand(set, dataFolder)],
    }),
  ]);
}

/** What to do where there is no network. */
export function byHand(set: KnownSet, dataFolder: string): string {
  const files = [...set.training, ...set.test].map(({ name }) => name).join(', ');
  return `by hand: put ${files} (.gz will do) into ${join(dataFolder, set.folder)}, or name another data folder by --data-dir or OXSPICE_DATA`;
}

function reasonOf(problem: unknown): string {
  const { message, cause } = problem as Error;
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}

function unpacked(name: string, bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch {
    throw refused(name, 'it cannot be unpacked');
  }
}

function check(name: string, bytes: Uint8Array, sha256: string | undefined): void {
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw refused(name, `its SHA-256 is ${found} and should be ${sha256}`);
}

function refused(name: string, reason: string): DiagnosticError {
  return new DiagnosticError([
    error('C145', `what came as '${name}' is not what it should be: ${reason}`, undefined, {
      help: ['nothing was kept of it; try again, or copy the files by hand'],
    }),
  ]);
}
