import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { DiagnosticError, error } from '../../base/index.js';
import { fileProblem } from '../file-problem.js';

/** Where `oxspice data get` puts what it fetches, unless it is told. */
export function ownDataFolder(env = process.env): string {
  if (env.OXSPICE_DATA) return env.OXSPICE_DATA;
  const { XDG_DATA_HOME: xdg, LOCALAPPDATA: local } = env;
  return join(xdg ?? local ?? join(homedir(), '.local', 'share'), 'oxspice', 'data');
}

/** Folders that are searched, in order: what was asked for, one's own, what comes with the project. */
export function dataFolders(asked?: string, env = process.env): string[] {
  return [...(asked === undefined ? [] : [asked]), ownDataFolder(env), shippedFolder()];
}

/** `data/` of the package, seen from the source, the bundle's entry or one of its chunks. */
function shippedFolder(): string {
  const levels = ['../../../data', '../../data', '../data'];
  const paths = levels.map((level) => fileURLToPath(new URL(level, import.meta.url)));
  return paths.find((path) => existsSync(join(path, 'uci'))) ?? paths[0];
}

/** A file of a set in one folder, as it is or packed; undefined if it is not there. */
export function findFile(folder: string, set: string, name: string): string | undefined {
  const places = [join(folder, set), folder];
  const paths = places.flatMap((place) => [join(place, name), join(place, `${name}.gz`)]);
  return paths.find((path) => existsSync(path));
}

/** Files of one set whose names match, in order. */
export function matchingFiles(folder: string, set: string, pattern: RegExp): string[] {
  for (const place of [join(folder, set), folder]) {
    if (!existsSync(place)) continue;
    const names = readdirSync(place).filter((name) => pattern.test(name));
    if (names.length > 0) return names.sort().map((name) => join(place, name));
  }
  return [];
}

/** The content, unpacked. Throws a `DiagnosticError` where it cannot be read. */
export function readUnpacked(path: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (problem) {
    throw fileProblem(problem, 'C140', `cannot read the data in '${path}'`);
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch {
    throw new DiagnosticError([
      error('C141', `'${path}' is damaged: it cannot be unpacked`, undefined, {
        help: ['fetch it anew'],
      }),
    ]);
  }
}
