import { describe, expect, it } from 'vitest';
import { parseExpressionText } from '../../../src/expression/index.js';
import type { ModelDefinition } from '../../../src/devices/language/model.js';
import { real } from '../../../src/base/index.js';
import { instantiate } from '../instantiate.js';

function source(text: string, drives: 'voltage' | 'current' = 'current'): ModelDefinition {
  const parsed = parseExpressionText(text);
  if (!parsed.expression) throw new Error('no expression');
  return {
    name: 'b',
    title: 'b',
    terminals: ['p', 'n', 'a', 'k'],
    internal: [],
    parameters: {},
    instance: { c0: real(0, '', 'constant') },
    aliases: {},
    inputs: {},
    states: {},
    held: {},
    references: ['r0'],
    conservesCharge: false,
    equations: { kind: 'behavioural', drives, expression: parsed.expression },
  };
}

function value(text: string, a: number, more: Record<string, number> = {}): number {
  const device = instantiate(source(text), {}, { c0: 2.5 });
  device.set('a', a);
  for (const [name, v] of Object.entries(more)) device.set(name, v);
  device.evaluate();
  return device.f('p');
}

describe('expressions of B elements', () => {
  // Values of ngspice 39: `b1 o 0 v=<expression>` with v(a) = -2, printed by `op`.
  it.each([
    ['v(a)**3', 8],
    ['v(a)**2.5', 5.656854249492381],
    ['-v(a)^2', -4],
    ['floor(v(a)*1.3)', -3],
    ['nint(2.5)', 2],
    ['sgn(v(a))', -1],
    ['u2(0.3)', 0.3],
    ['-2**2', -4],
  ])('%s as ngspice', (text, expected) => {
    expect(value(text, -2)).toBeCloseTo(expected, 12);
  });

  it('reads constants, differences, currents and conditions', () => {
    expect(value('c0*v(a,k)', 3, { k: 1 })).toBe(5);
    expect(value('v(a) > 1 ? i(r0) : -i(r0)', 3, { r0: 0.25 })).toBe(0.25);
    expect(value('v(a) > 1 && v(a) < 2 ? 1 : 7', 3)).toBe(7);
  });

  it('has the derivative of its own formula', () => {
    const device = instantiate(source('tanh(v(a))*v(k)'));
    device.set('a', 0.4);
    device.set('k', 2);
    device.evaluate();
    expect(device.df('p', 'a')).toBeCloseTo(2 * (1 - Math.tanh(0.4) ** 2), 12);
    expect(device.df('p', 'k')).toBeCloseTo(Math.tanh(0.4), 12);
  });

  it.each([
    ['ln(v(a))', Math.log(1e-300)],
    ['sqrt(v(a))', 0],
    ['v(a)**0.5', 0],
    ['v(a)**v(k)', 1],
    ['v(k)/v(a)', 0],
    ['asin(1+v(a))', Math.PI / 2],
    ['acos(v(a)-1)', Math.PI],
    ['acosh(1+abs(v(a)))', 0],
    ['exp(1000)', 1e99 * (1000 - 227.9559242 + 1)],
  ])('%s and its slopes are finite where Newton starts', (text, expected) => {
    const device = instantiate(source(text));
    device.evaluate();
    expect(device.f('p') / (expected || 1)).toBeCloseTo(expected === 0 ? 0 : 1, 6);
    expect(device.memory.jf.every(Number.isFinite)).toBe(true);
  });

  it.each(['2*v(a)*v(k)', 'sgn(v(a))', 'v(a) == -2', 'floor(v(a))', 'v(a) > 1 ? 5 : 6'])(
    '%s does not count as linear, though its slope may be constant',
    (text) => {
      expect(instantiate(source(text, 'voltage')).compiled.linear).toBe(false);
    },
  );

  it.each([
    ['v(a) > 0.7 ? 5 : 0', 1],
    ['5*(v(a) > v(k))', 1],
    ['sgn(v(a))', 1],
    ['v(a) > 0 && v(k) < 1 ? c0 : 0', 2],
    // Continuous, or not to be told: no edge to look for.
    ['v(a) > 0 ? v(a) : 0', 0],
    ['max(v(a), 0)', 0],
  ])('%s marks %d jump(s)', (text, expected) => {
    const { events } = instantiate(source(text)).compiled;
    expect(events.map(({ kind, acts }) => [kind, acts])).toEqual(
      Array.from({ length: expected }, () => ['cross', false]),
    );
  });

  it('drives a voltage through a branch', () => {
    const device = instantiate(source('2*v(a)', 'voltage'));
    device.set('p', 1);
    device.set('a', 3);
    device.evaluate();
    expect(device.f('i(p,n)')).toBeCloseTo(1 - 6, 12);
  });
});
