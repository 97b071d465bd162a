/**
 * Memristors in circuits against their equations integrated independently: states within 1e-4 of
 * their range at default tolerances, better with tighter ones, whatever the largest step.
 */
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/solver/index.js';
import { integrate, type Problem, type Rates } from './integrate.js';
import {
  bocquetResponse,
  ionDriftResponse,
  jartResponse,
  pkuResponse,
  sky130Response,
  stanfordResponse,
  thresholdResponse,
  vteamResponse,
  yakopcicResponse,
  type Values,
} from './published-rates.js';

type Points = readonly (readonly [time: number, volts: number])[];

interface Case extends Pick<Problem, 'start' | 'bounds' | 'sizes'> {
  readonly what: string;
  readonly card: string;
  /** Corners of the drive, straight lines between them. */
  readonly drive: Points;
  readonly rates: (v: number, y: readonly number[]) => number[];
  /**
   * By how much of the whole time an edge may come early or late, where a runaway makes it as steep
   * as time resolves; 0 if absent. The issue's measure for TEAM is 1 ns at 1 kHz.
   */
  readonly edge?: number;
  /** Columns of the states, and by how much they are larger than what `rates` has. */
  readonly columns: readonly (readonly [name: string, factor: number])[];
}

const unit = { bounds: [[0, 1]], sizes: [1] } as const;

/** Up to `v`, down to `w`, back to zero, at constant speed. */
const triangle = (v: number, w: number, time: number): Points => {
  const speed = (2 * v - 2 * w) / time;
  return [
    [0, 0],
    [v / speed, v],
    [(2 * v - w) / speed, w],
    [time, 0],
  ];
};

const vteamDefaults: Values = {
  ron: 50,
  roff: 1000,
  law: 0,
  koff: 5e-4,
  kon: -10,
  voff: 0.02,
  von: -0.2,
  alphaoff: 1,
  alphaon: 3,
  window: 0,
};

const vteamCase = (what: string, more: Values): Case => {
  const values = { ...vteamDefaults, kon: -2e-3, koff: 5e-5, ...more };
  const text = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  return {
    ...unit,
    what: `VTEAM, ${what}`,
    card: `vteam(${text.join(' ')} s0=0.3)`,
    drive: triangle(0.5, -0.5, 20e-6),
    start: [0.3],
    rates: (v, [s]) => vteamResponse(v, s, values).rates,
    columns: [['s', 1]],
  };
};

const ionDriftCase = (window: number, p: number, volts: number): Case => ({
  ...unit,
  what: `ion drift, window ${window}`,
  card: `iondrift(window=${window} p=${p} x0=0.1)`,
  drive: triangle(volts, -volts, 2),
  start: [0.1],
  rates: (v, [x]) => ionDriftResponse(v, x, window, p).rates,
  columns: [['x', 1]],
});

const threshold = { ron: 1e3, roff: 10e3, alpha: 1e10, beta: 1e13, vt: 4.6 };

const cases: readonly Case[] = [
  vteamCase('no window, to both bounds', { koff: 2e-3 }),
  vteamCase('Joglekar', { window: 1, kon: -5e-4, koff: 1e-5 }),
  vteamCase('Biolek', { window: 2 }),
  vteamCase('Prodromakis', { window: 3 }),
  vteamCase('Kvatinsky', { window: 4 }),
  vteamCase('exponential resistance', { law: 1 }),
  ionDriftCase(0, 1, 1),
  ionDriftCase(1, 2, 1),
  ionDriftCase(2, 2, 1),
  ionDriftCase(3, 3, 1),
  ionDriftCase(4, 1, 2),
  {
    ...unit,
    what: 'threshold',
    card: 'threshold(alpha=1e10 s0=0.5)',
    drive: triangle(5.5, -6, 8e-9),
    start: [0.5],
    rates: (v, [s]) => thresholdResponse(v, s, threshold).rates,
    columns: [['s', 1]],
  },
  {
    ...unit,
    what: 'Yakopcic',
    card: 'yakopcic',
    drive: triangle(0.5, -0.5, 10e-3),
    start: [0.11],
    rates: (v, [x]) => yakopcicResponse(v, x).rates,
    columns: [['x', 1]],
  },
  {
    what: 'Stanford, pulses',
    card: 'stanford(t0=298)',
    // RESET at -1.3 V, SET at 1.6 V; edges of 10 ps.
    drive: [
      [0, 0],
      [1e-11, -1.3],
      [60e-9, -1.3],
      [60.01e-9, 0],
      [70e-9, 0],
      [70.01e-9, 1.6],
      [72e-9, 1.6],
      [72.01e-9, 0],
      [80e-9, 0],
    ],
    start: [0.2],
    bounds: [[0.2, 1.7]],
    sizes: [1.5],
    rates: (v, [g]) => stanfordResponse(v, g, 0.01).rates,
    columns: [['g', 1e-9]],
  },
  {
    what: 'Stanford, a sweep to both limits',
    edge: 1e-6,
    card: 'stanford(t0=298 gini=1.2n)',
    drive: triangle(2, -2, 1e-3),
    start: [1.2],
    bounds: [[0.2, 1.7]],
    sizes: [1.5],
    rates: (v, [g]) => stanfordResponse(v, g, 0.01).rates,
    columns: [['g', 1e-9]],
  },
  {
    ...unit,
    what: 'Bocquet, pulses',
    edge: 1e-6,
    card: 'bocquet(tamb=300 forming=0)',
    drive: [
      [0, 0],
      [1e-9, 0.95],
      [1e-6, 0.95],
      [1.001e-6, 0],
      [1.2e-6, 0],
      [1.201e-6, -0.8],
      [1.3e-6, -0.8],
      [1.301e-6, 0],
      [1.5e-6, 0],
    ],
    start: [0],
    rates: (v, [s]) => bocquetResponse(v, s).rates,
    columns: [['s', 1]],
  },
  {
    ...unit,
    what: 'Bocquet, a sweep',
    card: 'bocquet(tamb=300 forming=0)',
    drive: triangle(0.75, -0.75, 1e-3),
    start: [0],
    rates: (v, [s]) => bocquetResponse(v, s).rates,
    columns: [['s', 1]],
  },
  {
    what: 'SkyWater',
    edge: 3e-6,
    card: 'sky130reram(temperature_0=300)',
    drive: triangle(2.6, -1.5, 1e-6),
    start: [3.3, 0],
    bounds: [
      [3.3, 4.9],
      [0, Infinity],
    ],
    sizes: [1.6, 100],
    rates: (v, [filament, heat]) => sky130Response(v, filament, heat).rates,
    columns: [
      ['tf', 1e-9],
      ['heat', 1],
    ],
  },
  {
    what: 'PKU, SET and RESET',
    edge: 1e-5,
    card: 'pku(t0=300 rs=0 cp=0 rp=1e12)',
    drive: [
      [0, 0],
      [1e-9, 1.4],
      [100e-9, 1.4],
      [101e-9, 0],
      [110e-9, 0],
      [111e-9, -1.2],
      [200e-9, -1.2],
      [201e-9, 0],
      [210e-9, 0],
    ],
    start: [3, 0.5],
    bounds: [
      [0, 3],
      [0, 5],
    ],
    sizes: [3, 5],
    rates: (v, [x, w]) => pkuResponse(v, x, w).rates,
    columns: [
      ['x', 1e-9],
      ['w', 1e-9],
    ],
  },
  {
    what: 'JART, SET and RESET',
    edge: 1e-6,
    card: 'jart(t0=293 tth=1e-10)',
    drive: [
      [0, 0],
      [10e-9, -1.2],
      [100e-9, -1.2],
      [110e-9, 0],
      [120e-9, 0],
      [130e-9, 1.5],
      [250e-9, 1.5],
      [260e-9, 0],
      [270e-9, 0],
    ],
    start: [4e-4, 0],
    sizes: [1, 100],
    rates: (v, [n, heat]) => jartResponse(v, n, heat, 1e-10).rates,
    columns: [
      ['n', 1],
      ['heat', 1],
    ],
  },
];

function volts(drive: Points, t: number): number {
  const k = Math.max(
    drive.findIndex(([time]) => time >= t),
    1,
  );
  const [[t0, v0], [t1, v1]] = [drive[k - 1], drive[k]];
  return v0 + ((v1 - v0) * (t - t0)) / (t1 - t0);
}

async function simulated(subject: Case, options = '', tmax?: number) {
  const stop = subject.drive.at(-1)![0];
  const text = `memristor
.model mem ${subject.card}
v1 in 0 pwl(${subject.drive.flat().join(' ')})
n1 in 0 mem
.options ${options}
.tran ${stop / 100} ${stop} 0 ${tmax ?? ''}
.save ${subject.columns.map(([name]) => `@n1[${name}]`).join(' ')}
.end`;
  const { analyses, diagnostics } = await simulate(text);
  expect(diagnostics).toEqual([]);
  return analyses[0].dataset;
}

/** Largest deviation of each state over its size. */
async function deviations(subject: Case, options = '', tmax?: number) {
  const dataset = await simulated(subject, options, tmax);
  const times = dataset.scale.real;
  const rates: Rates = (t, y) => subject.rates(volts(subject.drive, t), y);
  const corners = subject.drive.slice(1).map(([time]) => time);
  const stop = corners.at(-1)!;
  const shift = (subject.edge ?? 0) * stop;
  const shifted = (by: number): number[][] => {
    const moved = Float64Array.from(times, (time) => Math.min(Math.max(time + by, 0), stop));
    return integrate({ ...subject, rates, corners }, moved);
  };
  const exact = shifted(0);
  const around = shift > 0 ? [exact, shifted(-shift), shifted(shift)] : [exact];
  const measured = subject.columns.map(([name, factor], c) => {
    const column = dataset.get(`@n1[${name}]`)!.real;
    const range = Math.max(subject.sizes[c], ...exact.map((y) => Math.abs(y[c])));
    const size = subject.bounds && Number.isFinite(subject.bounds[c][1]) ? subject.sizes[c] : range;
    const distances = exact.map((_, n) => {
      const near = around.map((run) => run[n][c]);
      const value = column[n] / factor;
      return Math.max(value - Math.max(...near), Math.min(...near) - value, 0) / size;
    });
    const area = distances.reduce(
      (sum, d, n) => (n === 0 ? 0 : sum + (d + distances[n - 1]) * (times[n] - times[n - 1])),
      0,
    );
    return { worst: Math.max(...distances), mean: area / 2 / stop };
  });
  const worst = measured.map((m) => m.worst);
  const mean = measured.map((m) => m.mean);
  return { worst, mean };
}

describe.each(cases)('$what', (subject) => {
  it('agrees to 1e-4 of the range', { timeout: 60_000 }, async () => {
    const { worst } = await deviations(subject);
    for (const deviation of worst) expect(deviation).toBeLessThan(1e-4);
  });

  it('agrees better with tighter tolerances', { timeout: 60_000 }, async () => {
    // Means over time, since edges are judged by when they come.
    const [loose, tight] = await Promise.all(
      [1, 0.1].map((factor) => deviations({ ...subject, edge: 0 }, `statetol=${factor}`)),
    );
    loose.mean.forEach((deviation, c) => {
      expect(tight.mean[c]).toBeLessThan(0.6 * deviation);
    });
  });

  it('does not depend on the largest step', { timeout: 60_000 }, async () => {
    const stop = subject.drive.at(-1)![0];
    const { worst } = await deviations(subject, '', stop / 777);
    for (const deviation of worst) expect(deviation).toBeLessThan(1e-4);
  });
});
