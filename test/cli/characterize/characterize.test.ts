import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCharacteristic, type TransferCharacteristic } from '../../../src/arch/index.js';
import { capture, type Captured, folderWith } from '../captured-terminal.js';

/** One pole at 1/(2πRC) = 159.155 Hz for 1 kΩ. */
const lowPass = `RC low-pass
.param r=1k
v1 in 0 dc 1 ac 1
r1 in out {r}
c1 out 0 1u
.op
.meas op vout param='v(out)'
`;

const gain = ['--frequency', '1:100k', '--output', 'vdb(out)', '--verify', '100'];

async function characterizeIn(folder: string, ...args: string[]): Promise<Captured> {
  return capture(['characterize', join(folder, 'deck.cir'), ...args]);
}

function madeIn(folder: string): TransferCharacteristic {
  const path = join(folder, 'deck.out', 'deck.characteristic.json');
  const { characteristic } = readCharacteristic({ name: path, text: readFileSync(path, 'utf8') });
  return characteristic!;
}

describe('oxspice characterize', () => {
  test('a low-pass over frequency and two resistances: table, files, report', async () => {
    const folder = folderWith({ 'deck.cir': lowPass });
    const { code, out, err } = await characterizeIn(folder, ...gain, '--sweep', 'r=1k,2k');
    expect(err).toBe('');
    expect(code).toBe(0);
    // 1/(2πRC) to what 0.1 % of 62 dB leaves of it: 1.4 %.
    const [, low] = /1000 +\S+ dB\s+([\d.]+ k?Hz) /.exec(out)!;
    expect(Math.abs(parseFloat(low) / 159.155 - 1)).toBeLessThan(0.014);
    expect(out).toMatch(/vdb\(out\)\s+0\.06\d+ dB\s+0\.1 %/);
    const made = madeIn(folder);
    const at = made.function('vdb(out)', { fixed: { r: 2000 } });
    expect(at.value(79.577)).toBeCloseTo(-3.0103, 1);
    expect(() => at.value(0.5)).toThrow('frequency = 500.000 mHz lies outside');
    expect(made.data.provenance.program).toMatch(/^oxspice \d/);
    const page = readFileSync(join(folder, 'deck.out', 'deck.characteristic.html'), 'utf8');
    expect(page).toContain('<svg');
    expect(page).toContain(made.circuitHash);
    const table = readFileSync(join(folder, 'deck.out', 'deck.characteristic.csv'), 'utf8');
    const [head, first] = table.split('\n');
    expect(head).toBe('frequency [Hz],r,vdb(out) [dB]');
    expect(first).toMatch(/^1,1000,-0\.00017/);
    expect(existsSync(join(folder, 'deck.out', 'deck.vdb-out-over-frequency.svg'))).toBe(true);
  });

  test('a file of settings, beside its deck; options override it', async () => {
    const settings = `{ // volts in, volts out
      "deck": "deck.cir", "kind": "dc", "tolerance": 0.01,
      "inputs": [{ "name": "v(in)", "from": 0, "to": "2" }],
      "outputs": ["v(out)"], "verify": { "points": 10 } }`;
    const folder = folderWith({ 'deck.cir': lowPass, 'amp.characterize.json': settings });
    const path = join(folder, 'amp.characterize.json');
    const made = async (...more: string[]): Promise<TransferCharacteristic> => {
      const { err } = await capture(['characterize', '--spec', path, '-o', folder, ...more]);
      expect(err).toBe('');
      const name = join(folder, 'amp.characteristic.json');
      return readCharacteristic({ name, text: readFileSync(name, 'utf8') }).characteristic!;
    };
    const own = await made();
    expect(own.function().value(1.5)).toBeCloseTo(1.5, 6);
    expect(own.output().bound.ofRange).toBeCloseTo(0.01, 12);
    expect((await made('--tolerance', '0.001')).output().bound.ofRange).toBeCloseTo(0.001, 12);
  });

  test('what was simulated is not simulated again', async () => {
    const folder = folderWith({ 'deck.cir': lowPass });
    const args = ['--measure', 'vout', '--input', 'v1=0:1', '--no-refine', '--verify', '10'];
    await characterizeIn(folder, ...args, '--threads', '1');
    const first = madeIn(folder).data;
    const path = join(folder, 'deck.out', 'deck.samples.jsonl');
    const samples = readFileSync(path, 'utf8').trim().split('\n');
    // A head, 17 knots and 10 points that verify.
    expect(samples).toHaveLength(28);
    // A killed process leaves half a line.
    writeFileSync(path, `${samples.slice(0, 20).join('\n')}\n${samples[20].slice(0, 30)}`);
    const { out } = await characterizeIn(folder, ...args, '--threads', '1');
    expect(out).toContain('27 simulations, those of earlier commands included');
    expect(madeIn(folder).data).toEqual(first);
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(29);
  });

  test('--check compares with the circuit, and sees that it is another one', async () => {
    const folder = folderWith({ 'deck.cir': lowPass });
    await characterizeIn(folder, ...gain, '--param', 'r=1.5k');
    const file = join(folder, 'deck.out', 'deck.characteristic.json');
    const check = (...more: string[]): Promise<Captured> =>
      capture(['characterize', '--check', file, '--verify', '200', ...more]);
    const same = await check();
    expect(same.err).toBe('');
    expect(same.code).toBe(0);
    expect(same.out).toMatch(/vdb\(out\) .* 200 +0\n$/);
    writeFileSync(join(folder, 'deck.cir'), lowPass.replace('1u', '1.1u'));
    const other = await check();
    expect(other.err).toMatch(/C327/);
    expect(other.code).toBe(1);
    expect((await check('--runs', '3')).err).toMatch(/C328.*--runs/);
  });

  test('an interrupted command keeps its samples', async () => {
    const folder = folderWith({ 'deck.cir': lowPass });
    const { code, err } = await capture(
      ['characterize', join(folder, 'deck.cir'), ...gain],
      AbortSignal.abort(),
    );
    expect(code).toBe(130);
    expect(err).toContain('the same command does the rest');
  });

  test.each([
    [['--output', 'v(out)'], 2, /C322.*nothing is varied/],
    [['--input', 'v1=0:1'], 2, /C322/],
    [
      ['--input', 'v1=1:0', '--output', 'v(out)'],
      2,
      /the input 'v1': 'from' must be less than 'to'/,
    ],
    [['--input', 'v1', '--output', 'v(out)'], 2, /C323.*'v1' cannot be read/],
    [['--input', 'v1=0:1:log:3', '--output', 'v(out)'], 2, /C323/],
    [['--input', 'v1=0:1', '--output', 'v(out)', '--measure', 'vout'], 2, /C321/],
    [['--input', 'v1=0:1', '--event', 'vout'], 2, /C324/],
    [['--input', 'v7=0:1', '--output', 'v(out)'], 1, /A202[^]*did you mean 'v1'/],
    [['--input', 'v1=0:1', '--measure', 'vin'], 1, /A204.*it has vout/],
    [['--input', 'v1=0:1', '--output', 'v(oot)'], 1, /S123[^]*did you mean 'out'/],
  ])('%j is refused', async (args, code, message) => {
    const folder = folderWith({ 'deck.cir': lowPass });
    const result = await characterizeIn(folder, ...args);
    expect(result.code).toBe(code);
    expect(result.err).toMatch(message);
    expect(result.out).not.toContain('→');
  });

  test('what is wrong in a file of settings is told at its place', async () => {
    const folder = folderWith({
      'deck.cir': lowPass,
      'spec.json': '{ "kind": "dc",\n  "inputs": [{ "name": "v1", "from": 0, "too": 1 }] }',
    });
    const { code, err } = await characterizeIn(folder, '--spec', join(folder, 'spec.json'));
    expect(code).toBe(1);
    expect(err).toMatch(/spec\.json:2:/);
  });
});
