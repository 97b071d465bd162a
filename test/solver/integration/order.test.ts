import { describe, expect, it } from 'vitest';
import { model } from '../../../src/devices/language/model.js';
import { FlatCircuit, run } from '../flat-circuit.js';

/**
 * Orders of convergence: steps fixed by tmax, error control out of the way, Newton tight; the error
 * at the end must fall by 2^order when steps are halved.
 */
const loose = { reltol: 1e-9, vntol: 1e-12, abstol: 1e-15, trtol: 1e12, lvltol: 1e12 };

interface Problem {
  readonly name: string;
  readonly circuit: (options: Record<string, number>) => FlatCircuit;
  readonly stop: number;
  readonly node: string;
  /** Value at `stop`. */
  readonly exact: number;
  readonly steps: readonly number[];
}

const vanDerPol = model({
  name: 'vanderpol',
  title: 'Cubic negative conductance',
  terminals: ['p', 'n'],
  analog({ V, I }) {
    const v = V('p', 'n');
    I('p', 'n', 0.5 * (v * v * v - v));
  },
});

/** v' = −i − (v³ − v)/2, i' = v with v(0) = 1, i(0) = 0: classical Runge-Kutta, 1e5 steps. */
function vanDerPolAt(time: number): number {
  const n = 100_000;
  const h = time / n;
  let [v, i] = [1, 0];
  const f = (a: number, b: number): [number, number] => [-b - 0.5 * (a * a * a - a), a];
  for (let k = 0; k < n; k++) {
    const [a1, b1] = f(v, i);
    const [a2, b2] = f(v + (h / 2) * a1, i + (h / 2) * b1);
    const [a3, b3] = f(v + (h / 2) * a2, i + (h / 2) * b2);
    const [a4, b4] = f(v + h * a3, i + h * b3);
    v += (h / 6) * (a1 + 2 * a2 + 2 * a3 + a4);
    i += (h / 6) * (b1 + 2 * b2 + 2 * b3 + b4);
  }
  return v;
}

const problems: readonly Problem[] = [
  {
    name: 'RC',
    circuit: (options) => new FlatCircuit(options).c('c1', 'a 0', 1, { ic: 1 }).r('r1', 'a 0', 1),
    stop: 2,
    node: 'v(a)',
    exact: Math.exp(-2),
    steps: [100, 200, 400],
  },
  {
    name: 'LC',
    circuit: (options) => new FlatCircuit(options).c('c1', 'a 0', 1, { ic: 1 }).l('l1', 'a 0', 1),
    stop: 5,
    node: 'v(a)',
    exact: Math.cos(5),
    steps: [200, 400, 800],
  },
  {
    name: 'Van der Pol',
    circuit: (options) =>
      new FlatCircuit(options)
        .c('c1', 'a 0', 1, { ic: 1 })
        .l('l1', 'a 0', 1)
        .add('n1', vanDerPol, 'a 0'),
    stop: 6,
    node: 'v(a)',
    exact: vanDerPolAt(6),
    steps: [400, 800, 1600],
  },
];

const methods = [
  { name: 'backward Euler', options: { maxord: 1 }, order: 1 },
  { name: 'trapezoidal', options: {}, order: 2 },
  { name: 'Gear 2', options: { method: 'gear' as unknown as number }, order: 2 },
  { name: 'TR-BDF2', options: { method: 'trbdf2' as unknown as number }, order: 2 },
];

describe.each(methods)('$name', ({ options, order }) => {
  it.each(problems)(`has order ${order} on $name`, ({ circuit, stop, node, exact, steps }) => {
    const errors = steps.map((n) => {
      const card = `tran ${stop} ${stop} 0 ${stop / n} uic`;
      const { dataset, problem } = run(circuit({ ...loose, ...options }), card);
      expect(problem).toBeUndefined();
      return Math.abs(dataset.get(node)!.real.at(-1)! - exact);
    });
    for (let k = 1; k < errors.length; k++) {
      const slope = Math.log2(errors[k - 1] / errors[k]);
      expect(Math.abs(slope - order)).toBeLessThan(0.15);
    }
  });
});
