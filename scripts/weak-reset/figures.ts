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
  type WeakResetOptions,
  weakResetTelegraph,
} from '../../src/arch/index.js';
import { normalProbability } from '../../src/base/index.js';
import { histogramSvg } from '../../src/waveform/plot/index.js';
import { type Figure, lines, steps } from '../figures/figure.js';
import { simulated, valueAt } from '../figures/simulated.js';
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

/** Fig. 1(c) in a circuit: pulses of 1 V and 0.1 µs with reads of 0.1 V between them. */
export async function pulsesAndReads(seed: number): Promise<Figure> {
  const shown = 60;
  const corners = Array.from({ length: shown }, (_, k) => {
    const at = (ns: number): string => `${400 * k + ns}n`;
    return `${at(20)} 0 ${at(22)} -1 ${at(120)} -1 ${at(122)} 0 ${at(200)} 0 ${at(202)} 0.1 ${at(380)} 0.1 ${at(382)} 0`;
  });
  const dataset = await simulated(`two devices
.model mem weakreset()
v1 in 0 pwl(0 0 ${corners.join(' ')})
n1 in 0 mem
n2 in 0 mem
.options seed=${seed}
.tran 20n ${400 * shown}n
.save v(in) @n1[r] @n2[r] @n1[pulses] @n1[outside]
.end`);
  const times = dataset.scale.real;
  const reads = Array.from({ length: shown }, (_, k) => 400e-9 * k);
  const at = (name: string, time: number): number => valueAt(dataset, name, time);
  const moved = reads.map(
    (start) => at('@n1[r]', start + 370e-9) / at('@n1[r]', start + 210e-9) - 1,
  );
  return {
    pictures: {
      'm1-circuit': lines({
        title: 'Two devices in a circuit: pulses of 1 V and 0.1 µs, read at 0.1 V between them',
        beside: 'paper, Fig. 1(c): progressive and noisy',
        x: ['time (µs)', times.map((t) => t * 1e6)],
        y: ['n1', 'n2'].map((name) => [name, dataset.get(`@${name}[r]`)!.real] as const),
        unit: 'Ω',
      }),
    },
    checks: [
      check('M1: pulses counted', at('@n1[pulses]', times[times.length - 1]), shown, 0, 'applied'),
      check('M1: excursions outside of the data', at('@n1[outside]', 24e-6), 0, 0, 'none applied'),
      check(
        'M1: largest change of R in a read',
        Math.max(...moved.map(Math.abs)),
        0,
        1e-12,
        'no disturbance',
      ),
    ],
  };
}

function check(what: string, ours: number, expected: number, within: number, source: string) {
  return { what, ours, expected, within, source };
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
    what: `M2: median of R at ${t} pulses [Ω]`,
    ours,
    expected,
    within: 0.03 * expected,
    source: 'reference',
  });
  const still = new WeakResetArray(1, { seed, spread: 'none', pink: false, telegraph: 'none' });
  const [gap, ohms] = [new Float64Array(1), new Float64Array(1)];
  still.readGaps(gap);
  still.readResistances(ohms);
  const low = new WeakResetArray(100_000, { seed, pink: false });
  const starts = Float64Array.from({ length: low.count }, (_, i) => low.parameters(i).r0);
  const mean = starts.reduce((sum, r) => sum + r, 0) / starts.length;
  const deviation = Math.sqrt(starts.reduce((sum, r) => sum + (r - mean) ** 2, 0) / starts.length);
  // The Gaussian of 6988 and 381.7 Ω between its ends 6252 and 7897 Ω.
  const cut = cutNormal(6988, 381.7, 6252, 7897);
  return {
    pictures: { 'm2-resistances': picture },
    checks: [
      check(
        'M2: R/(R0·exp w) of a mean device',
        ohms[0] / (6988 * Math.exp(gap[0])),
        1,
        1e-7,
        '(2)',
      ),
      check(
        'M2: mean of R0 [Ω]',
        mean,
        cut.mean,
        (4 * cut.sigma) / Math.sqrt(1e5),
        'Table I, cut off; 4 standard errors',
      ),
      check(
        'M2: deviation of R0 [Ω]',
        deviation,
        cut.sigma,
        (4 * cut.sigma) / Math.sqrt(2e5),
        'Table I, cut off; 4 standard errors',
      ),
      median(found[50][2], 9750, 1000),
      median(found[100][2], 10_200, 2000),
    ],
  };
}

/** Mean and deviation of a Gaussian that is cut off at its ends. */
function cutNormal(mean: number, sigma: number, least: number, most: number) {
  const [a, b] = [(least - mean) / sigma, (most - mean) / sigma];
  const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const part = normalProbability(b) - normalProbability(a);
  const shift = (density(a) - density(b)) / part;
  const square = 1 + (a * density(a) - b * density(b)) / part - shift ** 2;
  return { mean: mean + sigma * shift, sigma: sigma * Math.sqrt(square) };
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
  const fitted = (what: string, ours: number, expected: number) => ({
    what: `M3: ${what} of the fit`,
    ours,
    expected,
    within: 0.3 * expected,
    source: 'drawn parameter, 30 % in noise',
  });
  return {
    pictures: { 'm3-mean-fit': picture },
    checks: [fitted('m1', fit.m1, own.m1), fitted('t*', fit.tstar, own.tstar)],
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
    what: `M4, M6: √n·D of ${law.name === 'tstar' ? 't*' : law.name} (p > 0.01 below 1.628)`,
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
  // T multiplied n times with itself, against p∞(1 − λⁿ).
  const { up, down } = weakResetTelegraph;
  let [high, worst] = [0, 0];
  for (let t = 1; t <= pulses; t++) {
    high = high * (1 - down) + (1 - high) * up;
    worst = Math.max(worst, Math.abs(high - afterPulses(weakResetTelegraph, t).up));
  }
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
      check(
        'M5: n-step transition less its closed form, n to 2000',
        worst,
        0,
        1e-12,
        'T to the n-th',
      ),
      {
        what: 'M5: part that is high at 2000 pulses',
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
        what: `M7: ${parts[k] * 100} % quantile of w at ${t} pulses`,
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
  const reading = (options: Partial<WeakResetOptions>): Float64Array =>
    increments(gapTrajectories(new WeakResetArray(1000, { seed, ...options }), pulses)).sort();
  const visible = (values: Float64Array): number[] =>
    steps(values, -0.6, 0.6, 120).density.map((v) => (v > 0 ? v : NaN));
  const [core, jumps] = [reading({ telegraph: 'none' }), reading({ pink: false })];
  const program = reading({ noise: 'program' });
  const rmsOf = (values: Float64Array): number =>
    Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
  const rms = rmsOf(core);
  const part = (values: Float64Array, limit: number): number =>
    values.reduce((n, v) => n + (Math.abs(v) > limit ? 1 : 0), 0) / values.length;
  const lorentz = x.map((v) => halfRange / (Math.PI * (v * v + halfRange ** 2)));
  const beyond = (limit: number): number =>
    all.reduce((n, v) => n + (Math.abs(v) > limit ? 1 : 0), 0) / all.length;
  const square = all.reduce((sum, v) => sum + v ** 2, 0) / all.length;
  const fourth = all.reduce((sum, v) => sum + v ** 4, 0) / all.length;
  const tail = (limit: number, expected: number) => ({
    what: `M8: P(abs Δw > ${limit})`,
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
          ['pink only', visible(core)],
          ['telegraph only', visible(jumps)],
          ["program's", visible(program)],
        ],
        logY: true,
      }),
    },
    checks: [
      {
        what: 'M8: half the range between the quartiles',
        ours: halfRange,
        expected: 0.0192,
        within: 0.001,
        source: 'reference',
      },
      tail(0.1, 1.3e-3),
      tail(0.2, 6.6e-4),
      tail(0.3, 4.4e-4),
      check(
        'M8: deviation of the core, pink noise only',
        rms,
        0.0284537,
        2e-4,
        'closed form of 15 coefficients',
      ),
      check(
        'M8: P(abs Δw > 0.3), telegraph noise only',
        part(jumps, 0.3),
        beyond(0.3),
        0.05 * beyond(0.3),
        'the tails are its jumps',
      ),
      check(
        "M8: deviation of the core, pink noise only, program's uniform numbers",
        rmsOf(reading({ noise: 'program', telegraph: 'none' })),
        0.0284537 / Math.sqrt(12),
        1e-4,
        'closed form of 15 coefficients',
      ),
      {
        what: 'M8: excess kurtosis (at least 10)',
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
    what: `M9: exponent from ${from} to ${to} per pulse, mean removed`,
    ours: powerLaw(found, from, to),
    expected,
    within: 0.15,
    source: 'reference; 1/f² and 1/f in the paper',
  });
  const flat = meanSpectrum(rows.map(withoutTrend));
  const flatter = (from: number, to: number, expected: number, within: number) => ({
    what: `M9: exponent from ${from} to ${to} per pulse, straight line removed`,
    ours: powerLaw(flat, from, to),
    expected,
    within,
    source: 'reference: -1.6 to -1.8, -0.8',
  });
  return {
    pictures: {
      'm9-spectrum': lines({
        title: 'Power spectral density of the gap, mean of 64 devices',
        beside: 'paper, Fig. 5(c): 1/f² below, 1/f above, detrending not stated; no window',
        x: ['frequency (1/pulse)', frequency],
        y: [
          ['mean removed', density],
          ['line removed', flat.density],
          ['1/f²', frequency.map((f) => near(0.01) * (0.01 / f) ** 2)],
          ['1/f', frequency.map((f) => (near(0.2) * 0.2) / f)],
        ],
        logX: true,
        logY: true,
      }),
    },
    checks: [
      slope(0.002, 0.06, -1.9),
      slope(0.1, 0.5, -1),
      flatter(0.002, 0.06, -1.7, 0.2),
      flatter(0.1, 0.5, -0.8, 0.15),
    ],
  };
}

/** A trajectory less the straight line that fits it best. */
function withoutTrend(row: Float64Array): Float64Array {
  const middle = (row.length - 1) / 2;
  const slope =
    row.reduce((sum, w, t) => sum + w * (t - middle), 0) /
    row.reduce((sum, _, t) => sum + (t - middle) ** 2, 0);
  return row.map((w, t) => w - slope * (t - middle));
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
        what: 'M10: mean correlation of the curves',
        ours: mean,
        expected: 0.435,
        within: 0.015,
        source: 'reference',
      },
      {
        what: 'M10: mean correlation of the changes',
        ours: ofChanges,
        expected: 0,
        within: 0.005,
        source: 'reference',
      },
    ],
  };
}

export const figures: readonly ((seed: number) => Figure | Promise<Figure>)[] = [
  traces,
  pulsesAndReads,
  resistances,
  meanFit,
  parameters,
  telegraph,
  trajectories,
  changes,
  spectrum,
  correlation,
];
