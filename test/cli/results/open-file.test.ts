import { closeSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { replaceFile } from '../../../src/cli/results/open-file.js';
import { folderWith } from '../captured-terminal.js';

test('a replaced file is the new one, and nothing else is left', () => {
  const folder = folderWith({ 'a.json': 'old and longer' });
  const path = join(folder, 'a.json');
  replaceFile(path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readdirSync(folder)).toEqual(['a.json']);
});

test('who has opened the old file goes on reading it whole', () => {
  const folder = folderWith({ 'b.json': 'x'.repeat(1 << 16) });
  const path = join(folder, 'b.json');
  const reader = openSync(path, 'r');
  replaceFile(path, 'y');
  // Writing in place would have truncated it under its reader.
  expect(readFileSync(reader, 'utf8')).toBe('x'.repeat(1 << 16));
  closeSync(reader);
});

test('a place that cannot be written is told, and leaves nothing behind', () => {
  const folder = folderWith({});
  mkdirSync(join(folder, 'taken'));
  expect(() => {
    replaceFile(join(folder, 'taken'), 'x');
  }).toThrow(/cannot write/);
  expect(() => {
    replaceFile(join(folder, 'missing', 'a'), 'x');
  }).toThrow(/cannot write/);
  expect(readdirSync(folder)).toEqual(['taken']);
});
