import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseQuantity } from '../../src/base/index.js';
import { readJson } from '../../src/waveform/index.js';
import { capture, csvFile, folderWith, rawFile } from './captured-terminal.js';

const divider = `voltage divider
.param lower=1k
V1 in 0 2
R1 in out 1k
R2 out 0 {lower}
.op
.end
`;

/** τ = RC = 1 ms; the step is at 1 ms and takes 1 µs. */
const lowPass = `RC low-pass
V1 in 0 dc 0 ac 1 pulse(0 1 1m 1u 1u 20m 40m)
R1 in out 1k
C1 out 0 1u
`;

async function runIn(files: Readonly<Record<string, string>>, ...args: string[]) {
  const folder = folderWith(files);
  const result = await capture(['run', join(folder, 'deck.cir'), ...args]);
  return { ...result, folder, path: (name: string) => join(folder, 'deck.out', name) };
}

describe('oxspice run', () => {
  test('an operating point is printed and written', async () => {
    const { code, out, err, path } = await runIn({ 'deck.cir': divider });
    expect(err).toBe('');
    expect(code).toBe(0);
    // 2 V over two equal resistors.
    expect(out).toMatch(/v\(out\)\s+1\.000 V/);
    expect(out).toMatch(/i\(v1\)\s+-1\.000 mA/);
    expect(out).toContain('deck.op.raw');
    expect(rawFile(path('deck.op.raw')).get('v(out)')!.real[0]).toBeCloseTo(1, 9);
  });

  test('--param replaces a parameter, more than one way', async () => {
    // 2 V · 3/(1 + 3) = 1.5 V.
    for (const setting of [
      ['--param', 'lower=3k'],
      ['--param=LOWER=3*1k'],
      ['--param', 'lower=1', 'lower=3k'],
    ]) {
      const { out } = await runIn({ 'deck.cir': divider }, ...setting);
      expect(out).toMatch(/v\(out\)\s+1\.500 V/);
    }
  });

  test('a parameter that the deck does not have is refused', async () => {
    const { code, err } = await runIn({ 'deck.cir': divider }, '--param', 'lowr=3k');
    expect(code).toBe(1);
    expect(err).toContain("the deck has no parameter 'lowr'");
    expect(err).toContain("did you mean 'lower'?");
  });

  test('one raw file for each analysis, one table for each .print', async () => {
    const deck = `${lowPass}.tran 10u 5m
.ac dec 5 10 10k
.tran 10u 2m
.dc V1 0 1 0.5
.print tran v(out) v(in)-v(out)
.print tran i(v1)
.print ac vdb(out) v(out)
.end
`;
    const { code, err, path } = await runIn({ 'deck.cir': deck });
    expect(err).toBe('');
    expect(code).toBe(0);
    const raw = ['tran', 'tran2', 'ac', 'dc'].map((name) => path(`deck.${name}.raw`));
    expect(raw.map((name) => rawFile(name).analysis)).toEqual(['tran', 'tran', 'ac', 'dc']);
    const header = (name: string): string =>
      readFileSync(path(`deck.${name}.csv`), 'utf8').split('\n', 1)[0];
    expect(header('tran')).toBe('time,v(out),v(in)-v(out)');
    expect(header('tran2')).toBe('time,i(v1)');
    expect(header('tran3')).toBe('time,v(out),v(in)-v(out)');
    expect(header('tran4')).toBe('time,i(v1)');
    expect(header('ac')).toBe('frequency,vdb(out),re(v(out)),im(v(out))');
    expect(existsSync(path('deck.dc.csv'))).toBe(false);
    // The last frequency is 10 kHz: |H| = 1/sqrt(1 + (2π·10)²), −35.97 dB.
    const level = csvFile(path('deck.ac.csv')).get('vdb(out)')!.real.at(-1)!;
    expect(level).toBeCloseTo(-10 * Math.log10(1 + (20 * Math.PI) ** 2), 6);
  });

  test('a table has the computed points, or one every tstep from tstart', async () => {
    const deck = `${lowPass}.tran 0.1m 4m 2m\n.print tran v(out)\n.end\n`;
    const computed = await runIn({ 'deck.cir': deck });
    const uneven = csvFile(computed.path('deck.tran.csv')).scale.real;
    expect([...uneven]).toEqual([...rawFile(computed.path('deck.tran.raw')).scale.real]);
    const { path } = await runIn({ 'deck.cir': deck }, '--interpolate');
    const table = csvFile(path('deck.tran.csv'));
    expect(table.length).toBe(21);
    table.scale.real.forEach((time, i) => {
      expect(time).toBeCloseTo(2e-3 + i * 1e-4, 12);
      // The response to a ramp of 1 µs from 1 ms on, as a step in its middle.
      const expected = 1 - Math.exp(-(time - 1.0005e-3) / 1e-3);
      expect(Math.abs(table.get('v(out)')!.real[i] - expected)).toBeLessThan(1e-3);
    });
  });

  test('--format csv and json; all signals do not take the place of a table', async () => {
    const plain = `${lowPass}.tran 10u 2m\n.end\n`;
    const printed = `${lowPass}.tran 10u 2m\n.print tran v(out)\n.end\n`;
    const all = await runIn({ 'deck.cir': plain }, '--format', 'csv');
    expect(csvFile(all.path('deck.tran.csv')).columns.map(({ name }) => name)).toEqual([
      'time',
      'v(in)',
      'v(out)',
      'i(v1)',
    ]);
    const both = await runIn({ 'deck.cir': printed }, '--format=csv');
    expect(csvFile(both.path('deck.tran.csv')).columns).toHaveLength(2);
    expect(csvFile(both.path('deck.tran.all.csv')).columns).toHaveLength(4);
    const json = await runIn({ 'deck.cir': plain }, '--format', 'json');
    const { dataset } = readJson(readFileSync(json.path('deck.tran.json'), 'utf8'));
    expect(dataset?.columns).toHaveLength(4);
    expect(existsSync(json.path('deck.tran.raw'))).toBe(false);
  });

  test('--plot draws what is printed, or all; an operating point has no plot', async () => {
    const deck = `${lowPass}.op\n.tran 10u 2m\n.ac dec 5 1 1k\n.print tran v(out)\n.end\n`;
    const { out, path } = await runIn({ 'deck.cir': deck }, '--plot');
    expect(out).toContain('deck.tran.svg');
    const drawn = readFileSync(path('deck.tran.svg'), 'utf8');
    expect(drawn).toContain('v(out)');
    expect(drawn).not.toContain('v(in)');
    expect(readFileSync(path('deck.ac.svg'), 'utf8')).toContain('i(v1)');
    expect(existsSync(path('deck.op.svg'))).toBe(false);
  });

  test('-o chooses the folder and makes it', async () => {
    const folder = folderWith({ 'deck.cir': divider });
    const target = join(folder, 'a', 'b');
    const { code } = await capture(['run', join(folder, 'deck.cir'), '-o', target, '-q']);
    expect(code).toBe(0);
    expect(existsSync(join(target, 'deck.op.raw'))).toBe(true);
  });

  test('several temperatures are several runs, each with its files', async () => {
    const deck = divider.replace('.op', '.temp 27 127\n.op').replace('1k\nR2', '1k tc1=1m\nR2');
    const { out, path } = await runIn({ 'deck.cir': deck });
    expect(out).toContain('.op at 27 °C');
    expect(out).toContain('.op at 127 °C');
    // 100 K above tnom R1 is 1.1 kΩ: 2 V/2.1 = 0.952381 V.
    expect(rawFile(path('deck.op2.raw')).get('v(out)')!.real[0]).toBeCloseTo(2 / 2.1, 9);
  });

  test('a long table is whole', async () => {
    const deck = `${lowPass}.tran 1u 25m\n.print tran v(out)\n.end\n`;
    const { path } = await runIn({ 'deck.cir': deck });
    const table = csvFile(path('deck.tran.csv'));
    expect(table.length).toBeGreaterThan(20_000);
    expect([...table.scale.real]).toEqual([...rawFile(path('deck.tran.raw')).scale.real]);
  });

  test('--quiet says nothing, --verbose gives options and statistics', async () => {
    const quiet = await runIn({ 'deck.cir': divider }, '--quiet');
    expect([quiet.code, quiet.out, quiet.err]).toEqual([0, '', '']);
    const { out } = await runIn({ 'deck.cir': divider }, '--verbose');
    expect(out).toMatch(/reltol\s+0\.001/);
    expect(out).toMatch(/Newton iterations\s+[1-9]/);
    expect(out).toMatch(/accepted points\s+1\n/);
  });

  test('includes are relative to the file that includes', async () => {
    const folder = folderWith({ 'deck.cir': 'includes\n.include sub/a.cir\n.op\n.end\n' });
    const sub = join(folder, 'sub');
    mkdirSync(sub);
    // b.cir lies beside a.cir, not beside the deck.
    for (const [name, text] of [
      ['a.cir', 'V1 in 0 3\n.include "b.cir"\n'],
      ['b.cir', 'R1 in 0 1k\n'],
    ])
      writeFileSync(join(sub, name), text);
    const { code, out, err } = await capture(['run', join(folder, 'deck.cir')]);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toMatch(/i\(v1\)\s+-3\.000 mA/);
  });

  test.each(['ast', 'circuit', 'equations', 'code', 'pattern'])(
    '--emit %s prints and does not simulate',
    async (form) => {
      const { code, out, path } = await runIn({ 'deck.cir': divider }, '--emit', form);
      expect(code).toBe(0);
      expect(out.length).toBeGreaterThan(30);
      expect(existsSync(path(''))).toBe(false);
    },
  );
});

describe('what goes wrong in a run', () => {
  test('errors of the deck, with code frames', async () => {
    const { code, out, err } = await runIn({
      'deck.cir': 'errors\nV1 in 0 1\nD1 in 0 nomodel\n.op\n.end\n',
    });
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/error\[N\d+\]: .*nomodel/);
    expect(err).toContain('deck.cir:3:9');
    expect(err).toContain('^^^^^^^');
  });

  test('--quiet leaves out warnings, not errors', async () => {
    const deck = divider.replace('.end', '.options nosuchoption=1\n.end');
    const loud = await runIn({ 'deck.cir': deck });
    expect(loud.err).toContain('warning[S103]');
    const quiet = await runIn({ 'deck.cir': deck }, '-q');
    expect([quiet.code, quiet.err]).toEqual([0, '']);
  });

  test('a deck without analyses', async () => {
    const { code, err } = await runIn({ 'deck.cir': divider.replace('.op\n', '') });
    expect(code).toBe(1);
    expect(err).toContain('asks for no analysis');
  });

  test('a deck that is not there, with the name that was meant', async () => {
    const folder = folderWith({ 'deck.cir': divider });
    const { code, err } = await capture(['run', join(folder, 'dekc.cir')]);
    expect(code).toBe(1);
    expect(err).toContain('error[C101]: cannot read the deck');
    expect(err).toContain('there is no such file or folder');
    expect(err).toContain(`did you mean '${join(folder, 'deck.cir')}'?`);
    expect(err).not.toContain('    at ');
  });

  test('a folder for a deck, a file for a folder', async () => {
    const folder = folderWith({ 'deck.cir': divider, 'deck.out': 'in the way' });
    const read = await capture(['run', folder]);
    expect([read.code, read.err]).toEqual([1, expect.stringContaining('it is a folder')]);
    const written = await capture(['run', join(folder, 'deck.cir')]);
    expect(written.code).toBe(1);
    expect(written.err).toContain('error[C201]: cannot make the folder');
    expect(written.err).toContain('-o DIR');
  });

  test.runIf(existsSync('/proc'))('a file system that takes no folders', async () => {
    const folder = folderWith({ 'deck.cir': divider });
    const { code, err } = await capture(['run', join(folder, 'deck.cir'), '-o', '/proc/oxspice']);
    expect(code).toBe(1);
    expect(err).toContain("error[C201]: cannot make the folder '/proc/oxspice'");
  });

  test.runIf(existsSync('/dev/full'))('a full disk', async () => {
    const folder = folderWith({ 'deck.cir': divider });
    symlinkSync('/dev/full', join(folder, 'deck.op.raw'));
    const { code, err } = await capture(['run', join(folder, 'deck.cir'), '-o', folder]);
    expect(code).toBe(1);
    expect(err).toContain('error[C202]');
    expect(err).toContain('the disk is full');
  });

  test('a missing include is named with its place', async () => {
    const { code, err } = await runIn({ 'deck.cir': 'x\n.include nosuch.lib\n.op\n.end\n' });
    expect(code).toBe(1);
    expect(err).toContain("cannot read the file 'nosuch.lib'");
    expect(err).toContain('deck.cir:2:1');
  });

  test('an analysis without a point leaves no file', async () => {
    const deck = 'two sources in parallel\nV1 a 0 1\nV2 a 0 2\n.op\n.print op v(a)\n.end\n';
    const { code, out, path } = await runIn({ 'deck.cir': deck });
    expect(code).toBe(1);
    expect(out).toContain('nothing computed');
    expect(existsSync(path('deck.op.raw'))).toBe(false);
    expect(existsSync(path('deck.op.csv'))).toBe(false);
  });

  test('a transient that fails leaves what it computed', async () => {
    // The logarithm has no value from 4 ms on: nothing can be computed beyond.
    const deck = 'fails at 4 ms\nB1 a 0 v=ln(4m-time)\nR1 a 0 1k\n.tran 10u 5m\n.end\n';
    const { code, out, err, path } = await runIn({ 'deck.cir': deck });
    expect(code).toBe(1);
    expect(err).toContain('error[S');
    expect(out).toContain('what was computed is kept');
    const { scale } = rawFile(path('deck.tran.raw'));
    const end = scale.real.at(-1)!;
    expect(end).toBeGreaterThan(3.9e-3);
    expect(end).toBeLessThanOrEqual(4e-3);
  });

  test('an interrupted transient leaves what it computed', async () => {
    const controller = new AbortController();
    const folder = folderWith({ 'deck.cir': `${lowPass}.tran 1n 1\n.print tran v(out)\n.end\n` });
    const raw = join(folder, 'deck.out', 'deck.tran.raw');
    // As soon as there is something to be kept.
    const watch = setInterval(() => {
      if (existsSync(raw) && statSync(raw).size > 10_000) controller.abort();
    }, 20);
    const { code, out, err } = await capture(['run', join(folder, 'deck.cir')], controller.signal);
    clearInterval(watch);
    expect(code).toBe(130);
    expect(err).toContain('interrupted');
    const stopped = /stopped at (\S+) (\S*)s,/.exec(out)!;
    const dataset = rawFile(raw);
    expect(dataset.length).toBeGreaterThan(10);
    expect(dataset.scale.real.at(-1)! / parseQuantity(stopped[1] + stopped[2])!).toBeCloseTo(1, 2);
    expect(csvFile(join(folder, 'deck.out', 'deck.tran.csv')).length).toBe(dataset.length);
  });
});
