import { describe, expect, it } from 'vitest';
import { spanText } from '../../src/base/index.js';
import { parseNetlist } from '../../src/netlist/index.js';
import { cardsOf, circuitOf, instance, nodesOf, parameter } from './circuit-of.js';

describe('title', () => {
  it.each(['R1 a b 1k', '.tran 1n 1u', '* a comment', '+ more', '', '.end'])(
    'is the first line, also if that is %j',
    (title) => {
      const circuit = circuitOf(`${title}\nr9 a 0 1k\n`);
      expect(circuit.title).toBe(title);
      expect(circuit.instances.map(({ name }) => name)).toEqual(['r9']);
      expect(circuit.analyses).toEqual([]);
    },
  );

  it('is replaced by .title', () => {
    expect(circuitOf('one\n.title Another One\nr1 a 0 1\n').title).toBe('Another One');
  });
});

describe('comments, as ngspice 39 reads them (each run in a divider)', () => {
  it.each([
    ['r1 a 0 1k ; comment'],
    ['r1 a 0 1k;comment'],
    ['r1 a 0 1k $ comment'],
    ['r1 a 0 1k $comment m=4'],
    ['r1 a 0 1k,$comment'],
    ['r1 a 0 1k\t$comment'],
    ['r1 a 0 1k // comment'],
    ['r1 a 0 1k//comment'],
    ['* r1 a 0 2k\nr1 a 0 1k'],
    ['   * r1 a 0 2k\nr1 a 0 1k'],
    ['$ r1 a 0 2k\nr1 a 0 1k'],
    ['r1 a 0\n+ 1k'],
    ['r1 a 0 ; comment\n* comment\n\n   + 1k ; comment'],
    ['r1 a 0\r\n+ 1k\r\n'],
    ['\tr1 a,0 1k'],
    ['R1 (A 0) 1K'],
  ])('%j', (card) => {
    const circuit = cardsOf(card);
    expect(circuit.instances.length).toBe(1);
    expect(nodesOf(circuit, 'r1')).toEqual(['a', '0']);
    expect([...instance(circuit, 'r1').parameters]).toEqual([['r', 1000]]);
  });

  it('a dollar inside a name is none', () => {
    expect(nodesOf(cardsOf('r1 a b$x 1k', 'r2 b$x 0 1k'), 'r1')).toEqual(['a', 'b$x']);
  });

  it('may stand inside a continued expression', () => {
    expect(parameter(cardsOf('r1 a 0 {3 $ three', '+ *2}'), 'r1', 'r')).toBe(6);
  });
});

it('places count in the line that a continuation stands on', () => {
  const text = 'title\nr1 a 0\n* between\n+ 1k ; comment\n+ foo=3\n';
  const { diagnostics } = parseNetlist(text);
  expect(diagnostics.map(({ span }) => span && spanText(span))).toEqual(['foo']);
  expect(diagnostics[0].span?.start).toBe(text.indexOf('foo'));
});

it('nothing behind .end is read', () => {
  expect(cardsOf('r1 a 0 1', '.end', 'r2 a 0 1', '').instances.length).toBe(1);
});

it('a .control block is left out', () => {
  const circuit = cardsOf('r1 a 0 1', '.control', 'run', 'plot v(a) $ x', '.endc', 'r2 a 0 1');
  expect(circuit.instances.map(({ name }) => name)).toEqual(['r1', 'r2']);
  expect(circuit.diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
});
