// Times a Monte Carlo of the 2T1M synapse on one worker thread and on all cores, and compares the tables.
//
//     npm run build && node bench/monte-carlo.mjs [runs] [further options of oxspice run]
//
// The memristor's thresholds, rates and resistance scatter from device to device, the thresholds of
// the transistors from run to run; the table must be the same byte for byte. Both are run in turn, a
// few times. On a machine that others use, wall time says little: the processor time of all threads
// says what threads cost (the same work on n cores of one's own takes an n-th of it).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const main = join(root, 'dist/cli/main.js');
const rounds = 3;
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

/** Seconds of wall time and of processor time, the table and the summary. */
function run(folder, threads) {
  const name = join(folder, 'synapse.cir');
  const output = join(folder, `threads${threads}`);
  const args = ['run', name, '--mc', runs, '--seed', '7', '--threads', threads, '-o', output];
  const program = [process.execPath, main, ...args.map(String), '--fresh', ...options];
  const start = performance.now();
  // The shell's `times` has the processor time of its children in the last line.
  const { status, stdout, stderr } = spawnSync('sh', ['-c', '"$@" && times', 'sh', ...program], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const wall = (performance.now() - start) / 1000;
  const lines = stdout.trimEnd().split('\n');
  const times = [...lines.at(-1).matchAll(/(\d+)m([\d.]+)s/g)];
  const processor = times.reduce((sum, [, minutes, rest]) => sum + 60 * minutes + Number(rest), 0);
  const csv = readFileSync(join(output, 'synapse.runs.csv'), 'utf8');
  return { wall, processor, csv, out: lines.slice(0, -2).join('\n') };
}

const folder = mkdtempSync(join(tmpdir(), 'oxspice-bench-'));
try {
  writeFileSync(join(folder, 'synapse.cir'), deck());
  const cores = availableParallelism();
  console.log(`${runs} runs, ${cores} cores, load ${loadavg()[0].toFixed(1)} at the start`);
  const counts = [1, cores];
  const found = counts.map(() => []);
  for (let round = 0; round < rounds; round++)
    counts.forEach((threads, k) => found[k].push(run(folder, threads)));
  const least = (k, what) => Math.min(...found[k].map((each) => each[what]));
  counts.forEach((threads, k) => {
    const [wall, processor] = [least(k, 'wall'), least(k, 'processor')];
    const each = ((1000 * processor) / Number(runs)).toFixed(2);
    console.log(
      `${threads} threads  ${wall.toFixed(2)} s, ${(least(0, 'wall') / wall).toFixed(2)} times as fast; ` +
        `processor time ${processor.toFixed(2)} s, ${each} ms a run`,
    );
  });
  const same = found.flat().every(({ csv }) => csv === found[0][0].csv);
  console.log(same ? 'the tables are the same' : 'THE TABLES DIFFER');
  console.log(found[0][0].out);
  process.exitCode = same ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
