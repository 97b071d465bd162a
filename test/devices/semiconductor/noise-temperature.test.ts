import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/solver/index.js';

/** What ngspice 39 has at 1 kHz for the deck [V/√Hz]: 40 °C, and devices that are hotter. */
const figures = {
  r1: 3.259779804297428e-9,
  r2: 3.558391922698248e-9,
  d1: 8.350289332905592e-10,
  q1: 1.778271782957311e-8,
  j1: 3.541660091345286e-9,
  m1: 8.605409563423943e-9,
} as const;

describe('noise of devices with temperatures of their own', () => {
  const text = readFileSync(new URL('../../decks/noise-temperature.cir', import.meta.url), 'utf8');

  it('is of the temperature of the circuit, but for a resistor with dtemp', async () => {
    const { analyses } = await simulate(text);
    const columns = new Map(analyses[0].dataset.columns.map(({ name, real }) => [name, real[0]]));
    for (const [device, expected] of Object.entries(figures))
      expect(columns.get(`onoise_${device}`)! / expected, device).toBeCloseTo(1, 7);
  });
});
