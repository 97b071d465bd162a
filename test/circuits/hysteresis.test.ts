/** The TEAM memristor under a sine, against its equations integrated independently. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/solver/index.js';
import { range } from './measure.js';

const deck = join(import.meta.dirname, '../../circuits/memristive/hysteresis.cir');
const text = readFileSync(deck, 'utf8');

/** ds/dt of (5) and (7) with the deck's values; s held within 0 and 1. */
function rate(v: number, s: number): number {
  const i = v / (100 + 199900 * s);
  const speed = (100 / 3) * Math.max(0, Math.abs(i) / 1e-6 - 1) ** 2;
  if (s <= 0 && i < 0) return 0;
  return s >= 1 && i > 0 ? 0 : Math.sign(i) * speed;
}

/** Runge-Kutta of fourth order, in steps so small that halving them changes less than 1e-9. */
function integrate(amplitude: number, stop: number, steps: number): Float64Array {
  const h = stop / steps;
  const v = (t: number): number => amplitude * Math.sin(2 * Math.PI * 1e3 * t);
  const s = new Float64Array(steps + 1).fill(0.5);
  for (let k = 0; k < steps; k++) {
    const t = k * h;
    const a = rate(v(t), s[k]);
    const b = rate(v(t + h / 2), s[k] + (h / 2) * a);
    const c = rate(v(t + h / 2), s[k] + (h / 2) * b);
    const d = rate(v(t + h), s[k] + h * c);
    s[k + 1] = Math.min(1, Math.max(0, s[k] + (h / 6) * (a + 2 * b + 2 * c + d)));
  }
  return s;
}

async function run(amplitude: number) {
  const { analyses } = await simulate(text.replace('sin(0 0.8 1k)', `sin(0 ${amplitude} 1k)`));
  return analyses[0].dataset;
}

describe('agrees with an independent integration to 1e-4 of the range', () => {
  // -0.8 V goes towards on, where the current runs away and s stops at its bound.
  it.each([0.8, 0.5, 1.2, -0.3])('at %d V', async (amplitude) => {
    const dataset = await run(amplitude);
    const { x, y } = dataset.waveform('@nmem[s]')!;
    const steps = 200_000;
    const expected = integrate(amplitude, 2e-3, steps);
    const worst = Math.max(
      ...x.map((t, i) => Math.abs(y[i] - expected[Math.round((t / 2e-3) * steps)])),
    );
    expect(worst).toBeLessThan(1e-4);
  });
});

it('the loop passes through the origin', async () => {
  const dataset = await run(0.8);
  const { x, y: i } = dataset.waveform('@nmem[i]')!;
  const v = dataset.waveform('in')!.y;
  x.forEach((_, k) => {
    if (Math.abs(v[k]) < 1e-3) expect(Math.abs(i[k])).toBeLessThan(1e-3 / 1e5 + 1e-12);
  });
  const both = [dataset.waveform('@nmem[r]')!.y].flatMap((r) => [Math.min(...r), Math.max(...r)]);
  expect(both[1] / both[0]).toBeGreaterThan(1.4);
});

it('the state stops at its bounds and leaves them when the drive reverses', async () => {
  const dataset = await run(-1);
  const [low, high] = range(dataset, '@nmem[s]', 0, 2e-3);
  expect(low).toBeGreaterThanOrEqual(0);
  expect(high).toBeLessThanOrEqual(1);
  expect(low).toBeLessThan(1e-6);
  const after = range(dataset, '@nmem[s]', 0.6e-3, 1e-3);
  expect(after[1]).toBeGreaterThan(0.5);
});

// Change of s within 10 us at a constant voltage, from s = 0.5, computed with ngspice 39 and numpy.
it.each([
  [0.05, 0],
  [0.1, 0],
  [-0.1, 0],
  [0.18, 2.126503e-4],
  [-0.18, -2.130579e-4],
  [0.36, 2.236333e-3],
  [-0.36, -2.264357e-3],
  [0.5, 5.257212e-3],
  [-0.5, -5.399025e-3],
  [1, 2.549412e-2],
  [-1, -2.875986e-2],
])('at %d V, s moves by %d in 10 us', async (volts, expected) => {
  const constant = text
    .replace('sin(0 0.8 1k)', String(volts))
    .replace(/^\.tran.*$/m, '.tran 10n 10u 0 1u');
  const { analyses } = await simulate(constant);
  const s = analyses[0].dataset.waveform('@nmem[s]')!.y;
  expect(Math.abs(s[s.length - 1] - 0.5 - expected)).toBeLessThan(1e-4 * Math.abs(expected) + 1e-9);
});
