import { describe, expect, it } from 'vitest';
import { codesOf } from '../../netlist/circuit-of.js';
import { operatingPoint } from './run-cards.js';

const circuit = ['v1 in 0 5', 'r1 in s 1k', 'vs s 0 0', 'vd d 0 1', 'r2 d a 1k'];

describe('W element', () => {
  // 5 mA flow through vs; a = ron/(ron + 1k) or roff/(roff + 1k).
  it.each<[string, string, number]>([
    ['above its threshold', 'w1 a 0 vs sw', 10 / 1010],
    ['below its threshold', 'w1 a 0 vs high', 9 / 10],
    ['started within its hysteresis', 'w1 a 0 vs wide', 9 / 10],
    ['closed at the start', 'w1 a 0 vs wide on', 10 / 1010],
  ])('%s', async (_, card, expected) => {
    const value = await operatingPoint(
      ...circuit,
      card,
      '.model sw csw(it=4m ron=10 roff=9k)',
      '.model high csw(it=6m ron=10 roff=9k)',
      '.model wide csw(it=5m ih=1m ron=10 roff=9k)',
    );
    expect(value('v(a)')).toBeCloseTo(expected, 12);
  });

  it('is controlled by any branch: an inductor, an E, an H or a V element', () => {
    expect(
      codesOf(
        'v1 a 0 1',
        'l1 a b 1m',
        'r1 b 0 1',
        'w1 a 0 l1 sw',
        'w2 a 0 v1 sw',
        '.model sw csw(it=1m)',
      ),
    ).toEqual([]);
  });

  it('complains about a source that is missing, or a resistor in its place', () => {
    const model = '.model sw csw(it=1m)';
    expect(codesOf('v1 a 0 1', 'r1 a 0 1', 'w1 a 0 vx sw', model)).toEqual(['N211']);
    expect(codesOf('v1 a 0 1', 'r1 a 0 1', 'w1 a 0 r1 sw', model)).toEqual(['N309']);
  });
});
