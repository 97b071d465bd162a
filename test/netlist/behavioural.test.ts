import { describe, expect, it } from 'vitest';
import {
  evaluate,
  type Expression,
  mapChildren,
  printExpression,
} from '../../src/expression/index.js';
import { cardsOf, codesOf, instance, nodesOf } from './circuit-of.js';

/** The lowered expression of `B1 b 0 v=…` in a circuit with nodes a and c and a source v1. */
function lowered(text: string): string {
  const circuit = cardsOf('.param hi=3', 'v1 a 0 1', 'r1 a c 1', `b1 b 0 v=${text}`);
  const { equations } = instance(circuit, 'b1').definition;
  return equations.kind === 'behavioural' ? printExpression(equations.expression) : '';
}

describe('lowering', () => {
  it.each([
    ['5', 'c0'],
    ['2*hi', 'c0'],
    ['2*hi*v(a)', 'c0*v(k0)'],
    ['v(a)*2*hi', 'v(k0)*c0*c1'],
    ['v(a,c)+v(c,a)+v(a)', 'v(k0,k1)+v(k1,k0)+v(k0)'],
    ['v(a,0)-v(0,a)', 'v(k0)- -v(k0)'.replace(' ', '')],
    ['v(0)+v(a,a)', 'c0'],
    ['i(v1)*i(v1)', 'i(r0)*i(r0)'],
    ['time+temper', 'time+temper'],
    ['v(a)>0?1:hi>2?4:5', 'v(k0)>c0?c1:c2'],
    ['1?v(a):v(c)', 'v(k0)'],
    // ngspice 39: with v(a) = -2, v(a)**3 and pow(v(a),3) are 8, pwr(v(a),3) is -8. Kernels take
    // the magnitude of the base of `**`.
    ['v(a)**3', 'v(k0)**3'],
    ['v(a)^2', 'v(k0)**2'],
    ['pow(v(a),3)', 'v(k0)**3'],
    ['pow(-2,3)', 'c0'],
    ['v(a)**2.5', 'v(k0)**c0'],
    ['v(a)**v(c)', 'v(k0)**v(k1)'],
    ['pwr(v(a),3)', 'v(k0)*v(k0)**2'],
    ['pwr(v(a),2)', 'v(k0)<0?-v(k0)**2:v(k0)**2'],
    ['pwr(v(a),0.5)', 'v(k0)<0?-v(k0)**c0:v(k0)**c0'],
    ['sqr(v(a))', 'v(k0)**2'],
    ['log(v(a))+arctan(v(a))', 'ln(v(k0))+atan(v(k0))'],
    ['if(v(a)>1, 2, 3)', 'v(k0)>c0?c1:c2'],
    ['u(v(a))', 'v(k0)<0?0:v(k0)>0?1:0.5'],
    ['max(1,2)*v(a)', 'c0*v(k0)'],
    ['ddt(2*v(a))', 'ddt(c0*v(k0))'],
    ['sdt(v(a))', 'idt(v(k0))'],
    ["'3*v(a)'+{hi}", 'c0*v(k0)+c1'],
  ])('%s becomes %s', (text, expected) => {
    expect(lowered(text)).toBe(expected);
  });

  it('a table becomes straight lines', () => {
    // By the definition of table(): 0 before 0, 10 V at 1, falling to 5 V at 2, constant behind.
    const circuit = cardsOf('v1 a 0 1', 'r1 a 0 1', 'b1 b 0 v=table(v(a), 0,0, 1,10, 2,5)');
    const { definition, parameters } = instance(circuit, 'b1');
    if (definition.equations.kind !== 'behavioural') throw new Error();
    const { expression } = definition.equations;
    const replaced = (tree: Expression, x: number): Expression =>
      tree.kind === 'access'
        ? { kind: 'number', value: x, span: tree.span }
        : mapChildren(tree, (child) => replaced(child, x));
    const scope = { lookup: (name: string) => parameters.get(name), names: () => [] };
    const at = (x: number): unknown => evaluate(replaced(expression, x), scope);
    expect([-1, 0, 0.5, 1, 1.5, 2, 3].map(at)).toEqual([0, 0, 5, 10, 7.5, 5, 5]);
  });
});

describe('shapes', () => {
  it('equal ones share a definition, whatever their numbers and nodes', () => {
    const circuit = cardsOf(
      'v1 a 0 1',
      'r1 a c 1',
      'b1 b 0 i=2*v(a)+3',
      'b2 d 0 i={7*v(c)+1}',
      'b3 e 0 i=2*v(a)-3',
      'b4 f 0 v=2*v(a)+3',
    );
    const definitions = ['b1', 'b2', 'b3', 'b4'].map((name) => instance(circuit, name).definition);
    expect(definitions[0]).toBe(definitions[1]);
    expect(new Set(definitions).size).toBe(3);
    expect(Object.fromEntries(instance(circuit, 'b2').parameters)).toEqual({ c0: 7, c1: 1 });
    expect(nodesOf(circuit, 'b2')).toEqual(['d', '0', 'c']);
    expect(definitions[0].terminals).toEqual(['p', 'n', 'k0']);
    expect(Object.keys(definitions[0].instance)).toEqual(['c0', 'c1']);
  });

  it('which nodes coincide is part of the shape', () => {
    const circuit = cardsOf('v1 a 0 1', 'r1 a c 1', 'b1 b 0 i=v(a)*v(c)', 'b2 b 0 i=v(a)*v(a)');
    expect(instance(circuit, 'b1').definition).not.toBe(instance(circuit, 'b2').definition);
  });

  it('references carry full names, and voltages of ports outer nodes', () => {
    const circuit = cardsOf(
      'v1 a 0 1',
      'x1 a s',
      '.subckt s n',
      'v2 n q 0',
      'r1 q 0 1',
      'b1 q 0 i=i(v2)*v(n,q)',
      '.ends',
    );
    expect(instance(circuit, 'x1.b1').references).toEqual(['x1.v2']);
    expect(nodesOf(circuit, 'x1.b1')).toEqual(['x1.q', '0', 'a', 'x1.q']);
  });
});

it('m and temperatures are parameters of the instance', () => {
  const circuit = cardsOf('r1 b 0 1', 'b1 b 0 i = 3 * v(b) m=2 dtemp={5+1}');
  expect(Object.fromEntries(instance(circuit, 'b1').parameters)).toEqual({ c0: 3, m: 2, dtemp: 6 });
});

it('nodes and elements that are not there are reported', () => {
  expect(codesOf('r1 b 0 1', 'b1 b 0 i=v(zz)', 'b2 b 0 i=i(v9)', 'b3 b 0 i=i(r1)').sort()).toEqual([
    'N211',
    'N211',
    'N309',
  ]);
});
