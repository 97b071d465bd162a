import { describe, expect, it } from 'vitest';
import { gaussian } from '../../../src/base/index.js';
import { model } from '../../../src/devices/language/model.js';
import { currentControlledCurrentSource } from '../../../src/devices/sources/controlled-sources.js';
import { defaultOptions } from '../../../src/solver/options.js';
import { compileInstance } from '../../../src/solver/simulate.js';
import { System } from '../../../src/solver/system/system.js';
import { contextOf, FlatCircuit, last, run } from '../flat-circuit.js';

const make = (circuit: FlatCircuit) =>
  new System(circuit.build(), defaultOptions(), compileInstance);

describe('system', () => {
  it('numbers ground, nodes, branches, internal nodes, states, with the names of raw files', () => {
    const stateful = model({
      name: 'stateful',
      title: 'One state',
      terminals: ['p', 'n'],
      states: { s: { unit: 'm', initial: 0.5, abstol: 1e-12, bounds: [0, 1], doc: 'state' } },
      analog({ V, I, state, rate }) {
        rate('s', 0);
        I('p', 'n', V('p', 'n') * state('s'));
      },
    });
    const system = make(
      new FlatCircuit()
        .add('n1', stateful, 'a b')
        .d('d1', 'b 0', { rs: 1 })
        .v('v1', 'a 0', 1)
        .l('l1', 'b 0', 1),
    );
    expect(system.unknowns.map(({ name }) => name)).toEqual([
      'v(0)',
      'v(a)',
      'v(b)',
      'i(v1)',
      'i(l1)',
      'v(d1#j)',
      '@n1[s]',
    ]);
    expect(system.unknowns[6]).toMatchObject({ unit: 'm', abstol: 1e-12, reltol: 1e-6 });
    expect(system.x[6]).toBe(0.5);
  });

  it('shares kernels among equal structures and cards among instances without overrides', () => {
    const circuit = new FlatCircuit();
    for (let k = 0; k < 20; k++) circuit.r(`r${k}`, `n${k} n${k + 1}`, k + 1);
    const system = make(circuit.d('d1', 'n0 0').d('d2', 'n1 0').d('d3', 'n2 0', { is: 1e-12 }));
    expect(system.groups.map(({ instances }) => instances.length)).toEqual([20, 3]);
    expect(system.groups[1].cards.length).toBe(2);
  });

  it('keeps everything in one buffer, which may be shared between threads', () => {
    const circuit = new FlatCircuit().v('v1', 'a 0', 1).r('r1', 'a 0', 1).build();
    const { memory } = new System(circuit, defaultOptions(), compileInstance, { shared: true });
    expect(memory.buffer).toBeInstanceOf(SharedArrayBuffer);
    for (const part of [memory.x, memory.jf, memory.groups[0].instance, memory.groups[0].index])
      expect(part.buffer).toBe(memory.buffer);
  });

  it('takes new values in place and refuses another structure', () => {
    const circuit = (r: number) => new FlatCircuit().v('v1', 'a 0', 1).r('r1', 'a 0', r);
    const context = contextOf(circuit(1e3).build());
    expect(context.system.updateParameters(circuit(2e3).build())).toBe(true);
    expect(context.system.updateParameters(circuit(2e3).r('r2', 'a 0', 1).build())).toBe(false);
    expect(context.system.setParameter('r1', 'r', 4e3)).toBe(true);
    expect(context.system.setParameter('r1', 'nonsense', 1)).toBe(false);
    context.system.x[1] = 1;
    context.system.evaluateStatic();
    // The branch current is 0, so node a's residual is 1 V/4 kΩ.
    expect(context.system.memory.f[1]).toBeCloseTo(2.5e-4, 15);
  });

  it('draws random numbers by seed, run, instance and name', () => {
    const noisy = model({
      name: 'noisy',
      title: 'Random resistor',
      terminals: ['p', 'n'],
      analog({ V, I, draw, output }) {
        const z = draw('spread', 'normal');
        I('p', 'n', V('p', 'n') * (1 + 0 * z));
        output('z', z, '', 'the draw');
      },
    });
    const system = make(new FlatCircuit().add('n1', noisy, 'a 0').add('n2', noisy, 'a 0'));
    for (const instance of ['n1', 'n2']) {
      const { memory, position } = system.slots.find(instance, 'draw', 'spread')!;
      const key = { seed: 1, run: 0, instance, draw: 'spread', event: 0 };
      expect(memory.instance[position]).toBe(gaussian(key));
    }
  });

  it('reads branch currents of other elements, and says if there is none', () => {
    const mirror = (control: string) =>
      new FlatCircuit()
        .v('v1', 'a 0', 1)
        .r('r1', 'a 0', 1e3)
        .r('r2', 'b 0', 1e3)
        .add('f1', currentControlledCurrentSource, 'b 0', { gain: 2 }, { references: [control] });
    // i(v1) = −1 mA; f1 takes 2·i(v1) out of b: v(b) = 2 V.
    expect(last(run(mirror('v1'), 'op').dataset, 'v(b)')).toBeCloseTo(2, 12);
    expect(() => make(mirror('r1'))).toThrow(/S201[^]*current of 'r1', which is not an unknown/);
    expect(() => make(mirror('v9'))).toThrow(/current of 'v9', which does not exist/);
  });
});
