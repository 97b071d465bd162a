// What the two simulators take for one case, in alternation, and where ours spends it.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const command = join(import.meta.dirname, '..', 'dist', 'cli', 'main.js');
const phases = join(import.meta.dirname, 'phases.mjs');

/** Files that a case leaves in its scratch folder. */
export function filesOf(scratch) {
  return {
    deck: join(scratch, 'deck.cir'),
    theirDeck: join(scratch, 'ngspice.cir'),
    result: join(scratch, 'deck.tran.raw'),
    theirResult: join(scratch, 'ngspice.raw'),
  };
}

/**
 * Runs of one case. A simulator that fails or takes longer than its limit is not asked again; what
 * came of it stands in `failure`.
 */
export function measureCase(of, { scratch, limits, withNgspice }) {
  const files = filesOf(scratch);
  const text = of.text();
  writeFileSync(files.deck, text);
  writeFileSync(files.theirDeck, of.ngspice?.() ?? text);
  const ourWords = [process.execPath, command, 'run', files.deck, '-o', scratch, '--quiet'];
  // Threads that wait for each other would count as work.
  const oneThread = ['env', 'OMP_THREAD_LIMIT=1'];
  const theirWords = [...oneThread, 'ngspice', '-b', '-r', files.theirResult, files.theirDeck];
  const [ours, theirs] = [[], []];
  const begin = performance.now();
  while (ours.length < limits.pairs) {
    if (ours.length > 0 && performance.now() - begin > 1000 * limits.budget) break;
    ours.push(timed(ourWords, limits.ours));
    if (withNgspice) theirs.push(timed(theirWords, limits.ngspice));
    if (ours.some(failed) || theirs.some(failed)) break;
  }
  const inside = ours.some(failed) ? undefined : phasesOf(files.deck, limits.ours);
  const pairs = ours.flatMap((own, k) =>
    failed(own) || !theirs[k] || failed(theirs[k]) ? [] : [own.seconds / theirs[k].seconds],
  );
  return {
    name: of.name,
    ...(of.family ? { family: of.family, size: of.size } : {}),
    ours: { ...summary(ours), ...inside },
    ...(withNgspice ? { ngspice: { ...summary(theirs), ...accounted(theirs) } } : {}),
    ...(pairs.length > 0 ? { ratio: median(pairs), pairs } : {}),
  };
}

function failed(run) {
  return run.failure !== undefined;
}

/** User CPU seconds of one command, and what it printed. */
function timed(words, limit) {
  const line = words.map((word) => `'${word}'`).join(' ');
  // Only bash's `time` reports the user seconds of a child by itself.
  const script = `ulimit -t ${limit}; TIMEFORMAT='user=%U'; time ${line}`;
  const options = { encoding: 'utf8', maxBuffer: 2 ** 30 };
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], options);
  const seconds = Number(/user=([\d.]+)/.exec(stderr)?.[1]);
  if (status === 0) return { seconds, output: stdout };
  if (seconds > 0.95 * limit || status === 137 || status === 152)
    return { seconds, failure: `more than ${limit} s` };
  return { seconds, failure: lastLine(`${stdout}\n${stderr.replace(/user=.*/, '')}`) };
}

function lastLine(text) {
  const lines = text.split('\n').filter((line) => /fatal|error|fail|abort|memory/i.test(line));
  return (lines[0] ?? text.trim().split('\n').at(-1) ?? '').trim().slice(0, 120);
}

function summary(runs) {
  const failure = runs.find(failed)?.failure;
  if (failure !== undefined) return { failure };
  return { userSeconds: median(runs.map(({ seconds }) => seconds)), runs: runs.length };
}

/** What phases.mjs measures, in a process of its own. */
function phasesOf(deck, limit) {
  const { status, stdout } = spawnSync(process.execPath, [phases, deck], {
    encoding: 'utf8',
    timeout: 4000 * limit,
  });
  return status === 0 ? JSON.parse(stdout) : {};
}

/** What ngspice's `.options acct` prints. */
function accounted(runs) {
  const listing = runs.at(-1)?.output;
  if (!listing) return {};
  const figure = (label) => {
    const found = new RegExp(`^${label}\\s*=\\s*([\\d.e+-]+)`, 'im').exec(listing);
    return found ? Number(found[1]) : undefined;
  };
  return {
    points: figure('Accepted timepoints'),
    rejected: figure('Rejected timepoints'),
    iterations: figure('Total iterations'),
    seconds: {
      transient: figure('Transient analysis time'),
      total: figure('Total analysis time \\(seconds\\)'),
      elapsed: figure('Total elapsed time \\(seconds\\)'),
    },
    parts: {
      evaluate: figure('Transient load time'),
      factor: figure('Transient factor time'),
      solve: figure('Transient solve time'),
    },
    factorEntries: figure('Circuit total non-zeroes'),
    unknowns: figure('Circuit Equations'),
  };
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
