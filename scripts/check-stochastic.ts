/**
 * Compares the random characteristics of the OxRAM and weak-RESET networks with runs that they were not built
 * from: `npx tsx scripts/check-stochastic.ts neuron|amplifier <runs.csv> [folder]`.
 *
 * neuron, with runs of stochastic-neuron.cycles.sp at its gain of 2.8: quantile functions of the threshold,
 * and of the reference, which is in proportion to the gain, so that the same cycles tell both everywhere.
 * At 1000 random probabilities (and gains) the part of the cycles below the table's value is that
 * probability. What n runs tell is within sqrt(ln(2/0.05)/(2n)) of the truth, with 95 % confidence at all
 * points together (Dvoretzky, Kiefer and Wolfowitz; Massart). So is a table of n runs: it is wrong where it is
 * further away than both.
 *
 * amplifier, with runs of sense-amplifier.check.sp: one decision at each of as many ratios. In a bin of a
 * hundred neighbours the part that decided for +1 is that of the table, within its bound and what chance
 * leaves of their sum (95 % in all bins together, by the normal law and Bonferroni).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCharacteristic, type TransferCharacteristic } from '../src/arch/index.js';
import { uniformPair } from '../src/base/index.js';

const [what, file, folder = 'results/characteristics'] = process.argv.slice(2);
if (file === undefined) throw new Error('which runs.csv?');
const points = 1000;

function column(name: string): number[] {
  const [head, ...rows] = table.trim().split('\n');
  const k = head.split(',').indexOf(name);
  return rows.map((row) => Number.parseFloat(row.split(',')[k]));
}

/** The part of sorted values that is below one. */
function partBelow(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low / sorted.length;
}

function read(name: string): TransferCharacteristic {
  const path = join(folder, `${name}.characteristic.json`);
  const { characteristic } = readCharacteristic({ name: path, text: readFileSync(path, 'utf8') });
  if (!characteristic) throw new Error(`${path} is no characteristic`);
  return characteristic;
}

/** Massart's half width of the band round a distribution from n runs, 95 % confidence. */
function halfWidth(n: number): number {
  return Math.sqrt(Math.log(2 / 0.05) / (2 * n));
}

/** How far the part of fresh cycles below a table's values is from the probability, at most. */
function checkQuantiles(
  name: string,
  found: readonly number[],
  built: number,
  value: (u: number, p: number) => number,
): void {
  const cycles = [...found].sort((a, b) => a - b);
  const distances = Array.from({ length: points }, (_, event) => {
    const [u, p] = uniformPair({ seed: 1, run: 0, instance: name, draw: 'point', event });
    return Math.abs(partBelow(cycles, value(u, p)) - p);
  });
  report(name, distances, halfWidth(cycles.length) + halfWidth(built));
}

function report(name: string, distances: readonly number[], allowed: number): void {
  const beyond = distances.filter((each) => each > allowed).length;
  process.stdout.write(
    `${name}: ${beyond} of ${distances.length} beyond ${allowed.toFixed(4)}; ` +
      `greatest distance of probabilities ${Math.max(...distances).toFixed(4)}\n`,
  );
  if (beyond > 0) process.exitCode = 1;
}

const table = readFileSync(file, 'utf8');

function checkNeuron(built: number): void {
  const threshold = read('stochastic-neuron').function('threshold', {
    fixed: { gain: 2.8 },
    outside: 'clamp',
  });
  checkQuantiles('threshold', column('threshold'), built, (_, p) => threshold.value(p));
  const reference = read('stochastic-reference').function('ref', { outside: 'clamp' });
  checkQuantiles('reference', column('ref'), built, (u, p) => {
    const gain = 2 + 2 * u;
    return (reference.value(gain, p) * 2.8) / gain;
  });
}

function checkAmplifier(size: number): void {
  const characteristic = read('sense-amplifier');
  const [{ name, bound }] = characteristic.outputs;
  const probability = characteristic.function(name);
  const ratios = column('ratio');
  const decided = column('decision').map((value) => (value > 0.5 ? 1 : 0));
  const order = ratios.map((_, k) => k).sort((a, b) => ratios[a] - ratios[b]);
  const bins = Array.from({ length: Math.floor(order.length / size) }, (_, n) =>
    order.slice(n * size, (n + 1) * size),
  );
  const z = 2.81; // 0.05/10 on both sides
  const excess = bins.map((bin) => {
    const expected = bin.map((k) => Math.min(Math.max(probability.value(ratios[k]), 0), 1));
    const sum = bin.reduce((all, k, i) => all + decided[k] - expected[i], 0);
    const variance = expected.reduce((all, p) => all + p * (1 - p), 0);
    return Math.max(0, Math.abs(sum) - z * Math.sqrt(variance)) / size;
  });
  report('decision', excess, bound.absolute);
}

if (what === 'neuron') checkNeuron(1000);
else checkAmplifier(100);
