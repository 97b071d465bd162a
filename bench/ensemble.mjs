/**
 * What it would bring to evaluate several runs of one topology side by side: copies of a cell, each
 * with values of its own, as one circuit whose matrix falls into a block a copy (one loop over time,
 * devices side by side in memory), beside one after the other. Processor time per copy, with the
 * points in time that it takes: the corners of the 2T1M synapse's sources are those of all copies,
 * while OxRAMs switch at times of their own.
 * Needs a build; `node bench/ensemble.mjs [copies in all]`.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseNetlist } from '../dist/netlist/index.js';
import { Campaign } from '../dist/solver/index.js';

const all = Number(process.argv[2] ?? 480);

/** Files, what of them scatters (text and what stands in its place), and what is saved of a copy. */
const cells = [
  {
    file: 'synapse-2t1m.cir',
    tran: '10n 60u 0 0.2u',
    saved: (x) => `v(${x}.row) @${x}.nmem[s]`,
    scatter: [
      ['kon=-100n', 'kon={gauss(-100n,0.1,1)}'],
      ['koff=100n', 'koff={gauss(100n,0.1,1)}'],
      ['ion=-1u', 'ion={gauss(-1u,0.05,1)}'],
      ['ioff=1u', 'ioff={gauss(1u,0.05,1)}'],
      ['roff=200k', 'roff={gauss(200k,0.05,1)}'],
      ['vto=0.40', 'vto={agauss(0.40,10m,1)}'],
      ['vto=-0.42', 'vto={agauss(-0.42,10m,1)}'],
    ],
  },
  {
    file: 'oxram-pulses.cir',
    tran: '10n 1.9u',
    saved: (x) => `@${x}.n1[s] @${x}.n1[r]`,
    scatter: [['forming=0', 'forming=0 ea={gauss(1.3,0.01,1)} lx={gauss(10n,0.05,1)}']],
  },
];

/** The circuit `copies` times, each a subcircuit with model cards and sources of its own. */
function deck({ file, tran, saved, scatter }, copies) {
  const path = join(import.meta.dirname, '../circuits/memristive', file);
  let text = readFileSync(path, 'utf8');
  for (const [fixed, drawn] of scatter) {
    if (!text.includes(fixed)) throw new Error(`the circuit has no '${fixed}'`);
    text = text.replace(fixed, drawn);
  }
  const lines = text.split('\n').slice(1);
  const body = lines.filter((line) => !/^(\.(tran|save|print|meas|end)|\*|$)/.test(line));
  const numbers = Array.from({ length: copies }, (_, k) => k + 1);
  return [
    'copies',
    '.subckt cell',
    ...body,
    '.ends',
    ...numbers.map((k) => `x${k} cell`),
    `.tran ${tran}`,
    `.save ${numbers.map((k) => saved(`x${k}`)).join(' ')}`,
    '.end',
    '',
  ].join('\n');
}

/** Milliseconds of processor time per copy, and points in time per run. */
async function measure(cell, copies, seed) {
  const { deck: parsed, circuit, diagnostics } = parseNetlist(deck(cell, copies));
  if (!circuit) throw new Error(diagnostics[0].message);
  const runs = Math.ceil(all / copies);
  const campaign = new Campaign(parsed, circuit, {}, { runs, seed });
  let points = 0;
  for (let k = 0; k < Math.min(3, runs); k++) await campaign.carryOut(k);
  const before = process.cpuUsage();
  for (let k = 0; k < runs; k++) {
    const { analyses, record } = await campaign.carryOut(k);
    if (record.status !== 'done') throw new Error(record.problems[0]);
    points += analyses[0].dataset.length / runs;
  }
  const { user, system } = process.cpuUsage(before);
  return { time: (user + system) / 1000 / (runs * copies), points };
}

const sizes = [1, 2, 4, 8];
const rounds = 5;
console.log(`${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}`);
console.log('| circuit | copies side by side | ms a copy | gain | points in time |');
console.log('|---|---|---|---|---|');
for (const cell of cells) {
  const found = sizes.map(() => ({ time: Infinity, points: 0 }));
  // One after the other in each round, so that others on the machine disturb all alike.
  for (let round = 0; round < rounds; round++)
    for (const [k, copies] of sizes.entries()) {
      const { time, points } = await measure(cell, copies, 7);
      found[k] = { time: Math.min(found[k].time, time), points };
    }
  found.forEach(({ time, points }, k) => {
    const gain = (found[0].time / time).toPrecision(3);
    const numbers = [sizes[k], time.toPrecision(3), gain, points.toFixed(0)];
    console.log(`| ${cell.file} | ${numbers.join(' | ')} |`);
  });
}
