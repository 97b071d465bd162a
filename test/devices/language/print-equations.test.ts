import { expect, it } from 'vitest';
import { equationsOf, structureOf } from '../../../src/devices/language/compile.js';
import { model } from '../../../src/devices/language/model.js';
import { printEquations } from '../../../src/devices/language/print-equations.js';
import { real } from '../../../src/base/index.js';

it('prints rows, derivatives and shared parts', () => {
  const definition = model({
    name: 'cubic',
    title: 'cubic conductance with a capacitor',
    terminals: ['p', 'n'],
    parameters: { g: real(1, 'S/V²', 'coefficient'), c: real(1e-12, 'F', 'capacitance') },
    analog({ V, I, ddt }, { g, c }) {
      const v = V('p', 'n');
      I('p', 'n', g * v * v * v + ddt(c * v));
    },
  });
  const equations = equationsOf(definition, structureOf(definition, new Map(), new Map()));
  expect(printEquations(equations)).toMatchInlineSnapshot(`
    "unknowns
      p (terminal)
      n (terminal)

    rows
      f[p] = t3
      q[p] = t4
      f[n] = -t3
      q[n] = -t4

    derivatives
      ∂f[p]/∂p = t5
      ∂f[p]/∂n = -t5
      ∂f[n]/∂p = -t5
      ∂f[n]/∂n = t5
      ∂q[p]/∂p = c
      ∂q[p]/∂n = -c
      ∂q[n]/∂p = -c
      ∂q[n]/∂n = c

    where
      t1 = g * V(p,n)
      t2 = V(p,n) * t1
      t3 = V(p,n) * t2
      t4 = c * V(p,n)
      t5 = t2 + V(p,n) * (t1 + t1)"
  `);
});
