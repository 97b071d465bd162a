/**
 * What is asked of the synapse of Rosenthal et al. (ISCAS 2016): sign of the current, isolation,
 * reading without writing, and the shock capacitor. Times are those of the deck's header.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/solver/index.js';
import { type Dataset } from '../../src/waveform/index.js';
import { at, range, spike } from './measure.js';

const deck = join(import.meta.dirname, '../../circuits/memristive/synapse-2t1m.cir');
const text = readFileSync(deck, 'utf8');

async function run(parameters: Record<string, number> = {}): Promise<Dataset> {
  const { analyses } = await simulate(text, { name: deck, parameters });
  expect(analyses[0]?.completed).toBe(true);
  return analyses[0].dataset;
}

const usual = run();
const moved = (d: Dataset, from: number, to: number): number =>
  at(d, '@nmem[s]', to) - at(d, '@nmem[s]', from);

describe('sign and isolation', () => {
  it('e = -5 V passes u, e = +5 V passes -u', async () => {
    const d = await usual;
    expect(at(d, '@nmem[i]', 5.9e-6)).toBeGreaterThan(0.5e-6); // read, u > 0
    expect(at(d, '@nmem[i]', 15.9e-6)).toBeLessThan(-5e-6); // write up
    expect(at(d, '@nmem[i]', 31.9e-6)).toBeGreaterThan(5e-6); // write down
  });

  it('the weight rises with e = +5 V and u > 0, and falls with e = -5 V', async () => {
    const d = await usual;
    expect(moved(d, 5.9e-6, 16.9e-6)).toBeLessThan(-8e-3);
    expect(moved(d, 21.9e-6, 32.9e-6)).toBeGreaterThan(7e-3);
  });

  it.each([0.6, -0.6])('isolated, u = %d V drives less than 1 % of a read', async (u) => {
    const d = await usual;
    const [from, to] = u > 0 ? [39.1e-6, 49e-6] : [49.1e-6, 59e-6];
    const off = Math.max(...range(d, '@nmem[i]', from, to).map(Math.abs));
    expect(off).toBeLessThan(0.01 * at(d, '@nmem[i]', 5.9e-6));
    expect(Math.abs(moved(d, from, to))).toBeLessThan(1e-6);
  });
});

describe('reading', () => {
  it('moves the state by less than 1 % of what writing moves it', async () => {
    const d = await usual;
    const writing = Math.abs(moved(d, 6.01e-6, 16.9e-6)) + Math.abs(moved(d, 22.01e-6, 32.9e-6));
    const reading =
      Math.abs(moved(d, 0, 6e-6)) +
      Math.abs(moved(d, 17e-6, 22e-6)) +
      Math.abs(moved(d, 33e-6, 38e-6));
    expect(reading).toBeLessThan(0.01 * writing);
  });

  // (4) with the load of the row, and the loss of 3.6 % in the synapse's transistor.
  it('tells the weight', async () => {
    const d = await usual;
    const weight = (s: number): number => 1 / (100 + 199900 * s) - 1 / 100.05e3;
    const change = weight(at(d, '@nmem[s]', 21.9e-6)) - weight(0.5);
    const expected = (60e-3 * 0.964 * 1e3 * change) / 1.02;
    expect(at(d, 'row', 21.9e-6) - at(d, 'row', 5.9e-6)).toBeCloseTo(expected, 6);
  });
});

describe('shock capacitor', () => {
  it('reduces the spike at the beginning of a read more than ten times', async () => {
    const [d, bare] = [await usual, await run({ csh: 1e-18 })];
    for (const edge of [17e-6, 33e-6]) {
      const [before, after] = [edge - 1e-8, edge + 0.5e-6];
      expect(spike(bare, 'n', before, after)).toBeGreaterThan(10 * spike(d, 'n', before, after));
      expect(spike(d, 'n', before, after)).toBeLessThan(1e-3);
    }
  });

  it('lets the node settle to 1 % within 0.5 us', async () => {
    const d = await usual;
    // Behind the writes, into isolation: 0.6 V decay with r*c = 0.1 us.
    expect(Math.abs(at(d, 'n', 16.51e-6))).toBeLessThan(0.01 * 0.6);
    expect(Math.abs(at(d, 'n', 32.51e-6))).toBeLessThan(0.01 * 0.6);
    // Into a read, through the transistor.
    expect(at(d, 'n', 17.51e-6)).toBeCloseTo(at(d, 'n', 21.9e-6), 5);
  });
});
