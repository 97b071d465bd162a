import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, rawFile } from './captured-terminal.js';

const main = resolve(import.meta.dirname, '../../src/cli/main.ts');

test('Ctrl-C ends a run in good order', async () => {
  const folder = folderWith({
    'deck.cir': 'endless\nV1 a 0 sin(0 1 1k)\nR1 a b 1k\nC1 b 0 1n\n.tran 1n 10\n.end\n',
  });
  const raw = join(folder, 'deck.out', 'deck.tran.raw');
  const child = spawn(process.execPath, ['--import', 'tsx', main, 'run', join(folder, 'deck.cir')]);
  let err = '';
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  const waiting = setInterval(() => {
    if (!existsSync(raw)) return;
    // Once: a second Ctrl-C ends the process at once.
    clearInterval(waiting);
    child.kill('SIGINT');
  }, 100);
  const code = await new Promise((done) => child.on('close', done));
  clearInterval(waiting);
  expect(err).toContain('interrupted: what was computed until then is on disk');
  expect(code).toBe(130);
  const dataset = rawFile(raw);
  expect(dataset.length).toBeGreaterThan(0);
  expect(dataset.scale.real.at(-1)).toBeLessThan(10);
});
