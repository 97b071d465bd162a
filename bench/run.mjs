// Runs decks by ours and by ngspice in turn, and prints what each run cost:
//
//     npm run bench [-- part of a case's name …] [--quick] [--check] [--alone] [--pairs 5]
//                   [--budget 60] [--limit 60] [--own-limit 300]
//
// Both run as commands, from shell to shell, on the same deck with its own tolerances. Pairs alternate,
// so that a machine that slows down slows both; the figure to look at is the median of the ratios of
// user CPU seconds (ours over ngspice's). docs/benchmarks.md tells how to read the rest. Writes
// bench/results/<time>.json, and beside it <time>.<family>.svg of cost per point over size.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ngspiceVersion } from '../scripts/ngspice/run-ngspice.mjs';
import { checkCase } from './check-case.mjs';
import { decks } from './decks.mjs';
import { measureCase } from './measure-case.mjs';
import { caseLines, heading } from './report.mjs';
import { drawFamilies, fitFamilies } from './scaling.mjs';

const { values: flags, positionals } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    /** Without ngspice. */
    alone: { type: 'boolean', default: false },
    /** Pairs of runs, at most; no further one begins after `budget` seconds of a case. */
    pairs: { type: 'string', default: '5' },
    budget: { type: 'string', default: '60' },
    /** CPU seconds after which a run of ngspice, or of ours, is stopped. */
    limit: { type: 'string', default: '60' },
    'own-limit': { type: 'string', default: '300' },
  },
  allowPositionals: true,
});
const limits = {
  pairs: Number(flags.pairs),
  budget: Number(flags.budget),
  ngspice: Number(flags.limit),
  ours: Number(flags['own-limit']),
};
const version = flags.alone ? undefined : ngspiceVersion();
if (!flags.alone && version === undefined) console.log('ngspice is not installed: ours runs alone');
const chosen = decks.filter(
  ({ name, quick }) =>
    (!flags.quick || quick) &&
    (positionals.length === 0 || positionals.some((part) => name.includes(part))),
);
const date = new Date();
const folder = join(import.meta.dirname, 'results');
const stem = join(folder, date.toISOString().replaceAll(/[:.]/g, '-'));
mkdirSync(folder, { recursive: true });
const loadAtStart = loadavg()[0];
const results = [];
console.log(heading());
for (const deck of chosen) {
  results.push(await runCase(deck));
  console.log(caseLines(results.at(-1)).join('\n'));
  save();
}
for (const line of fitFamilies(results)) console.log(line);
for (const file of drawFamilies(results, stem)) console.log(`drawn in ${file}`);
console.log(`written to ${stem}.json`);

async function runCase(deck) {
  const scratch = mkdtempSync(join(tmpdir(), 'oxspice-bench-'));
  try {
    const result = measureCase(deck, { scratch, limits, withNgspice: version !== undefined });
    if (flags.check && result.ratio !== undefined) result.check = await checkCase(deck, scratch);
    return result;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** After each case, so that a run that is stopped leaves what it had. */
function save() {
  const own = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'));
  const machine = {
    node: process.version,
    ngspice: version,
    processor: cpus()[0]?.model ?? '',
    cores: cpus().length,
    load: [loadAtStart, loadavg()[0]],
  };
  const report = { date, version: own.version, machine, limits, cases: results };
  writeFileSync(`${stem}.json`, `${JSON.stringify(report, null, 2)}\n`);
}
