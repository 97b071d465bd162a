import { describe, expect, it } from 'vitest';
import { Dataset, quantityOf, signalKey, type Column } from '../../src/waveform/index.js';

function column(name: string, kind: 'time' | 'voltage' | 'current' | 'state', ...real: number[]) {
  return { name, quantity: quantityOf(kind), real: Float64Array.from(real) } satisfies Column;
}

const dataset = new Dataset({ title: 'Names', analysis: 'tran' }, [
  column('time', 'time', 0, 1, 2),
  column('v(in)', 'voltage', 5, 6, 7),
  { ...column('out', 'voltage', 1, 2, 3), slope: Float64Array.of(1, NaN, 1) },
  column('i(v1)', 'current', 10, 11, 12),
  column('l1#branch', 'current', 20, 21, 22),
  column('@m1[id]', 'current', 30, 31, 32),
  column('i(@D1[id])', 'current', 40, 41, 42),
]);

describe('Dataset.get', () => {
  it.each([
    ['v(in)', 5],
    ['IN', 5],
    ['V( out )', 1],
    ['out', 1],
    ['i(v1)', 10],
    ['v1#branch', 10],
    ['I(L1)', 20],
    ['@M1[id]', 30],
    ['i(@m1[id])', 30],
    ['@d1[ID]', 40],
    ['time', 0],
    ['v(0)', 0],
    ['v(gnd)', 0],
    ['v(in,out)', 4],
    ['v(out, in)', -4],
    ['v(out,0)', 1],
    ['v(0,out)', -1],
  ])('%s begins with %d', (name, first) => {
    expect(dataset.get(name)?.real[0]).toBe(first);
    expect(dataset.has(name)).toBe(true);
  });

  it.each(['v(nowhere)', 'i(in)', 'v(in,nowhere)', 'v1', ''])('does not know %s', (name) => {
    expect(dataset.has(name)).toBe(false);
  });

  it('prefers a name as it stands over what it may mean', () => {
    const state = column('x', 'state', 1);
    const both = new Dataset({ title: '', analysis: 'op' }, [column('v(x)', 'voltage', 5), state]);
    expect(both.get('x')).toBe(state);
    expect(both.get('v(x)')?.real[0]).toBe(5);
  });

  it('keeps the slope of a voltage to ground', () => {
    expect([...dataset.get('v(0,out)')!.slope!]).toEqual([-1, NaN, -1]);
    expect(dataset.get('v(in,out)')!.slope).toBeUndefined();
  });
});

describe('Dataset', () => {
  it("bears ngspice's plot names", () => {
    const names = (['op', 'dc', 'ac', 'tran'] as const).map(
      (analysis) => new Dataset({ title: '', analysis }, []).plotName,
    );
    // From headers that ngspice 39 wrote.
    expect(names).toEqual([
      'Operating Point',
      'DC transfer characteristic',
      'AC Analysis',
      'Transient Analysis',
    ]);
  });

  it('refuses columns of different lengths', () => {
    const columns = [column('time', 'time', 0, 1), column('a', 'voltage', 0)];
    expect(() => new Dataset({ title: '', analysis: 'tran' }, columns)).toThrow(/'a'/);
  });
});

it('gives one key to the ways of writing a signal', () => {
  expect(signalKey('V(a)+v(b)')).toBe('v(a)+v(b)');
  expect(signalKey('I( Vx )')).toBe('vx#branch');
});
