// Runs decks by ours and by ngspice in turn, and prints what each run cost:
//
//     npm run bench [-- part of a deck's name …] [--pairs 5]
//
// Both run as commands, from shell to shell, on the same deck at its own tolerances. Pairs alternate,
// so that a machine that slows down slows both; the figure to look at is the median of the ratios of
// user CPU seconds (ours over ngspice's). Points, rejected steps and iterations tell algorithms from
// machines. Writes bench/results/<time>.json.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { simulate } from '../dist/solver/index.js';
import { decks } from './decks.mjs';

const { values, positionals } = parseArgs({
  options: { pairs: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const command = join(import.meta.dirname, '..', 'dist', 'cli', 'main.js');
const withNgspice = !spawnSync('ngspice', ['--version']).error;
const chosen = decks.filter(
  ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
);
const scratch = mkdtempSync(join(tmpdir(), 'oxspice-bench-'));
const results = [];
try {
  print('deck', 'simulator', 'points', 'rejected', 'iterations', 'user s', 'ratio');
  for (const deck of chosen) results.push(await bench(deck));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
save(results);

async function bench({ name, text }) {
  const file = join(scratch, `${name}.cir`);
  writeFileSync(file, text);
  const pairs = [];
  let listing = '';
  for (let i = 0; i < Number(values.pairs); i++) {
    const ours = userSeconds(process.execPath, [command, 'run', file, '-o', scratch, '--quiet']);
    const theirs = withNgspice
      ? userSeconds('ngspice', ['-b', '-r', join(scratch, 'out.raw'), file])
      : { seconds: NaN, output: '' };
    listing = theirs.output;
    pairs.push({ ours: ours.seconds, ngspice: theirs.seconds });
  }
  const { statistics } = await simulate(text, { name: file });
  const ours = {
    points: statistics.acceptedPoints,
    rejected: statistics.rejectedByError + statistics.rejectedByNewton,
    iterations: statistics.iterations,
    userSeconds: median(pairs.map((pair) => pair.ours)),
    phases: statistics.seconds,
  };
  const ngspice = { ...counts(listing), userSeconds: median(pairs.map((pair) => pair.ngspice)) };
  const ratio = median(pairs.map((pair) => pair.ours / pair.ngspice));
  report(name, 'oxspice', ours, ratio.toFixed(2));
  if (withNgspice) report('', 'ngspice', ngspice, '');
  return { deck: name, ours, ngspice, ratio, pairs };
}

/** User CPU seconds of one command, which must succeed. */
function userSeconds(program, words) {
  // Only bash's `time` reports the user seconds of a child by itself.
  const line = [program, ...words].map((word) => `'${word}'`).join(' ');
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-c', `TIMEFORMAT='user=%U'; time ${line}`],
    {
      encoding: 'utf8',
    },
  );
  const seconds = Number(/user=([\d.]+)/.exec(stderr)?.[1]);
  if (status !== 0 || Number.isNaN(seconds)) throw new Error(`${line} failed:\n${stdout}${stderr}`);
  return { seconds, output: stdout };
}

/** What ngspice's `.options acct` prints. */
function counts(listing) {
  const figure = (label) => Number(new RegExp(`${label}\\s*=\\s*(\\d+)`, 'i').exec(listing)?.[1]);
  return {
    points: figure('Accepted timepoints'),
    rejected: figure('Rejected timepoints'),
    iterations: figure('Total iterations'),
  };
}

function report(name, simulator, { points, rejected, iterations, userSeconds: seconds }, ratio) {
  print(name, simulator, points, rejected, iterations, seconds.toFixed(3), ratio);
}

function print(name, simulator, ...figures) {
  const columns = figures.map((figure) => String(figure).padStart(11));
  console.log(name.padEnd(16), simulator.padEnd(10), ...columns);
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

function save(decksOfRun) {
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const date = new Date().toISOString();
  const { version } = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'),
  );
  const machine = {
    node: process.version,
    processor: cpus()[0]?.model ?? '',
    cores: cpus().length,
  };
  const file = join(folder, `${date.replaceAll(/[:.]/g, '-')}.json`);
  writeFileSync(
    file,
    `${JSON.stringify({ date, version, machine, decks: decksOfRun }, null, 2)}\n`,
  );
  console.log(`written to ${file}`);
}
