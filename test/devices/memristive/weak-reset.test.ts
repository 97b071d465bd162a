/**
 * The weak-RESET device in circuits: which waveforms are pulses, what they do, and its draws.
 * Numbers: Majumdar et al., IEEE TED 68(10), 4925, 2021, Tables I and II.
 */
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/solver/index.js';

/** Without noise and spread: w = c1 + m1·n with the means of Table I. */
const plain = 'spread=0 phigh=0 plow=0 alpha=0';
const [c1, m1] = [5.293141e-3, 3.7415768e-5 + 6.564678e-4];

/** What the last simulation of `after` warned of. */
let warned: readonly string[] = [];

/** What a device has seen at the end of a source [ns, V]. */
async function after(
  corners: readonly (readonly [number, number])[],
  card = plain,
  more = '',
): Promise<Record<string, number>> {
  const { analyses, diagnostics } = await simulate(`one device
.model mem weakreset(${card})
v1 in 0 pwl(${corners.map(([ns, v]) => `${ns}n ${v}`).join(' ')})
n1 in 0 mem
${more}
.tran 10n ${corners[corners.length - 1][0]}n
.save @n1[r] @n1[w] @n1[mean] @n1[pulses] @n1[outside] @n1[telegraph] @n1[pink]
.end`);
  warned = diagnostics.map(({ code, message }) => `${code} ${message}`);
  const { dataset } = analyses[0];
  const names = ['r', 'w', 'mean', 'pulses', 'outside', 'telegraph', 'pink'];
  return Object.fromEntries(
    names.map((name) => [name, dataset.get(`@n1[${name}]`)!.real[dataset.length - 1]]),
  );
}

/** One excursion: edges of 2 ns, width at half height. */
function excursion(volts: number, ns: number): [number, number][] {
  return [
    [0, 0],
    [10, 0],
    [12, volts],
    [10 + ns, volts],
    [12 + ns, 0],
    [30 + ns, 0],
  ];
}

/** n pulses of −1 V and 100 ns, 200 ns apart. */
function train(n: number): [number, number][] {
  const pulses = Array.from({ length: n }, (_, k) =>
    excursion(-1, 100)
      .slice(1, 5)
      .map(([t, v]): [number, number] => [t + 200 * k, v]),
  );
  return [[0, 0], ...pulses.flat(), [200 * n, 0]];
}

describe('what is a pulse', () => {
  it.each([
    ['the pulse of the data', -1, 100, 1, 0, ''],
    ['a pulse at the edge of the tolerances', -0.95, 85, 1, 0, ''],
    ['a read', -0.1, 1000, 0, 0, ''],
    ['a read of the other sign', 0.1, 1000, 0, 0, ''],
    ['one too low', -0.6, 100, 0, 1, 'too low'],
    ['one too short', -1, 40, 0, 1, 'too short'],
    ['one too high', -1.3, 100, 1, 1, 'too high'],
    ['one too long', -1, 300, 1, 1, 'too long'],
    ['one of the other sign', 1, 100, 0, 1, 'of the other polarity'],
  ])('%s: %d V, %d ns', async (_what, volts, ns, pulses, outside, warning) => {
    const seen = await after(excursion(volts, ns));
    expect([seen.pulses, seen.outside]).toEqual([pulses, outside]);
    expect(seen.w).toBeCloseTo(c1 + m1 * pulses, 12);
    // Told with the element and the time at which it is known.
    const edge = 1 / Math.abs(volts); // of 2 ns, where it passes 0.5 V
    const at = Math.round(warning === 'of the other polarity' ? 10 + edge : 12 + ns - edge);
    expect(
      warned.map((text) => text.replace(/[\d.]+ ns$/, (t) => `${Math.round(parseFloat(t))} ns`)),
    ).toEqual(
      warning
        ? [
            `S411 'n1' took a pulse ${warning.startsWith('of') ? '' : 'that is '}${warning} at t = ${at} ns`,
          ]
        : [],
    );
  });

  it('warns once a device and kind, and of a few devices only', async () => {
    const low = [...excursion(-0.6, 100), ...excursion(-0.6, 100).map(([t, v]) => [t + 150, v])];
    const many = Array.from({ length: 8 }, (_, k) => `n${k} in 0 mem`).join('\n');
    const { diagnostics } = await simulate(`many devices
.model mem weakreset(${plain})
v1 in 0 pwl(${low.map(([t, v]) => `${t}n ${v}`).join(' ')})
${many}
.tran 10n 300n
.end`);
    const told = diagnostics.map(({ message }) => message.replace(/ took.*| at t.*/, ''));
    expect(told).toEqual([
      "'n0'",
      "'n1'",
      "'n2'",
      "'n3'",
      "'n4'",
      'further devices have such warnings',
    ]);
  });

  it('one that began before the analysis is none', async () => {
    const seen = await after([
      [0, -1],
      [90, -1],
      [92, 0],
      [120, 0],
    ]);
    expect([seen.pulses, seen.outside]).toEqual([0, 1]);
    expect(warned).toEqual([expect.stringContaining('began before the analysis at t = 91')]);
  });

  it('is one behind a resistor, whose share falls when the pulse has counted', async () => {
    // m1 = 0.5: the resistance rises by 65 % at the end of the pulse, the voltage from 0.5 V to 0.57 V.
    const { analyses, diagnostics } = await simulate(`one device behind a resistor
.model mem weakreset(spread=0 phigh=0 plow=0 alpha=0 r0=7k c1=0 m1=0.5)
v1 in 0 pwl(0 0  10n 0  12n -1.5  110n -1.5  112n 0  150n 0)
r1 in a 3.5k
n1 a 0 mem
.tran 1n 150n
.save @n1[pulses] @n1[outside]
.end`);
    const { dataset } = analyses[0];
    const last = (name: string) => dataset.get(name)!.real[dataset.length - 1];
    expect([last('@n1[pulses]'), last('@n1[outside]')]).toEqual([1, 0]);
    expect(diagnostics).toEqual([]);
  });

  it('each of a train is one, whatever the steps', async () => {
    for (const method of ['trap', 'gear']) {
      const seen = await after(train(12), plain, `.options method=${method} reltol=1e-4`);
      expect([seen.pulses, seen.outside]).toEqual([12, 0]);
      expect(seen.r).toBeCloseTo(6988 * Math.exp(c1 + 12 * m1), 6);
    }
  });
});

it('is slower behind its knee', async () => {
  const seen = await after(train(9), `${plain} tstar=4 m1=0.01 m2=0.001 c1=0.1 r0=5k`);
  // (3): 0.1 + 4·0.01 + 5·0.001 = 0.145.
  expect(seen.w).toBeCloseTo(0.145, 12);
  expect(seen.r).toBeCloseTo(5000 * Math.exp(0.145), 6);
});

it('its telegraph noise goes with the probabilities', async () => {
  // Certain to change at each pulse: 0, 1, 0, 1.
  const certain = 'spread=0 phigh=1 plow=1 alpha=0 a=0.4';
  expect((await after(train(3), certain)).telegraph).toBe(0.4);
  expect((await after(train(4), certain)).telegraph).toBe(0);
  expect((await after(train(3), `${certain} knee=1 tstar=4`)).telegraph).toBe(0);
  expect((await after(train(3), `${certain} knee=1 tstar=3`)).telegraph).toBe(0.4);
});

/** Many devices on one source; a value of each at the end. */
async function population(count: number, card: string, pulses: number, name: string, options = '') {
  const corners = train(pulses);
  const devices = Array.from({ length: count }, (_, k) => `n${k}`);
  const { analyses } = await simulate(`devices
.model mem weakreset(${card})
v1 in 0 pwl(${corners.map(([ns, v]) => `${ns}n ${v}`).join(' ')})
${devices.map((device) => `${device} in 0 mem`).join('\n')}
${options}
.tran 20n ${corners[corners.length - 1][0]}n
.save ${devices.map((device) => `@${device}[${name}]`).join(' ')}
.end`);
  const { dataset } = analyses[0];
  return devices.map((device) => {
    const { real } = dataset.get(`@${device}[${name}]`)!;
    return { first: real[0], last: real[dataset.length - 1] };
  });
}

describe('its noise', () => {
  const n = 150;

  it('has the deviation of 15 coefficients, and keeps what the next pulses leave', async () => {
    const values = await population(n, 'spread=0 phigh=0 plow=0', 2, 'pink');
    const product = (f: (v: (typeof values)[0]) => number): number =>
      values.reduce((sum, v) => sum + f(v), 0) / n;
    // .0346681: α·√Σh²; χ²/150 has a deviation of .115. Bounds are 99.9 % of all seeds.
    for (const square of [product((v) => v.first ** 2), product((v) => v.last ** 2)])
      expect(Math.abs(square / 0.0346681 ** 2 - 1)).toBeLessThan(3.3 * 0.115);
    // Two pulses later: autocorrelation .5468 with deviation (1 − ρ²)/√n.
    const correlation = product((v) => v.first * v.last) / 0.0346681 ** 2;
    expect(Math.abs(correlation - 0.5468)).toBeLessThan(3.3 * Math.sqrt((1 + 0.5468 ** 2) / n));
  });

  it('repeats with the seed, whatever the steps and whoever is there', async () => {
    const card = 'phigh=0.5 plow=0.5';
    const [some, fine, more, other] = [
      await population(3, card, 6, 'w'),
      await population(3, card, 6, 'w', '.options reltol=1e-5 method=gear'),
      await population(5, card, 6, 'w'),
      await population(3, card, 6, 'w', '.options seed=8'),
    ];
    expect(fine).toEqual(some);
    expect(more.slice(0, 3)).toEqual(some);
    some.forEach(({ last }, k) => {
      expect(other[k].last).not.toBe(last);
    });
  });

  it('of the program has the mean of uniform numbers', async () => {
    const values = await population(n, 'spread=0 phigh=0 plow=0 code=1', 1, 'pink');
    const mean = values.reduce((sum, v) => sum + v.last, 0) / n;
    // α Σh/2 = .0542; deviation of one: .0346681/√12 = .01.
    expect(Math.abs(mean - 0.0542)).toBeLessThan((3.3 * 0.01) / Math.sqrt(n));
  });
});

// Quartiles of the laws of Table I, cut off as the card says: scipy 1.17.
it.each<[string, number[]]>([
  ['m1', [0.00022627, 0.00049244, 0.00094745]],
  ['c1', [-0.030511, 0.0051925, 0.040845]],
  ['tstar', [305.58, 515.08, 848.29]],
  ['m2', [8.2045e-6, 1.9706e-5, 3.9103e-5]],
  ['r0', [6751.8, 6996.8, 7245.8]],
  ['a', [0.125, 0.25, 0.375]],
])('devices differ in %s', async (name, quartiles) => {
  const n = 400;
  const names = Array.from({ length: n }, (_, k) => `n${k}`);
  const { analyses } = await simulate(`devices
.model mem weakreset()
v1 in 0 0.1
${names.map((each) => `${each} in 0 mem`).join('\n')}
.op
.save ${names.map((each) => `@${each}[${name}]`).join(' ')}
.end`);
  const { dataset } = analyses[0];
  const values = names.map((each) => dataset.get(`@${each}[${name}]`)!.real[0]);
  quartiles.forEach((quartile, k) => {
    const part = (k + 1) / 4;
    const below = values.filter((value) => value < quartile).length / n;
    expect(Math.abs(below - part)).toBeLessThan(3.3 * Math.sqrt((part * (1 - part)) / n));
  });
});
