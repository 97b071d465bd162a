// Times a Monte Carlo of the 2T1M synapse on one worker thread and on all cores, and compares the tables.
//
//     npm run build && node bench/monte-carlo.mjs [runs] [further options of oxspice run]
//
// The memristor's thresholds, rates and resistance scatter from device to device, the thresholds of
// the transistors from run to run; the table must be the same byte for byte.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const [runs = '1000', ...options] = process.argv.slice(2);

/** What scatters, and by how much: text of the circuit and what stands in its place. */
const scatter = [
  ['kon=-100n', 'kon=-100n dev/gauss=10%'],
  ['koff=100n', 'koff=100n dev/gauss=10%'],
  ['ion=-1u', 'ion=-1u dev/gauss=5%'],
  ['ioff=1u', 'ioff=1u dev/gauss=5%'],
  ['roff=200k', 'roff=200k dev/gauss=5%'],
  ['vto=0.40', 'vto={agauss(0.40,10m,1)}'],
  ['vto=-0.42', 'vto={agauss(-0.42,10m,1)}'],
  ["param='sup-sread'", "param='sup-sread' atleast=-12m atmost=-6m"],
];

function deck() {
  let text = readFileSync(join(root, 'circuits/memristive/synapse-2t1m.cir'), 'utf8');
  for (const [fixed, drawn] of scatter) {
    if (!text.includes(fixed)) throw new Error(`the circuit has no '${fixed}'`);
    text = text.replace(fixed, drawn);
  }
  return text;
}

/** Seconds of wall time, the table and the summary. */
function run(folder, threads) {
  const name = join(folder, 'synapse.cir');
  const output = join(folder, `threads${threads}`);
  const args = ['run', name, '--mc', runs, '--seed', '7', '--threads', threads, '-o', output];
  const start = performance.now();
  const out = execFileSync(
    process.execPath,
    [join(root, 'dist/cli/main.js'), ...args.map(String), ...options],
    { encoding: 'utf8' },
  );
  const wall = (performance.now() - start) / 1000;
  const csv = readFileSync(join(output, 'synapse.runs.csv'), 'utf8');
  return { wall, csv, out };
}

const folder = mkdtempSync(join(tmpdir(), 'oxspice-bench-'));
try {
  writeFileSync(join(folder, 'synapse.cir'), deck());
  const cores = availableParallelism();
  console.log(`${runs} runs, ${cores} cores, load ${loadavg()[0].toFixed(1)} at the start`);
  const one = run(folder, 1);
  console.log(`1 thread   ${one.wall.toFixed(2)} s`);
  const all = run(folder, cores);
  console.log(
    `${cores} threads  ${all.wall.toFixed(2)} s  (${(one.wall / all.wall).toFixed(2)} times)`,
  );
  console.log(one.csv === all.csv ? 'the tables are the same' : 'THE TABLES DIFFER');
  console.log(all.out);
  process.exitCode = one.csv === all.csv ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
