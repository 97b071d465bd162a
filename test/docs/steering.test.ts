import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { folderWith } from '../cli/captured-terminal.js';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/steering.md'), 'utf8');
const block = (language: string): string =>
  new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(page)![1];

test('the program of docs/steering.md prints what the page says', () => {
  const folder = folderWith({ 'cell.cir': block('spice') });
  const library = pathToFileURL(join(root, 'src/index.ts')).href;
  const loader = pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href;
  const file = join(folder, 'program.mjs');
  writeFileSync(file, block('js').replace("'oxspice'", `'${library}'`));
  const printed = execFileSync(process.execPath, ['--import', loader, file], {
    encoding: 'utf8',
    cwd: folder,
  });
  // s moves by (|i|/1 µA − 1)²·100 nm/s/3 nm: 0.008 in 10 µs at 6 µA; the reading current is
  // 50 mV/(89 kΩ + 1 kΩ), and v(out) = 4 mV is 4 µA through these, 0.36 V, and 10 mV more because of the 1 µs by which the capacitor lags.
  expect(printed).toBe(block('text'));
});

test('names in the table are those of the class', async () => {
  const { SteerableTransient } = await import('../../src/solver/index.js');
  const cells = [...page.matchAll(/^\| (`.*?) +\|/gm)].map(([, cell]) => cell);
  const methods = cells.flatMap((cell) =>
    [...cell.matchAll(/`(\w+)(?:\(|`)/g)].map(([, name]) => name),
  );
  expect(methods.length).toBeGreaterThan(15);
  for (const name of methods)
    expect(everything(SteerableTransient.prototype), name).toContain(name);
});

function everything(prototype: object): string[] {
  const parent = Object.getPrototypeOf(prototype) as object | null;
  return [...Object.getOwnPropertyNames(prototype), ...(parent ? everything(parent) : [])];
}
