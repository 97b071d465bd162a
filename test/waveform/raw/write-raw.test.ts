import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Dataset,
  quantityOf,
  rawDate,
  rawHeader,
  rawPointsField,
  rawRows,
  readRaw,
  writeRaw,
  type Quantity,
} from '../../../src/waveform/index.js';
import { arbitraryDataset, essence } from '../arbitrary-dataset.js';

function dataset(names: readonly [string, Quantity][], length = 3): Dataset {
  const columns = names.map(([name, quantity], c) => ({
    name,
    quantity,
    real: Float64Array.from({ length }, (_, i) => i + c / 4),
  }));
  return new Dataset({ title: 'Ramp', analysis: 'tran' }, columns);
}

const ramp = dataset([
  ['time', quantityOf('time')],
  ['out', quantityOf('voltage')],
  ['v1#branch', quantityOf('current')],
  ['@m1[id]', quantityOf('current')],
  ['v(a) - v(b)', quantityOf('voltage')],
  ['n1.s', quantityOf('state')],
  ['@m1[gm]', quantityOf('other', 'S')],
]);

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('writeRaw', () => {
  it.each(['binary', 'ascii'] as const)('in %s brings back every number', (encoding) => {
    fc.assert(
      fc.property(arbitraryDataset, (original) => {
        const { datasets, diagnostics } = readRaw(writeRaw(original, encoding));
        expect(diagnostics).toEqual([]);
        expect(essence(datasets[0])).toEqual(essence(original));
        const { title, analysis, plotName } = original;
        expect(datasets[0]).toMatchObject({ title, analysis, plotName });
      }),
    );
  });

  it('names variables as ngspice does: voltages v(…), currents i(…), no blanks', () => {
    expect(text(rawHeader(ramp, 3).bytes)).toBe(
      [
        'Title: Ramp',
        'Date: ',
        'Plotname: Transient Analysis',
        'Flags: real',
        'No. Variables: 7',
        'No. Points: 3       ',
        'Variables:',
        '\t0\ttime\ttime',
        '\t1\tv(out)\tvoltage',
        '\t2\ti(v1)\tcurrent',
        '\t3\ti(@m1[id])\tcurrent',
        '\t4\tv(a)-v(b)\tvoltage',
        '\t5\tn1.s\tnotype',
        '\t6\t@m1[gm]\tadmittance',
        'Binary:',
        '',
      ].join('\n'),
    );
  });

  it('keeps a title on one line', () => {
    const odd = new Dataset({ title: 'two\nlines', analysis: 'op' }, ramp.columns);
    expect(text(writeRaw(odd)).startsWith('Title: two lines\nDate')).toBe(true);
  });

  it('writes dates as ngspice does', () => {
    // The header of a file that ngspice wrote at that moment.
    expect(rawDate(new Date(2026, 10, 22, 13, 58, 37))).toBe('Sun Nov 22 13:58:37  2026');
    expect(rawDate(new Date(2026, 0, 5, 1, 2, 3))).toBe('Mon Jan  5 01:02:03  2026');
  });
});

describe('writing in pieces', () => {
  it.each(['binary', 'ascii'] as const)('gives the same file in %s', (encoding) => {
    const header = rawHeader(ramp, 0, encoding);
    const pieces = [header.bytes, rawRows(ramp, 0, 2, encoding), rawRows(ramp, 2, 3, encoding)];
    const file = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
    file.set(rawPointsField(3), header.pointsOffset);
    expect(Buffer.compare(file, writeRaw(ramp, encoding))).toBe(0);
  });

  it('refuses more points than the field holds', () => {
    expect(text(rawPointsField(99_999_999))).toHaveLength(8);
    expect(() => rawPointsField(100_000_000)).toThrow(RangeError);
  });
});

const haveNgspice = spawnSync('ngspice', ['--version']).status === 0;

describe.skipIf(!haveNgspice)('ngspice', () => {
  function loaded(file: Uint8Array, ...commands: string[]): string {
    const folder = mkdtempSync(join(tmpdir(), 'oxspice-'));
    writeFileSync(join(folder, 'x.raw'), file);
    const lines = ['load', '.control', 'load x.raw', ...commands, '.endc', '.end', ''];
    writeFileSync(join(folder, 'load.cir'), lines.join('\n'));
    const { stdout } = spawnSync('ngspice', ['-b', 'load.cir'], { cwd: folder, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    return stdout;
  }

  it.each(['binary', 'ascii'] as const)('loads a real file in %s', (encoding) => {
    const output = loaded(
      writeRaw(ramp, encoding),
      'print length(v(out))',
      'print v(out)[2] i(v1)[1] @m1[gm][0]',
    );
    expect(output).toContain('length(v(out)) = 3.000000e+00');
    expect(output).toContain('v(out)[2] = 2.250000e+00');
    expect(output).toContain('i(v1)[1] = 1.500000e+00');
    expect(output).toMatch(/time +: time, real, 3 long \[default scale\]/);
    expect(output).toMatch(/@m1\[gm\] +: admittance, real, 3 long/);
  });

  it.each(['binary', 'ascii'] as const)('loads a complex file in %s', (encoding) => {
    const small = new Dataset({ title: 'RC', analysis: 'ac' }, [
      { name: 'frequency', quantity: quantityOf('frequency'), real: Float64Array.of(1e3, 1e4) },
      {
        name: 'out',
        quantity: quantityOf('voltage'),
        real: Float64Array.of(3, 0),
        imaginary: Float64Array.of(4, -1),
      },
    ]);
    const output = loaded(writeRaw(small, encoding), 'print vm(out)[0] vp(out)[1] frequency[1]');
    expect(output).toMatch(/frequency +: frequency, complex, 2 long, grid = xlog/);
    expect(output).toContain('vm(out)[0] = 5.000000e+00');
    // −90° in radians.
    expect(output).toContain('vp(out)[1] = -1.57080e+00');
  });
});
