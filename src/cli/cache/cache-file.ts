import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What stands before the content: 20 bytes of a checksum, and zeros up to a multiple of eight. */
const headSize = 24;

/** The name of a file in the cache: what its content depends on, in short. */
export function nameOf(...facts: readonly string[]): string {
  const hash = createHash('sha1');
  for (const fact of facts) hash.update(`${fact.length} ${fact}`);
  return hash.digest('hex');
}

/** The content of a cache file; undefined if there is none, or not the whole and right one. */
export function readCacheFile(path: string): Buffer | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return undefined;
  }
  const content = bytes.subarray(headSize);
  return bytes.subarray(0, 20).equals(checksum(content)) ? content : undefined;
}

/**
 * Writes a cache file, whole or not at all, whoever else writes the same one. Says whether that
 * worked: a full or read-only disk must not stop a run.
 */
export function writeCacheFile(path: string, content: Uint8Array): boolean {
  const fresh = `${path}.${process.pid}.${performance.now().toString(36)}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    const head = Buffer.alloc(headSize);
    checksum(content).copy(head);
    writeFileSync(fresh, Buffer.concat([head, content]));
    renameSync(fresh, path);
    return true;
  } catch {
    try {
      rmSync(fresh, { force: true });
    } catch {
      // What cannot be written cannot always be removed.
    }
    return false;
  }
}

function checksum(content: Uint8Array): Buffer {
  return createHash('sha1').update(content).digest();
}
