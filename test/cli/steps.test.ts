import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { pngOf } from '../../src/cli/results/png.js';
import { readRaw } from '../../src/waveform/index.js';
import { capture, type Captured, folderWith } from './captured-terminal.js';

const deck = `Stepped RC
.param r=1k
v1 in 0 pulse(0 1 1m 1n 1n 5m 12m)
r1 in out {r}
c1 out 0 1u
.step param r list 500 1k 2k
.tran 10u 12m
.print tran v(out)
.meas tran tau trig v(in) val=0.5 rise=1 targ v(out) val='1-exp(-1)' rise=1
.meas tran late when v(out)=0.99 rise=1
.end
`;

describe('oxspice run on a deck with steps and measures', () => {
  const folder = folderWith({ 'rc.cir': deck });
  const out = (name: string): string => join(folder, 'rc.out', name);
  let run: Captured;
  beforeAll(async () => {
    run = await capture(['run', join(folder, 'rc.cir'), '--plot', 'v(out)']);
  });

  test('a measure without a value is told, and does not fail the run', () => {
    expect(run.code).toBe(0);
    expect(run.err).toContain('v(out) never rises through 990.0 mV');
    expect(run.err).toContain("measure 'late' in the step r=2000");
  });

  test('the raw file has all steps, the scale starting again at the same value', () => {
    const bytes = readFileSync(out('rc.tran.raw'));
    expect(bytes.subarray(0, 200).toString('latin1')).toContain('Flags: real stepped\n');
    const { datasets, diagnostics } = readRaw(bytes);
    expect(diagnostics).toEqual([]);
    const [{ scale, length, stepped }] = datasets;
    expect(stepped).toBe(true);
    // spicelib counts how often the scale has its first value.
    const starts = [...scale.real.keys()].filter((i) => scale.real[i] === scale.real[0]);
    expect(starts).toHaveLength(3);
    // Exponential with r = 2k at the end of the third step's pulse, 5 ms behind its begin.
    const last = datasets[0].get('v(out)')!.real.subarray(starts[2], length);
    expect(Math.max(...last)).toBeCloseTo(1 - Math.exp(-2.5), 4);
  });

  test('what was stepped stands in a log, as readers of raw files look for it', () => {
    const log = readFileSync(out('rc.tran.log'), 'utf8');
    expect(log).toBe('Circuit: Stepped RC\n\n.step r=500\n.step r=1000\n.step r=2000\n');
  });

  test('the table has the parameters as leading columns', () => {
    const lines = readFileSync(out('rc.tran.csv'), 'utf8').trimEnd().split('\n');
    expect(lines[0]).toBe('r,time,v(out)');
    expect(new Set(lines.slice(1).map((line) => line.split(',')[0]))).toEqual(
      new Set(['500', '1000', '2000']),
    );
  });

  test('the results of measures are in a file and on the terminal', () => {
    const { measures } = JSON.parse(readFileSync(out('rc.meas.json'), 'utf8')) as {
      measures: { name: string; step: { r: number }; value: number | null; failure?: string }[];
    };
    const taus = measures.filter(({ name }) => name === 'tau');
    expect(taus.map(({ step }) => step.r)).toEqual([500, 1000, 2000]);
    taus.forEach(({ step, value }) => {
      // The deck's reltol of 1e-3 bounds the error of the transient.
      expect(Math.abs(value! / (step.r * 1e-6) - 1)).toBeLessThan(1e-3);
    });
    const late = measures.find(({ name, step }) => name === 'late' && step.r === 2000)!;
    expect(late.value).toBeNull();
    expect(late.failure).toMatch(/never rises through/);
    expect(run.out).toMatch(/r +tau +late\n +500\.0 +500\.0 µs/);
  });

  test('the picture has a curve for each step', () => {
    const svg = readFileSync(out('rc.tran.svg'), 'utf8');
    const names = [...svg.matchAll(/<title>(r=\d+)<\/title>/g)].map((match) => match[1]);
    expect(names).toEqual(['r=500', 'r=1000', 'r=2000']);
  });

  test('all signals of all steps as CSV and JSON', async () => {
    for (const format of ['csv', 'json'])
      await capture(['run', join(folder, 'rc.cir'), '-q', '--format', format]);
    const [header] = readFileSync(out('rc.tran.all.csv'), 'utf8').split('\n');
    expect(header).toMatch(/^r,time,/);
    const json = JSON.parse(readFileSync(out('rc.tran.json'), 'utf8')) as { points: number };
    expect(json.points).toBeGreaterThan(3000);
  });
});

describe('--plot', () => {
  const folder = folderWith({ 'rc.cir': deck.replace(/^\.step.*\n/m, '.ac dec 10 1 1meg\n') });

  test('without an expression before the deck', async () => {
    expect((await capture(['run', '--plot', join(folder, 'rc.cir')])).code).toBe(0);
    expect(existsSync(join(folder, 'rc.out', 'rc.tran.svg'))).toBe(true);
  });

  test('an expression that cannot be read is refused', async () => {
    const { code, err } = await capture(['run', join(folder, 'rc.cir'), '--plot', 'v(out']);
    expect(code).toBe(2);
    expect(err).toContain('error[C008]');
  });

  test('as PNG, with its text', async () => {
    const args = ['run', join(folder, 'rc.cir'), '--plot-format', 'png'];
    expect((await capture(args)).code).toBe(0);
    const png = readFileSync(join(folder, 'rc.out', 'rc.tran.png'));
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    const svg = await pngOf('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"/>');
    const text = await pngOf(
      '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><text y="20">text</text></svg>',
    );
    // Were the font missing, both would be empty pictures of the same bytes.
    expect(text.length).toBeGreaterThan(svg.length + 100);
  });

  test('a signal that is not there is told, and the others are drawn', async () => {
    const args = ['run', join(folder, 'rc.cir'), '--plot', 'v(nowhere)', '--plot', 'deriv(v(out))'];
    const { code, err } = await capture(args);
    expect(code).toBe(0);
    expect(err).toContain("there is no signal 'v(nowhere)'");
    const svg = readFileSync(join(folder, 'rc.out', 'rc.tran.svg'), 'utf8');
    expect(svg).toContain('<title>deriv(v(out))</title>');
  });
});

test('tables of .print have the parameters of their step, and what is derived from them', async () => {
  const stepped = `Divider
.param r=1k
.param both={r+1k}
v1 in 0 4
r1 in out {r}
r2 out 0 1k
.step param r list 1k 3k
.op
.print op par('v(out)*both/r')
.end
`;
  const folder = folderWith({ 'divider.cir': stepped });
  const { code } = await capture(['run', join(folder, 'divider.cir')]);
  expect(code).toBe(0);
  const lines = readFileSync(join(folder, 'divider.out', 'divider.op.csv'), 'utf8').split('\n');
  // v(out) = 4 V*1k/(r + 1k): what is printed is 4 V*1k/r.
  expect(lines.slice(1, 3)).toEqual(['1000,4', expect.stringMatching(/^3000,1\.3333/)]);
});

test('expressions of results have the value of a parameter that .dc sweeps, at each point', async () => {
  // A divider of r and 1k: r/(1 + r/1k) rises to 750 at 3k; both = 2r + 1. What forty doublings
  // of another parameter are made of is not looked at more than once each.
  const doublings = Array.from({ length: 40 }, (_, k) => `.param p${k + 1}={p${k}+p${k}}`);
  const swept = `Swept divider
.param r=1k both={twice(1)} p0=1
.func twice(x) {2*r+x}
${doublings.join('\n')}
v1 in 0 1
r1 in out {r}
r2 out 0 1k
.dc r 1k 3k 1k
.print dc par('v(out)*both')
.meas dc most max par('v(out)*r')
.meas dc least min par('both')
.meas dc other max par('p40')
.tran 1n 10n
.meas tran own find par('v(out)*r') at={r*1p}
.end
`;
  const folder = folderWith({ 'swept.cir': swept });
  const { code, out } = await capture(['run', join(folder, 'swept.cir')]);
  expect(code).toBe(0);
  const rows = readFileSync(join(folder, 'swept.out', 'swept.dc.csv'), 'utf8')
    .trim()
    .split('\n');
  const values = rows.slice(1).map((row) => Number(row.split(',')[1]));
  [0.5 * 2001, 4001 / 3, 0.25 * 6001].forEach((value, k) => {
    expect(values[k]).toBeCloseTo(value, 6);
  });
  expect(out).toMatch(/most +750\.0/);
  expect(out).toMatch(/least +2\.001 k/);
  expect(out).toMatch(/other +1\.100 T/);
  expect(out).toMatch(/own +500\.0/);
});
