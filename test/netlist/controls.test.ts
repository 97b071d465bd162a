import { describe, expect, it } from 'vitest';
import { printExpression } from '../../src/expression/index.js';
import type { OutputItem } from '../../src/netlist/index.js';
import { cardsOf } from './circuit-of.js';

it('analyses keep their arguments and order', () => {
  const circuit = cardsOf(
    '.param stop=10n r1=5',
    'v1 a 0 1',
    'r1 a 0 1',
    '.tran 1ns {stop*2} uic',
    '.AC DEC 10 1 1MEG',
    '.dc v1 0 stop 0.1',
    '.op',
  );
  const shown = circuit.analyses.map(({ name, arguments: values }) => [
    name,
    ...values.map(({ text, value }) => value ?? text),
  ]);
  expect(shown).toEqual([
    ['tran', 1e-9, 2e-8, 'uic'],
    ['ac', 'dec', 10, 1, 1e6],
    ['dc', 'v1', 0, 1e-8, 0.1],
    ['op'],
  ]);
});

it('options are numbers, words and flags; later ones count', () => {
  const circuit = cardsOf(
    'r1 a 0 1',
    '.options reltol=1e-4 method=Gear noacct',
    '.option reltol = {2*1e-5}',
  );
  const shown = [...circuit.options].map(([name, { value }]) => [name, value]);
  expect(Object.fromEntries(shown)).toEqual({ reltol: 2e-5, method: 'gear', noacct: 1 });
});

it('temperatures and node values are evaluated', () => {
  const circuit = cardsOf(
    '.param t=25 hi=3',
    'r1 a b 1',
    'r2 b 0 1',
    '.temp {t} 50',
    '.temp t',
    '.ic v(a)=1 V( B ) = {hi/2}, v(b)=hi',
    ".nodeset v(b)='hi'",
  );
  expect(circuit.temperatures).toEqual([25, 50, 25]);
  const named = circuit.initialConditions.map(({ node, value }) => [circuit.nodes[node], value]);
  expect(named).toEqual([
    ['a', 1],
    ['b', 1.5],
    ['b', 3],
  ]);
  expect(circuit.nodesets[0].value).toBe(3);
});

describe('outputs', () => {
  const circuit = cardsOf(
    '.param gain=2',
    'v1 in 0 1',
    'r1 in 2 1',
    'r2 2 0 1',
    'd1 in 0 dd',
    '.model dd d',
    '.save V(in) v( in , 2 ) i(V1) @d1[id] all v1#branch in 2 v(GND)',
    '.print tran v(in) {v(in)*gain} v(2)*2, vdb(in)',
    '.print v (in)',
  );
  const shown = (items: readonly OutputItem[]) =>
    items.map(({ expression }) => (expression === 'all' ? 'all' : printExpression(expression)));

  it('are resolved', () => {
    expect(shown(circuit.saves[0].items)).toEqual([
      ...['v(in)', 'v(in,2)', 'i(v1)', '@d1[id]', 'all', 'i(v1)', 'v(in)', 'v(2)', 'v(0)'],
    ]);
    expect(shown(circuit.prints[0].items)).toEqual(['v(in)', 'v(in)*2', 'v(2)*2', 'vdb(in)']);
    expect(shown(circuit.prints[1].items)).toEqual(['v(in)']);
  });

  it('take elements of subcircuits by the names that ngspice has for them', () => {
    const inner = cardsOf(
      '.subckt s p',
      'v2 p q 0',
      'd1 q 0 dd',
      '.ends',
      '.model dd d',
      'v1 in 0 1',
      'x1 in s',
      '.save i(v.x1.v2) @d.x1.d1[id] v.x1.v2#branch i(x1.v2)',
    );
    expect(shown(inner.saves[0].items)).toEqual(['i(x1.v2)', '@x1.d1[id]', 'i(x1.v2)', 'i(x1.v2)']);
  });

  it('keep their analysis and their text', () => {
    expect(circuit.prints.map(({ analysis }) => analysis)).toEqual(['tran', undefined]);
    expect(circuit.saves[0].items.map(({ text }) => text).slice(0, 3)).toEqual([
      'V(in)',
      'v(in,2)',
      'i(V1)',
    ]);
  });
});
