import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { readCharacterizeSpecification } from '../../../src/arch/index.js';
import { capture, folderWith } from '../../cli/captured-terminal.js';

const root = resolve(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/characterize.md'), 'utf8');

function block(language: string): string {
  return new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(page)![1];
}

test('the example of docs/characterize.md does what the page says', async () => {
  const folder = folderWith({ 'inverter.cir': block('spice') });
  const words = block('sh').trim().replaceAll("'", '').split(' ');
  expect(words.slice(0, 3)).toEqual(['oxspice', 'characterize', 'inverter.cir']);
  const args = ['characterize', join(folder, 'inverter.cir'), ...words.slice(3), '--verify', '100'];
  const { code, err } = await capture(args);
  expect(err).toBe('');
  expect(code).toBe(0);
  const library = pathToFileURL(join(root, 'src/arch/index.ts')).href;
  const loader = pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href;
  const file = join(folder, 'program.mjs');
  writeFileSync(file, block('js').replace("'oxspice/arch'", `'${library}'`));
  const printed = execFileSync(process.execPath, ['--import', loader, file], {
    encoding: 'utf8',
    cwd: folder,
  });
  expect(printed).toBe(block('text'));
});

test('the file of settings of docs/characterize.md is one', () => {
  const { value, diagnostics } = readCharacterizeSpecification({
    name: 'page',
    text: block('json'),
  });
  expect(diagnostics).toEqual([]);
  expect(value?.inputs).toHaveLength(3);
});
