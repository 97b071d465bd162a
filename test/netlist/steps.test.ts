import { describe, expect, it } from 'vitest';
import { expandDeck, parseNetlist, type StepCard } from '../../src/netlist/index.js';
import { cardsOf, circuitOf, codesOf, instance, parameter } from './circuit-of.js';

const circuit = [
  '.param r=1k c=1n',
  'v1 in 0 dc 1',
  'r1 in out {r}',
  'c1 out 0 {c}',
  'd1 out 0 dm',
  '.model dm d(is=1e-14)',
  'x1 out cell',
  '.subckt cell a',
  'r1 a 0 5k',
  '.ends',
];

function step(card: string): StepCard {
  return cardsOf(...circuit, card).steps[0];
}

function values(card: string): number[] {
  return step(card).rows.map(([value]) => value);
}

describe('.step', () => {
  // Each value follows from the card by hand.
  it.each([
    ['.step param r 1k 3k 1k', [1e3, 2e3, 3e3]],
    ['.step lin param r 1k 3.5k 1k', [1e3, 2e3, 3e3]],
    ['.step param r lin 3k 1k -1k', [3e3, 2e3, 1e3]],
    ['.step r list 1k {2*r} 7k', [1e3, 2e3, 7e3]],
    ['.step param r list 1k, 2k', [1e3, 2e3]],
    ['.step oct param r 1k 4k 1', [1e3, 2e3, 4e3]],
    ['.step r oct 1 1k 4k', [1e3, 2e3, 4e3]],
    ['.step dec param r 1 100 1', [1, 10, 100]],
    ['.step dec param r 100 1 1', [100, 10, 1]],
    ['.step temp 0 100 50', [0, 50, 100]],
    ['.step v1 5 5 1', [5]],
  ])('%s', (card, expected) => {
    const found = values(card);
    expect(found.length).toBe(expected.length);
    found.forEach((value, i) => {
      expect(value / (expected[i] || 1)).toBeCloseTo(expected[i] && 1, 12);
    });
  });

  it.each([
    ['.step param r 1 2 1', 'parameter', 'r', undefined],
    ['.step r1 1 2 1', 'instance', 'r1', 'r'],
    ['.step @r1[tc1] 1 2 1', 'instance', 'r1', 'tc1'],
    ['.step v1 1 2 1', 'instance', 'v1', 'dc'],
    ['.step d1:area 1 2 1', 'instance', 'd1', 'area'],
    ['.step x1:r1 1 2 1', 'instance', 'x1.r1', 'r'],
    ['.step x1:r1:r 1 2 1', 'instance', 'x1.r1', 'r'],
    ['.step x1.r1 1 2 1', 'instance', 'x1.r1', 'r'],
    ['.step d dm(is) 1 2 1', 'model', 'dm', 'is'],
    ['.step dm:is 1 2 1', 'model', 'dm', 'is'],
    ['.step temp 1 2 1', 'temperature', 'temp', undefined],
  ])('%s changes the %s %s', (card, kind, name, part) => {
    const [target] = step(card).targets;
    expect([target.kind, target.name, target.parameter]).toEqual([kind, name, part]);
  });

  it('keeps the order of several cards', () => {
    const { steps } = cardsOf(...circuit, '.step r list 1 2', '.step c list 1 2 3');
    expect(steps.map(({ targets }) => targets[0].label)).toEqual(['r', 'c']);
  });

  it('defines a parameter that has no .param, as LTspice does', () => {
    const stepped = cardsOf('r1 a 0 {x}', '.step param x list 5 6');
    expect(parameter(stepped, 'r1', 'r')).toBe(5);
  });

  it.each([
    ['.step param r 1 10', 'N417'],
    ['.step', 'N417'],
    ['.step param r 1 2 3 4', 'N417'],
    ['.step param r 1 10 0', 'N420'],
    ['.step param r 1 10 -1', 'N420'],
    ['.step dec param r 0 10 3', 'N420'],
    ['.step param r 0 1 1e-9', 'N420'],
    ['.step param rr 1 2 x', 'N204'],
    ['.step q 1 2 1', 'N422'],
    ['.step d1 1 2 1', undefined],
    ['.step d1:nonsense 1 2 1', 'N422'],
    ['.step dm(nonsense) 1 2 1', 'N422'],
    ['.step r1 -1 1 .5', undefined],
    ['.step temp -300 0 100', 'N304'],
    ['.step data=nowhere', 'N421'],
  ])('%s is %s', (card, code) => {
    expect(codesOf(...circuit, card)).toEqual(code ? [code] : []);
  });
});

describe('.data', () => {
  it.each([
    ['continued', ['.data t r temp', '+ 1k 0', '+ 2k 50', '.enddata']],
    ['with rows of their own', ['.data t r temp', '1k 0', '2k {25*2}', '.enddata']],
    ['on one card', ['.data t r temp 1k 0 2k 50 .enddata']],
  ])('is read %s', (_, cards) => {
    const { data, steps } = cardsOf(...circuit, ...cards, '.step data=t');
    expect(data.get('t')?.rows).toEqual([
      [1e3, 0],
      [2e3, 50],
    ]);
    expect(steps[0].targets.map(({ kind }) => kind)).toEqual(['parameter', 'temperature']);
    expect(steps[0].rows).toBe(data.get('t')?.rows);
  });

  it.each([
    [['.data t r c', '1 2 3', '.enddata'], ['N418']],
    [['.data t', '.enddata'], ['N418']],
    [['.data t r 1'], ['N403']],
    [['.enddata'], ['N403']],
  ])('%s is refused', (cards, codes) => {
    expect(codesOf(...circuit, ...cards)).toEqual(codes);
  });
});

describe('expandDeck', () => {
  const text = ['title', ...circuit, 'b1 out 0 i=v(in)*r', '.step r list 1k 2k'].join('\n');
  const { deck } = parseNetlist(text);
  const original = circuitOf(text);

  it('gives the circuit of a step', () => {
    const [target] = original.steps[0].targets;
    const { circuit: changed } = expandDeck(deck, { values: [{ target, value: 7 }] });
    expect(changed && parameter(changed, 'r1', 'r')).toBe(7);
  });

  it.each([
    ['r1', 'r', 3],
    ['v1', 'dc', 3],
    ['x1.r1', 'r', 3],
  ])('sets %s %s', (name, key, value) => {
    const target = { kind: 'instance', name, parameter: key, label: name, unit: '' } as const;
    const { circuit: changed } = expandDeck(deck, { values: [{ target, value }] });
    const found = changed && instance(changed, name);
    expect(key === 'dc' ? found?.source?.dc : found?.parameters.get(key)).toBe(value);
  });

  it('sets the temperature and model cards', () => {
    const temperature = { kind: 'temperature', name: 'temp', label: 'temp', unit: '°C' } as const;
    const card = { kind: 'model', name: 'dm', parameter: 'is', label: 'dm(is)', unit: '' } as const;
    const { circuit: changed } = expandDeck(deck, {
      values: [
        { target: temperature, value: 85 },
        { target: card, value: 2e-14 },
      ],
    });
    expect(changed?.temperatures).toEqual([85]);
    expect(changed && instance(changed, 'd1').card?.parameters.get('is')).toBe(2e-14);
  });

  it('keeps the definitions of B elements, so that kernels are compiled once', () => {
    const [one, other] = [1, 2].map((value) => expandDeck(deck, { parameters: { r: value } }));
    const definition = ({ circuit: made }: typeof one) => made && instance(made, 'b1').definition;
    expect(definition(one)).toBeDefined();
    expect(definition(one)).toBe(definition(other));
  });
});
