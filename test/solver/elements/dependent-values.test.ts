import { describe, expect, it } from 'vitest';
import { codesOf } from '../../netlist/circuit-of.js';
import { last, operatingPoint, runCards } from './run-cards.js';

describe('R with an expression of the solution', () => {
  it.each<[string, number]>([
    ['r1 a 0 r={1k*v(a)}', 1e-3],
    ["r1 a 0 '1k*v(a)'", 1e-3],
    ['r1 a 0 {500*abs(v(a))} m=3', 6e-3],
    // 2/(1k·(1 + 0.01·10))
    ['r1 a 0 {1k+0*time} tc1=0.01 temp=37', 2e-3 / 1.1],
    ['r1 a 0 {1k+0*time} tc=0.01,0.001 temp=37', 2e-3 / 1.2],
    ['r1 a 0 r={1k*(1+0.01*(temper-27))} dtemp=10', 2e-3 / 1.1],
  ])('%s', async (card, current) => {
    const value = await operatingPoint('v1 a 0 2', card);
    expect(value('i(v1)')).toBeCloseTo(-current, 12);
  });

  it('has a current that can be saved, and a temperature that changes between runs', async () => {
    const runs = await runCards(
      'v1 a 0 2',
      'r1 a 0 {10*temper}',
      '.save i(r1)',
      '.op',
      '.temp 20 50',
    );
    expect(runs.map((run) => last(run, 'i(r1)'))).toEqual([2 / 200, 2 / 500]);
  });
});

describe('C, Q and L with expressions', () => {
  /** Charge that has passed the source after a pulse up and down of the control k. */
  const passed = async (card: string): Promise<number> => {
    const [run] = await runCards(
      'v1 a 0 pwl(0 0 1u 1 2u 1 3u 1 4u 0)',
      'vk k 0 pwl(0 0 1u 0 2u 1 4u 1 5u 0)',
      card,
      'b1 q 0 v=idt(i(v1))',
      '.tran 10n 6u',
    );
    return last(run, 'v(q)');
  };

  it('Q conserves charge round a loop of its controls; C need not', async () => {
    expect(await passed('c1 a 0 q={1n*(1+v(k))*v(a)}')).toBeCloseTo(0, 14);
    // Up with 1 nF, down with 2 nF: ∮ C(k) dv = −1 nC passes the capacitor, and +1 nC the source.
    expect(await passed('c1 a 0 c={1n*(1+v(k))}')).toBeCloseTo(1e-9, 13);
  });

  it.each<[string, string[]]>([
    ['C', ['c1 a 0 c={1n+0*v(a)} ic=2', 'r1 a 0 1k']],
    ['Q', ['c1 a 0 q={1n*v(a)} ic=2', 'r1 a 0 1k']],
    ['L', ['l1 a 0 l={1u+0*v(a)} ic=-2m', 'r1 a 0 1k']],
  ])('%s starts from ic with uic', async (_, cards) => {
    // Both decay with 1 µs (1 ns for L) from 2 V.
    const tau = cards[0].startsWith('l') ? 1e-9 : 1e-6;
    const [run] = await runCards(...cards, `.tran ${tau / 100} ${2 * tau} uic`);
    expect(last(run, 'v(a)')).toBeCloseTo(2 * Math.exp(-2), 3);
  });

  it('L in parallel by m has a part of the inductance', async () => {
    const fall = async (card: string): Promise<number> => {
      const [run] = await runCards(
        'i1 0 a pulse(0 1m 0 1n 1n 1 2)',
        card,
        'r1 a 0 1k',
        '.tran 10n 1u',
      );
      return last(run, 'v(a)');
    };
    const single = await fall('l1 a 0 0.5m');
    expect(await fall('l1 a 0 l={1m+0*time} m=2')).toBeCloseTo(single, 5);
  });
});

it('complains about what is no parameter of the element', () => {
  expect(codesOf('v1 a 0 1', 'r1 a 0 {v(a)} ic=2')).toEqual(['N205']);
  expect(codesOf('v1 a 0 1', 'c1 a 0 {v(a)} w=2')).toEqual(['N205']);
  expect(codesOf('v1 a 0 1', 'r1 a 0 {v(nowhere)}')).toEqual(['N211']);
});
