import { describe, expect, it } from 'vitest';
import { cardsOf, instance } from './circuit-of.js';

function source(card: string) {
  const found = instance(cardsOf('.param hi=3', card, 'r1 a 0 1'), 'v1').source;
  if (!found) throw new Error('a source is expected');
  return found;
}

describe('dc values as ngspice 39 has them', () => {
  // Each was run with `op` and `print a`.
  it.each<[string, number]>([
    ['', 0],
    ['5', 5],
    ['dc 5', 5],
    ['dc=4', 4],
    ['hi', 3],
    ['dc hi', 3],
    ["'hi*2'", 6],
    ['{hi} ac', 3],
    ['ac 5', 0],
    ['ac 2 45 dc 7', 7],
    ['dc 2 pulse(0 1 1n)', 2],
    ['5 pulse(0 1 1n) ac 1', 5],
    ['pulse(0,1,1n) dc=3', 3],
    ['pulse(1 2) ac 1 5 dc 3', 3],
    ['pulse 1 2 ac 1 5 dc 3', 3],
    ['pulse({hi} 1 )', 3],
    ['sin(7 1 1k)', 7],
    ['sin 1 2 1k', 1],
    ['exp(7 1)', 7],
    ['pwl(0 5 1n 2)', 5],
    ['pwl(1n 5 2n 2)', 5],
    ['ac pulse 0 1 1n', 0],
  ])('v1 a 0 %s', (text, dc) => {
    expect(source(`v1 a 0 ${text}`).dc).toBe(dc);
  });
});

describe('ac values', () => {
  it.each<[string, number, number]>([
    ['ac', 1, 0],
    ['ac 5', 5, 0],
    ['ac 2 45', 2, Math.PI / 4],
    ['1 ac 2 {90/2} pulse(0 1)', 2, Math.PI / 4],
    ['ac=2,45', 2, Math.PI / 4],
  ])('v1 a 0 %s', (text, magnitude, phase) => {
    expect(source(`v1 a 0 ${text}`).ac).toEqual({ magnitude, phase });
  });

  it('are absent without ac', () => {
    expect(source('v1 a 0 5').ac).toBeUndefined();
  });
});

describe('functions of time', () => {
  const scale = { step: 1e-9, stop: 1e-6 };

  it('a dc value and a pulse both count', () => {
    const { dc, transient } = source('v1 a 0 dc 0 pulse(1 2 10n 1n 1n 5n 20n)');
    expect(dc).toBe(0);
    expect(transient?.value(0, scale)).toBe(1);
    expect(transient?.value(15e-9, scale)).toBe(2);
  });

  it('a pulse with times left out rises within the step and stays until the end', () => {
    const { transient } = source('v1 a 0 pulse(0 1)');
    expect(transient?.value(0.5e-9, scale)).toBeCloseTo(0.5, 12);
    expect(transient?.value(0.9e-6, scale)).toBe(1);
  });

  it('times have units', () => {
    const { transient } = source('v1 a 0 pulse(0V 5V 1ns 1ns 1ns 10ns 1us)');
    expect(transient?.value(2e-9, scale)).toBe(5);
    expect(transient?.value(1e-9, scale)).toBe(0);
  });

  it.each(['pwl(0 0 10n 1)', 'pwl 0 0 10n 1', 'pwl(0,0,10n,1)', 'pwl ( 0 0, 10n 1 )'])(
    '%s',
    (text) => {
      expect(source(`v1 a 0 ${text}`).transient?.value(5e-9, scale)).toBeCloseTo(0.5, 12);
    },
  );
});

it('a current source takes m', () => {
  const circuit = cardsOf('i1 a 0 1 m=3', 'r1 a 0 1');
  expect(instance(circuit, 'i1').parameters.get('m')).toBe(3);
});

describe('functions that modulate and repeat, as ngspice 39 computes them', () => {
  const scale = { step: 1e-6, stop: 200e-6 };

  // Values of ngspice 39, transient with steps of at most 0.5 µs; closed forms stand behind them.
  it.each<[string, number, number]>([
    ['sffm(0.5 1 10k 3 1k)', 5e-6, 0.89714],
    ['sffm(0.5 1)', 5e-6, 0.65643],
    ['sffm(0.5 1 10k 3 1k 45 90)', 0, -0.10024],
    ['am(1 0.5 1k 20k)', 5e-6, 0.31236],
    ['am(1 0.5 1k 20k 0.1m)', 60e-6, 0],
    ['am(1 0.5 1k 20k 0 0 60)', 5e-6, 1.37374],
    ['pwl(0 0 10u 1 20u 1 30u 0) r=0 td=15u', 47e-6, 0.2],
    ['pwl(0 0 10u 1 20u 1 30u 0 r=10u)', 47e-6, 0.3],
    ['pwl(0 0 10u 1 20u 1 30u 0) r=-1', 47e-6, 0],
  ])('%s at %s s', (text, time, expected) => {
    expect(source(`v1 a 0 ${text}`).transient?.value(time, scale)).toBeCloseTo(expected, 4);
  });

  it('a repeated pwl has its corners again and again, each once', () => {
    const { transient } = source('v1 a 0 pwl(0 0 10u 1 20u 1 30u 0) r=10u td=5u');
    const corners: number[] = [];
    for (let time = 0; corners.length < 9; time = corners[corners.length - 1])
      corners.push(transient!.nextBreakpoint(time, scale));
    const expected = [5, 15, 25, 35, 45, 55, 65, 75, 85];
    corners.forEach((corner, k) => {
      expect(corner * 1e6).toBeCloseTo(expected[k], 9);
    });
  });
});
