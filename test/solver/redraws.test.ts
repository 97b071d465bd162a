/** Draws that handlers of events ask for. */
import { describe, expect, it } from 'vitest';
import { gaussian, uniform } from '../../src/base/index.js';
import { interpret } from '../../src/devices/language/interpret.js';
import { model } from '../../src/devices/language/model.js';
import { FlatCircuit, run, wave } from './flat-circuit.js';

/** Draws a level at the start and at each rise of its voltage. */
const dice = model({
  name: 'dice',
  title: 'dice',
  terminals: ['p', 'o', 'n'],
  held: {
    level: { initial: 0, doc: 'what was drawn last' },
    share: { initial: 0, doc: 'uniform, drawn at falls only' },
  },
  analog({ V, held, set, on, cross, initial, draw, output }) {
    const drawLevel = (): void => {
      set('level', draw('level', 'normal'));
    };
    on(initial(), drawLevel);
    on(cross(V('p', 'n'), 1), drawLevel);
    on(cross(V('p', 'n'), -1), () => {
      set('share', draw('share', 'uniform'));
    });
    V('o', 'n', held('level'));
    output('share', held('share') + 0 * draw('once', 'normal'), '', 'share');
  },
});

const levelOf = (instance: string, event: number, options = { seed: 1, run: 0 }): number =>
  gaussian({ ...options, instance, draw: 'level', event });

/** A sine of −1 V and 1 kHz: it rises at 0.5, 1.5 and 2.5 ms. */
function circuit(options = {}): FlatCircuit {
  const sine = wave((t) => -Math.sin(2000 * Math.PI * t));
  return new FlatCircuit(options)
    .v('v1', 'a 0', 0, { transient: sine })
    .add('n1', dice, 'a b 0')
    .r('r1', 'b 0', 1e3);
}

function levels(subject: FlatCircuit, card: string): number[] {
  const { dataset } = run(subject, card);
  const values = [...dataset.get('v(b)')!.real];
  return values.filter((v, k) => k === 0 || Math.abs(v - values[k - 1]) > 1e-9);
}

describe('draws in handlers', () => {
  it('are new at each event, keyed by its ordinal', () => {
    // Philox keyed by seed, run, instance and name: 1 at the start, then one at each rise.
    const expected = [1, 2, 3, 4].map((event) => levelOf('n1', event, { seed: 7, run: 3 }));
    const drawn = levels(circuit({ seed: 7, run: 3 }), 'tran 1u 3m');
    expect(drawn).toHaveLength(4);
    drawn.forEach((level, k) => {
      expect(level).toBeCloseTo(expected[k], 9);
    });
  });

  it('depend neither on the steps nor on other instances', () => {
    const alone = levels(circuit(), 'tran 1u 3m');
    const fine = levels(circuit(), 'tran 1u 3m 0 7u');
    const crowded = levels(
      circuit().add('n0', dice, '0 c a').r('r2', 'c 0', 1e3).r('r3', 'c a', 1e3),
      'tran 1u 3m',
    );
    [fine, crowded].forEach((other) => {
      expect(other).toHaveLength(alone.length);
      other.forEach((level, k) => {
        expect(level).toBeCloseTo(alone[k], 9);
      });
    });
  });

  it('start over with each analysis', () => {
    const subject = circuit();
    expect(levels(subject, 'tran 1u 3m')).toEqual(levels(subject, 'tran 1u 3m'));
  });

  it('are uniform if asked to be', () => {
    const { context } = run(circuit(), 'tran 1u 3m');
    const { model: compiled } = context.system.groups.find(
      ({ model: m }) => m.definition === dice,
    )!;
    const k = context.system.groups.findIndex(({ model: m }) => m === compiled);
    const slot = compiled.instanceSlots.findIndex((s) => s.kind === 'held' && s.name === 'share');
    // Falls at 1 ms and 2 ms; that at 3 ms is the end itself.
    const value = context.system.memory.groups[k].instance[slot];
    const key = { seed: 1, run: 0, instance: 'n1', draw: 'share' };
    const possible = [2, 3].map((event) => uniform({ ...key, event }));
    expect(possible).toContain(value);
  });

  it('are the numbers that the plain function is given', () => {
    const { events, held } = interpret(dice, {
      parameters: {},
      given: new Set(),
      voltages: { p: 0, o: 0, n: 0 },
      unknowns: { 'i(o,n)': 0 },
      draws: { level: 1.5 },
      ddt: () => 0,
      temperature: 300,
      gmin: 0,
    });
    events[0].handler();
    expect(held.get('level')).toBe(1.5);
  });
});
