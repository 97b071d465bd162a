/** Laws of Table I, where to draw them, and where the authors' program cuts them off. */
import { normalProbability } from '../../src/base/index.js';
import { weakResetSpread } from '../../src/devices/memristive/weak-reset-table.js';

export interface DrawnLaw {
  readonly name: 'm1' | 'tstar' | 'c1' | 'm2' | 'r0' | 'a';
  readonly panel: string;
  readonly paper: string;
  readonly range: readonly [low: number, high: number];
  readonly density: (x: number) => number;
  /** Distribution function, not cut off. */
  readonly probability: (x: number) => number;
  readonly ends: readonly [least: number, most: number];
}

const { m1, c1, tstar, m2, r0, a } = weakResetSpread;
const exponential = (x: number, offset: number, scale: number): number =>
  x < offset ? 0 : Math.exp(-(x - offset) / scale) / scale;
const gauss = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

export const parameterLaws: readonly DrawnLaw[] = [
  {
    name: 'm1',
    panel: 'Fig. 4(a)',
    paper: 'exponential, x0 3.74e-5, λ 6.56e-4',
    range: [0, 5e-3],
    density: (x) => exponential(x, m1.offset, m1.scale),
    probability: (x) => 1 - Math.exp(-Math.max(x - m1.offset, 0) / m1.scale),
    ends: [m1.offset, m1.most],
  },
  {
    name: 'tstar',
    panel: 'Fig. 4(b)',
    paper: 'log-normal, s 0.80, median 542.5',
    range: [0, 2000],
    density: (x) =>
      x > 0 ? gauss(Math.log(x / tstar.median) / tstar.sigma) / (tstar.sigma * x) : 0,
    probability: (x) => normalProbability(Math.log(x / tstar.median) / tstar.sigma),
    ends: [tstar.least, tstar.most],
  },
  {
    name: 'c1',
    panel: 'Fig. 4(c)',
    paper: 'Gaussian, μ 5.29e-3, σ 5.32e-2',
    range: [-0.16, 0.16],
    density: (x) => gauss((x - c1.mean) / c1.sigma) / c1.sigma,
    probability: (x) => normalProbability((x - c1.mean) / c1.sigma),
    ends: [c1.least, c1.most],
  },
  {
    name: 'm2',
    panel: 'Fig. 4(d)',
    paper: 'exponential, x0 1.64e-34, λ 2.89e-5 (the text says log-normal)',
    range: [0, 1.4e-4],
    density: (x) => exponential(x, m2.offset, m2.scale),
    probability: (x) => 1 - Math.exp(-x / m2.scale),
    ends: [0, m2.most],
  },
  {
    name: 'r0',
    panel: 'Table I',
    paper: 'Gaussian, μ 6988 Ω, σ 381.7 Ω',
    range: [6000, 8000],
    density: (x) => gauss((x - r0.mean) / r0.sigma) / r0.sigma,
    probability: (x) => normalProbability((x - r0.mean) / r0.sigma),
    ends: [r0.least, r0.most],
  },
  {
    name: 'a',
    panel: 'Table I',
    paper: 'uniform, 0 to 0.5',
    range: [-0.05, 0.55],
    density: (x) => (x >= 0 && x <= a.most ? 1 / a.most : 0),
    probability: (x) => x / a.most,
    ends: [0, a.most],
  },
];

/** √n times the largest distance of a sample to a law that is cut off at its ends (Kolmogorov). */
export function kolmogorov(values: readonly number[], { probability, ends }: DrawnLaw): number {
  const [below, above] = ends.map(probability);
  const n = values.length;
  const sorted = Float64Array.from(values).sort();
  let distance = 0;
  sorted.forEach((value, k) => {
    const p = (probability(value) - below) / (above - below);
    distance = Math.max(distance, Math.abs(p - k / n), Math.abs((k + 1) / n - p));
  });
  return Math.sqrt(n) * distance;
}
