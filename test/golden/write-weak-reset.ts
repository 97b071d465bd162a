/**
 * Writes the golden of circuits/memristive/weak-reset.cir from closed forms: the source's corners,
 * and steps of count, gap and `outside` where pulses end, as the deck's header tells.
 *
 *     npx tsx test/golden/write-weak-reset.ts
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Begin of the fall, end of the flat part [ns], and height [V] of each excursion. */
const excursions: readonly (readonly [begin: number, end: number, volts: number])[] = [
  ...[50, 250, 450, 650, 850].map((begin) => [begin, begin + 100, -1] as const),
  [1050, 1150, 0.1],
  [1200, 1300, -0.6],
  [1400, 1440, -1],
  [1600, 1700, -1.3],
];
const edge = 2;
/** Between the points before and behind an event [ns]. */
const step = 1e-4;
const rows: number[][] = [[0, 0, 0, 0, 0]];
let [pulses, outside] = [0, 0];
const gap = (): number => 0.05 * Math.min(pulses, 4) + 0.01 * Math.max(pulses - 4, 0);
const row = (ns: number, volts: number): void => {
  rows.push([ns * 1e-9, volts, gap(), pulses, outside]);
};

for (const [begin, end, volts] of excursions) {
  row(begin, 0);
  row(begin + edge, volts);
  row(end, volts);
  if (volts < -0.5) {
    // Half of 1 V, on the edge from `volts` to 0.
    const half = end + edge * (1 + 0.5 / volts);
    row(half, -0.5);
    if (volts <= -0.9 && end - begin >= 80) pulses++;
    if (volts > -0.9 || volts < -1.1 || end - begin < 80) outside++;
    // The comparison draws lines between points: a step takes as long as it has to.
    row(half + step, -0.5);
  }
  row(end + edge, 0);
}
row(1800, 0);

const header = `# circuits/memristive/weak-reset.cir, tran
# source: closed forms (write-weak-reset.ts)
# tolerance: rms 0.002
time,v(in),@n1[w],@n1[pulses],@n1[outside]
`;
const lines = rows.map((values) => values.map((value) => String(Number(value.toPrecision(12)))).join(','));
writeFileSync(join(import.meta.dirname, 'weak-reset.tran.csv'), `${header}${lines.join('\n')}\n`);
