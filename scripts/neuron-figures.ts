/**
 * The probability that the stochastic neuron fires, from its cycles, with the logistic that fits it:
 * `npm run figures:neuron -- <runs.csv of stochastic-neuron.cycles.sp> [folder]`.
 *
 * P(fire) at an input is the part of the cycles whose threshold lies below it; its interval of 95 %
 * confidence is Clopper and Pearson's. The fit is by least squares over the inputs of the table.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fitLogistic } from '../src/arch/index.js';
import { yieldOf } from '../src/jobs/summarize.js';
import { lines } from './figures/figure.js';

const [file, folder = 'results/stochastic-neuron'] = process.argv.slice(2);
if (file === undefined) throw new Error('which runs.csv? see stochastic-neuron.cycles.sp');
const [from, to, step] = [-8, 10, 0.5];

/** A column of the table of runs; cells without a number are left out. */
function column(text: string, name: string): number[] {
  const [head, ...rows] = text.trim().split('\n');
  const k = head.split(',').indexOf(name);
  if (k < 0) throw new Error(`no column '${name}'`);
  return rows.map((row) => Number.parseFloat(row.split(',')[k])).filter(Number.isFinite);
}

const thresholds = column(readFileSync(file, 'utf8'), 'threshold').sort((a, b) => a - b);
const cycles = thresholds.length;
const count = Math.round((to - from) / step) + 1;
const rows = Array.from({ length: count }, (_, k) => {
  const input = from + k * step;
  const fired = thresholds.filter((threshold) => threshold < input).length;
  return { input, part: fired / cycles, interval: yieldOf(fired, cycles).interval ?? [0, 1] };
});
const inputs = rows.map(({ input }) => input);
const parts = rows.map(({ part }) => part);
const fit = fitLogistic(inputs, parts, { low: 0, swing: 1 });
if (!fit) throw new Error(`no logistic fits ${cycles} cycles`);
const { midpoint, slope, r2, maxError } = fit;
const fitted = inputs.map((input) => 1 / (1 + Math.exp(-slope * (input - midpoint))));

const target = resolve(folder);
mkdirSync(target, { recursive: true });
const svg = lines({
  title: `Stochastic neuron: P(fire) of ${cycles} cycles`,
  beside: `logistic of ${slope.toFixed(3)}/µA around ${midpoint.toFixed(2)} µA: r² = ${r2.toFixed(4)}`,
  x: ['input [µA]', inputs],
  y: [
    ['cycles', parts],
    ['logistic', fitted],
  ],
});
writeFileSync(join(target, 'fire.svg'), svg);
const table = { cycles, fit, rows };
writeFileSync(join(target, 'fire.json'), `${JSON.stringify(table, null, 1)}\n`);
for (const { input, part, interval } of rows.filter(({ input }) => Number.isInteger(input))) {
  const [low, high] = interval.map((end) => end.toFixed(3));
  process.stdout.write(`${String(input).padStart(4)} µA  ${part.toFixed(3)}  ${low} … ${high}\n`);
}
process.stdout.write(
  `${cycles} cycles; logistic: ${slope.toFixed(4)}/µA around ${midpoint.toFixed(3)} µA, ` +
    `r² = ${r2.toFixed(5)}, largest distance ${maxError.toFixed(4)}\n`,
);
