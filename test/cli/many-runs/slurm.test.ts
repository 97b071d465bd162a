import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { capture, folderWith } from '../captured-terminal.js';
import { drawnDeck, slowDeck } from './decks.js';

/**
 * A real Slurm of one node, started on loopback. Where Slurm or the right to start it is missing the
 * tests are skipped and say so.
 */
const script = join(import.meta.dirname, 'start-slurm.sh');
const main = resolve(import.meta.dirname, '../../../src/cli/main.ts');

function missing(): string | undefined {
  for (const command of ['sbatch', 'slurmctld', 'slurmd', 'munged'])
    if (spawnSync('sh', ['-c', `command -v ${command}`]).status !== 0)
      return `${command} is not installed (Debian: slurm-wlm, munge)`;
  return process.getuid?.() === 0 ? undefined : 'only root can start it';
}

const reason = missing();
if (reason) process.stderr.write(`tests with Slurm are skipped: ${reason}\n`);

let place = '';
const configuration = process.env.SLURM_CONF;

beforeAll(() => {
  if (reason) return;
  place = folderWith({});
  execFileSync(script, [place], { stdio: ['ignore', 'ignore', 'inherit'] });
  process.env.SLURM_CONF = join(place, 'slurm.conf');
}, 120_000);

afterAll(() => {
  if (reason) return;
  spawnSync('scancel', ['--name=oxspice']);
  execFileSync(script, [place, 'stop']);
  if (configuration === undefined) delete process.env.SLURM_CONF;
  else process.env.SLURM_CONF = configuration;
});

function csvOf(folder: string): string {
  return readFileSync(join(folder, 'deck.out', 'deck.runs.csv'), 'utf8');
}

async function expected(text: string, runs: string): Promise<string> {
  const folder = folderWith({ 'deck.cir': text });
  await capture(['run', join(folder, 'deck.cir'), '--mc', runs, '--executor', 'in-process']);
  return csvOf(folder);
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((done) => setTimeout(done, 50));
}

/** Lines of records that tasks have written. */
function recordCount(folder: string): number {
  const parts = join(folder, 'deck.out', 'slurm');
  if (!existsSync(parts)) return 0;
  return readdirSync(parts)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(parts, name), 'utf8').match(/"status"/g) ?? []).length;
}

describe.skipIf(reason !== undefined)('Slurm', () => {
  test('gives the table that this thread gives', { timeout: 120_000 }, async () => {
    const folder = folderWith({ 'deck.cir': drawnDeck });
    const args = [
      'run',
      join(folder, 'deck.cir'),
      '--mc',
      '7',
      '--executor',
      'slurm',
      '--tasks',
      '2',
    ];
    const { code, err } = await capture(args);
    expect([code, err]).toEqual([0, '']);
    expect(csvOf(folder)).toBe(await expected(drawnDeck, '7'));
    expect(readdirSync(join(folder, 'deck.out', 'slurm')).sort()).toEqual([
      'round1.0.jsonl',
      'round1.0.log',
      'round1.1.jsonl',
      'round1.1.log',
      'round1.json',
      'submission.json',
    ]);
  });

  test('a task that is killed is submitted again', { timeout: 180_000 }, async () => {
    // Enough runs that some are left when the kill arrives.
    const folder = folderWith({ 'deck.cir': slowDeck });
    const args = [
      'run',
      join(folder, 'deck.cir'),
      '--mc',
      '12',
      '--executor',
      'slurm',
      '--tasks',
      '2',
    ];
    const running = capture(args);
    await until(() => recordCount(folder) > 0);
    spawnSync('scancel', ['--signal=KILL', '--name=oxspice']);
    const { code } = await running;
    expect(code).toBe(0);
    expect(csvOf(folder)).toBe(await expected(slowDeck, '12'));
    expect(existsSync(join(folder, 'deck.out', 'slurm', 'round2.json'))).toBe(true);
  });

  test(
    'a main process that is killed loses nothing: the array is found again',
    { timeout: 180_000 },
    async () => {
      const folder = folderWith({ 'deck.cir': slowDeck });
      const args = [
        'run',
        join(folder, 'deck.cir'),
        '--mc',
        '6',
        '--executor',
        'slurm',
        '--tasks',
        '2',
      ];
      const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
        stdio: 'ignore',
      });
      const ended = new Promise((done) => child.on('close', done));
      await until(() => recordCount(folder) > 0);
      child.kill('SIGKILL');
      await ended;
      const { code } = await capture(args);
      expect(code).toBe(0);
      expect(csvOf(folder)).toBe(await expected(slowDeck, '6'));
      // Collected from the array that was running, not submitted once more.
      expect(existsSync(join(folder, 'deck.out', 'slurm', 'round2.json'))).toBe(false);
    },
  );

  test('what sbatch refuses is told', async () => {
    const folder = folderWith({ 'deck.cir': drawnDeck });
    const options = ['--executor', 'slurm', '--slurm-options=--partition=nowhere'];
    const { code, err } = await capture(['run', join(folder, 'deck.cir'), '--mc', '2', ...options]);
    expect(code).toBe(1);
    expect(err).toContain('C305');
    expect(err).toContain('invalid partition');
  });
});
