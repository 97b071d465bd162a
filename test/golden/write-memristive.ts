/**
 * Writes the goldens of decks with memristors that ngspice has no model of: their published equations
 * integrated by Dormand and Prince's method (test/devices/memristive).
 *
 *     npx tsx test/golden/write-memristive.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseQuantity } from '../../src/base/index.js';
import { limitedBocquet } from '../devices/memristive/limited-bocquet.js';
import { integrate, type Problem } from '../devices/memristive/integrate.js';
import {
  bocquetResponse,
  ionDriftResponse,
  jartResponse,
  pkuResponse,
  sky130Response,
  stanfordResponse,
  vteamResponse,
  yakopcicResponse,
} from '../devices/memristive/published-rates.js';

interface Deck extends Pick<Problem, 'start' | 'bounds' | 'sizes'> {
  readonly name: string;
  readonly rates: (v: number, y: readonly number[]) => number[];
  /** Columns of the states, and by how much they are larger than what `rates` has. */
  readonly columns: readonly (readonly [name: string, factor: number])[];
}

const unit = [0, 1] as const;
const five = [0, 1, 2, 3, 4];
const vteam = {
  ron: 50, roff: 1000, law: 0, koff: 20e-9, kon: -0.4e-6, voff: 0.02, von: -0.2, alphaoff: 1,
  alphaon: 3, window: 0,
};

const decks: readonly Deck[] = [
  {
    name: 'ion-drift-windows',
    start: five.map(() => 0.1),
    sizes: five.map(() => 1),
    bounds: five.map(() => unit),
    rates: (v, x) =>
      five.map((w) => ionDriftResponse(v, x[w], w, [1, 2, 2, 3, 1][w]).rates[0]),
    columns: five.map((k) => [`@n${k}[x]`, 1]),
  },
  {
    name: 'threshold-memristors',
    start: [0.3, 0.11],
    sizes: [1, 1],
    bounds: [unit, unit],
    rates: (v, [s, x]) => [vteamResponse(v, s, vteam).rates[0], yakopcicResponse(v, x).rates[0]],
    columns: [['@nv[s]', 1], ['@ny[x]', 1]],
  },
  {
    name: 'oxram-sweep',
    start: [1.4],
    sizes: [1.5],
    bounds: [[0.2, 1.7]],
    rates: (v, [g]) =>
      stanfordResponse(behind(1e3, v, (own) => stanfordResponse(own, g).i), g, 0.01).rates,
    columns: [['@n1[g]', 1e-9]],
  },
  {
    name: 'oxram-pulses',
    start: [0],
    sizes: [1],
    bounds: [unit],
    rates: (v, [s]) => bocquetResponse(v, s).rates,
    columns: [['@n1[s]', 1]],
  },
  {
    name: 'oxram-compliance',
    start: [0],
    sizes: [1],
    bounds: [unit],
    rates: (v, [s]) => limitedBocquet(v, s, 97.7e-6).rates,
    columns: [['@n1[s]', 1]],
  },
  {
    name: 'oxram-filament',
    start: [3, 0.5],
    sizes: [3, 5],
    bounds: [[0, 3], [0, 5]],
    rates: (v, [x, w]) => pkuResponse(v, x, w).rates,
    columns: [['@n1[x]', 1e-9], ['@n1[w]', 1e-9]],
  },
  {
    name: 'vcm-pulses',
    start: [4e-4, 0],
    sizes: [1, 100],
    rates: (v, [n, heat]) => jartResponse(v, n, heat, 1e-10).rates,
    columns: [['@n1[n]', 1], ['@n1[heat]', 1]],
  },
  {
    name: 'sky130-reram',
    start: [3.3, 0],
    sizes: [1.6, 100],
    bounds: [[3.3, 4.9], [0, Infinity]],
    rates: (v, [filament, heat]) => sky130Response(v, filament, heat).rates,
    columns: [['@n1[tf]', 1e-9]],
  },
];

/** The voltage over a cell behind a resistor, by halving. */
function behind(ohms: number, v: number, current: (own: number) => number): number {
  let [low, high] = v > 0 ? [0, v] : [v, 0];
  for (let k = 0; k < 80; k++) {
    const middle = (low + high) / 2;
    if (middle + ohms * current(middle) > v) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** Corners of the deck's only source, v1: straight lines. */
function driveOf(name: string): [time: number, volts: number][] {
  const file = join(import.meta.dirname, '..', '..', 'circuits', 'memristive', `${name}.cir`);
  const text = readFileSync(file, 'utf8').replace(/\n\+/g, ' ');
  const words = /pwl\(([^)]*)\)/.exec(text)![1].trim().split(/\s+/);
  const values = words.map((word) => parseQuantity(word)!);
  return values.flatMap((t, k) => (k % 2 === 0 ? [[t, values[k + 1]]] : []));
}

function table(deck: Deck): number[][] {
  const drive = driveOf(deck.name);
  const stop = drive.at(-1)![0];
  const volts = (t: number): number => {
    const k = Math.max(drive.findIndex(([time]) => time >= t), 1);
    const [[t0, v0], [t1, v1]] = [drive[k - 1], drive[k]];
    return v0 + ((v1 - v0) * (t - t0)) / (t1 - t0);
  };
  const steps = 100_000;
  const even = Array.from({ length: steps + 1 }, (_, k) => (stop * k) / steps);
  const times = [...even, ...drive.map(([t]) => t)]
    .sort((a, b) => a - b)
    .filter((t, k, all) => k === 0 || t > all[k - 1] + 1e-9 * stop);
  const corners = drive.slice(1).map(([t]) => t);
  const states = integrate({ ...deck, rates: (t, y) => deck.rates(volts(t), y), corners }, times);
  return times.map((t, k) => [
    t,
    volts(t),
    ...deck.columns.map(([, factor], c) => states[k][c] * factor),
  ]);
}

/** The rows between which straight lines stay within 2e-4 of each column's span. */
function thinned(rows: readonly number[][]): number[][] {
  const spans = rows[0].map((_, c) => {
    const [low, high] = rows.reduce(
      ([a, b], row) => [Math.min(a, row[c]), Math.max(b, row[c])],
      [Infinity, -Infinity],
    );
    return high - low;
  });
  const keep = new Set([0, rows.length - 1]);
  const open: [number, number][] = [[0, rows.length - 1]];
  for (let piece = open.pop(); piece; piece = open.pop()) {
    const [a, b] = piece;
    let [worst, at] = [2e-4, -1];
    for (let k = a + 1; k < b; k++) {
      const part = (rows[k][0] - rows[a][0]) / (rows[b][0] - rows[a][0]);
      for (let c = 1; c < spans.length; c++) {
        const line = rows[a][c] + part * (rows[b][c] - rows[a][c]);
        const error = Math.abs(rows[k][c] - line) / spans[c];
        if (error > worst) [worst, at] = [error, k];
      }
    }
    if (at < 0) continue;
    keep.add(at);
    open.push([a, at], [at, b]);
  }
  return rows.filter((_, k) => keep.has(k));
}

for (const deck of decks) {
  const lines = thinned(table(deck)).map((row) =>
    row.map((value) => String(Number(value.toPrecision(9)))).join(','),
  );
  const head = [
    `# circuits/memristive/${deck.name}.cir, tran`,
    "# source: the published equations by Dormand and Prince's method, error 1e-10 a step (write-memristive.ts)",
    '# tolerance: rms 0.002',
    ['time', 'v(in)', ...deck.columns.map(([name]) => name)].join(','),
  ];
  const file = join(import.meta.dirname, `${deck.name}.tran.csv`);
  writeFileSync(file, `${[...head, ...lines].join('\n')}\n`);
}
