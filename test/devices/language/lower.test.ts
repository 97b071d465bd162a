import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transformSync } from 'esbuild';
import { integer, optionalReal, real } from '../../../src/base/index.js';
import { interpret } from '../../../src/devices/language/interpret.js';
import { model, type Language, type ModelDefinition } from '../../../src/devices/language/model.js';
import { instantiate } from '../instantiate.js';

/** The plain function is the reference: current out of `p` for a voltage. */
function plainCurrent(definition: ModelDefinition, parameters: Record<string, number>, v: number) {
  return interpret(definition, {
    parameters,
    given: new Set(),
    voltages: { p: v, n: 0 },
    unknowns: {},
    ddt: () => 0,
    temperature: 300.15,
    gmin: 1e-12,
  }).currents.get('p')!;
}

function compiledCurrent(
  definition: ModelDefinition,
  card: Record<string, number>,
  v: number,
): number {
  const device = instantiate(definition, card);
  device.set('p', v);
  device.evaluate();
  return device.f('p');
}

const square = (x: number): number => x * x;
function clip(x: number, low: number, high: number): number {
  if (x < low) return low;
  if (x > high) {
    return high;
  }
  return x;
}
const split = (x: number): { whole: number; rest: number } => {
  const whole = Math.floor(x);
  return { whole, rest: x - whole };
};

/** Everything that the language has as control flow, in one body. */
const everything = model({
  name: 'everything',
  title: 'control flow',
  terminals: ['p', 'n'],
  parameters: { g: real(2, 'S', 'conductance'), terms: integer(3, 'number of terms') },
  uses: { square, clip, split },
  analog({ V, I, square, clip, split }, { g, terms }) {
    const v = V('p', 'n');
    let sum = 0;
    for (let k = 1; k <= terms; k++) {
      sum += square(v) / k;
      if (v > k) sum -= 0.25 * k;
      else if (v < -k) sum = sum * 0.5 + k;
    }
    const early = (x: number): number => {
      if (x < 0) {
        if (x < -2) return -7;
        sum += 1;
        return x * 3;
      }
      sum += 2;
      const y = x + 1;
      if (y > 3) return y * y;
      return Math.sqrt(y);
    };
    const e = early(v);
    const { whole, rest } = split(v * 1.5);
    const [a, b] = [clip(v, -1, 2), v > 0 && v < 1 ? 5 : v >= 1 || v < -3 ? 6 : 7];
    let last = -0.5;
    last *= v;
    last **= 2;
    if (!(v > 0.5)) {
      I('p', 'n', g * e);
    }
    I('p', 'n', sum + whole * rest + a * b - last);
  },
});

describe('symbolic execution', () => {
  it('equals the plain function for every path', () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (v) => {
        const expected = plainCurrent(everything, { g: 2, terms: 3 }, v);
        expect(compiledCurrent(everything, {}, v)).toBeCloseTo(expected, 10);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('unrolls loops by an integer parameter', () => {
    for (const terms of [0, 1, 5]) {
      expect(compiledCurrent(everything, { terms }, 1.7)).toBeCloseTo(
        plainCurrent(everything, { g: 2, terms }, 1.7),
        12,
      );
    }
  });

  it.each([
    ['as written', {}],
    ['minified', { minify: true }],
    ['with kept names', { keepNames: true }],
    ['minified with kept names', { minify: true, keepNames: true }],
  ])('reads functions as build tools leave them: %s', (_, options) => {
    const body = `({
      analog: ${(everything.equations as { analog: () => void }).analog.toString().replace(/^analog/, 'function ')},
    })`;
    const { code } = transformSync(`globalThis.result = ${body}`, { target: 'node20', ...options });
    const box: { result?: { analog: () => void } } = {};
    (new Function('globalThis', code) as (g: typeof box) => void)(box);
    const definition: ModelDefinition = {
      ...everything,
      equations: { kind: 'analog', analog: box.result!.analog, uses: { square, clip, split } },
    };
    for (const v of [-4.2, -0.3, 0.2, 0.9, 2.6]) {
      expect(compiledCurrent(definition, {}, v)).toBeCloseTo(
        plainCurrent(everything, { g: 2, terms: 3 }, v),
        12,
      );
    }
  });
});

describe('return', () => {
  /** Returns in nested blocks and in loops, on some paths only. */
  const early = (x: number): number => {
    let sum = 1;
    if (x > 0) {
      if (x > 1) return 10 * x;
      sum += 2;
    }
    for (let k = 1; k <= 3; k++) {
      sum += k * x;
      if (sum > 6) {
        if (x < 2) return sum * 100;
      }
    }
    for (const limit of [-3, -2, -1]) {
      if (x < limit) return limit;
      sum -= limit;
    }
    {
      if (x > -0.5) return sum + 0.5;
    }
    return sum;
  };
  const returning = model({
    name: 'returning',
    title: 'returns everywhere',
    terminals: ['p', 'n'],
    uses: { early },
    analog({ V, I, early }) {
      const v = V('p', 'n');
      I('p', 'n', early(v));
      let k = 0;
      I('p', 'n', ++k * v + k++ + k);
      if (v < 0) {
        if (v < -2) return;
      }
      I('p', 'n', 1000);
    },
  });

  it('ends the function on the paths that reach it, and on no others', () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (v) => {
        expect(compiledCurrent(returning, {}, v)).toBeCloseTo(plainCurrent(returning, {}, v), 9);
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});

describe('structure', () => {
  const series = model({
    name: 'series',
    title: 'resistor behind an optional series resistor',
    terminals: ['p', 'n'],
    internal: ['k'],
    parameters: {
      r: real(100, 'Ω', 'resistance'),
      rs: real(0, 'Ω', 'series resistance', '[0:inf)'),
      offset: optionalReal('V', 'offset'),
    },
    analog({ V, I, collapse, given }, { r, rs, offset }) {
      if (rs === 0) collapse('k', 'p');
      else I('p', 'k', V('p', 'k') / rs);
      const shift = given('offset') ? offset : 0;
      I('k', 'n', (V('k', 'n') - shift) / r);
    },
  });

  it('collapses an internal node where the structure says so', () => {
    expect(instantiate(series).compiled.unknowns.map((u) => u.name)).toEqual(['p', 'n']);
    const open = instantiate(series, { rs: 10 });
    expect(open.compiled.unknowns.map((u) => u.name)).toEqual(['p', 'n', 'k']);
    open.set('p', 1);
    open.set('k', 0.5);
    open.evaluate();
    expect(open.f('p')).toBeCloseTo(0.05, 12);
    expect(open.f('k')).toBeCloseTo(-0.05 + 0.005, 12);
  });

  it('keeps values in memory: a parameter changes without compiling again', () => {
    const device = instantiate(series, { r: 50 });
    device.set('p', 1);
    device.evaluate();
    expect(device.f('p')).toBeCloseTo(0.02, 12);
    device.memory.model[0] = 200;
    device.setup();
    device.evaluate();
    expect(device.f('p')).toBeCloseTo(0.005, 12);
    expect(instantiate(series, { r: 77 }).compiled).toBe(device.compiled);
  });

  it('tells given parameters from defaults', () => {
    const device = instantiate(series, { offset: 0.25 });
    device.set('p', 1);
    device.evaluate();
    expect(device.f('p')).toBeCloseTo(0.0075, 12);
  });

  it('multiplies contributions, but not states or voltage equations, by m', () => {
    const mixed = model({
      name: 'mixed',
      title: 'current, branch and state',
      terminals: ['p', 'n'],
      states: { s: { unit: '', initial: 0, abstol: 1e-9, doc: 'state' } },
      analog({ V, I, state, rate }) {
        V('p', 'n', 2 * I('p', 'n'));
        I('p', 'n', 3 * V('p', 'n'));
        rate('s', V('p', 'n') - state('s'));
      },
    });
    const device = instantiate(mixed, {}, { m: 4 });
    device.set('p', 1);
    device.set('i(p,n)', 0.1);
    device.set('s', 0.25);
    device.evaluate();
    // The branch's unknown is the current of all four.
    expect(device.f('p')).toBeCloseTo(0.1 + 4 * 3, 12);
    expect(device.f('n')).toBeCloseTo(-(0.1 + 4 * 3), 12);
    expect(device.f('i(p,n)')).toBeCloseTo(1 - 2 * (0.1 / 4), 12);
    expect(device.f('s')).toBeCloseTo(-(1 - 0.25), 12);
  });

  it('adds up outputs and noise of m devices where they are extensive', () => {
    const resistive = model({
      name: 'resistive',
      title: 'current, resistance and noise',
      terminals: ['p', 'n'],
      analog({ V, I, output, whiteNoise }) {
        I('p', 'n', V('p', 'n') / 50);
        output('i', V('p', 'n') / 50, 'A', 'current');
        output('r', 50, 'Ω', 'resistance of one');
        whiteNoise('p', 'n', 2e-22, 'thermal');
      },
    });
    const device = instantiate(resistive, {}, { m: 3 });
    device.set('p', 1);
    device.compiled.kernels.evaluateOutputs!(device.memory);
    device.compiled.kernels.evaluateNoise!(device.memory);
    const at = (kind: string, name: string): number =>
      device.memory.instance[device.slot(kind, name)];
    expect(at('output', 'i')).toBeCloseTo(0.06, 12);
    expect(at('output', 'r')).toBe(50);
    expect(at('noise', 'density 0')).toBeCloseTo(6e-22, 30);
  });

  it('takes the temperature of the instance from temp or dtemp', () => {
    const thermometer = model({
      name: 'thermometer',
      title: 'temperature as current',
      terminals: ['p', 'n'],
      analog({ I, temperature }) {
        I('p', 'n', temperature);
      },
    });
    const current = (instance: Record<string, number>): number => {
      const device = instantiate(thermometer, {}, instance);
      device.evaluate();
      return device.f('p');
    };
    expect(current({})).toBe(300.15);
    expect(current({ dtemp: 10 })).toBeCloseTo(310.15, 12);
    expect(current({ temp: 85 })).toBeCloseTo(358.15, 12);
  });
});

describe('what the language provides', () => {
  const one = (analog: (language: Language) => void, more = {}): ModelDefinition =>
    model({ name: 'one', title: 'one', terminals: ['p', 'n'], ...more, analog });

  it('tells linear models from others', () => {
    const linear = (analog: (language: Language) => void): boolean =>
      instantiate(one(analog)).compiled.linear;
    expect(
      linear(({ V, I, ddt }) => {
        I('p', 'n', -V('p', 'n') / 50 + ddt(3 * V('p', 'n')) + 2);
      }),
    ).toBe(true);
    expect(
      linear(({ V, I }) => {
        I('p', 'n', V('p', 'n') > 1 ? 1 : 0);
      }),
    ).toBe(false);
  });

  it('adds to the branch equation of another instance', () => {
    const coupling = model({
      name: 'coupling',
      title: 'mutual inductance',
      terminals: [],
      references: ['a', 'b'],
      instance: { mutual: real(2e-3, 'H', 'mutual inductance') },
      analog({ reference, addVoltage, ddt }, { mutual }) {
        addVoltage('a', ddt(mutual * reference('b')));
        addVoltage('b', ddt(mutual * reference('a')));
      },
    });
    const device = instantiate(coupling);
    device.set('a', 3);
    device.set('b', 5);
    device.evaluate();
    expect([device.q('a'), device.q('b')]).toEqual([-10e-3, -6e-3]);
    expect([device.dq('a', 'b'), device.dq('a', 'a')]).toEqual([-2e-3, 0]);
  });

  it('puts a linear time derivative into q', () => {
    const device = instantiate(
      one(({ V, I, ddt }) => {
        I('p', 'n', 2 * ddt(V('p', 'n') ** 3));
      }),
    );
    device.set('p', 2);
    device.evaluate();
    expect(device.f('p')).toBe(0);
    expect(device.q('p')).toBeCloseTo(16, 12);
    expect(device.dq('p', 'p')).toBeCloseTo(24, 12); // 2·3·v²
    expect(device.dq('n', 'p')).toBeCloseTo(-24, 12);
  });

  it('lets a time derivative under a nonlinear factor count where something moves', () => {
    const device = instantiate(
      one(({ V, I, ddt }) => {
        I('p', 'n', (1 + V('p', 'n') ** 2) * ddt(V('p', 'n')));
      }),
    );
    expect(device.compiled.unknowns.map((u) => u.kind)).toEqual(['terminal', 'terminal']);
    expect(device.compiled.charges).toEqual([{ kind: 'rate' }]);
    device.set('p', 3);
    device.evaluate();
    expect(device.f('p')).toBe(0);
    expect(device.dq('p', 'p')).toBeCloseTo(10, 12); // 1 + 9: small signals see C(v)
    device.evaluateTransient(2, -1);
    expect(device.f('p')).toBeCloseTo(50, 12); // (1 + 9)·(2·3 − 1)
    const entry = device.compiled.transientEntries.findIndex((e) => e.row === 0 && e.column === 0);
    expect(entry).toBeGreaterThanOrEqual(0);
    expect(device.df('p', 'p')).toBeCloseTo(50, 12); // 2·v·5 + (1 + 9)·2
  });

  it('sees a time derivative behind a condition or a step', () => {
    for (const step of [
      one(({ V, I, ddt }) => {
        I('p', 'n', Math.sign(ddt(V('p', 'n'))));
      }),
      one(({ V, I, ddt }) => {
        I('p', 'n', ddt(V('p', 'n')) > 0 ? 1 : -1);
      }),
    ]) {
      const device = instantiate(step);
      device.evaluateTransient(1, 5);
      expect(device.f('p')).toBe(1);
    }
  });

  it('gives a time derivative inside another an unknown of its own', () => {
    const device = instantiate(
      one(({ V, I, ddt }) => {
        I('p', 'n', ddt(ddt(V('p', 'n'))));
      }),
    );
    expect(device.compiled.unknowns.map((u) => u.kind)).toEqual([
      'terminal',
      'terminal',
      'derivative',
    ]);
    device.set('p', 3);
    device.set('ddt#0', 5);
    device.evaluate();
    expect(device.f('ddt#0')).toBe(5);
    expect(device.q('ddt#0')).toBe(-3);
    expect(device.q('p')).toBe(5);
  });

  it('keeps the output of the arm that is taken', () => {
    const device = instantiate(
      one(({ V, I, output }) => {
        I('p', 'n', V('p', 'n'));
        if (V('p', 'n') > 0) output('g', 1, '', 'upwards');
        else output('g', 2, '', 'downwards');
      }),
    );
    const outputAt = (v: number): number => {
      device.set('p', v);
      device.compiled.kernels.evaluateOutputs!(device.memory);
      return device.memory.instance[device.slot('output', 'g')];
    };
    expect([outputAt(5), outputAt(-5)]).toEqual([1, 2]);
  });

  it('integrates with idt, held at its initial value in an operating point', () => {
    const device = instantiate(
      one(({ V, I, idt }) => {
        I('p', 'n', idt(3 * V('p', 'n'), 0.5));
      }),
    );
    device.set('p', 2);
    device.set('idt#0', 0.75);
    device.evaluate();
    expect(device.f('p')).toBe(0.75);
    expect([device.f('idt#0'), device.q('idt#0')]).toEqual([-6, 0.75]);
    device.memory.environment[4] = 1;
    device.evaluate();
    expect(device.f('idt#0')).toBeCloseTo(0.25, 12);
  });

  it('corrects for limiting with the slope at the limited point, and vetoes', () => {
    const device = instantiate(
      one(({ V, I, limit, previous }) => {
        const v = limit('v', V('p', 'n'), Math.min(V('p', 'n'), previous('v') + 0.1));
        I('p', 'n', v ** 2);
      }),
    );
    device.memory.instance[device.slot('limit', 'v')] = 1;
    device.set('p', 2);
    const vetoes = device.evaluate();
    const limited = 1.1;
    expect(vetoes).toBe(1);
    // f(v̂) + f'(v̂)·(v − v̂)
    expect(device.f('p')).toBeCloseTo(limited ** 2 + 2 * limited * (2 - limited), 12);
    expect(device.df('p', 'p')).toBeCloseTo(2 * limited, 12);
    expect(device.memory.instance[device.slot('limit', 'v')]).toBeCloseTo(limited, 12);
    // At rest the limit lets go.
    device.memory.instance[device.slot('limit', 'v')] = 2;
    expect(device.evaluate()).toBe(0);
    expect(device.f('p')).toBeCloseTo(4, 12);
  });

  it('differentiates outputs by limited values and voltages', () => {
    const device = instantiate(
      one(({ V, I, limit, ddx, output }) => {
        const v = limit('v', V('p', 'n'), V('p', 'n'));
        const i = Math.exp(v) - 1;
        I('p', 'n', i);
        output('g', ddx(i, v), 'S', 'conductance');
      }),
    );
    device.set('p', 0.7);
    device.compiled.kernels.evaluateOutputs!(device.memory);
    expect(device.memory.instance[device.slot('output', 'g')]).toBeCloseTo(Math.exp(0.7), 12);
  });

  it('holds a state in an operating point and gates it at its bounds by the sign of its rate', () => {
    const device = instantiate(
      one(
        ({ V, rate }) => {
          rate('s', V('p', 'n'));
        },
        {
          states: {
            s: { unit: '', initial: 0.3, bounds: [0, 1], gate: 0.01, abstol: 1e-9, doc: 's' },
          },
        },
      ),
    );
    const rateAt = (s: number, v: number): number => {
      device.set('s', s);
      device.set('p', v);
      device.evaluate();
      return -device.f('s');
    };
    expect(rateAt(0.5, 2)).toBe(2);
    expect(rateAt(1 - 1e-9, 2)).toBeCloseTo(0, 12); // at rest inside by abstol
    expect(rateAt(1, -2)).toBe(-2); // leaves the bound at full speed
    expect(rateAt(0.995 - 1e-9, 2)).toBeCloseTo(2 * 0.5 * 1.5, 12); // z·(2 − z), z = 0.5
    expect(rateAt(1.001, 2)).toBeLessThan(0); // pulled back from outside
    device.memory.environment[4] = 1;
    expect(rateAt(0.5, 2)).toBeCloseTo(-(0.5 - 0.3), 12);
  });

  it('changes held variables in events only', () => {
    const device = instantiate(
      one(
        ({ V, I, on, cross, held, set }) => {
          on(cross(V('p', 'n') - 1, 1), () => {
            set('count', held('count') + 1);
            set('twice', 2 * held('count')); // sees what was just set
            if (V('p', 'n') > 5) set('count', -1);
          });
          I('p', 'n', held('count'));
        },
        {
          held: {
            count: { initial: 2, doc: 'number of crossings' },
            twice: { initial: 0, doc: 'twice that' },
          },
        },
      ),
    );
    const { kernels } = device.compiled;
    device.set('p', 1.5);
    kernels.evaluateEvents!(device.memory);
    expect(device.memory.instance[device.slot('event', '0')]).toBe(0.5);
    device.evaluate();
    expect(device.f('p')).toBe(2);
    expect(kernels.fire!(device.memory, 0, 0)).toBe(true);
    device.evaluate();
    expect(device.f('p')).toBe(3);
    expect(device.memory.instance[device.slot('held', 'twice')]).toBe(6);
    device.set('p', 6);
    kernels.fire!(device.memory, 0, 0);
    device.evaluate();
    expect(device.f('p')).toBe(-1);
  });

  it('keeps declared noise through the compiler', () => {
    const device = instantiate(
      one(({ V, I, whiteNoise, flickerNoise }) => {
        const i = V('p', 'n') / 50;
        I('p', 'n', i);
        whiteNoise('p', 'n', 3e-22, 'thermal');
        flickerNoise('p', 'n', 1e-15 * Math.abs(i), 1.2, 'flicker');
      }),
    );
    device.set('p', 1);
    device.compiled.kernels.evaluateNoise!(device.memory);
    const [thermal, flicker] = device.compiled.noise;
    expect([thermal.name, flicker.name]).toEqual(['thermal', 'flicker']);
    expect(device.memory.instance[thermal.densitySlot]).toBe(3e-22);
    expect(device.memory.instance[flicker.densitySlot]).toBeCloseTo(2e-17, 30);
    expect(device.memory.instance[flicker.exponentSlot]).toBe(1.2);
  });

  it('computes what one arm needs only in that arm', () => {
    const device = instantiate(
      one(({ V, I }) => {
        const v = V('p', 'n');
        let i = v;
        if (v > 0) i = Math.exp(v) - 1;
        I('p', 'n', i);
      }),
    );
    device.evaluate();
    const text = device.compiled.kernels.evaluate.toString();
    // One exponential, used for value and slope, inside the branch.
    expect(text.match(/Math\.exp/g)).toHaveLength(1);
    const branch = text.slice(text.indexOf('if ('), text.indexOf('else'));
    expect(branch).toContain('Math.exp');
  });
});
