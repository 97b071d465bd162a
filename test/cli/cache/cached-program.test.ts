import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderWith } from '../captured-terminal.js';

const root = resolve(import.meta.dirname, '../../..');
/** Within the package: the program looks for its version above itself. */
const folder = join(root, `dist.cache-test-${process.pid}`);

beforeAll(async () => {
  const script = pathToFileURL(join(root, 'scripts/bundle.mjs')).href;
  const { bundle } = (await import(script)) as { bundle: (to: string) => Promise<void> };
  await bundle(folder);
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const deck = `a rectifier with an amplifier
.model d d(is=1e-14 rs=1 cjo=2p tt=5n)
.model n nmos(vto=0.5 kp=100u lambda=0.02 tox=20n)
V1 a 0 sin(0 2 1k)
D1 a b d
C1 b 0 100n
R1 b 0 10k
V2 c 0 5
R2 c e 10k
M1 e b 0 0 n w=10u l=1u
.tran 10u 1m
.end
`;

/** Runs the deck in a folder of its own; what it wrote. */
async function run(cache: string, ...more: string[]): Promise<Buffer> {
  const own = folderWith({ 'deck.cir': deck });
  const args = [join(folder, 'main.js'), 'run', join(own, 'deck.cir'), '--quiet', ...more];
  const env = { ...process.env, OXSPICE_CACHE: cache };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { env });
  expect(stdout + stderr).toBe('');
  // The second line has the date.
  const file = readFileSync(join(own, 'deck.out', 'deck.tran.raw'));
  return file.subarray(file.indexOf('Plotname'));
}

const files = (cache: string, kind: string): string[] =>
  readdirSync(cache).filter((name) => name.endsWith(kind));

describe('runs with a cache', () => {
  test('give the bits of runs without', async () => {
    const cache = join(folderWith({}), 'new');
    const plain = await run('off');
    expect(await run(cache)).toEqual(plain);
    expect(files(cache, '.code')).toHaveLength(1);
    // Five kinds of devices, each in one structure: what that depends on, and the model.
    expect(files(cache, '.model')).toHaveLength(10);
    expect(await run(cache)).toEqual(plain);
  });

  test('and with one whose files are wrong, cut, or of something else', async () => {
    const cache = folderWith({});
    const plain = await run(cache);
    const names = readdirSync(cache);
    names.forEach((name, k) => {
      const path = join(cache, name);
      const bytes = readFileSync(path);
      if (k % 2 === 0) writeFileSync(path, bytes.subarray(0, bytes.length / 2));
      else writeFileSync(path, bytes.fill(0x55, 100));
    });
    expect(await run(cache)).toEqual(plain);
    // They are replaced.
    expect(await run(cache)).toEqual(plain);
    expect(readdirSync(cache).sort()).toEqual(names.sort());
  });

  test('several at once, and one whose cache cannot be written', async () => {
    const cache = folderWith({});
    const results = await Promise.all([1, 2, 3].map(() => run(cache)));
    const plain = await run(join(folderWith({ file: '' }), 'file'));
    for (const result of results) expect(result).toEqual(plain);
    // Nothing unfinished stays.
    expect(readdirSync(cache).filter((name) => !/\.(code|model)$/.test(name))).toEqual([]);
  });

  test('--no-cache reads and writes nothing', async () => {
    const cache = folderWith({});
    await run(cache, '--no-cache');
    expect(readdirSync(cache)).toEqual([]);
  });

  test('code is made again for parts of the program that it lacks', async () => {
    const cache = folderWith({});
    await run(cache);
    const [name] = files(cache, '.code');
    const parts = (): string[] =>
      readFileSync(join(cache, name)).toString('latin1', 24).split('\n')[0].trim().split(' ');
    expect(parts()).toEqual(expect.arrayContaining(['run', 'tran', 'raw', 'compiler']));
    await run(cache, '--format', 'raw');
    expect(parts()).toContain('models');
    const before = readFileSync(join(cache, name));
    await run(cache);
    expect(readFileSync(join(cache, name)).equals(before)).toBe(true);
  });

  test('a program that was changed does not get the code of the one before', async () => {
    const cache = folderWith({});
    await run(cache);
    const program = join(folder, 'program.js');
    writeFileSync(program, readFileSync(program, 'utf8'));
    await run(cache);
    expect(files(cache, '.code')).toHaveLength(2);
  });
});
