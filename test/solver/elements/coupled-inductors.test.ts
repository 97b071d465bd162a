import { describe, expect, it } from 'vitest';
import { codesOf } from '../../netlist/circuit-of.js';
import { runCards } from './run-cards.js';

const omega = 2 * Math.PI * 100e3;

/** Voltage across l2 over that across l1 at 100 kHz, in magnitude. */
async function secondary(...cards: readonly string[]): Promise<number> {
  const [dataset] = await runCards(
    'v1 a 0 ac 1',
    'r1 a b 1',
    ...cards,
    'r2 c 0 10',
    '.ac lin 1 100k 100k',
  );
  const magnitude = (column: string): number => {
    const { real, imaginary } = dataset.get(column)!;
    return Math.hypot(real[0], imaginary![0]);
  };
  return magnitude('v(c)') / magnitude('v(b)');
}

/** With V across l1: v2 = M/L1·V behind the leakage L2·(1 − k²), loaded with 10 Ω. */
function closedForm(l1: number, l2: number, m: number): number {
  return (m / l1) * Math.abs(10 / Math.hypot(10, omega * (l2 - (m * m) / l1)));
}

describe('K element', () => {
  it.each<[string, string, number, number]>([
    ['two inductors', 'k1 l1 l2 0.9', 1e-6, 0.9 * 2e-6],
    ['a factor by its name', 'k1 l1 l2 k={0.3*3}', 1e-6, 0.9 * 2e-6],
    ['the sign does not matter to the magnitude', 'k1 l2 l1 -0.5', 1e-6, 0.5 * 2e-6],
    ['a perfect coupling', 'k1 l1 l2 1', 1e-6, 2e-6],
    ['several elements add up', 'k1 l1 l2 0.5\nk2 l2 l1 0.3', 1e-6, 0.8 * 2e-6],
  ])('%s', async (_, card, l1, mutual) => {
    const value = await secondary('l1 b 0 1u', 'l2 c 0 4u', card);
    expect(value).toBeCloseTo(closedForm(l1, 4e-6, mutual), 12);
  });

  it('takes inductances at their temperature and scale', async () => {
    const value = await secondary(
      'l1 b 0 1u tc1=0.01 temp=127',
      'l2 c 0 2u scale=2',
      'k1 l1 l2 0.9',
    );
    expect(value).toBeCloseTo(closedForm(2e-6, 4e-6, 0.9 * Math.sqrt(8e-12)), 12);
  });

  it('couples each one of inductors in parallel', async () => {
    // Two inductors of 1 µH that do not couple with each other are 0.5 µH; M stays (ngspice 39).
    const value = await secondary('l1 b 0 1u m=2', 'l2 c 0 4u', 'k1 l1 l2 0.5');
    expect(value).toBeCloseTo(closedForm(0.5e-6, 4e-6, 0.5 * 2e-6), 12);
  });

  it('keeps subcircuits in parallel apart from each other', async () => {
    const transformer = [
      '.subckt t b c',
      'r1 b q 1',
      'l1 q 0 1u',
      'r2 c s 1',
      'l2 s 0 4u',
      'k1 l1 l2 0.9',
      '.ends',
    ];
    const one = await secondary(...transformer, 'x1 b c t m=2');
    const two = await secondary(...transformer, 'x1 b c t', 'x2 b c t');
    expect(one).toBeCloseTo(two, 12);
  });

  it('couples all pairs of three inductors', async () => {
    const inductors = ['l1 b 0 1u', 'l2 c 0 4u', 'l3 d 0 9u', 'r3 d 0 20'];
    const together = await secondary(...inductors, 'k1 l1 l2 l3 0.5');
    const pairs = ['k1 l1 l2 0.5', 'k2 l1 l3 0.5', 'k3 l2 l3 0.5'];
    expect(together).toBeCloseTo(await secondary(...inductors, ...pairs), 12);
  });

  it('keeps the energy of a perfect coupling that is started with currents', async () => {
    // Currents jump to what the flux says: l1·i1 + m·i2 is kept, and both see one core.
    const [dataset] = await runCards(
      'r1 a 0 1',
      'l1 a 0 1m ic=1',
      'l2 c 0 4m',
      'r2 c 0 1',
      'k1 l1 l2 0.5',
      '.tran 1u 1m uic',
    );
    // Modes of [[1, 1], [1, 4]]·di/dt = −i in ms: λ = (5 ± √13)/2, with i(0) = (1, 0).
    const root = Math.sqrt(13);
    const [fast, slow] = [(5 - root) / 2, (5 + root) / 2];
    const part = (slow - 1) / (slow - fast);
    const expected = part * Math.exp(-1 / fast) + (1 - part) * Math.exp(-1 / slow);
    const current = dataset.get('i(l1)')!.real;
    expect(current[dataset.length - 1]).toBeCloseTo(expected, 3);
  });

  it('complains about what is no inductor, a factor out of range, and one that is missing', () => {
    const rest = ['l1 a 0 1u', 'l2 b 0 1u', 'v1 a 0 1', 'r1 b 0 1'];
    expect(codesOf(...rest, 'k1 l1 v1 0.5')).toEqual(['N310']);
    expect(codesOf(...rest, 'k1 l1 l9 0.5')).toEqual(['N211']);
    expect(codesOf(...rest, 'k1 l1 l2 1.5')).toEqual(['N304']);
    expect(codesOf(...rest, 'k1 l1 l2')).toEqual(['N204']);
    expect(codesOf(...rest, 'k1 l1 0.5')).toEqual(['N407']);
    expect(codesOf(...rest, 'k1 l1 l2 0.5 x=1')).toEqual(['N205']);
  });
});
