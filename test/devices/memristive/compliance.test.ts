/** The on state that a current limit makes, against cell and transistor integrated independently. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { simulate } from '../../../src/solver/index.js';
import { integrate } from './integrate.js';
import { limitedBocquet } from './limited-bocquet.js';

const file = join(import.meta.dirname, '../../../circuits/memristive/oxram-compliance.cir');
const deck = readFileSync(file, 'utf8');

// The three states of the paper on hybrid CMOS-OxRAM networks, Fig. 7(b).
it.each([
  [188e-6, 3.2e3],
  [97.7e-6, 6.6e3],
  [30.1e-6, 22.6e3],
])('%f A make %d Ω', async (compliance, state) => {
  const { analyses, diagnostics } = await simulate(deck, { parameters: { ic: compliance } });
  expect(diagnostics).toEqual([]);
  const { dataset } = analyses[0];
  const current = dataset.get('@n1[i]')!.real;
  const resistance = dataset.get('@n1[r]')!.real[dataset.length - 1];
  expect(Math.max(...current) / compliance).toBeCloseTo(1, 3);
  expect(Math.abs(resistance / state - 1)).toBeLessThan(0.01);

  // The sweep of the deck: 1.2 V in 100 µs, held, and down again.
  const volts = (t: number): number =>
    1.2 * Math.min(t / 100e-6, Math.max((120e-6 - t) / 10e-6, 0), 1);
  const [[s]] = integrate(
    {
      rates: (t, [at]) => limitedBocquet(volts(t), at, compliance).rates,
      start: [0],
      sizes: [1],
      bounds: [[0, 1]],
      corners: [100e-6, 110e-6, 120e-6],
      tolerance: 1e-8,
    },
    [120e-6],
  );
  const conductance = (Math.PI * 5e-9 ** 2 * (s ** 2 * (8e4 - 1.2e3) + 1.2e3)) / 10e-9;
  expect(Math.abs(resistance * conductance - 1)).toBeLessThan(1e-3);
});
