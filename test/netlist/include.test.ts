import { expect, it } from 'vitest';
import { positionAt, type Source } from '../../src/base/index.js';
import { parseNetlist } from '../../src/netlist/index.js';
import { circuitOf, parameter } from './circuit-of.js';

/** Files as a reader of a real file system would find them: relative to the including file. */
function readerOf(files: Readonly<Record<string, string>>) {
  return (path: string, from: Source): Source | undefined => {
    const folder = from.name.slice(0, from.name.lastIndexOf('/') + 1);
    const name = folder + path;
    return name in files ? { name, text: files[name] } : undefined;
  };
}

it('files are found relative to the file that names them, and have no title', () => {
  const reader = readerOf({
    'sub/a.inc': 'ra a 0 3\n.include b.inc\n.param late=5\n',
    'sub/b.inc': 'rb a 0 {late}\n',
  });
  const circuit = circuitOf('title\n.include "sub/a.inc"\n', { name: 'deck.cir', reader });
  expect(parameter(circuit, 'ra', 'r')).toBe(3);
  expect(parameter(circuit, 'rb', 'r')).toBe(5);
});

it('a file may be included in a subcircuit, and more than once', () => {
  const reader = readerOf({ 'r.inc': 'r1 n 0 3\n' });
  const cards = ['x1 a s', 'x2 a t', '.subckt s n', '.inc r.inc', '.ends', '.subckt t n'];
  const text = ['title', ...cards, ".include 'r.inc'", '.ends'].join('\n');
  const { instances } = circuitOf(text, { reader });
  expect(instances.map(({ name }) => name)).toEqual(['x1.r1', 'x2.r1']);
});

it('places are those of the included file', () => {
  const reader = readerOf({ 'r.inc': '* comment\nr1 n 0 1k2\n' });
  const [diagnostic] = parseNetlist('title\n.include r.inc\n', { reader }).diagnostics;
  expect(diagnostic.span?.source.name).toBe('r.inc');
  expect(diagnostic.span && positionAt(diagnostic.span.source, diagnostic.span.start)).toEqual({
    line: 2,
    column: 8,
  });
});

it('a circle ends', () => {
  const reader = readerOf({ 'a.inc': '.include b.inc\n', 'b.inc': '.include a.inc\n' });
  const { diagnostics } = parseNetlist('title\n.include a.inc\n', { reader });
  expect(diagnostics.map(({ code }) => code)).toEqual(['N406']);
});

it('without a reader an include is an error', () => {
  const { diagnostics } = parseNetlist('title\n.include a.inc\n');
  expect(diagnostics.map(({ code }) => code)).toEqual(['N203']);
});
