/**
 * Spread of OxRAM between cycles and devices: 100 cycles, or 100 devices, against the distribution
 * that the parameters ask for. Bounds are those of chance alone: 99.9 % of all seeds lie within.
 */
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/solver/index.js';

const cycles = 100;
/** One cycle: RESET, read, SET, read. */
const period = 400e-9;

interface Subject {
  readonly what: string;
  readonly card: string;
  /** Pulse heights [V]: both reach the limit of the state in 100 ns. */
  readonly reset: number;
  readonly set: number;
  /** Standard deviation of ln R that the card asks for. */
  readonly high: number;
  readonly low: number;
}

const subjects: readonly Subject[] = [
  {
    // R = exp(g/g0)·…: σ(ln R) = σ(g)/g0 with g0 = 0.25 nm.
    what: 'gap model',
    card: 'stanford(cycgmax=0.05n cycgmin=0.02n gmax=1n gmin=0.3n gini=0.3n)',
    reset: -1.8,
    set: 1.8,
    high: 0.05 / 0.25,
    low: 0.02 / 0.25,
  },
  {
    // R = exp((tox − tf)/(tox − tfilament_ref))·…, tox − tfilament_ref = 0.2751 nm.
    what: 'SkyWater cell',
    card: 'sky130reram(cycmin=0.04n cycmax=0.02n tfilament_min=4n tfilament_0=4.8n tfilament_max=4.8n)',
    reset: -1.7,
    set: 2.2,
    high: 0.04 / 0.2751,
    low: 0.02 / 0.2751,
  },
];

function deck({ card, reset, set }: Subject, seed: number, tmax = ''): string {
  const corners: [number, number][] = [
    [0, 0],
    [1, reset],
    [120, reset],
    [121, 0],
    [150, 0],
    [151, 0.1],
    [180, 0.1],
    [181, 0],
    [200, 0],
    [201, set],
    [320, set],
    [321, 0],
    [350, 0],
    [351, 0.1],
    [380, 0.1],
    [381, 0],
    [400, 0],
  ];
  return `cycles
.model mem ${card}
v1 in 0 pwl(${corners.map(([ns, v]) => `${ns}n ${v}`).join(' ')}) r=0
n1 in 0 mem
.options seed=${seed}
.tran 1n ${cycles * period} 0 ${tmax}
.save @n1[r]
.end`;
}

/** ln R read in every cycle, in the high and the low state. */
async function distributions(subject: Subject, seed = 1, tmax = '') {
  const { analyses, diagnostics } = await simulate(deck(subject, seed, tmax));
  expect(diagnostics).toEqual([]);
  const { x, y } = analyses[0].dataset.waveform('@n1[r]')!;
  const read = (offset: number): number[] =>
    Array.from({ length: cycles }, (_, n) => {
      const k = x.findIndex((t) => t >= n * period + offset);
      return Math.log(y[k]);
    });
  return { high: read(165e-9), low: read(365e-9) };
}

function moments(values: readonly number[]) {
  const n = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const central = (p: number): number => values.reduce((a, b) => a + (b - mean) ** p, 0) / n;
  const deviation = Math.sqrt((central(2) * n) / (n - 1));
  return { mean, deviation, skewness: central(3) / central(2) ** 1.5 };
}

/** Largest distance of the distribution to the normal one of these moments (Kolmogorov, Lilliefors). */
function distance(values: readonly number[]): number {
  const { mean, deviation } = moments(values);
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.reduce((worst, value, k) => {
    const p = normal((value - mean) / deviation);
    return Math.max(worst, Math.abs(p - k / values.length), Math.abs((k + 1) / values.length - p));
  }, 0);
}

/** The normal distribution function, by its series: good to 1e-10 for |z| < 5. */
function normal(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 1; k < 100; k++) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/** s²/σ² of 100 normal numbers: χ²/99, of which 99.9 % lie within 0.595 … 1.534. */
const [least, most] = [0.595, 1.534];

function expectLogNormal(values: readonly number[], sigma: number): void {
  const { deviation, skewness } = moments(values);
  expect((deviation / sigma) ** 2).toBeGreaterThan(least);
  expect((deviation / sigma) ** 2).toBeLessThan(most);
  // Skewness of 100 normal numbers has a deviation of 0.239.
  expect(Math.abs(skewness)).toBeLessThan(3.3 * 0.239);
  // Lilliefors' test: critical distance at 0.1 % is about 1.25/√n.
  expect(distance(values)).toBeLessThan(1.25 / Math.sqrt(values.length));
}

describe.each(subjects)('100 cycles of the $what', (subject) => {
  it('are log-normal with the spread of the card', { timeout: 120_000 }, async () => {
    const { high, low } = await distributions(subject);
    expectLogNormal(high, subject.high);
    expectLogNormal(low, subject.low);
    // The two are apart, and neighbours know nothing of each other.
    expect(Math.min(...high)).toBeGreaterThan(Math.max(...low));
    for (const values of [high, low]) {
      const { mean, deviation } = moments(values);
      const z = values.map((v) => (v - mean) / deviation);
      const correlation = z.slice(1).reduce((sum, v, k) => sum + v * z[k], 0) / (z.length - 1);
      expect(Math.abs(correlation)).toBeLessThan(3.3 / Math.sqrt(z.length));
    }
  });

  it('repeat with the seed, whatever the steps', { timeout: 120_000 }, async () => {
    const [first, again, other] = [
      await distributions(subject, 7),
      await distributions(subject, 7, '2.7n'),
      await distributions(subject, 8),
    ];
    first.high.forEach((value, n) => {
      expect(again.high[n]).toBeCloseTo(value, 3);
      expect(Math.abs(other.high[n] - value)).toBeGreaterThan(1e-6);
    });
  });
});

// σ(ln R) of devices at their initial state, which is the drawn factor itself: ln of a log-normal.
it.each([
  ['stanford', 'devi0=0.2', 0.2],
  ['bocquet', 'devl=0.1', 0.1],
  ['sky130reram', 'devi=0.15', 0.15],
])('100 devices of %s with %s are log-normal', async (type, spread, sigma) => {
  const names = Array.from({ length: 100 }, (_, k) => `n${k}`);
  const { analyses } = await simulate(`devices
.model mem ${type}(${spread})
v1 in 0 0.1
${names.map((name) => `${name} in 0 mem`).join('\n')}
.op
.save ${names.map((name) => `@${name}[r]`).join(' ')}
.end`);
  const { dataset } = analyses[0];
  expectLogNormal(
    names.map((name) => Math.log(dataset.get(`@${name}[r]`)!.real[0])),
    sigma,
  );
});

// JART: radius and length move from the old to the drawn value as the disc fills: (21)-(24).
it('a filament of JART has its new radius when the disc is full', { timeout: 60_000 }, async () => {
  const radii: number[] = [];
  const { analyses } = await simulate(`jart cycles
.model mem jart(cycr=0.1 cycl=0.05 tth=1e-10)
v1 in 0 pwl(0 0 10n -1.3 100n -1.3 110n 0 120n 0 130n 1.6 250n 1.6 260n 0 270n 0) r=0
n1 in 0 mem
.tran 1n 8.1u
.save @n1[radius] @n1[n]
.end`);
  const { x, y } = analyses[0].dataset.waveform('@n1[radius]')!;
  for (let cycle = 0; cycle < 30; cycle++) {
    const k = x.findIndex((t) => t >= cycle * 270e-9 + 115e-9);
    radii.push(y[k] / 45e-9 - 1);
  }
  const { deviation } = moments(radii);
  // χ²/29 within 0.28 … 2.2 (99.9 %); deviations are cut at 0.3.
  expect((deviation / 0.1) ** 2).toBeGreaterThan(0.28);
  expect((deviation / 0.1) ** 2).toBeLessThan(2.2);
  expect(Math.max(...radii.map(Math.abs))).toBeLessThanOrEqual(0.3);
});
