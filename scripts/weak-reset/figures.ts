/**
 * Figures of Majumdar et al., IEEE TED 68(10), 4925, 2021, from simulated devices: rows M1 to M10.
 * `reference` numbers come from an implementation apart (numpy), with the authors' digits.
 */
import {
  afterPulses,
  fitMeanCurve,
  gapTrajectories,
  increments,
  meanCorrelation,
  meanGap,
  meanSpectrum,
  occupancy,
  powerLaw,
  quantile,
  WeakResetArray,
  weakResetTelegraph,
} from '../../src/arch/index.js';
import { histogramSvg } from '../../src/waveform/plot/index.js';
import { type Figure, lines, steps } from '../figures/figure.js';
import { kolmogorov, parameterLaws } from './parameter-laws.js';

const pulses = 2000;
const count = Float64Array.from({ length: pulses + 1 }, (_, t) => t);

/** Fig. 1(c): two devices. */
export function traces(seed: number): Figure {
  const array = new WeakResetArray(2, { seed });
  const rows = gapTrajectories(array, pulses);
  const picture = lines({
    title: 'Resistance of two devices under weak RESET pulses',
    beside: 'paper, Fig. 1(c): progressive and noisy; 1 V, 0.1 µs',
    x: ['pulses', count],
    y: rows.map((row, i) => [
      `device ${i + 1}`,
      row.map((w) => array.parameters(i).r0 * Math.exp(w)),
    ]),
    unit: 'Ω',
  });
  return { pictures: { 'm1-traces': picture }, checks: [] };
}

/** (1), (2): resistance of a population. */
export function resistances(seed: number): Figure {
  const array = new WeakResetArray(20_000, { seed });
  const grid = Array.from({ length: 101 }, (_, k) => 20 * k);
  const values = new Float64Array(array.count);
  const parts = [0.05, 0.25, 0.5, 0.75, 0.95];
  const found = grid.map((t) => {
    array.apply(t - array.pulses[0]);
    array.readResistances(values);
    const sorted = values.slice().sort();
    return parts.map((part) => quantile(sorted, part));
  });
  const picture = lines({
    title: 'Resistance of 20,000 devices',
    beside: 'reference: median 9.75 kΩ at 1000 pulses, 10.2 kΩ at 2000',
    x: ['pulses', grid],
    y: parts.map((part, k) => [`${part * 100} %`, found.map((row) => row[k])]),
    unit: 'Ω',
  });
  const median = (ours: number, expected: number, t: number) => ({
    what: `median of R at ${t} pulses [Ω]`,
    ours,
    expected,
    within: 0.03 * expected,
    source: 'reference',
  });
  return {
    pictures: { 'm2-resistances': picture },
    checks: [median(found[50][2], 9750, 1000), median(found[100][2], 10_200, 2000)],
  };
}

/** Fig. 3(a): a device and the fit of (3). */
export function meanFit(seed: number): Figure {
  const array = new WeakResetArray(200, { seed });
  // The first device with a knee to see.
  const device = Array.from({ length: 200 }, (_, i) => i).find((i) => {
    const { m1, tstar } = array.parameters(i);
    return tstar > 400 && tstar < 1200 && m1 * tstar > 0.5;
  })!;
  const row = gapTrajectories(array, pulses)[device];
  const fit = fitMeanCurve(row);
  const own = array.parameters(device);
  const curve = ({ m1, c1, tstar, m2 }: typeof fit): Float64Array =>
    count.map((t) => meanGap(t, m1, c1, tstar, m2));
  const picture = lines({
    title: 'Gap of one device, and the fit of its mean',
    beside: `drawn: m1 ${own.m1.toPrecision(3)}, t* ${own.tstar.toFixed(0)}; fitted: m1 ${fit.m1.toPrecision(3)}, t* ${fit.tstar}`,
    x: ['pulses', count],
    y: [
      ['w', row],
      ['fit', curve(fit)],
      ['mean', curve(own)],
    ],
  });
  const check = (what: string, ours: number, expected: number) => ({
    what: `${what} of the fit`,
    ours,
    expected,
    within: 0.3 * expected,
    source: 'drawn parameter, 30 % in noise',
  });
  return {
    pictures: { 'm3-mean-fit': picture },
    checks: [check('m1', fit.m1, own.m1), check('t*', fit.tstar, own.tstar)],
  };
}

/** Fig. 4 and Table I: what devices draw. */
export function parameters(seed: number): Figure {
  const n = 100_000;
  const array = new WeakResetArray(n, { seed, pink: false });
  const drawn = Array.from({ length: n }, (_, i) => array.parameters(i));
  const pictures = parameterLaws.map(({ name, panel, paper, range: [low, high], density }) => {
    const all = drawn.map((p) => p[name]);
    const { x, density: ours } = steps(all, low, high, 80);
    const few = steps(all.slice(0, 64), low, high, 16);
    const picture = lines({
      title: `Distribution of ${name === 'tstar' ? 't*' : name}`,
      beside: `${panel}: ${paper}; ends cut off as in the authors' program`,
      x: [name, x],
      y: [
        ['64 devices', x.map((_, k) => few.density[2 * Math.floor(k / 10) + (k % 2)])],
        ['100,000 devices', ours],
        ['law of Table I', x.map(density)],
      ],
    });
    return [`m4-${name}`, picture] as const;
  });
  const checks = parameterLaws.map((law) => ({
    what: `√n·D of ${law.name === 'tstar' ? 't*' : law.name} (p > 0.01 below 1.628)`,
    ours: kolmogorov(
      drawn.map((p) => p[law.name]),
      law,
    ),
    expected: 0,
    within: 1.628,
    source: 'Table I, cut off; Kolmogorov',
  }));
  return { pictures: Object.fromEntries(pictures), checks };
}

/** Table II: telegraph noise against the powers of T. */
export function telegraph(seed: number): Figure {
  const n = 100_000;
  const array = new WeakResetArray(n, { seed, pink: false, spread: 'none' });
  const grid = Array.from({ length: 101 }, (_, k) => 20 * k);
  const part = grid.map((t) => {
    array.apply(t - array.pulses[0]);
    return array.high.reduce((sum, high) => sum + high, 0) / n;
  });
  const law = grid.map((t) => afterPulses(weakResetTelegraph, t).up);
  return {
    pictures: {
      'm5-telegraph': lines({
        title: 'Part of devices whose telegraph noise is high',
        beside: 'Table II: P_high 8e-4, P_low 2e-3; in the end 0.2857',
        x: ['pulses', grid],
        y: [
          ['100,000 devices', part],
          ['power of T', law],
        ],
      }),
    },
    checks: [
      {
        what: 'part that is high at 2000 pulses',
        ours: part[100],
        expected: occupancy(weakResetTelegraph),
        within: 0.005,
        source: 'Table II',
      },
    ],
  };
}

const referenceQuantiles: readonly (readonly [number, readonly number[]])[] = [
  [100, [-0.055, 0.017, 0.072, 0.139, 0.319]],
  [500, [0.003, 0.114, 0.249, 0.483, 0.975]],
  [1000, [0.023, 0.154, 0.331, 0.625, 1.435]],
  [2000, [0.047, 0.188, 0.38, 0.7, 1.636]],
];
const parts = [0.05, 0.25, 0.5, 0.75, 0.95];

/** Fig. 5(a): 64 devices, and quantiles of many. */
export function trajectories(seed: number): Figure {
  const few = gapTrajectories(new WeakResetArray(64, { seed }), pulses);
  const array = new WeakResetArray(20_000, { seed });
  const gaps = new Float64Array(array.count);
  const grid = Array.from({ length: 101 }, (_, k) => 20 * k);
  const found = grid.map((t) => {
    array.apply(t - array.pulses[0]);
    array.readGaps(gaps);
    const sorted = gaps.slice().sort();
    return parts.map((part) => quantile(sorted, part));
  });
  // Three points beside each other, to be seen.
  const points = (k: number): number[] =>
    grid.map((t) => referenceQuantiles.find(([at]) => Math.abs(at - t) <= 20)?.[1][k] ?? NaN);
  return {
    pictures: {
      'm7-trajectories': lines({
        title: 'Gap of 64 devices',
        beside: 'paper, Fig. 5(a), simulation',
        x: ['pulses', count],
        y: few.map((row, i) => [`${i + 1}`, row]),
        together: 'w',
      }),
      'm7-quantiles': lines({
        title: 'Quantiles of the gap of 20,000 devices',
        beside: 'short lines: reference',
        x: ['pulses', grid],
        y: [
          ...parts.map((part, k) => [`${part * 100} %`, found.map((row) => row[k])] as const),
          ...parts.map((part, k) => [`reference ${part * 100} %`, points(k)] as const),
        ],
      }),
    },
    checks: referenceQuantiles.flatMap(([t, expected]) =>
      expected.map((value, k) => ({
        what: `${parts[k] * 100} % quantile of w at ${t} pulses`,
        ours: found[t / 20][k],
        expected: value,
        within: Math.max(0.15 * Math.abs(value), 0.01),
        source: 'reference',
      })),
    ),
  };
}

/** Fig. 5(b): changes from pulse to pulse, with the Lorentzian of the same quartiles. */
export function changes(seed: number): Figure {
  const all = increments(gapTrajectories(new WeakResetArray(1000, { seed }), pulses)).sort();
  const halfRange = (quantile(all, 0.75) - quantile(all, 0.25)) / 2;
  const { x, density } = steps(all, -0.6, 0.6, 120);
  const lorentz = x.map((v) => halfRange / (Math.PI * (v * v + halfRange ** 2)));
  const beyond = (limit: number): number =>
    all.reduce((n, v) => n + (Math.abs(v) > limit ? 1 : 0), 0) / all.length;
  const square = all.reduce((sum, v) => sum + v ** 2, 0) / all.length;
  const fourth = all.reduce((sum, v) => sum + v ** 4, 0) / all.length;
  const tail = (limit: number, expected: number) => ({
    what: `P(|Δw| > ${limit})`,
    ours: beyond(limit),
    expected,
    within: 0.2 * expected,
    source: 'reference',
  });
  return {
    pictures: {
      'm8-changes': lines({
        title: 'Change of the gap at a pulse, 1000 devices',
        beside: `paper, Fig. 5(b): Lorentzian; the model as printed has a normal core (quartiles ±${halfRange.toFixed(4)}) and flat tails up to 0.5`,
        x: ['change of w', x],
        y: [
          ['simulated', density.map((v) => (v > 0 ? v : NaN))],
          ['Lorentzian', lorentz],
        ],
        logY: true,
      }),
    },
    checks: [
      {
        what: 'half the range between the quartiles',
        ours: halfRange,
        expected: 0.0192,
        within: 0.001,
        source: 'reference',
      },
      tail(0.1, 1.3e-3),
      tail(0.2, 6.6e-4),
      tail(0.3, 4.4e-4),
      {
        what: 'excess kurtosis (at least 10)',
        ours: fourth / square ** 2 - 3,
        expected: Infinity,
        within: Infinity,
        source: 'narrow peak, wide tails',
      },
    ],
  };
}

/** Fig. 3(b), 5(c): spectrum of 64 devices, each less its mean. */
export function spectrum(seed: number): Figure {
  const rows = gapTrajectories(new WeakResetArray(64, { seed }), pulses - 1);
  const found = meanSpectrum(rows);
  const { frequency, density } = found;
  const near = (f: number): number => density[Math.round(f * pulses) - 1];
  const slope = (from: number, to: number, expected: number) => ({
    what: `exponent from ${from} to ${to} per pulse`,
    ours: powerLaw(found, from, to),
    expected,
    within: 0.15,
    source: 'reference; 1/f² and 1/f in the paper',
  });
  return {
    pictures: {
      'm9-spectrum': lines({
        title: 'Power spectral density of the gap, mean of 64 devices',
        beside: 'paper, Fig. 5(c): 1/f² below, 1/f above; mean removed, no window, trend kept',
        x: ['frequency (1/pulse)', frequency],
        y: [
          ['simulated', density],
          ['1/f²', frequency.map((f) => near(0.01) * (0.01 / f) ** 2)],
          ['1/f', frequency.map((f) => (near(0.2) * 0.2) / f)],
        ],
        logX: true,
        logY: true,
      }),
    },
    checks: [slope(0.002, 0.06, -1.9), slope(0.1, 0.5, -1)],
  };
}

/** Fig. 5(d): correlation between devices. */
export function correlation(seed: number): Figure {
  const rows = gapTrajectories(new WeakResetArray(1000, { seed }), pulses);
  const few = rows.slice(0, 64);
  const pairs = few.flatMap((a, i) => few.slice(i + 1).map((b) => meanCorrelation([a, b])));
  const mean = meanCorrelation(rows);
  const ofChanges = meanCorrelation(rows.map((row) => increments([row])));
  return {
    pictures: {
      'm10-correlation': histogramSvg({
        values: pairs,
        title: 'Correlation between the gaps of two devices, pairs of 64',
        subtitle: `mean of 1000 devices ${mean.toFixed(3)} · paper, Fig. 5(d): no number`,
        label: 'correlation',
        mean,
      }),
    },
    checks: [
      {
        what: 'mean correlation of the curves',
        ours: mean,
        expected: 0.435,
        within: 0.015,
        source: 'reference',
      },
      {
        what: 'mean correlation of the changes',
        ours: ofChanges,
        expected: 0,
        within: 0.005,
        source: 'reference',
      },
    ],
  };
}

export const figures: readonly ((seed: number) => Figure)[] = [
  traces,
  resistances,
  meanFit,
  parameters,
  telegraph,
  trajectories,
  changes,
  spectrum,
  correlation,
];
