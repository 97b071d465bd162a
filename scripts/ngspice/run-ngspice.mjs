// Runs ngspice in batch mode on the text of a deck.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRaw } from '../../dist/waveform/index.js';
import { operatingPoints, otherAnalyses, parameterSweep, tableOf } from './parameter-sweep.mjs';

/** The version, such as `39`; undefined where ngspice is not installed. */
export function ngspiceVersion() {
  const { error, stdout } = spawnSync('ngspice', ['--version'], { encoding: 'utf8' });
  return error ? undefined : (/ngspice-(\S+)/.exec(stdout)?.[1] ?? 'of unknown version');
}

/** Its datasets; includes are found in `folder`. Throws with what ngspice said if it fails. */
export function runNgspice(text, folder) {
  const sweep = parameterSweep(text);
  if (!sweep) return runDeck(folder, () => text);
  const others = otherAnalyses(text);
  const points = runDeck(folder, (raw) => operatingPoints(text, sweep, raw));
  return [...(others ? runDeck(folder, () => others) : []), tableOf(points, sweep)];
}

/** Runs what `write` makes of the name of the file of results. */
function runDeck(folder, write) {
  const scratch = mkdtempSync(join(tmpdir(), 'oxspice-'));
  const deck = join(scratch, 'deck.cir');
  const raw = join(scratch, 'out.raw');
  try {
    const text = write(raw).replace(/^(\.(?:inc\w*|lib)\s+)(\S+)/gim, `$1${folder}/$2`);
    writeFileSync(deck, text);
    // Threads of its loads of BSIM models wait for each other: one is faster on a busy machine.
    const { status, stdout, stderr } = spawnSync('ngspice', ['-b', '-r', raw, deck], {
      encoding: 'utf8',
      // BSIM models leave a log of what they checked where ngspice runs.
      cwd: scratch,
      env: { ...process.env, OMP_THREAD_LIMIT: '1' },
      maxBuffer: 1 << 28,
    });
    if (status !== 0 || !existsSync(raw)) {
      const said = `${stdout}${stderr}`.trim().split('\n').slice(-8).join('\n');
      throw new Error(`ngspice failed:\n${said}`);
    }
    return readRaw(readFileSync(raw)).datasets;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
