/** I–V loops, and the voltages at which models switch, beside an independent integration. */
import { integrate } from '../../test/devices/memristive/integrate.js';
import { type Check, type Figure, lines } from '../figures/figure.js';
import { simulated, valueAt, whereCrossed } from '../figures/simulated.js';
import { type Subject, subjects } from './subjects.js';

type Corner = readonly [time: number, volts: number];

function sweepOf([up, down, time]: Subject['sweep']): Corner[] {
  const speed = (2 * up - 2 * down) / time;
  return [
    [0, 0],
    [up / speed, up],
    [(2 * up - down) / speed, down],
    [time, 0],
  ];
}

function voltageAt(drive: readonly Corner[], t: number): number {
  const found = drive.findIndex(([time]) => time >= t);
  const k = found < 0 ? drive.length - 1 : Math.max(found, 1);
  const [[t0, v0], [t1, v1]] = [drive[k - 1], drive[k]];
  return v0 + ((v1 - v0) * (t - t0)) / (t1 - t0);
}

async function loop(subject: Subject): Promise<Figure> {
  const { name, title, card, values, sweep, response, start, bounds, sizes, state } = subject;
  const drive = sweepOf(sweep);
  const stop = sweep[2];
  const [output, factor, level, set] = state;
  const dataset = await simulated(`loop
.model mem ${card}
v1 in 0 pwl(${drive.flat().join(' ')})
n1 in 0 mem
.tran ${stop / 500} ${stop}
.save v(in) @n1[i] @n1[${output}]
.end`);
  const times = dataset.scale.real;
  const volts = Float64Array.from(times, (t) => voltageAt(drive, t));
  const exact = integrate(
    {
      rates: (t, y) => response(voltageAt(drive, t), y).rates,
      start,
      sizes,
      ...(bounds ? { bounds } : {}),
      corners: drive.slice(1).map(([time]) => time),
    },
    times,
  );
  const current = dataset.get('@n1[i]')!.real;
  const ours = dataset.get(`@n1[${output}]`)!.real.map((value) => value / factor);
  const theirs = exact.map(([value]) => value);
  const magnitude = (i: number): number => (Math.abs(i) > 1e-12 ? Math.abs(i) : NaN);
  const picture = lines({
    title: `I–V loop: ${title}`,
    beside: `values: ${values}; the equations integrated independently (Dormand and Prince) lie beneath`,
    x: ['voltage (V)', volts],
    y: [
      ['independent', exact.map((y, k) => magnitude(response(volts[k], y).i))],
      ['OxSpice', current.map(magnitude)],
    ],
    unit: 'A',
    logY: true,
  });
  const crossing = (what: string, rising: boolean): Check => ({
    what: `${title}: ${what}, sweep of ${Number((sweep[0] / drive[1][0]).toPrecision(3))} V/s [V]`,
    ours: whereCrossed(ours, level, volts, rising),
    expected: whereCrossed(theirs, level, volts, rising),
    within: 1e-3 * sweep[0],
    source: `${values}, integrated independently`,
  });
  return {
    pictures: { [`loop-${name}`]: picture },
    checks: [crossing('SET voltage', set === 'up'), crossing('RESET voltage', set === 'down')],
  };
}

/** A loop for each model. */
export const loops: readonly (() => Promise<Figure>)[] = subjects.map(
  (subject) => () => loop(subject),
);

/** Jiang et al. 2016, Table I: TiOx/HfOx of three thicknesses of HfOx; the paper has figures only. */
const publishedSets = [
  [
    '1.7 nm',
    'tox=6.7n g0=0.15n gammaset=16.8 gammareset=20.1 betaset=1.1 betareset=12.6 gmin=0.16n gmax=1.21n gini=1.21n',
  ],
  [
    '2.1 nm',
    'tox=7.1n g0=0.15n gammaset=17.8 gammareset=21.3 betaset=1.2 betareset=14.5 gmin=0.2n gmax=1.15n gini=1.15n',
  ],
  [
    '3.3 nm',
    'tox=8.3n g0=0.15n gammaset=20.8 gammareset=24.9 betaset=4.8 betareset=19 gmin=0.34n gmax=1.09n gini=1.09n',
  ],
] as const;

/** Loops with the values of Table I, each over the same sweep of 1 V/s. */
export async function publishedLoops(): Promise<Figure> {
  const drive = sweepOf([2, -2, 8]);
  const grid = Array.from({ length: 1601 }, (_, k) => (8 * k) / 1600);
  const curves: (readonly [string, number[]])[] = [];
  for (const [name, values] of publishedSets) {
    const dataset = await simulated(`loop
.model mem stanford(t0=300 rth=500 ea=1.24 fmin=0 alpha=1 v0=0.35 i0=0.2m vel0=5e6 ${values})
v1 in 0 pwl(${drive.flat().join(' ')})
n1 in 0 mem
.tran 10m 8
.save @n1[i]
.end`);
    const current = grid.map((t) => Math.abs(valueAt(dataset, '@n1[i]', t)));
    curves.push([name, current.map((i) => (i > 1e-12 ? i : NaN))]);
  }
  return {
    pictures: {
      'loop-table-1': lines({
        title: 'I–V loops of TiOx/HfOx, by the thickness of HfOx',
        beside: 'values: Jiang et al. 2016, Table I (a) to (c), without current compliance; 1 V/s',
        x: ['voltage (V)', grid.map((t) => voltageAt(drive, t))],
        y: curves,
        unit: 'A',
        logY: true,
      }),
    },
    checks: [],
  };
}
