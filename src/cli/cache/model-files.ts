import { join } from 'node:path';
import type { ModelStore } from '../../devices/index.js';
import { nameOf, readCacheFile, writeCacheFile } from './cache-file.js';
import { partsUsed } from './parts-used.js';

/**
 * Compiled models as files.
 *
 * @param build what identifies the compiler; versions of V8 count too, whose Math may differ in the
 *   last digit
 */
export function modelFiles(folder: string, build: string): ModelStore {
  const pathOf = (key: string): string =>
    join(folder, `${nameOf(build, process.versions.v8, key)}.model`);
  return {
    read(key): string | undefined {
      const text = readCacheFile(pathOf(key))?.toString('utf8');
      partsUsed.add(text === undefined ? 'compiler' : 'models');
      return text;
    },
    write(key, text): void {
      writeCacheFile(pathOf(key), Buffer.from(text));
    },
  };
}
