import { describe, expect, it } from 'vitest';
import { cardsOf, codesOf, instance, nodesOf, parameter } from './circuit-of.js';

describe('nodes of transistors', () => {
  it('grounds the substrate of a bipolar transistor that leaves it out', () => {
    const circuit = cardsOf(
      'q1 c b e qn 2',
      'q2 c b e sub qn area=3',
      'x1 c b e pair',
      '.subckt pair 1 2 3',
      'q3 1 2 3 qn',
      '.ends',
      '.model qn npn',
    );
    expect(nodesOf(circuit, 'q1')).toEqual(['c', 'b', 'e', '0']);
    expect(parameter(circuit, 'q1', 'area')).toBe(2);
    expect(nodesOf(circuit, 'q2')).toEqual(['c', 'b', 'e', 'sub']);
    expect(nodesOf(circuit, 'x1.q3')).toEqual(['c', 'b', 'e', '0']);
  });

  it('takes a node that is called as a model for a node', () => {
    const circuit = cardsOf('q1 c b e qn qn', '.model qn npn');
    expect(nodesOf(circuit, 'q1')).toEqual(['c', 'b', 'e', 'qn']);
  });

  it('gives M elements as many nodes as their model has', () => {
    const circuit = cardsOf(
      'm1 d g s pw m=2',
      'm2 d g s b nm',
      'm3 d g s 0 n3 l=1u',
      '.model pw vdmos(pchan vto=-3)',
      '.model nm nmos',
      '.model n3 nmos(level=3)',
    );
    expect(nodesOf(circuit, 'm1')).toEqual(['d', 'g', 's']);
    expect(instance(circuit, 'm1').definition.name).toBe('vdmos');
    expect(nodesOf(circuit, 'm2')).toEqual(['d', 'g', 's', 'b']);
    expect(instance(circuit, 'm3').definition.name).toBe('mos3');
  });

  it('tells of too few and too many', () => {
    expect(codesOf('q1 c b qn', '.model qn npn')).toEqual(['N407']);
    expect(codesOf('q1 c b e s t qn', '.model qn npn')).toEqual(['N407']);
    expect(codesOf('m1 d g s nm', '.model nm nmos')).toEqual(['N407']);
  });

  it('refuses what is not there yet by name', () => {
    expect(codesOf('j1 d g s jm', '.model jm njf level=3')).toEqual(['N504']);
    expect(codesOf('p1 a 0 b 0 pm')).toEqual(['N502']);
    expect(codesOf('m1 d g s tj tc pw thermal', '.model pw vdmos')).toEqual(['N502']);
  });

  it('reads initial conditions as lists', () => {
    const circuit = cardsOf(
      'q1 c b e qn ic=0.7,5',
      'j1 d g s jn ic=3,-1',
      '.model qn npn',
      '.model jn njf',
    );
    expect(parameter(circuit, 'q1', 'icvbe')).toBe(0.7);
    expect(parameter(circuit, 'q1', 'icvce')).toBe(5);
    expect(parameter(circuit, 'j1', 'icvds')).toBe(3);
    expect(parameter(circuit, 'j1', 'icvgs')).toBe(-1);
  });
});
