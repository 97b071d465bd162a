/**
 * The fixtures were written by ngspice 39 with `ngspice -b -r x.raw x.cir`, from these decks:
 *
 *     rc-low-pass.tran: v1 in 0 dc 0 ac 1 pulse(0 1 1u 1n 1n 5u 10u)
 *                       r1 in out 1k, c1 out 0 1n;       .tran 1u 10u
 *     rc-low-pass.ac:   the same circuit;                .ac dec 2 1k 100k
 *     diode.op:         v1 in 0 1, r1 in out 1k, d1 out 0 dm, .model dm d
 *                       .save all @d1[id] @d1[gd];       .op
 *     diode.dc:         the same with i1 0 in 1m, .save all @d1[id]
 *                       .dc temp 0 100 50 i1 0 1m 1m
 *     three-plots:      rc-low-pass with .tran 1u 2u, .ac dec 1 1k 10k and .op,
 *                       with SPICE_ASCIIRAWFILE=1
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRaw, writeRaw } from '../../../src/waveform/index.js';

function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`fixtures/${name}.raw`, import.meta.url)));
}

const only = (name: string) => readRaw(fixture(name)).datasets[0];
const bytes = (text: string) => new TextEncoder().encode(text);

describe("reading ngspice's raw files", () => {
  it('reads a transient', () => {
    const dataset = only('rc-low-pass.tran');
    expect(dataset).toMatchObject({ title: 'rc low-pass', analysis: 'tran', length: 89 });
    expect(dataset.columns.map(({ name, quantity }) => [name, quantity.kind])).toEqual([
      ['time', 'time'],
      ['v(in)', 'voltage'],
      ['v(out)', 'voltage'],
      ['i(v1)', 'current'],
    ]);
    // What ngspice prints of the same file after `load` with numdgt=10.
    expect(dataset.scale.real[88].toExponential(10)).toBe('1.0000000000e-5');
    expect(dataset.get('v1#branch')!.real[88].toExponential(10)).toBe('1.7994803092e-5');
  });

  it('reads complex values', () => {
    const dataset = only('rc-low-pass.ac');
    expect(dataset).toMatchObject({ analysis: 'ac', complex: true, length: 5 });
    expect(dataset.scale.imaginary).toBeUndefined();
    const { real, imaginary } = dataset.get('out')!;
    dataset.scale.real.forEach((frequency, i) => {
      // 1/(1 + jωRC) with RC = 1 µs.
      const w = 2 * Math.PI * frequency * 1e-6;
      expect(real[i]).toBeCloseTo(1 / (1 + w * w), 12);
      expect(imaginary![i]).toBeCloseTo(-w / (1 + w * w), 12);
    });
  });

  it('reads an operating point with device quantities', () => {
    const dataset = only('diode.op');
    expect(dataset).toMatchObject({ analysis: 'op', length: 1 });
    expect(dataset.get('@d1[gd]')!.quantity).toEqual({ kind: 'other', unit: 'S' });
    // What ngspice prints of the same file after `load` with numdgt=10.
    const printed = ['@d1[gd]', '@d1[id]', 'v(out)'].map((name) =>
      dataset.get(name)!.real[0].toExponential(10),
    );
    expect(printed).toEqual(['1.4326754458e-2', '3.7056031563e-4', '6.2944078241e-1']);
  });

  it('reads a sweep of the temperature', () => {
    const { scale, analysis } = only('diode.dc');
    expect(analysis).toBe('dc');
    expect(scale.quantity).toEqual({ kind: 'temperature', unit: '°C' });
    expect([...scale.real]).toEqual([0, 50, 100, 0, 50, 100]);
  });

  it('reads several plots as text', () => {
    const { datasets, diagnostics } = readRaw(fixture('three-plots.ascii'));
    expect(diagnostics).toEqual([]);
    expect(datasets.map(({ analysis, length }) => [analysis, length])).toEqual([
      ['ac', 2],
      ['op', 1],
      ['tran', 72],
    ]);
    // 1/(1 + jωRC) at 10 kHz.
    expect(datasets[0].get('out')!.real[1]).toBeCloseTo(1 / (1 + (0.02 * Math.PI) ** 2), 12);
  });

  it('writes them again byte by byte', () => {
    for (const name of ['rc-low-pass.tran', 'diode.op', 'diode.dc'])
      expect(Buffer.compare(writeRaw(only(name)), fixture(name)), name).toBe(0);
  });

  it('writes complex ones again but for the rubbish in the frequency', () => {
    const again = writeRaw(only('rc-low-pass.ac'));
    const original = fixture('rc-low-pass.ac');
    expect(again.length).toBe(original.length);
    const body = original.length - 5 * 4 * 2 * 8;
    expect(Buffer.compare(again.subarray(0, body + 8), original.subarray(0, body + 8))).toBe(0);
    // Frequency's imaginary part, 8 to 16, is skipped in the first row.
    expect(
      Buffer.compare(again.subarray(body + 16, body + 64), original.subarray(body + 16, body + 64)),
    ).toBe(0);
  });
});

describe('reading what is broken', () => {
  const whole = fixture('rc-low-pass.tran');

  it('reads the rows that a cut file still has', () => {
    const { datasets, diagnostics } = readRaw(whole.subarray(0, whole.length - 40));
    expect(datasets[0].length).toBe(87);
    expect(diagnostics[0]).toMatchObject({ severity: 'warning', code: 'W102' });
  });

  it('reads a file whose number of points was never filled in', () => {
    const text = Buffer.from(whole).toString('latin1').replace('89      ', '0       ');
    const { datasets, diagnostics } = readRaw(Uint8Array.from(Buffer.from(text, 'latin1')));
    expect(datasets[0].length).toBe(89);
    expect(diagnostics).toEqual([]);
  });

  it('reads whole rows of text only', () => {
    const text = Buffer.from(fixture('three-plots.ascii')).toString();
    const cut = text.slice(0, text.lastIndexOf('\t'));
    const { datasets, diagnostics } = readRaw(bytes(cut));
    expect(datasets[2].length).toBe(71);
    expect(diagnostics[0].code).toBe('W102');
  });

  const variables = 'Variables:\n\t0\ttime\ttime\nBinary:\n';
  it.each([
    ['nothing', '', 'W101'],
    ['another text', 'hello\n', 'W103'],
    ['a header without a body', 'Title: x\nNo. Variables: 1\n', 'W103'],
    ['a wrong number of variables', `Title: x\nNo. Variables: 2\n${variables}`, 'W103'],
    ['a number of points that is none', `No. Variables: 1\nNo. Points: x\n${variables}`, 'W103'],
    ['LTspice', `Title: x\nFlags: real forward\nNo. Variables: 1\n${variables}`, 'W104'],
  ])('refuses %s', (_, text, code) => {
    const { datasets, diagnostics } = readRaw(bytes(text));
    expect(datasets).toEqual([]);
    expect(diagnostics).toMatchObject([{ severity: 'error', code }]);
  });

  it("refuses LTspice's UTF-16", () => {
    const utf16 = Uint8Array.from(Buffer.from('Title: * x.asc\n', 'utf16le'));
    expect(readRaw(utf16).diagnostics[0].code).toBe('W104');
  });
});
