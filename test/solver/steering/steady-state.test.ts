import { describe, expect, test } from 'vitest';
import { openCircuit, type SteadyState } from '../../../src/solver/index.js';

const open = (text: string): SteadyState => {
  const { circuit } = openCircuit(text);
  const { steadyState, diagnostics } = circuit!.steadyState();
  expect(diagnostics).toEqual([]);
  return steadyState!;
};

const memristor =
  'memristor\nv1 a 0 dc 0 external\nr1 a b 1k\nn1 b 0 mem s0=0.5\n' +
  '.model mem team(kon=-100n koff=100n ion=-1u ioff=1u alphaon=2 alphaoff=2 ron=100 roff=200k xoff=3n)\n.end\n';

describe('a memristor at rest', () => {
  test('holds its state, and says how fast it would move', () => {
    const steady = open(memristor);
    const rates = steady.rates([['n1', 's']]);
    steady.setSource('v1', 0.6);
    expect(steady.solve()).toBeUndefined();
    // TEAM: R = 100 + 199.9k·s; ds/dt = k/D·(i/1µA − 1)².
    const current = 0.6 / (1e3 + 100 + 199.9e3 * 0.5);
    expect(steady.read('i(v1)')).toBeCloseTo(-current, 12);
    const speed = (100 / 3) * (current / 1e-6 - 1) ** 2;
    expect(Math.abs(rates()[0] / speed - 1)).toBeLessThan(1e-6);
    expect(steady.read('@n1[s]')).toBe(0.5);
    steady.setState('n1', 's', 0.25);
    steady.setSource('v1', -0.6);
    expect(steady.solve()).toBeUndefined();
    const other = 0.6 / (1e3 + 100 + 199.9e3 * 0.25);
    expect(Math.abs(rates()[0] / ((-100 / 3) * (other / 1e-6 - 1) ** 2) - 1)).toBeLessThan(1e-6);
  });

  test('goes on from a checkpoint with the same bits', () => {
    const steady = open(memristor);
    steady.setSource('v1', 0.4);
    steady.solve();
    const place = structuredClone(steady.checkpoint());
    const rest = (of: SteadyState): number => {
      of.setSource('v1', -0.3);
      of.solve();
      return of.read('i(v1)');
    };
    const once = rest(steady);
    const other = open(memristor);
    other.restore(place);
    expect(other.read('v(a)')).toBe(0.4);
    expect(rest(other)).toBe(once);
  });
});

test('a circuit without an operating point says why', () => {
  const { circuit } = openCircuit('loop\nv1 a 0 1\nv2 a 0 2\n.end\n');
  const { steadyState, diagnostics } = circuit!.steadyState();
  expect(steadyState).toBeUndefined();
  expect(diagnostics[0].severity).toBe('error');
});
