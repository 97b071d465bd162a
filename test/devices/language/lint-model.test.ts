/**
 * Models that the language refuses, each after one that was published, in our own words: what makes
 * results depend on the simulator's steps, or leaves circuits without a solution.
 */
import { describe, expect, it } from 'vitest';
import { DiagnosticError, real, renderDiagnostic } from '../../../src/base/index.js';
import { catalog } from '../../../src/devices/catalog.js';
import { lintModel } from '../../../src/devices/language/check-model.js';
import { compileModel, structureOf } from '../../../src/devices/language/compile.js';
import { model, type ModelDefinition } from '../../../src/devices/language/model.js';

const said = (definition: ModelDefinition): string =>
  lintModel(definition)
    .map((d) => renderDiagnostic(d))
    .join('\n');

let remembered = 0;

describe('refused, with a reason and a place', () => {
  // As Verilog-A of TEAM and VTEAM does: the position is kept from call to call, and each call adds
  // rate times a step that the user gives.
  it('a state kept outside of the solver', () => {
    const outside = model({
      name: 'outside',
      title: 'TEAM with a memory of its own',
      terminals: ['p', 'n'],
      parameters: { dt: real(1e-9, 's', 'step') },
      analog({ V, I }, { dt }) {
        const i = V('p', 'n') / (100 + 199_900 * remembered);
        remembered = remembered + 33 * i * dt;
        I('p', 'n', i);
      },
    });
    expect(said(outside)).toMatch(/M147.*'remembered' is not known inside the model/);
    expect(said(outside)).toMatch(/--> model 'outside':\d+:\d+/);
  });

  // As the PDK's model of a ReRAM cell: length of the filament and temperature move by the time since
  // the last evaluation.
  it('the time step, which no model is told', () => {
    const stepped = model({
      name: 'stepped',
      title: 'filament that counts its own steps',
      terminals: ['p', 'n'],
      analog: (({ I, step }: { I: (a: string, b: string, i: number) => void; step: number }) => {
        I('p', 'n', 1e-3 * step);
      }) as never,
    });
    expect(said(stepped)).toMatch(/M102.*no 'step'[^]*rate\('name', value\)/);
  });

  it('a state that a timer integrates', () => {
    const ticking = model({
      name: 'ticking',
      title: 'filament moved by a clock',
      terminals: ['p', 'n'],
      parameters: { dt: real(1e-9, 's', 'step'), start: real(0.5, '', 'filament') },
      held: {
        filament: { initial: 'start', doc: 'length' },
        next: { initial: 'dt', doc: 'time of the next step' },
      },
      analog({ V, I, held, set, on, timer }, { dt }) {
        I('p', 'n', 1e-3 * held('filament') * V('p', 'n'));
        on(timer(held('next')), () => {
          set('filament', held('filament') + dt * Math.sinh(V('p', 'n')));
          set('next', held('next') + dt);
        });
      },
    });
    // The clock itself is in order: it does not depend on the circuit.
    expect(lintModel(ticking).map(({ code }) => code)).toEqual(['M160']);
    expect(said(ticking)).toMatch(/set\(['"]filament/);
    expect(() => compileModel(ticking, structureOf(ticking, new Map(), new Map()))).toThrow(
      DiagnosticError,
    );
  });

  // As release 1.0 of the gap model: below a least field the enhancement is zero, beyond it the rate
  // begins with several ten thousand times the thermal one.
  it('a rate that jumps', () => {
    const edge = model({
      name: 'edge',
      title: 'gap with a least field',
      terminals: ['p', 'n'],
      states: { s: { unit: '', initial: 0.5, bounds: [0, 1], abstol: 1e-9, doc: 'gap' } },
      analog({ V, I, state, rate }) {
        const v = V('p', 'n');
        const s = state('s');
        I('p', 'n', 1e-3 * Math.exp(-5 * s) * Math.sinh(v / 0.25));
        let gamma = 16 - s ** 3;
        if (gamma * Math.abs(v) < 16.8) gamma = 0;
        rate('s', -1e-2 * Math.sinh(gamma * v));
      },
    });
    expect(said(edge)).toMatch(/M161.*the rate of state 's' jumps from/);
    expect(said(edge)).toMatch(/rate\(['"]s/);
  });

  // As release 2.0 of the model by gap and width: the gap's voltage drop ends where the gap does.
  it('a current that jumps', () => {
    const closing = model({
      name: 'closing',
      title: 'filament that touches',
      terminals: ['p', 'n'],
      states: { x: { unit: '', initial: 1, bounds: [0, 1], abstol: 1e-9, doc: 'gap' } },
      analog({ V, I, state, rate }) {
        const v = V('p', 'n');
        const x = state('x');
        I('p', 'n', x > 0.05 ? 2e-6 * Math.exp(-7 * x) * Math.sinh(v / 0.4) : v / 3e5);
        rate('x', -v);
      },
    });
    expect(said(closing)).toMatch(/M161.*the current from p to n jumps/);
  });

  // As subcircuits of the HP memristor: the doped part is the voltage of a capacitor, which nothing
  // keeps between 0 and 1.
  it('a state that runs into negative resistance', () => {
    const unbounded = model({
      name: 'unbounded',
      title: 'ion drift without an end',
      terminals: ['p', 'n'],
      states: { x: { unit: '', initial: 0.1, abstol: 1e-9, doc: 'doped part' } },
      analog({ V, I, state, rate }) {
        const x = state('x');
        const i = V('p', 'n') / (100 * x + 16_000 * (1 - x));
        I('p', 'n', i);
        rate('x', 1e4 * i);
      },
    });
    expect(said(unbounded)).toMatch(/M162.*'x' has no bounds.*resistance is negative/);
  });
});

it.each(catalog.map(({ definition }) => [definition.name, definition] as const))(
  'has nothing to say about %s',
  (_, definition) => {
    expect(said(definition)).toBe('');
  },
);

it('leaves smooth passages, hysteresis and sources alone', () => {
  const sound = model({
    name: 'sound',
    title: 'comparator that pumps a bounded state',
    terminals: ['p', 'n'],
    states: {
      s: { unit: '', initial: 0, bounds: [0, 1], abstol: 1e-9, doc: 'level' },
      heat: { unit: 'K', initial: 0, abstol: 1e-3, settles: true, doc: 'above the ambient' },
    },
    held: { on: { initial: 0, doc: '1 above 1 V' } },
    analog({ V, I, state, rate, held, set, on, cross }) {
      const v = V('p', 'n');
      on(cross(v - 1, 1), () => {
        set('on', 1);
      });
      on(cross(v - 0.5, -1), () => {
        set('on', 0);
      });
      const i = v * (1e-6 + 1e-3 * state('s'));
      I('p', 'n', i);
      rate('s', held('on') > 0.5 ? 1e3 * Math.max(v - 0.5, 0) ** 2 : 0);
      rate('heat', v * i - state('heat'));
    },
  });
  expect(said(sound)).toBe('');
});
