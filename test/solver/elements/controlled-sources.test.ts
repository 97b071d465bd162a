import { describe, expect, it } from 'vitest';
import { codesOf } from '../../netlist/circuit-of.js';
import { operatingPoint } from './run-cards.js';

const circuit = ['v1 a 0 2', 'v2 b 0 3', 'vs s 0 0', 'i1 0 s 0.5', 'r1 o 0 1', '.param k=2'];

describe('E and G with POLY, VALUE, TABLE', () => {
  // ngspice 39 gives these values, each run with `op`. A G from ground to o drives 1 Ω.
  it.each<[string, number]>([
    ['poly(1) a 0 5', 5],
    ['poly(1) a 0 0 5', 10],
    ['poly(1) a 0 0 1 0.5', 4],
    ['POLY (1) (a,0) 0 {k}', 4],
    ['poly(2) a 0 b 0 1 2 3 4 5 6', 114],
    ['poly(2) (a,0) (b,0) 0 0 0 0 1', 6],
    ['poly(2) (a,b) (b,0) 0 k 1 ', 1],
    ['poly(3) a 0 b 0 a 0 0 0 0 0 1 2 3 4 5 6 7', 174],
    ['value={v(a)**2+time}', 4],
    ['value = {v(a)*v(b)}', 6],
    ['VALUE {v(a)*k}', 4],
    ["vol='-v(a)'", -2],
    ['table {v(a)} = (0,0) (4,8)', 4],
    ['TABLE {v(a)} (0,0) (1,1) (1.5,4)', 4],
    ['table {v(b)-5} = (0,0) (1,1)', 0],
    ["table 'v(a)' = ((0,0), ({k*2}, 8))", 4],
    ['table {v(a)} 0 0 4 8', 4],
  ])('%s', async (text, expected) => {
    const e = await operatingPoint(...circuit, `e1 p 0 ${text}`);
    expect(e('v(p)')).toBeCloseTo(expected, 12);
    const g = await operatingPoint(...circuit, `g1 0 o ${text}`);
    expect(g('v(o)')).toBeCloseTo(expected, 12);
  });

  it('a G element takes m', async () => {
    const value = await operatingPoint(...circuit, "g1 0 o cur='v(a)*2' m=3");
    expect(value('v(o)')).toBeCloseTo(12, 12);
  });
});

describe('F and H with POLY', () => {
  it.each<[string, string, number]>([
    ['f1 0 o poly(1) vs 0 0 2', 'v(o)', 0.5],
    ['h1 p 0 poly(2) vs v1 1 2 3', 'v(p)', 2],
    ['h1 p 0 value={i(vs)*4}', 'v(p)', 2],
  ])('%s', async (card, column, expected) => {
    const value = await operatingPoint(...circuit, card);
    expect(value(column)).toBeCloseTo(expected, 12);
  });
});

it('an E element with an expression has a current that others read', async () => {
  const value = await operatingPoint(
    'v1 a 0 2',
    'e1 b 0 value={v(a)*2}',
    'r1 b 0 2',
    'f1 0 c e1 1',
    'r2 c 0 1',
  );
  expect(value('i(e1)')).toBeCloseTo(-2, 12);
  expect(value('v(c)')).toBeCloseTo(-2, 12);
});

it('a B element has temperature coefficients', async () => {
  // 3·2·(1 + 0.01·10 + 0.001·100), ngspice 39.
  const card = 'b1 0 o i=v(a) m=3 tc1=0.01 tc2=0.001 temp=37';
  const value = await operatingPoint(...circuit, card);
  expect(value('v(o)')).toBeCloseTo(7.2, 12);
});

it.each<[string, string[]]>([
  ['e1 p 0 poly(2) a 0 b', ['N405']],
  ['e1 p 0 poly a 0 1', ['N408']],
  ['e1 p 0 poly(0) a 0 1', ['N405']],
  ['e1 p 0 poly(1) a 0', ['N405']],
  ['e1 p value={1}', ['N405']],
  ['e1 p 0 table {v(a)} = (0,0) (1)', ['N405']],
  ['e1 p 0 table {v(a)} = (1,0) (0,1)', ['E403']],
  ['e1 p 0 table {v(a} = (0,0) (1,1)', ['E104']],
  ['e1 p 0 value={v(nowhere)}', ['N211']],
  ['e1 p 0 laplace {v(a)} = {1/(1+s)}', ['N501']],
  ['f1 0 o poly(1) r1 0 1', ['N309']],
])('complains about %s', (card, codes) => {
  expect(codesOf('v1 a 0 2', 'v2 b 0 1', 'r1 o 0 1', card)).toEqual(codes);
});
