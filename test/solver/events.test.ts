import { describe, expect, it } from 'vitest';
import { model } from '../../src/devices/language/model.js';
import { pulse } from '../../src/devices/sources/time-functions.js';
import { voltageSwitch } from '../../src/devices/switches/voltage-switch.js';
import { FlatCircuit, last, run } from './flat-circuit.js';

describe('switches at t = 0 with uic', () => {
  it('take the position that their control calls for', () => {
    const circuit = new FlatCircuit()
      .v('v1', 'c 0', 5)
      .v('v2', 's 0', 1)
      .r('r1', 's o', 1e3)
      .add('s1', voltageSwitch, 'o 0 c 0', { vt: 2.5, ron: 1 });
    const o = run(circuit, 'tran 1u 100u uic').dataset.get('v(o)')!.real;
    // 1 V·1/1001, from the first point on.
    expect(o[0]).toBeCloseTo(1 / 1001, 9);
    expect(o.at(-1)).toBeCloseTo(1 / 1001, 9);
  });

  it('are refused where each position calls for the other', () => {
    // Open: o at 1 V closes the switch; closed: o near 0 V opens it.
    const circuit = new FlatCircuit()
      .v('v1', 's 0', 1)
      .r('r1', 's o', 1e3)
      .add('s1', voltageSwitch, 'o 0 o 0', { vt: 0.5, ron: 1 });
    expect(run(circuit, 'tran 1u 100u uic').problem?.code).toBe('S302');
  });
});

describe('events of held variables', () => {
  it('fire at the time at which a handler makes them cross', () => {
    const chain = model({
      name: 'chain',
      title: 'Three events, each of which sets off the next',
      terminals: ['p', 'o', 'n'],
      held: {
        first: { initial: 0, doc: 'set by the voltage' },
        second: { initial: 0, doc: 'set by the first' },
        level: { initial: 0, doc: 'set by the second' },
      },
      analog({ V, held, set, on, above, cross }) {
        on(above(held('second') - 0.5), () => {
          set('level', 5);
        });
        on(cross(held('first') - 0.5, 1), () => {
          set('second', 1);
        });
        on(cross(V('p', 'n') - 0.5, 1), () => {
          set('first', 1);
        });
        V('o', 'n', held('level'));
      },
    });
    const circuit = new FlatCircuit()
      .v('v1', 'a 0', 0, { transient: pulse([0, 1, 0, 1e-6, 1e-6, 1, 2]) })
      .add('n1', chain, 'a b 0')
      .r('r1', 'b 0', 1e3);
    const { dataset } = run(circuit, 'tran 0.01u 2u');
    const b = dataset.get('v(b)')!.real;
    // 0.5 V of the ramp of 1 V/µs is at 0.5 µs.
    dataset.scale.real.forEach((t, k) => {
      if (t < 0.4999e-6) expect(b[k]).toBe(0);
      if (t > 0.5001e-6) expect(b[k]).toBeCloseTo(5, 9);
    });
  });
});

describe('crossings of a value that rests at zero', () => {
  const counter = model({
    name: 'counter',
    title: 'Counts crossings of zero',
    terminals: ['p', 'o', 'n'],
    held: {
      rises: { initial: 0, doc: 'number of rises' },
      falls: { initial: 0, doc: 'number of falls' },
      both: { initial: 0, doc: 'number of either' },
    },
    analog({ V, held, set, on, cross }) {
      on(cross(V('p', 'n'), 1), () => {
        set('rises', held('rises') + 1);
      });
      on(cross(V('p', 'n'), -1), () => {
        set('falls', held('falls') + 1);
      });
      on(cross(V('p', 'n'), 0), () => {
        set('both', held('both') + 1);
      });
      V('o', 'n', held('rises') + 100 * held('falls') + 10000 * held('both'));
    },
  });

  // Each way of four pulses counts once, wherever they begin and whatever lies between.
  it.each([
    ['from zero up', 0, 5, 80404],
    ['from zero down', 0, -5, 80404],
    ['from below to zero', -5, 0, 80404],
    ['from above to zero', 5, 0, 80404],
    ['from below to above', -5, 5, 80404],
    ['above zero', 1, 5, 0],
    ['at zero', 0, 0, 0],
  ])('counts four pulses %s', (_, low, high, expected) => {
    const circuit = new FlatCircuit()
      .v('v1', 'a 0', low, { transient: pulse([low, high, 1e-6, 1e-7, 1e-7, 1e-6, 3e-6]) })
      .add('n1', counter, 'a b 0')
      .r('r1', 'b 0', 1e3);
    expect(last(run(circuit, 'tran 0.1u 12.9u').dataset, 'v(b)')).toBeCloseTo(expected, 6);
  });

  it('counts a way through zero once, though a point lies at zero exactly', () => {
    const circuit = new FlatCircuit()
      .v('v1', 'a 0', -1, { transient: pulse([-1, 1, 1e-6, 2e-6, 1, 1, 2]) })
      .v('v2', 'c 0', 0, { transient: pulse([0, 1, 2e-6, 1e-6, 1, 1, 2]) })
      .add('n1', counter, 'a b 0')
      .r('r1', 'b 0', 1e3);
    // v2 has a corner at 2 µs, where v1 passes zero: one rise.
    expect(last(run(circuit, 'tran 0.1u 4u').dataset, 'v(b)')).toBeCloseTo(10001, 6);
  });
});
