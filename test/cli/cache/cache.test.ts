import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nameOf, readCacheFile, writeCacheFile } from '../../../src/cli/cache/cache-file.js';
import { cacheFolder } from '../../../src/cli/cache/cache-folder.js';
import { modelFiles } from '../../../src/cli/cache/model-files.js';
import { capture, folderWith } from '../captured-terminal.js';

describe('the folder of the cache', () => {
  test.each([
    [{ OXSPICE_CACHE: '/x', XDG_CACHE_HOME: '/y' }, 'linux', '/x'],
    [{ XDG_CACHE_HOME: '/y' }, 'linux', join('/y', 'oxspice')],
    [{ OXSPICE_CACHE: 'off', XDG_CACHE_HOME: '/y' }, 'linux', undefined],
    [{ LOCALAPPDATA: '/z' }, 'win32', join('/z', 'oxspice', 'cache')],
  ])('%j on %s', (env, platform, folder) => {
    expect(cacheFolder(env, platform)).toBe(folder);
  });

  test('without variables it is where the system keeps such things', () => {
    expect(cacheFolder({}, 'linux')).toMatch(/\.cache.oxspice$/);
    expect(cacheFolder({}, 'darwin')).toMatch(/Library.Caches.oxspice$/);
  });
});

describe('a file of the cache', () => {
  test('comes back as it was written', () => {
    const path = join(folderWith({}), 'deep', 'file');
    expect(readCacheFile(path)).toBeUndefined();
    expect(writeCacheFile(path, Buffer.from('content'))).toBe(true);
    expect(readCacheFile(path)?.toString()).toBe('content');
  });

  test('is nothing if any bit of it is wrong, or its end is missing', () => {
    const path = join(folderWith({}), 'file');
    writeCacheFile(path, Buffer.from('some content'));
    const bytes = readFileSync(path);
    for (const at of [0, 19, 24, bytes.length - 1]) {
      const wrong = Buffer.from(bytes);
      wrong[at] ^= 1;
      writeFileSync(path, wrong);
      expect(readCacheFile(path), `byte ${at}`).toBeUndefined();
    }
    for (const length of [0, 10, 24, bytes.length - 1]) {
      writeFileSync(path, bytes.subarray(0, length));
      expect(readCacheFile(path), `${length} bytes`).toBeUndefined();
    }
  });

  test('that cannot be written stops nothing and leaves nothing', () => {
    const folder = folderWith({ file: '' });
    // The folder of the path is a file.
    expect(writeCacheFile(join(folder, 'file', 'inner'), Buffer.from('x'))).toBe(false);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('names tell facts apart, also where they are joined differently', () => {
    expect(nameOf('ab', 'c')).not.toBe(nameOf('a', 'bc'));
    expect(nameOf('a', 'b')).toBe(nameOf('a', 'b'));
  });
});

describe('models as files', () => {
  test('are found by the same build only', () => {
    const folder = folderWith({});
    modelFiles(folder, 'one').write('key', 'text');
    expect(modelFiles(folder, 'one').read('key')).toBe('text');
    expect(modelFiles(folder, 'two').read('key')).toBeUndefined();
    expect(modelFiles(folder, 'one').read('other')).toBeUndefined();
  });
});

describe('oxspice cache', () => {
  test('shows the folder, and removes what is ours', async () => {
    const folder = folderWith({ [`${nameOf('a')}.code`]: '', [`${nameOf('b')}.model`]: '', x: '' });
    const before = process.env.OXSPICE_CACHE;
    process.env.OXSPICE_CACHE = folder;
    try {
      expect((await capture(['cache', 'path'])).out).toBe(`${folder}\n`);
      expect((await capture(['cache', 'clear'])).out).toBe('2 files removed\n');
      expect(readdirSync(folder)).toEqual(['x']);
      expect((await capture(['cache', 'empty'])).code).toBe(2);
    } finally {
      if (before === undefined) delete process.env.OXSPICE_CACHE;
      else process.env.OXSPICE_CACHE = before;
    }
    expect(existsSync(folder)).toBe(true);
  });
});
