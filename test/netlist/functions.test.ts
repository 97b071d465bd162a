import { describe, expect, it } from 'vitest';
import { printExpression } from '../../src/expression/index.js';
import { cardsOf, codesOf, instance, parameter } from './circuit-of.js';

/** The resistance of `r1 a 0 {text}` behind these cards. */
function resistance(text: string, ...cards: readonly string[]): number | undefined {
  return parameter(cardsOf(...cards, `r1 a 0 {${text}}`), 'r1', 'r');
}

describe('.func', () => {
  const cards = [
    '.param w=2',
    '.func f(a,b) {a*b+w}',
    ".func g(a) 'f(a,a)+1'",
    '.func h(x) = x+1',
    ".param k(z)='z*10' q={k(3)}",
    '.func one() {1}',
    '.func sqr(x) {x}',
  ];

  // f, g and k as ngspice 39 prints them for the same cards; the others by hand.
  it.each([
    ['f(2,3)', 8],
    ['g(2)', 7],
    ['k(2)', 20],
    ['q', 30],
    ['h(h(1))', 3],
    ['one()', 1],
    ['F(f(1,1), 2)', 8],
    ['sqr(3)', 3],
  ])('%s', (text, expected) => {
    expect(resistance(text, ...cards)).toBe(expected);
  });

  it('is written out in B elements and outputs', () => {
    const { prints, ...circuit } = cardsOf(
      ...cards,
      'v1 a 0 1',
      'b1 b 0 v=f(v(a),2)',
      'r1 b 0 1',
      '.print tran f(v(a),3)',
    );
    const { definition } = instance({ prints, ...circuit }, 'b1');
    if (definition.equations.kind !== 'behavioural') throw new Error('a B element is expected');
    expect(printExpression(definition.equations.expression)).toBe('v(k0)*c0+c1');
    const [item] = prints[0].items;
    expect(item.expression !== 'all' && printExpression(item.expression)).toBe('v(a)*3+2');
  });

  it('sees the parameters of where it is called, as in ngspice', () => {
    const circuit = cardsOf(
      ...cards,
      'x1 a cell',
      '.subckt cell p',
      '.param w=10',
      'r1 p 0 {f(1,1)}',
      '.ends',
    );
    expect(parameter(circuit, 'x1.r1', 'r')).toBe(11);
  });

  it.each([
    ['f(1)', 'E203'],
    ['loop(1)', 'E304'],
    ['d9(1)', 'E304'],
  ])('%s is %s', (text, code) => {
    const doubling = Array.from(
      { length: 20 },
      (_, i) => `.func d${i}(x) {${i === 0 ? 'x' : `d${i - 1}(x)+d${i - 1}(x)`}}`,
    );
    const all = [...cards, '.func loop(x) {loop(x)}', ...doubling, '.func d9(x) {d19(x)}'];
    expect(codesOf(...all, `r1 a 0 {${text}}`)).toContain(code);
    expect(codesOf(...all, 'v1 a 0 1', `b1 b 0 v=${text.replace('1', 'v(a)')}`)).toContain(code);
  });

  it('errors inside of many calls are no calls inside of each other', () => {
    const many = Array.from({ length: 150 }, (_, i) => `b${i} n${i} 0 v=bad(v(a))`);
    const codes = codesOf('.func bad(x) {x+nothing}', 'v1 a 0 1', ...many);
    expect(new Set(codes)).toEqual(new Set(['E201']));
  });

  it.each([['.func f'], ['.func f(1) {2}'], ['.func (a) {2}'], ['.param f(a=3']])(
    '%s is refused',
    (card) => {
      expect(codesOf(card).length).toBeGreaterThan(0);
    },
  );
});

describe('random draws', () => {
  it.each(['agauss(5,1,3)', 'gauss(5,0.1,3)', 'aunif(5,1)', 'unif(5,0.1)', 'limit(5,1)'])(
    '%s has its nominal value',
    (text) => {
      expect(resistance(text)).toBe(5);
      const circuit = cardsOf('v1 a 0 1', `b1 b 0 v=v(a)*${text}`);
      expect(parameter(circuit, 'b1', 'c0')).toBe(5);
    },
  );
});

describe('splines', () => {
  // Akima's curve through a parabola's points is not the parabola; slopes at inner points are
  // weighted means of the neighbouring chords (worked out by hand for 0, 1, 4, 9 at 0, 1, 2, 3:
  // chords 1, 3, 5, extrapolated -3, -1 and 7, 9; all weights equal, slopes 0, 2, 4, 6: exact).
  it.each([
    ['akima(1.5, 0,0, 1,1, 2,4, 3,9)', 2.25],
    ['spline(0.5, 0,0, 1,1, 2,4, 3,9)', 0.25],
    ['akima(4, 0,0, 1,1, 2,4, 3,9)', 16],
    // Natural spline through 0, 1, 0: s''(1) = -3, s(½) = ½ + (1/16)·3 = 0.6875.
    ['cubic(0.5, 0,0, 1,1, 2,0)', 0.6875],
    ['table(0.5, 0,0, 1,1, 2,0)', 0.5],
    ['pwl(1.5, 0,0, 1,1, 2,0)', 0.5],
  ])('%s', (text, expected) => {
    expect(resistance(`1+${text}`)).toBeCloseTo(1 + expected, 12);
  });
});

describe('.if', () => {
  const cards = (w: number): string[] => [
    `.param w=${w}`,
    '.if (w==2 && 1)',
    'r1 a 0 1',
    '.param k=5',
    '.if (k==5)',
    'r2 a 0 {k}',
    '.endif',
    '.elseif (w==3)',
    'r1 a 0 2',
    '.else',
    'r1 a 0 3',
    '.endif',
  ];

  // As ngspice 39 chooses.
  it.each([
    [2, 1, 5],
    [3, 2, undefined],
    [4, 3, undefined],
  ])('chooses a branch for w = %s', (w, r1, r2) => {
    const { instances } = cardsOf(...cards(w));
    const value = (name: string) => instances.find((e) => e.name === name)?.parameters.get('r');
    expect([value('r1'), value('r2')]).toEqual([r1, r2]);
  });

  it('depends on the parameters of each use of a subcircuit', () => {
    const circuit = cardsOf(
      'x1 a cell fast=1',
      'x2 a cell',
      '.subckt cell p fast=0',
      '.if (fast)',
      'r1 p 0 1',
      '.else',
      'r1 p 0 2',
      '.endif',
      '.ends',
    );
    expect(parameter(circuit, 'x1.r1', 'r')).toBe(1);
    expect(parameter(circuit, 'x2.r1', 'r')).toBe(2);
  });

  it('sees what a branch sets', () => {
    const circuit = cardsOf(
      '.param a=1 b={a*2}',
      '.if (b==2)',
      '.param a=4',
      '.endif',
      'r1 n 0 {b}',
    );
    expect(parameter(circuit, 'r1', 'r')).toBe(8);
  });

  it.each([
    [['.if (1)'], ['N403']],
    [['.endif'], ['N403']],
    [['.else'], ['N403']],
    [['.if (1)', '.else', '.elseif (1)', '.endif'], ['N403']],
    [['.if (nothing)', '.endif'], ['E201']],
    [['.if', '.endif'], ['E102']],
    [
      ['.subckt a b', '.if (1)', '.ends', '.endif'],
      ['N403', 'N403'],
    ],
  ])('%s is refused', (broken, codes) => {
    expect(codesOf(...broken).sort()).toEqual([...codes].sort());
  });
});
