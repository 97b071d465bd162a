import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { capture, folderWith } from '../captured-terminal.js';
import { drawnDeck, slowDeck } from './decks.js';

const main = resolve(import.meta.dirname, '../../../src/cli/main.ts');

/** Runs a deck; gives the texts of its two tables. */
async function many(text: string, ...args: string[]) {
  const folder = folderWith({ 'deck.cir': text });
  const done = await capture(['run', join(folder, 'deck.cir'), ...args]);
  return { ...done, folder, ...tables(folder) };
}

function tables(folder: string): { csv: string; json: string } {
  const read = (name: string): string => readFileSync(join(folder, 'deck.out', name), 'utf8');
  return { csv: read('deck.runs.csv'), json: read('deck.runs.json') };
}

function ledgerOf(folder: string): string {
  return join(folder, 'deck.out', 'deck.ledger.jsonl');
}

function linesOf(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
}

describe('many runs', () => {
  test('give the same tables in this thread, on one worker and on two', async () => {
    const args = ['--mc', '12', '--seed', '5', '--executor'];
    const [own, one, two] = [
      await many(drawnDeck, ...args, 'in-process'),
      await many(drawnDeck, ...args, 'threads', '--threads', '1'),
      await many(drawnDeck, ...args, 'threads', '--threads', '2'),
    ];
    expect([own.code, own.err]).toEqual([0, '']);
    expect(one.csv).toBe(own.csv);
    expect(two.csv).toBe(own.csv);
    expect(two.json).toBe(own.json);
    const lines = own.csv.trimEnd().split('\n');
    expect(lines[0]).toBe('run,status,r1v,@r2[r],vend,t50');
    expect(lines.length).toBe(13);
    // v(out) settles at r2/(r1 + r2) of what was drawn; 5 us are ten time constants.
    for (const line of lines.slice(1)) {
      const [, status, r1, r2, vend] = line.split(',');
      expect(status).toBe('done');
      expect(Number(vend)).toBeCloseTo(Number(r2) / (Number(r1) + Number(r2)), 3);
    }
    const { summary, seed, asked } = JSON.parse(own.json) as Record<string, unknown[]>;
    expect([seed, asked, summary.length]).toEqual([5, 12, 2]);
    expect(summary[1]).toMatchObject({ name: 't50', unit: 's', count: 12, yield: { of: 12 } });
    expect(own.out).toContain('yield of all limits');
  });

  test('that are done are not done again, and more of them keep those that are there', async () => {
    const { folder, csv } = await many(drawnDeck, '--mc', '3', '--executor', 'in-process');
    const deck = join(folder, 'deck.cir');
    // A value that no run would give shows where it came from.
    const ledger = ledgerOf(folder);
    writeFileSync(ledger, readFileSync(ledger, 'utf8').replace(/"vend":[^,]*/, '"vend":123'));
    // What a killed process leaves: half a line.
    appendFileSync(ledger, '{"step":0,"run":4,"sta');
    const { out, code } = await capture(['run', deck, '--mc', '5', '--executor', 'in-process']);
    expect(code).toBe(0);
    expect(out).toContain('3 of them are done already');
    const lines = tables(folder).csv.split('\n');
    expect(lines[1]).toContain(',123,');
    expect(lines.slice(2, 4)).toEqual(csv.split('\n').slice(2, 4));
    expect(lines.length).toBe(7);
    // Another seed is another campaign; --fresh begins again.
    const other = await capture([
      'run',
      deck,
      '--mc',
      '3',
      '--seed',
      '2',
      '--executor',
      'in-process',
    ]);
    expect(other.out).toContain('earlier runs were of another deck or other settings');
    await capture(['run', deck, '--mc', '3', '--executor', 'in-process', '--fresh']);
    expect(tables(folder).csv).toBe(csv);
  });

  test('a run that fails is told and stops no other', async () => {
    const text = drawnDeck.replace('rmod 1k', 'rmod 1k tc1={agauss(0,1,1)} l={agauss(1u,1u,1)}');
    const { code, err, csv } = await many(text, '--mc', '12', '--threads', '2');
    // P(l < 0) = 0.159 a run.
    expect(code).toBe(1);
    expect(err).toMatch(/run=\d+ failed:\nerror\[N304\]: 'l' must lie in/);
    expect(err).toMatch(/\d+ of 12 runs failed/);
    const states = csv
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[1]);
    expect(states.length).toBe(12);
    expect(new Set(states)).toEqual(new Set(['done', 'failed']));
  });

  test('pictures: a histogram for each measure, waveforms over each other', async () => {
    const { folder, out } = await many(
      drawnDeck,
      '--mc',
      '4',
      '--executor',
      'in-process',
      '--plot',
      'v(in)-v(out)',
    );
    const read = (name: string): string => readFileSync(join(folder, 'deck.out', name), 'utf8');
    expect(read('deck.vend.histogram.svg')).toContain('class="mean"');
    expect(read('deck.t50.histogram.svg')).toContain('class="limit"');
    const overlay = read('deck.tran.svg');
    expect(overlay).toContain('4 runs');
    expect(overlay).toContain('v(in)-v(out)');
    // One path for the one signal, with a piece for each run.
    const paths = /class="curves".*?<path d="([^"]*)"/.exec(overlay)![1];
    expect(paths.match(/M/g)!.length).toBe(4);
    expect(readdirSync(join(folder, 'deck.out', 'runs')).sort()).toEqual(
      [0, 1, 2, 3].map((k) => `00000${k}.1.raw`),
    );
    expect(out).toContain('deck.tran.svg');
  });

  test('waveforms of all runs on request, in the form that was asked for', async () => {
    const { folder } = await many(
      drawnDeck,
      '--mc',
      '2',
      '--waveforms',
      '--format',
      'csv',
      '--threads',
      '1',
    );
    const csv = readFileSync(join(folder, 'deck.out', 'runs', '000001.1.csv'), 'utf8');
    expect(csv.split('\n')[0]).toContain('v(out)');
  });

  test.each(['--threads', '--executor'])(
    'a single run keeps its waveforms with %s',
    async (name) => {
      const folder = folderWith({ 'deck.cir': drawnDeck });
      const value = name === '--threads' ? '1' : 'in-process';
      const { code } = await capture(['run', join(folder, 'deck.cir'), name, value]);
      expect(code).toBe(0);
      expect(existsSync(join(folder, 'deck.out', 'deck.runs.csv'))).toBe(false);
      expect(readdirSync(join(folder, 'deck.out')).some((each) => each.endsWith('.raw'))).toBe(
        true,
      );
    },
  );

  test('.mc on the deck is enough; what it cannot mean is refused', async () => {
    const { csv, out } = await many(
      drawnDeck.replace('.end\n', '.mc 2 seed=3\n.end\n'),
      '--threads',
      '1',
    );
    expect(csv.split('\n').length).toBe(4);
    expect(out).toContain('2 runs, seed 3');
    const folder = folderWith({ 'deck.cir': drawnDeck });
    const { code, err } = await capture(['run', join(folder, 'deck.cir'), '--mc', '1.5']);
    expect(code).toBe(2);
    expect(err).toContain('C009');
  });

  test('Ctrl-C keeps what is done', async () => {
    const folder = folderWith({ 'deck.cir': drawnDeck });
    const deck = join(folder, 'deck.cir');
    const controller = new AbortController();
    controller.abort();
    const { code, err } = await capture(
      ['run', deck, '--mc', '3', '--threads', '1'],
      controller.signal,
    );
    expect(code).toBe(130);
    expect(err).toContain('0 of 3 runs are on disk; the same command does the rest');
    expect(existsSync(ledgerOf(folder))).toBe(true);
  });
});

describe('a main process that is killed', () => {
  test('loses nothing: the same command ends with the table of an undisturbed run', async () => {
    const folder = folderWith({ 'deck.cir': slowDeck });
    const args = ['run', join(folder, 'deck.cir'), '--mc', '10', '--threads', '2'];
    const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], { stdio: 'ignore' });
    const ledger = ledgerOf(folder);
    await new Promise<void>((done) => {
      const watch = setInterval(() => {
        if (linesOf(ledger).length < 4) return;
        clearInterval(watch);
        child.kill('SIGKILL');
        child.on('close', () => {
          done();
        });
      }, 20);
    });
    const finished = linesOf(ledger);
    expect(finished.length).toBeGreaterThanOrEqual(4);
    expect(finished.length).toBeLessThan(11);
    const size = statSync(ledger).size;
    const { out, code } = await capture(args);
    expect(code).toBe(0);
    expect(out).toContain(`${finished.length - 1} of them are done already`);
    // Lines that were there still are: nothing was done twice.
    const after = readFileSync(ledger, 'utf8');
    expect(after.slice(0, size).startsWith(finished.join('\n'))).toBe(true);
    expect(new Set(linesOf(ledger)).size).toBe(11);
    const undisturbed = await many(slowDeck, '--mc', '10', '--executor', 'in-process');
    expect(tables(folder).csv).toBe(undisturbed.csv);
  });
});
