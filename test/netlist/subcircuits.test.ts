import { describe, expect, it } from 'vitest';
import { parseNetlist } from '../../src/netlist/index.js';
import { cardsOf, circuitOf, codesOf, instance, nodesOf, parameter } from './circuit-of.js';

describe('parameters of subcircuits, as ngspice 39 has them', () => {
  // The voltages of this deck were run: r1 = s·g, with s = 2·r.
  const circuit = cardsOf(
    '.param g=2',
    'x1 a b sub r=5',
    'x2 a c sub',
    'x3 a d sub m=3',
    'x4 a e sub PARAMS:r=7',
    '.subckt sub p q params: r=10 s={r*2}',
    'r1 p q {s*g}',
    '.ends',
  );
  it('defaults depend on what is given', () => {
    const values = ['x1.r1', 'x2.r1', 'x3.r1', 'x4.r1'].map((name) =>
      parameter(circuit, name, 'r'),
    );
    expect(values).toEqual([20, 40, 40, 28]);
  });

  it('m multiplies the elements', () => {
    expect(parameter(circuit, 'x3.r1', 'm')).toBe(3);
    expect(parameter(circuit, 'x1.r1', 'm')).toBeUndefined();
  });

  it('are seen where a subcircuit is used, not where it is defined', () => {
    const nested = cardsOf(
      '.param p=1',
      'x1 a outer',
      'x2 a inner',
      '.subckt inner n',
      'r1 n 0 {p}',
      '.ends',
      '.subckt outer n',
      '.param p=5',
      'x3 n inner',
      '.ends',
    );
    expect(parameter(nested, 'x1.x3.r1', 'r')).toBe(5);
    expect(parameter(nested, 'x2.r1', 'r')).toBe(1);
  });

  it('m multiplies through levels, with that of the element', () => {
    const nested = cardsOf(
      'x1 a outer m=2',
      '.subckt outer n',
      'x2 n inner m=5',
      'r2 n 0 3 m=3',
      '.ends',
      '.subckt inner n',
      'r1 n 0 7',
      '.ends',
    );
    expect(parameter(nested, 'x1.x2.r1', 'm')).toBe(10);
    expect(parameter(nested, 'x1.r2', 'm')).toBe(6);
  });

  it('a subcircuit may have a parameter m of its own', () => {
    const own = cardsOf('x1 a s m=4', '.subckt s n m=1', 'r1 n 0 {m}', '.ends');
    expect(Object.fromEntries(instance(own, 'x1.r1').parameters)).toEqual({ r: 4 });
  });
});

describe('names', () => {
  it('are hierarchical for elements and inner nodes', () => {
    const circuit = cardsOf(
      'x1 a outer',
      '.subckt outer n',
      'x2 n mid inner',
      'r1 mid 0 1',
      '.ends',
      '.subckt inner p q',
      'r1 p z 1',
      'r2 z q 1',
      '.ends',
      '.ic v(x1.x2.z)=2 v(X1.MID)=3',
    );
    expect(nodesOf(circuit, 'x1.x2.r1')).toEqual(['a', 'x1.x2.z']);
    expect(nodesOf(circuit, 'x1.x2.r2')).toEqual(['x1.x2.z', 'x1.mid']);
    expect(
      circuit.initialConditions.map(({ node, value }) => [circuit.nodes[node], value]),
    ).toEqual([
      ['x1.x2.z', 2],
      ['x1.mid', 3],
    ]);
  });

  it('global nodes keep theirs', () => {
    const circuit = cardsOf('x1 a s', '.subckt s n', 'r1 n vdd 1', '.ends', '.global vdd');
    expect(nodesOf(circuit, 'x1.r1')).toEqual(['a', 'vdd']);
  });

  it('local models and subcircuits hide outer ones, by where they are defined', () => {
    // ngspice 39: d3 sees the local dd, x4.d1 the outer one, x3 the local inner.
    const circuit = cardsOf(
      'x1 a outer',
      'x2 a inner',
      '.subckt inner n',
      'r1 n 0 5',
      '.ends',
      '.subckt outer n',
      '.subckt inner n',
      'r1 n 0 7',
      '.ends inner',
      'x3 n inner',
      'x4 n sibling',
      '.model dd d is=1e-12',
      'd3 n 0 dd',
      '.ends outer',
      '.subckt sibling n',
      'd1 n 0 dd',
      '.ends',
      '.model dd d is=1e-14',
    );
    expect(parameter(circuit, 'x1.x3.r1', 'r')).toBe(7);
    expect(parameter(circuit, 'x2.r1', 'r')).toBe(5);
    expect(instance(circuit, 'x1.d3').card?.parameters.get('is')).toBe(1e-12);
    expect(instance(circuit, 'x1.x4.d1').card?.parameters.get('is')).toBe(1e-14);
  });
});

it('local models see the parameters of their instance', () => {
  const circuit = cardsOf(
    'x1 a s is=1f',
    'x2 a s is=2f',
    '.subckt s n is=0',
    'd1 n 0 dd',
    '.model dd d is={is}',
    '.ends',
  );
  const values = ['x1.d1', 'x2.d1'].map((name) =>
    instance(circuit, name).card?.parameters.get('is'),
  );
  expect(values).toEqual([1e-15, 2e-15]);
});

describe('parameters of the deck', () => {
  it('may be defined in any order, the last one counting', () => {
    const circuit = cardsOf(
      '.param late={early*2} dup=1',
      '.param early=3',
      '.param dup=7',
      'r1 a 0 1',
    );
    expect(Object.fromEntries(circuit.parameters)).toEqual({ late: 6, dup: 7, early: 3 });
  });

  it('stand bare, with blanks and several on a card', () => {
    const circuit = cardsOf(".param a = 1 + 2 b='a * 2', c={ a==3 ? 1 : 0 } d=5V", 'r1 a 0 1');
    expect(Object.fromEntries(circuit.parameters)).toEqual({ a: 3, b: 6, c: 1, d: 5 });
  });

  it('are replaced from outside, and what depends on them follows', () => {
    const text = 'title\n.param w=1 l={w*2}\nr1 a 0 {l}\n';
    const circuit = circuitOf(text, { parameters: { W: 5 } });
    expect(Object.fromEntries(circuit.parameters)).toEqual({ w: 5, l: 10 });
    expect(parameter(circuit, 'r1', 'r')).toBe(10);
  });

  it('a long chain is no trouble, a circle is reported with its members', () => {
    const chain = Array.from({ length: 300 }, (_, i) => `.param p${i}={p${i + 1}+1}`);
    expect(cardsOf(...chain, '.param p300=0', 'r1 a 0 1').parameters.get('p0')).toBe(300);
    expect(codesOf('.param a={b} b={a}', 'r1 a 0 1')).toContain('N301');
  });
});

it('subcircuits that multiply each other are stopped', () => {
  // Twelve levels of ten: 10¹² resistors.
  const levels = Array.from({ length: 12 }, (_, i) => [
    `.subckt s${i} n`,
    ...Array.from({ length: 10 }, (__, j) => (i === 0 ? `r${j} n 0 1` : `x${j} n s${i - 1}`)),
    '.ends',
  ]);
  const text = ['title', ...levels.flat(), 'x1 a s11'].join('\n');
  const { diagnostics } = parseNetlist(text, { mostElements: 1000 });
  expect(diagnostics.map(({ code }) => code)).toContain('N411');
});
