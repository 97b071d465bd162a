/**
 * Loads the bundle with the code that V8 made of it in an earlier run. Compiling it anew is most of
 * what a small deck would cost.
 */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';
import type * as program from '../run-process.js';
import { nameOf, readCacheFile, writeCacheFile } from './cache-file.js';

type Program = typeof program;
type Wrapper = (
  module: { exports?: Program },
  require: NodeJS.Require,
  file: string,
  folder: string,
  url: string,
) => void;

/** The names under which `scripts/bundle.mjs` finds these. */
const parameters = 'module, require, __filename, __dirname, __moduleUrl';

/** Code that nobody has written anew for so long belongs to a program that is gone [ms]. */
const lifetime = 60 * 24 * 3600e3;

export interface CachedProgram {
  readonly exports: Program;
  /** Keeps the code for the next run, if this one used parts that it does not have. */
  save(): void;
}

/**
 * @param file the bundle, a CommonJS module
 * @param build what identifies its text
 * @param folder where code is kept; undefined: nowhere
 */
export function loadProgram(
  file: string,
  build: string,
  folder: string | undefined,
): CachedProgram {
  const path = folder && join(folder, `${nameOf(build, stamp(file), process.version)}.code`);
  const kept = path === undefined ? undefined : readCode(path);
  const text = `(function (${parameters}) {${readFileSync(file, 'latin1')}\n})`;
  const script = new Script(text, {
    filename: file,
    // Models of users' own, and packages that need not be there.
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(kept ? { cachedData: kept.code } : {}),
  });
  const module: { exports?: Program } = {};
  const run = script.runInThisContext() as Wrapper;
  run(module, createRequire(file), file, dirname(file), pathToFileURL(file).href);
  const loaded = module.exports!;
  const known = new Set(kept && script.cachedDataRejected !== true ? kept.parts : []);
  return {
    exports: loaded,
    save(): void {
      if (path === undefined || [...loaded.partsUsed].every((part) => known.has(part))) return;
      writeCode(path, { parts: [...new Set([...known, ...loaded.partsUsed])], script });
      removeOld(dirname(path));
    },
  };
}

/** V8 compares no more than lengths: who edits the bundle in place must not get its old code. */
function stamp(file: string): string {
  const { size, mtimeMs } = statSync(file);
  return `${file} ${size} ${mtimeMs} ${process.arch}`;
}

/** One line with the parts of the program, filled up to a multiple of eight, and the code. */
function readCode(path: string): { parts: readonly string[]; code: Buffer } | undefined {
  const content = readCacheFile(path);
  if (!content) return undefined;
  const end = content.indexOf('\n') + 1;
  return {
    parts: content.toString('latin1', 0, end).trim().split(' '),
    code: content.subarray(end),
  };
}

function writeCode(
  path: string,
  { parts, script }: { readonly parts: readonly string[]; readonly script: Script },
): void {
  const line = parts.join(' ');
  const head = Buffer.from(`${line.padEnd(Math.ceil((line.length + 1) / 8) * 8 - 1)}\n`, 'latin1');
  writeCacheFile(path, Buffer.concat([head, script.createCachedData()]));
}

function removeOld(folder: string): void {
  try {
    for (const name of readdirSync(folder).filter((each) => each.includes('.code'))) {
      const path = join(folder, name);
      if (Date.now() - statSync(path).mtimeMs > lifetime) rmSync(path);
    }
  } catch {
    // Another run was faster.
  }
}
