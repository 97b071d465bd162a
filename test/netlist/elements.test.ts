import { describe, expect, it } from 'vitest';
import { optionalReal, real } from '../../src/base/index.js';
import { model } from '../../src/devices/index.js';
import { cardsOf, circuitOf, codesOf, instance, nodesOf, parameter } from './circuit-of.js';

describe('values', () => {
  // SPICE: scale letters, then letters that are a unit.
  it.each<[string, number]>([
    ['1k', 1e3],
    ['10kohm', 1e4],
    ['2.2MEG', 2.2e6],
    ['1mil', 25.4e-6],
    ['5V', 5],
    ['1ns', 1e-9],
    ['4.7kΩ', 4.7e3],
    ['1e3ohm', 1e3],
    ['.5', 0.5],
    ['-5', -5],
    ['+2', 2],
    ['{2k*2}', 4e3],
    ["'2k*2'", 4e3],
    ['hi', 3],
    ['r=2k', 2e3],
    ['r = 2k', 2e3],
    ['R={hi}', 3],
    ['resistance=4', 4],
  ])('r1 a 0 %s', (value, expected) => {
    const circuit = cardsOf('.param hi=3', `r1 a 0 ${value}`);
    expect(parameter(circuit, 'r1', 'r')).toBeCloseTo(expected, 12);
  });

  it('two temperature coefficients stand in a list', () => {
    const circuit = cardsOf('r1 a 0 1k tc=1m,2u', 'r2 a 0 1k tc=3m');
    expect(['tc1', 'tc2'].map((name) => parameter(circuit, 'r1', name))).toEqual([1e-3, 2e-6]);
    expect(parameter(circuit, 'r2', 'tc1')).toBe(3e-3);
  });

  it('a value and parameters stand in any order', () => {
    const circuit = cardsOf('c1 a 0 ic=1 2u m=3', 'l1 a 0 l=1m ic={1+1}');
    expect([...instance(circuit, 'c1').parameters]).toEqual([
      ['c', 2e-6],
      ['ic', 1],
      ['m', 3],
    ]);
    expect([...instance(circuit, 'l1').parameters]).toEqual([
      ['l', 1e-3],
      ['ic', 2],
    ]);
  });
});

describe('ground', () => {
  it('is 0 and gnd, in any case, everywhere', () => {
    const circuit = cardsOf(
      'v1 a GND 1',
      'x1 a sub',
      '.subckt sub n',
      'r1 n gnd 1',
      'r2 n 0 1',
      '.ends',
      'r3 a gnd! 1',
    );
    expect(circuit.nodes).toEqual(['0', 'a', 'gnd!']);
    expect(nodesOf(circuit, 'x1.r1')).toEqual(['a', '0']);
  });
});

describe('controlled sources', () => {
  it.each<[string, number, string[]]>([
    ['e1 a 0 b c 2', 2, ['a', '0', 'b', 'c']],
    ['e1 a 0 (b,c) 2', 2, ['a', '0', 'b', 'c']],
    ['e1 a 0 b c gain=2', 2, ['a', '0', 'b', 'c']],
    ['e1 a 0 b c {1+1}', 2, ['a', '0', 'b', 'c']],
  ])('%s', (card, gain, nodes) => {
    const circuit = cardsOf(card, 'r1 a b 1', 'r2 b c 1');
    expect(parameter(circuit, 'e1', 'gain')).toBe(gain);
    expect(nodesOf(circuit, 'e1')).toEqual(nodes);
  });

  it('refer to the source whose current they read', () => {
    const circuit = cardsOf('v1 a 0 1', 'f1 b 0 V1 2', 'h1 c 0 v1 gain=3');
    expect(instance(circuit, 'f1').references).toEqual(['v1']);
    expect(instance(circuit, 'h1').parameters.get('gain')).toBe(3);
    expect(nodesOf(circuit, 'h1')).toEqual(['c', '0']);
  });

  it('refer to their neighbours inside a subcircuit', () => {
    const circuit = cardsOf('x1 a s', '.subckt s n', 'v1 n 0 1', 'f1 n 0 v1 2', '.ends');
    expect(instance(circuit, 'x1.f1').references).toEqual(['x1.v1']);
  });
});

describe('devices with a model', () => {
  it('take area, flags and values', () => {
    const circuit = cardsOf('d1 a 0 dd 2 off ic=0.3 temp=50', '.model DD D (is=1f, rs = 2)');
    const { definition, parameters, card } = instance(circuit, 'd1');
    expect(definition.name).toBe('diode');
    expect(Object.fromEntries(parameters)).toEqual({ area: 2, off: 1, ic: 0.3, temp: 50 });
    expect(Object.fromEntries(card?.parameters ?? [])).toEqual({ is: 1e-15, rs: 2 });
  });

  it.each(['ic=1,2,3', 'ic = 1 2 3', 'ic=1, 2, 3', 'icvds=1 icvgs=2 icvbs=3'])(
    'M with %s',
    (ic) => {
      const circuit = cardsOf(`m1 d g s b nm w=2u l=1u ${ic}`, '.model nm nmos vto=0.7');
      const { parameters, card } = instance(circuit, 'm1');
      const names = ['icvds', 'icvgs', 'icvbs'].map((name) => parameters.get(name));
      expect(names).toEqual([1, 2, 3]);
      expect(card?.parameters.get('vto')).toBe(0.7);
    },
  );

  it('get their polarity from the type of the card', () => {
    const circuit = cardsOf(
      'm1 a a 0 0 nm',
      'm2 a a 0 0 pm',
      '.model nm nmos level=1',
      '.model pm pmos(level=1)',
    );
    const sets = ['m1', 'm2'].map((name) => instance(circuit, name).card?.parameters);
    expect(sets[0]).not.toEqual(sets[1]);
  });

  it('share one card', () => {
    const circuit = cardsOf('d1 a 0 dd', 'd2 a 0 dd', '.model dd d');
    expect(instance(circuit, 'd1').card).toBe(instance(circuit, 'd2').card);
  });

  it('the first of two cards of a name counts, as in ngspice 39', () => {
    const circuit = cardsOf('d1 a 0 dd', '.model dd d is=1e-14', '.model dd d is=1e-13');
    expect(instance(circuit, 'd1').card?.parameters.get('is')).toBe(1e-14);
    expect(circuit.diagnostics.map(({ code }) => code)).toEqual(['N206']);
  });

  it('S takes its initial state', () => {
    const circuit = cardsOf('s1 a 0 b 0 sm on', 'r1 b 0 1', '.model sm sw vt=0.5');
    expect(nodesOf(circuit, 's1')).toEqual(['a', '0', 'b', '0']);
    expect(instance(circuit, 's1').parameters.get('on')).toBe(1);
  });

  it('R, C and L may name a card beside or instead of a value', () => {
    const circuit = cardsOf('r1 a 0 rm 1k', 'r2 a 0 2k rm', 'r3 a 0 rm l=5u', '.model rm r rsh=3');
    expect(parameter(circuit, 'r1', 'r')).toBe(1e3);
    expect(parameter(circuit, 'r2', 'r')).toBe(2e3);
    expect(parameter(circuit, 'r3', 'l')).toBeCloseTo(5e-6, 15);
    expect(instance(circuit, 'r3').card?.parameters.get('rsh')).toBe(3);
  });

  it('a node may have the name of a model', () => {
    const circuit = cardsOf('d1 dd 0 dd', '.model dd d');
    expect(nodesOf(circuit, 'd1')).toEqual(['dd', '0', '0']);
  });
});

describe('N elements', () => {
  const three = model({
    name: 'three',
    title: 'Three terminals',
    terminals: ['a', 'b', 'c'],
    parameters: { k: real(1, '', 'factor') },
    instance: { x0: optionalReal('', 'start') },
    analog: ({ I }, { k }) => {
      I('a', 'b', k);
    },
  });
  const catalog = [{ definition: three, cards: [{ type: 'three' }] }];

  it('have as many nodes as their model has terminals', () => {
    const text = 'title\nN1 p q r mod k=2 x0=3\n.model mod three(k=5)\n';
    const circuit = circuitOf(text, { catalog });
    expect(nodesOf(circuit, 'n1')).toEqual(['p', 'q', 'r']);
    expect(instance(circuit, 'n1').definition).toBe(three);
    expect(Object.fromEntries(instance(circuit, 'n1').parameters)).toEqual({ k: 2, x0: 3 });
    expect(instance(circuit, 'n1').card?.parameters.get('k')).toBe(5);
  });

  it('may have a node with the name of the model', () => {
    const circuit = circuitOf('title\nn1 p q mod mod\n.model mod three\n', { catalog });
    expect(nodesOf(circuit, 'n1')).toEqual(['p', 'q', 'mod']);
  });
});

it('several mistakes are told in one run', () => {
  expect(codesOf('r1 a 0 1k2', 'd1 a 0 dd', '.trn 1n', 'x1 a b', 'c1 a 0')).toEqual([
    'N202',
    'N103',
    'N209',
    'N213',
    'N410',
  ]);
});
