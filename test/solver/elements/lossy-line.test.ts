import { describe, expect, it } from 'vitest';
import { deviation } from '../flat-circuit.js';
import { operatingPoint, runCards } from './run-cards.js';

interface Complex {
  readonly re: number;
  readonly im: number;
}

const times = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});
const over = (a: Complex, b: Complex): Complex => {
  const size = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / size, im: (a.im * b.re - a.re * b.im) / size };
};
const root = (z: Complex): Complex => {
  const [size, angle] = [Math.sqrt(Math.hypot(z.re, z.im)), Math.atan2(z.im, z.re) / 2];
  return { re: size * Math.cos(angle), im: size * Math.sin(angle) };
};
const cosh = ({ re, im }: Complex): Complex => ({
  re: Math.cosh(re) * Math.cos(im),
  im: Math.sinh(re) * Math.sin(im),
});
const sinh = ({ re, im }: Complex): Complex => ({
  re: Math.sinh(re) * Math.cos(im),
  im: Math.cosh(re) * Math.sin(im),
});

/** The telegrapher's equations: what arrives at a load, over what enters the line (chain matrix). */
function transfer(
  r: number,
  l: number,
  g: number,
  c: number,
  len: number,
  load: number,
  hertz: number,
) {
  const omega = 2 * Math.PI * hertz;
  const [series, shunt] = [
    { re: r, im: omega * l },
    { re: g, im: omega * c },
  ];
  const angle = root(times(series, shunt));
  const impedance = root(over(series, shunt));
  const theta = { re: angle.re * len, im: angle.im * len };
  const drop = over(times(impedance, sinh(theta)), { re: load, im: 0 });
  const even = cosh(theta);
  return over({ re: 1, im: 0 }, { re: even.re + drop.re, im: even.im + drop.im });
}

const lines = [
  ['rlc', 0.2, 9.13e-9, 0, 3.65e-12, 24],
  ['rlc of little loss', 1e-3, 9e-9, 0, 4e-12, 20],
  ['rlc of much loss', 40, 5e-9, 0, 2e-12, 30],
  ['rc', 1e3, 0, 0, 1e-9, 1],
  ['lc', 0, 250e-9, 0, 100e-12, 1],
  ['rg', 10, 0, 1e-3, 0, 5],
] as const;

const card = (r: number, l: number, g: number, c: number, len: number): string =>
  `.model line ltra r=${r} l=${l} g=${g} c=${c} len=${len}`;

describe('O element in small signals', () => {
  it.each(lines)('%s: follows the equations of telegraphers', async (_, r, l, g, c, len) => {
    const [dataset] = await runCards(
      'v1 a 0 ac 1',
      'o1 a 0 b 0 line',
      'rl b 0 80',
      card(r, l, g, c, len),
      '.ac dec 3 1k 3g',
    );
    const out = dataset.get('v(b)')!;
    dataset.columns[0].real.forEach((hertz, i) => {
      const expected = transfer(r, l, g, c, len, 80, hertz);
      const size = Math.hypot(expected.re, expected.im);
      // Beyond 60 dB of loss all that is left is rounding of what enters.
      const allowed = 1e-9 * size + 1e-13;
      expect(Math.hypot(out.real[i] - expected.re, out.imaginary![i] - expected.im)).toBeLessThan(
        allowed,
      );
    });
  });

  it.each(lines)('%s: is its dc resistance where no time passes', async (_, r, l, g, c, len) => {
    const value = await operatingPoint(
      'v1 a 0 1',
      'o1 a 0 b 0 line',
      'rl b 0 80',
      card(r, l, g, c, len),
    );
    const expected = g > 0 ? transfer(r, 0, g, 0, len, 80, 0).re : 80 / (80 + r * len);
    expect(value('v(b)')).toBeCloseTo(expected, 12);
    if (g === 0) expect(value('i(v1)')).toBeCloseTo(-1 / (80 + r * len), 12);
  });
});

/** I0 by its series, with exp(−x) in front. */
function scaledBessel0(x: number): number {
  let [term, sum] = [1, 1];
  for (let k = 1; k < 200; k++) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum * Math.exp(-x);
}

describe('O element in time', () => {
  it('takes the current of a half-infinite line until the echo comes', async () => {
    // A step into √(C/L)·√(s/(s + 2α)): i = √(C/L)·exp(−αt)·I0(αt), α = R/2L = 2e8/s; the echo comes
    // after 2·T = 12 ns. The rise takes 1 ps, half of which the step is late.
    const [dataset] = await runCards(
      'v1 a 0 pwl(0 0 1p 1)',
      'o1 a 0 b 0 line',
      'rl b 0 50',
      card(40, 100e-9, 0, 40e-12, 3),
      '.tran 0.1n 11.9n',
    );
    const z = Math.sqrt(100e-9 / 40e-12);
    const current = (t: number): number =>
      t < 1e-12 ? (-t * (1 - 1e8 * t)) / 1e-12 / z : -scaledBessel0(2e8 * (t - 0.5e-12)) / z;
    expect(deviation(dataset, 'i(v1)', current)).toBeLessThan(2e-5 / z);
  });

  it('brings a first wave that is weaker by exp(−αT), and settles at its resistance', async () => {
    const [dataset] = await runCards(
      'v1 a 0 pwl(0 0 10p 1)',
      'o1 a 0 b 0 line',
      'rl b 0 50',
      card(40, 100e-9, 0, 40e-12, 3),
      '.tran 0.1n 300n',
    );
    const [time, out] = [dataset.columns[0].real, dataset.get('v(b)')!.real];
    const arrival = out[time.findIndex((t) => t > 6.0101e-9)];
    // Into a load of Z all of it arrives: √(L/C) = 50 Ω, T = 6 ns. In the first 0.1 ns behind the
    // front the tail adds at most α²T/2·0.1 ns of it.
    expect(arrival / Math.exp(-1.2)).toBeGreaterThan(0.999);
    expect(arrival / Math.exp(-1.2)).toBeLessThan(1.013);
    expect(out.slice(0, 3).every((v) => v === 0)).toBe(true);
    expect(out.at(-1)).toBeCloseTo(50 / 170, 4);
  });

  const rc = card(1e3, 0, 0, 1e-9, 1);
  it('lets a step diffuse through an open RC line', async () => {
    // Carslaw and Jaeger: 1 − (4/π)·Σ (−1)ⁿ/(2n + 1)·exp(−(2n + 1)²π²t/4RC).
    const open = (t: number): number => {
      let sum = 0;
      for (let n = 60; n >= 0; n--)
        sum += ((-1) ** n / (2 * n + 1)) * Math.exp(-(((2 * n + 1) * Math.PI) ** 2 * t) / 4e-6);
      return t < 5e-9 ? 0 : 1 - (4 / Math.PI) * sum;
    };
    for (const [reltol, allowed] of [
      ['1e-3', 2e-3],
      ['1e-5', 1e-4],
    ] as const) {
      const [dataset] = await runCards(
        'v1 a 0 pwl(0 0 1p 1)',
        'o1 a 0 b 0 line',
        'rl b 0 1t',
        rc,
        `.options reltol=${reltol}`,
        '.tran 20n 2u',
      );
      expect(deviation(dataset, 'v(b)', open)).toBeLessThan(allowed);
    }
  });

  it('takes the current of a half-infinite RC line at first', async () => {
    // i = √(C/(πRt)): the far end is felt behind RC/20 or so. The rise takes 1 ps.
    const [dataset] = await runCards(
      'v1 a 0 pwl(0 0 1p 1)',
      'o1 a 0 b 0 line',
      'rl b 0 1t',
      rc,
      '.tran 1n 40n',
    );
    const [time, current] = [dataset.columns[0].real, dataset.get('i(v1)')!.real];
    time.forEach((t, i) => {
      if (t < 1e-10) return;
      const expected = -Math.sqrt(1e-12 / (Math.PI * (t - 0.5e-12)));
      expect(current[i] / expected).toBeGreaterThan(1 - 1e-3);
      expect(current[i] / expected).toBeLessThan(1 + 1e-3);
    });
  });

  it('starts from an operating point as if it had always been there', async () => {
    for (const model of [rc, card(40, 100e-9, 0, 40e-12, 3), card(0, 100e-9, 0, 40e-12, 3)]) {
      const [dataset] = await runCards(
        'v1 s 0 2',
        'rs s a 100',
        'o1 a 0 b 0 line',
        'rl b 0 300',
        model,
        '.tran 5n 500n',
      );
      const out = dataset.get('v(b)')!.real;
      for (const v of out) expect(Math.abs(v - out[0])).toBeLessThan(1e-9);
    }
  });

  it.each(['trap', 'gear', 'trbdf2'])('has the same waves with method=%s', async (method) => {
    const cards = [
      'v1 s 0 pulse(0 1 1n 1n 1n 20n 80n)',
      'rs s a 20',
      'o1 a 0 b 0 line',
      'rl b 0 200',
      'cl b 0 2p',
      card(40, 100e-9, 0, 40e-12, 3),
      '.tran 0.5n 100n',
    ];
    const [fine] = await runCards(...cards, '.options reltol=1e-6');
    const [coarse] = await runCards(...cards, `.options method=${method}`);
    const [time, out] = [fine.columns[0].real, fine.get('v(b)')!.real];
    const exact = (t: number): number => {
      const right = Math.max(
        1,
        time.findIndex((each) => each >= t),
      );
      const part = (t - time[right - 1]) / (time[right] - time[right - 1]);
      return out[right - 1] + part * (out[right] - out[right - 1]);
    };
    expect(deviation(coarse, 'v(b)', exact)).toBeLessThan(2e-3);
  });

  it('counts m lines side by side', async () => {
    for (const model of [rc, card(40, 100e-9, 0, 40e-12, 3)]) {
      const run = (...lines: string[]) =>
        runCards(
          'v1 s 0 pulse(0 1 1n 1n)',
          'rs s a 50',
          'rl b 0 70',
          ...lines,
          model,
          '.tran 1n 60n',
        );
      const [together] = await run('o1 a 0 b 0 line m=2');
      const [apart] = await run('o1 a 0 b 0 line', 'o2 a 0 b 0 line');
      const [a, b] = [together, apart].map((each) => each.get('v(b)')!.real.at(-1)!);
      expect(a / b).toBeCloseTo(1, 6);
    }
  });

  it('is refused by pole-zero analysis, which has no delays', async () => {
    const cards = ['v1 a 0 ac 1', 'o1 a 0 b 0 line', 'rl b 0 1k', rc, '.pz a 0 b 0 vol pz'];
    await expect(runCards(...cards)).rejects.toThrow(/S119/);
  });
});
