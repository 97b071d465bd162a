import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Import order of the folders of src/, left to right only; eslint.config.mjs checks the same. */
const order = [
  'base',
  'expression',
  'jobs',
  'waveform',
  'devices',
  'netlist',
  'solver',
  'arch',
  'cli',
];

const root = resolve(import.meta.dirname, '../src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));

/** What a file imports, types and lazy imports included. */
function importsOf(text: string): string[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*'([^']+)'|import\(\s*'([^']+)'\s*\)/g;
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2]);
}

function folderOf(name: string): string {
  return name.split(sep)[0];
}

function folderOfFile({ name }: { readonly name: string }): string {
  return folderOf(name);
}

/** Files below the command line: everything that must run in a browser. */
const below = files.filter(({ name }) => folderOf(name) !== 'cli');

describe('architecture', () => {
  test('imports are found (the checks below would pass on nothing)', () => {
    const count = files.reduce((sum, { text }) => sum + importsOf(text).length, 0);
    expect(count).toBeGreaterThan(100);
  });

  test('every folder has its place in the order', () => {
    const folders = new Set(files.filter(({ name }) => name.includes(sep)).map(folderOfFile));
    expect([...folders].filter((folder) => !order.includes(folder))).toEqual([]);
  });

  test('imports go from left to right', () => {
    const wrong = files
      .filter(({ name }) => name.includes(sep))
      .flatMap((file) => {
        const own = order.indexOf(folderOfFile(file));
        return importsOf(file.text)
          .filter((path) => path.startsWith('.'))
          .map((path) => folderOf(relative(root, resolve(dirname(join(root, file.name)), path))))
          .filter((folder) => order.indexOf(folder) > own)
          .map((folder) => `src/${file.name} imports from src/${folder}`);
      });
    expect(wrong).toEqual([]);
  });

  test('nothing below the command line uses Node or the console', () => {
    const wrong = below.filter(({ text }) => {
      const code = text.replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '');
      return (
        importsOf(text).some((path) => /^(node:|fs$|path$|os$)/.test(path)) ||
        /\bconsole\.|(?<![\w/])process\.|\bBuffer\.|\brequire\(/.test(code)
      );
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test('exports are named', () => {
    const wrong = files.filter(({ text }) => /^export default\b/m.test(text));
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test('no file has a name that says nothing', () => {
    const vague = /(^|[\\/])(utils?|helpers?|common|types|misc)\.ts$/;
    const names = files.map(({ name }) => name);
    expect(names.filter((name) => vague.test(name) || /[A-Z_]/.test(name))).toEqual([]);
  });
});
