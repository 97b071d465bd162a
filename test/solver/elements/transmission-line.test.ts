import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/waveform/index.js';
import { codesOf } from '../../netlist/circuit-of.js';
import { at } from '../../circuits/measure.js';
import { deviation } from '../flat-circuit.js';
import { operatingPoint, runCards } from './run-cards.js';

/** A rise from 0 to 1 V from 1 ns on, in 0.1 ns. */
const step = (t: number): number => Math.min(Math.max((t - 1e-9) / 0.1e-9, 0), 1);
const source = 'v1 s 0 pulse(0 1 1n 0.1n 0.1n 1 2)';

async function transient(...cards: readonly string[]): Promise<Dataset> {
  const [dataset] = await runCards(...cards);
  return dataset;
}

describe('T element in time', () => {
  it.each<[string, number, number]>([
    ['matched at both ends', 50, 50],
    ['matched at its load', 10, 50],
    ['open', 25, 1e9],
    ['short-circuited', 100, 1e-3],
    ['mismatched at both ends', 25, 100],
  ])('follows the bounce diagram: %s', async (_, rs, rl) => {
    const dataset = await transient(
      source,
      `rs s a ${rs}`,
      't1 a 0 b 0 z0=50 td=2n',
      `rl b 0 ${rl}`,
      '.tran 0.1n 40n',
    );
    // The n-th wave is weaker by both reflections than the one before.
    const [near, far] = [rs, rl].map((r) => (r - 50) / (r + 50));
    const launched = 50 / (rs + 50);
    const sum = (term: (n: number) => number): number =>
      Array.from({ length: 12 }, (_, n) => term(n)).reduce((a, b) => a + b);
    const atLoad = (t: number): number =>
      launched * (1 + far) * sum((n) => (near * far) ** n * step(t - (2 * n + 1) * 2e-9));
    const atSource = (t: number): number =>
      launched *
      (step(t) + (1 + near) * far * sum((n) => (near * far) ** n * step(t - (2 * n + 2) * 2e-9)));
    expect(deviation(dataset, 'v(b)', atLoad)).toBeLessThan(1e-9);
    expect(deviation(dataset, 'v(a)', atSource)).toBeLessThan(1e-9);
    // Kirchhoff: what goes into the load comes out of port 2.
    expect(deviation(dataset, 'i(t1#p2)', (t) => -atLoad(t) / rl)).toBeLessThan(1e-9);
    // 400 steps of tstep, and some behind each of at most 2·20 corners, but not behind phantoms.
    expect(dataset.length).toBeLessThan(1000);
  });

  it('passes a sine on without dulling it', async () => {
    const dataset = await transient(
      'v1 s 0 sin(0 2 100meg)',
      'rs s a 50',
      't1 a 0 b 0 z0=50 td=3.3n',
      'rl b 0 50',
      '.tran 0.5n 60n',
    );
    // A fifth of a radian a step: the cubic misses by some 1e-4, chords would by 5e-3.
    const wave = (t: number): number => (t < 3.3e-9 ? 0 : Math.sin(2e8 * Math.PI * (t - 3.3e-9)));
    expect(deviation(dataset, 'v(b)', wave)).toBeLessThan(3e-4);
  });

  it('charges a capacitor through its impedance', async () => {
    const dataset = await transient(
      source,
      'rs s a 50',
      't1 a 0 b 0 z0=50 td=2n',
      'c1 b 0 20p',
      '.tran 50p 10n',
    );
    // A ramp through a low-pass of τ = 50 Ω · 20 pF = 1 ns, twice the wave that arrives at 3 ns.
    const tau = 1e-9;
    const ramp = (t: number): number => (t <= 0 ? 0 : t + tau * Math.expm1(-t / tau));
    const charged = (t: number): number => (ramp(t - 3e-9) - ramp(t - 3.1e-9)) / 0.1e-9;
    expect(deviation(dataset, 'v(b)', charged)).toBeLessThan(1e-3);
    // The reflection is what the capacitor leaves over; the source takes it up.
    const returned = (t: number): number => step(t) / 2 + charged(t - 2e-9) - step(t - 4e-9) / 2;
    expect(deviation(dataset, 'v(a)', returned)).toBeLessThan(1e-3);
  });

  it('is one line where two of one impedance follow each other', async () => {
    const cards = [source, 'rs s a 20', 'rl c 0 130', '.tran 0.1n 30n'];
    const one = await transient(...cards, 't1 a 0 c 0 z0=50 td=3.718n');
    const two = await transient(...cards, 't1 a 0 b 0 z0=50 td=1n', 't2 b 0 c 0 z0=50 td=2.718n');
    const difference = deviation(two, 'v(c)', (t) => at(one, 'c', t));
    expect(difference).toBeLessThan(1e-9);
    // No corner is where the lines meet: nothing is reflected there.
    expect(two.length).toBeLessThan(1.3 * one.length);
  });

  it('reflects where the impedance changes', async () => {
    const dataset = await transient(
      source,
      'rs s a 20',
      't1 a 0 b 0 z0=50 td=2n',
      't2 b 0 c 0 z0=75 td=3n',
      'rl c 0 200',
      '.tran 0.1n 60n',
    );
    // Echoes that have become smaller than half the tolerance, 1e-3 V, are stepped over.
    const exact = lattice(60);
    const worst = exact.map((value, n) => Math.abs(at(dataset, 'c', n * 0.1e-9) - value));
    expect(Math.max(...worst)).toBeLessThan(1e-4);
    expect(Math.max(...worst.slice(0, 150))).toBeLessThan(1e-9);
    expect(dataset.length).toBeLessThan(2500);
  });

  it('forms a pulse of twice its delay from the charge that ic gives it', async () => {
    const cards = [
      't1 a 0 b 0 z0=50 td=5n ic=1,0,1,0',
      'r1 b 0 50',
      'r2 a 0 1g',
      '.tran 0.1n 25n uic',
    ];
    const dataset = await transient(...cards);
    // Half the voltage in the matched load, until the wave has come back from the open end.
    for (const t of [0, 1e-9, 9.9e-9, 10e-9]) expect(at(dataset, 'b', t)).toBeCloseTo(0.5, 6);
    for (const t of [10.001e-9, 12e-9, 25e-9]) expect(at(dataset, 'b', t)).toBeCloseTo(0, 6);
    // The open end sees the wave that left at 0.
    expect(at(dataset, 'a', 4.99e-9)).toBeCloseTo(1, 6);
    expect(at(dataset, 'a', 5.001e-9)).toBeCloseTo(0, 6);
  });

  it('keeps the jump of a switch sharp', async () => {
    const dataset = await transient(
      'v1 s 0 1',
      'vc c 0 pulse(0 1 1n 1n 1n 1 2)',
      's1 s a c 0 sw',
      '.model sw sw(vt=0.5 vh=0 ron=1m roff=1g)',
      't1 a 0 b 0 z0=50 td=2n',
      'rl b 0 50',
      '.tran 0.1n 6n',
    );
    // It closes half-way up the ramp, at 1.5 ns.
    expect(at(dataset, 'b', 3.4999e-9)).toBeCloseTo(0, 3);
    expect(at(dataset, 'b', 3.5001e-9)).toBeCloseTo(1, 3);
  });

  it('takes its delay from a frequency and a length in wavelengths', async () => {
    const cards = [source, 'rs s a 20', 'rl b 0 130', '.tran 0.1n 10n'];
    const [a, b, c] = await Promise.all(
      ['td=2.5n', 'f=100meg', 'f=200meg nl=0.5'].map((length) =>
        transient(...cards, `t1 a 0 b 0 zo=50 ${length}`),
      ),
    );
    expect(deviation(b, 'v(b)', (t) => at(a, 'b', t))).toBeLessThan(1e-9);
    expect(deviation(c, 'v(b)', (t) => at(a, 'b', t))).toBeLessThan(1e-9);
  });

  it('is m lines in parallel, alone or in a subcircuit', async () => {
    const cards = [source, 'rs s a 20', 'rl b 0 130', '.tran 0.1n 10n'];
    const one = await transient(...cards, 't1 a 0 b 0 z0=25 td=2.5n');
    for (const others of [
      ['t1 a 0 b 0 z0=50 td=2.5n m=2'],
      ['.subckt line a b', 't1 a 0 b 0 z0=50 td=2.5n', '.ends', 'x1 a b line m=2'],
    ]) {
      const dataset = await transient(...cards, ...others);
      expect(deviation(dataset, 'v(a)', (t) => at(one, 'a', t))).toBeLessThan(1e-9);
      expect(deviation(dataset, 'v(b)', (t) => at(one, 'b', t))).toBeLessThan(1e-9);
    }
  });

  /** Voltage at the load on a grid of 0.1 ns, by adding up the waves of both lines. */
  function lattice(nanoseconds: number): number[] {
    const [rs, z1, z2, rl] = [20, 50, 75, 200];
    const count = 10 * nanoseconds;
    const wave = (): number[] => Array.from({ length: count }, () => 0);
    // Waves that enter the lines: 1 at the source, 2 and 3 where they meet, 4 at the load.
    const [w1, w2, w3, w4] = [wave(), wave(), wave(), wave()];
    const before = (w: number[], n: number): number => (n < 0 ? 0 : w[n]);
    return Array.from({ length: count }, (_, n) => {
      const [from1, from2] = [before(w1, n - 20), before(w2, n - 20)];
      const [from3, from4] = [before(w3, n - 30), before(w4, n - 30)];
      w1[n] = (step(n * 0.1e-9) * z1) / (rs + z1) + (from2 * (rs - z1)) / (rs + z1);
      w2[n] = ((z2 - z1) / (z2 + z1)) * from1 + ((2 * z1) / (z2 + z1)) * from4;
      w3[n] = ((2 * z2) / (z2 + z1)) * from1 + ((z1 - z2) / (z2 + z1)) * from4;
      w4[n] = (from3 * (rl - z2)) / (rl + z2);
      return from3 + w4[n];
    });
  }
});

describe('T element elsewhere', () => {
  it('is a pair of wires at an operating point', async () => {
    const value = await operatingPoint(
      'v1 s 0 3',
      'rs s a 1k',
      't1 a 0 b 0 z0=50 td=1n',
      'rl b 0 2k',
    );
    expect(value('v(a)')).toBeCloseTo(2, 12);
    expect(value('v(b)')).toBeCloseTo(2, 12);
    expect(value('i(t1#p1)')).toBeCloseTo(1e-3, 14);
    expect(value('i(t1#p2)')).toBeCloseTo(-1e-3, 14);
  });

  it('starts from the operating point in time', async () => {
    const dataset = await transient(
      'v1 s 0 3',
      'rs s a 1k',
      't1 a 0 b 0 z0=50 td=1n',
      'rl b 0 2k',
      '.tran 0.1n 10n',
    );
    expect(deviation(dataset, 'v(b)', () => 2)).toBeLessThan(1e-12);
  });

  it.each([10, 50, 300])('has the input impedance of a line with a load of %s ohms', async (rl) => {
    const [dataset] = await runCards(
      'i1 0 a ac 1',
      't1 a 0 b 0 z0=50 td=1n',
      `rl b 0 ${rl}`,
      '.ac lin 7 10meg 1.9g',
    );
    const { real, imaginary } = dataset.get('v(a)')!;
    dataset.scale.real.forEach((frequency, k) => {
      // z0·(zl + j·z0·tan)/(z0 + j·zl·tan) with numerator and denominator times cos.
      const [cos, sin] = [Math.cos, Math.sin].map((f) => f(2 * Math.PI * frequency * 1e-9));
      const [a, b, c, d] = [rl * cos, 50 * sin, 50 * cos, rl * sin];
      const size = (c * c + d * d) / 50;
      expect(real[k]).toBeCloseTo((a * c + b * d) / size, 8);
      expect(imaginary![k]).toBeCloseTo((b * c - a * d) / size, 8);
    });
  });

  it('complains about what it lacks', () => {
    const rest = ['v1 a 0 1', 'r1 b 0 1'];
    expect(codesOf(...rest, 't1 a 0 b 0 td=1n')).toEqual(['N410']);
    expect(codesOf(...rest, 't1 a 0 b 0 z0=50')).toEqual(['N410']);
    expect(codesOf(...rest, 't1 a 0 b 0 z0=50 td=0')).toEqual(['N304']);
    expect(codesOf(...rest, 't1 a 0 b z0=50 td=1n')).toEqual(['N407']);
    expect(codesOf(...rest, 't1 a 0 b 0 z0=50 td=1n rel=0.5')).toEqual(['N503']);
    expect(codesOf(...rest, 't1 a 0 b 0 z0=50 td=1n ic=1,2,3,4,5')).toEqual(['N305']);
  });
});
