import { describe, expect, it } from 'vitest';
import { model } from '../../../src/devices/language/model.js';
import { real } from '../../../src/base/index.js';
import { SingleInstance } from '../single-instance.js';

/** i = k·u²·w with u = v + v³ and w = e^u·v, written with intermediate values of two depths. */
const nested = model({
  name: 'nested',
  title: 'a current through intermediate values',
  terminals: ['a', 'b'],
  parameters: { k: real(2, '', 'factor') },
  analog({ V, I, ddx, intermediate, output }, p) {
    const v = V('a', 'b');
    const u = intermediate(v + v * v * v);
    const w = intermediate(Math.exp(u) * v);
    const scaled = { factor: p.k };
    const { factor } = { ...scaled };
    const i = factor * u * u * w;
    I('a', 'b', i);
    output('by v', ddx(i, v), 'S', 'slope');
    output('by u', ddx(i, u), 'A/V', 'slope by u, with what w changes');
    output('by w', ddx(i, w), '', 'slope by w while u stays');
  },
});

describe('intermediate values', () => {
  it('leave derivatives as they are', () => {
    const v = 0.4;
    const subject = new SingleInstance(nested);
    subject.set({ a: v, b: 0 });
    subject.evaluate();
    const u = v + v ** 3;
    const w = Math.exp(u) * v;
    const byU = 2 * (2 * u * w + u * u * w);
    const slope = byU * (1 + 3 * v * v) + 2 * u * u * Math.exp(u);
    expect(subject.f(0)).toBeCloseTo(2 * u * u * w, 14);
    expect(subject.memory.jf[1]).toBeCloseTo(slope, 12);
    const outputs = subject.outputs();
    expect(outputs.get('by v')).toBeCloseTo(slope, 12);
    expect(outputs.get('by u')).toBeCloseTo(byU, 12);
    expect(outputs.get('by w')).toBeCloseTo(2 * u * u, 12);
  });
});
