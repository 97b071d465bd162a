import { describe, expect, test } from 'vitest';
import { type Circuit, expandDeck, parseNetlist, type RunKey } from '../../src/netlist/index.js';

function run(lines: string, key: RunKey = { seed: 3, run: 1 }): Circuit {
  const { deck } = parseNetlist(`draws\n${lines}\n.op\n.end\n`);
  const { circuit, diagnostics } = expandDeck(deck, { draws: key });
  if (!circuit) throw new Error(diagnostics[0].message);
  return circuit;
}

function drawn(lines: string, key?: RunKey): Record<string, number> {
  return Object.fromEntries(run(lines, key).drawn ?? []);
}

/** A parameter of an element, or of its card. */
function parameter({ instances }: Circuit, name: string, key: string): number {
  const found = instances.find((each) => each.name === name)!;
  return found.parameters.get(key) ?? found.card!.parameters.get(key)!;
}

const cell = `.subckt cell a b
.param k=gauss(2,0.1)
r1 a b {agauss(1k,100,1)}
r2 a b {k}
.ends
`;

describe('draws', () => {
  const base = `${cell}.param rx=agauss(1k,10,1)
v1 in 0 1
r1 in 0 {rx*agauss(1,0.1,1)}
x1 in 0 cell
x2 in 0 cell
`;

  test('are recorded by the names of what they are for', () => {
    expect(Object.keys(drawn(base)).sort()).toEqual(
      ['rx', '@r1[r]', 'x1.k', 'x2.k', '@x1.r1[r]', '@x2.r1[r]'].sort(),
    );
  });

  test('of two instances differ', () => {
    const values = drawn(base);
    expect(values['@x1.r1[r]']).not.toBe(values['@x2.r1[r]']);
    expect(values['x1.k']).not.toBe(values['x2.k']);
  });

  test('do not change when elements are added or moved', () => {
    const more = `r0 in 0 {agauss(1,0.1,1)}\n.param ra=agauss(1,1,1)\n${base}x3 in 0 cell\n`;
    const moved = base.split('\n').reverse();
    const last = [
      ...moved.filter((line) => line.startsWith('x')),
      base.replace(/x\d in 0 cell\n/g, ''),
    ];
    expect(drawn(more)).toMatchObject(drawn(base));
    expect(drawn(last.join('\n'))).toEqual(drawn(base));
  });

  test('of a run are always the same; another run or seed has others', () => {
    expect(drawn(base)).toEqual(drawn(base));
    for (const key of [
      { seed: 3, run: 2 },
      { seed: 4, run: 1 },
    ]) {
      const [before, after] = [drawn(base), drawn(base, key)];
      for (const name of Object.keys(before)) expect(after[name]).not.toBe(before[name]);
    }
  });

  test('a parameter is drawn once, however often it is used', () => {
    const circuit = run('.param rx=agauss(1k,100,1)\nv1 a 0 1\nr1 a 0 {rx}\nr2 a 0 {rx}');
    expect(parameter(circuit, 'r1', 'r')).toBe(parameter(circuit, 'r2', 'r'));
    expect(parameter(circuit, 'r1', 'r')).not.toBe(1000);
  });

  test('seed and run reach the devices', () => {
    const { options } = run('v1 a 0 1', { seed: 9, run: 5 });
    expect([options.get('seed')?.value, options.get('run')?.value]).toEqual([9, 5]);
  });

  test('a deck without a Monte Carlo has nominal values', () => {
    const { circuit } = parseNetlist(
      `nominal\nv1 a 0 1\nr1 a 0 {agauss(1k,10,1)}\nr2 a 0 m 2k\n.model m res(r=1 dev=5% lot=5%)\n.op\n.end\n`,
    );
    expect(parameter(circuit!, 'r1', 'r')).toBe(1000);
    expect(parameter(circuit!, 'r2', 'r')).toBe(2000);
  });
});

describe('tolerances', () => {
  const deck = (text: string): string =>
    `v1 a 0 1\nd1 a 0 m\nd2 a 0 m\nd3 a 0 n\n.model m d(is=1e-14 ${text})\n.model n d(is=1e-14 ${text})`;
  const deviations = (text: string, count = 2000): number[][] =>
    Array.from({ length: count }, (_, k) => {
      const circuit = run(deck(text), { seed: 1, run: k + 1 });
      return ['d1', 'd2', 'd3'].map((name) => parameter(circuit, name, 'is') / 1e-14 - 1);
    });

  test('a lot is that of the card, uniform within the tolerance', () => {
    const runs = deviations('lot=10%');
    expect(runs.every(([a, b]) => a === b)).toBe(true);
    expect(runs.every(([a, , c]) => a !== c)).toBe(true);
    const all = runs.map(([a]) => a);
    expect(Math.max(...all.map(Math.abs))).toBeLessThanOrEqual(0.1 * (1 + 1e-12));
    // 0.1/√3, within five standard errors: 5·σ·√(0.8/4n) for a uniform distribution (κ = 1.8).
    expect(Math.abs(rms(all) - 0.1 / Math.sqrt(3))).toBeLessThan(5 * 0.058 * Math.sqrt(0.8 / 8000));
  });

  test('a deviation is that of the instance; a normal one has the tolerance as sigma', () => {
    const runs = deviations('dev/gauss=1%');
    expect(runs.every(([a, b]) => a !== b)).toBe(true);
    // Five standard errors of a deviation: 5·σ/√(2n); cut at four sigmas.
    expect(Math.abs(rms(runs.map(([a]) => a)) - 0.01)).toBeLessThan((5 * 0.01) / Math.sqrt(4000));
    expect(Math.max(...runs.flat().map(Math.abs))).toBeLessThanOrEqual(0.04);
    // Independent: a correlation within five of its standard errors, 1/√n.
    const product = runs.reduce((sum, [a, b]) => sum + a * b, 0) / runs.length;
    expect(Math.abs(product / 1e-4)).toBeLessThan(5 / Math.sqrt(2000));
  });

  test('both add up, and lots of one number move together', () => {
    const [both] = deviations('lot=10% dev=1%', 1);
    const [lot] = deviations('lot=10%', 1);
    expect(Math.abs(both[0] - lot[0])).toBeLessThanOrEqual(0.01);
    expect(both[0]).not.toBe(both[1]);
    const [shared] = deviations('lot/1=10%', 1);
    expect(shared[0]).toBe(shared[2]);
  });

  test('an element with a value of its own deviates by the same part of it', () => {
    const text = 'v1 a 0 1\nr1 a 0 m 2k\n.model m res(r=1 dev 5%)';
    const value = parameter(run(text), 'r1', 'r');
    expect(value).not.toBe(2000);
    expect(Math.abs(value / 2000 - 1)).toBeLessThanOrEqual(0.05);
    expect(drawn(text)).toEqual({ '@r1[r]': value });
  });
});

function rms(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
}
