import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { fetchSet } from '../../../src/cli/data/fetch-data.js';
import { loadData } from '../../../src/cli/data/load-data.js';
import { type KnownSet, knownSets } from '../../../src/cli/data/known-sets.js';
import { unpackTar } from '../../../src/cli/data/unpack-tar.js';
import { capture, folderWith } from '../captured-terminal.js';

const never = new AbortController().signal;
const sum = (text: string): string => createHash('sha256').update(text).digest('hex');
const small: KnownSet = {
  ...knownSets.find(({ name }) => name === 'mnist')!,
  training: [{ name: 'a', sha256: sum('first') }],
  test: [{ name: 'b', sha256: sum('second') }],
  sources: ['https://gone/', 'https://there/'],
};
const server = (contents: Readonly<Record<string, string>>) => (url: string) =>
  url in contents
    ? Promise.resolve(new Uint8Array(gzipSync(contents[url])))
    : Promise.reject(new Error('404 Not Found'));

describe('fetching', () => {
  test('takes the first source that answers, and unpacks', async () => {
    const folder = folderWith({});
    const load = server({ 'https://there/a.gz': 'first', 'https://there/b.gz': 'second' });
    const paths = await fetchSet(small, folder, never, load);
    expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['first', 'second']);
  });

  test('keeps nothing that has another sum', async () => {
    const folder = folderWith({});
    const load = server({ 'https://there/a.gz': 'first', 'https://there/b.gz': 'forged' });
    await expect(fetchSet(small, folder, never, load)).rejects.toThrow(/C145.*'b' is not what/);
    expect(existsSync(join(folder, 'mnist'))).toBe(false);
  });

  // Such as the page by which a network asks its users to log in.
  test('refuses what cannot be unpacked', async () => {
    const load = () => Promise.resolve(new TextEncoder().encode('<html>'));
    await expect(fetchSet(small, folderWith({}), never, load)).rejects.toThrow(
      /C145.*'a' is not what it should be: it cannot be unpacked/,
    );
  });

  test('says which sources failed, and what to do by hand', async () => {
    const folder = folderWith({});
    await expect(fetchSet(small, folder, never, server({}))).rejects.toThrow(
      /C144[^]*https:\/\/gone\/a\.gz: 404[^]*https:\/\/there\/a\.gz: 404[^]*put a, b/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('an archive is unpacked', () => {
  const header = (name: string, length: number): Uint8Array => {
    const block = new Uint8Array(512);
    block.set(new TextEncoder().encode(name), 0);
    block.set(new TextEncoder().encode(length.toString(8).padStart(11, '0')), 124);
    block[156] = '0'.charCodeAt(0);
    return block;
  };
  const body = new Uint8Array(512).fill(7, 0, 3);
  const archive = [header('x/one.bin', 3), body, header('two', 0), new Uint8Array(1024)];
  const files = unpackTar(Uint8Array.from(archive.flatMap((part) => [...part])));
  expect([...files]).toEqual([
    ['one.bin', Uint8Array.of(7, 7, 7)],
    ['two', new Uint8Array()],
  ]);
});

describe('loading', () => {
  test('finds what comes with the project', () => {
    const { training, paths } = loadData('Wine');
    expect([training.count, training.features, paths.length]).toEqual([178, 13, 1]);
  });

  test('finds a file of the user', () => {
    const folder = folderWith({ 'own.csv': '1,2,0\n3,4,1\n' });
    expect([...loadData(join(folder, 'own.csv')).training.inputs]).toEqual([1, 2, 3, 4]);
  });

  test('says what to do where a set is missing', () => {
    const folder = folderWith({});
    vi.stubEnv('OXSPICE_DATA', join(folder, 'none'));
    expect(() => loadData('cifar10', folder)).toThrow(/C143[^]*searched: [^]*oxspice data get/);
    vi.unstubAllEnvs();
  });

  test('takes any selection of pictures in the standard form', () => {
    const folder = folderWith({
      'train-2.bin': '\u0001'.repeat(2 * 3073),
      'test-1.bin': '\u0002'.repeat(3073),
    });
    const { training, test: tested } = loadData('cifar10', folder);
    expect([training.count, tested!.count, tested!.labels[0]]).toEqual([2, 1, 2]);
  });
});

test('the list says where each set is', async () => {
  const { code, out } = await capture(['data', '--data-dir', folderWith({})]);
  expect(code).toBe(0);
  expect(out).toMatch(/iris +Iris flowers.*data\n/);
});

test.each([
  [['data', 'get', 'mnits'], 1, /error\[C142\][^]*did you mean 'mnist'/],
  [['data', 'fetch', 'mnist'], 2, /error\[C146\]/],
])('%j is refused', async (words, exitCode, pattern) => {
  const { code, err } = await capture(words);
  expect(code).toBe(exitCode);
  expect(err).toMatch(pattern);
});
