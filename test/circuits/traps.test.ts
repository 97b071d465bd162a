/** Where simulators go wrong without saying so. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/solver/index.js';
import { crossings, oscillationOf } from '../../src/waveform/index.js';
import { at, range } from './measure.js';

const decks = join(import.meta.dirname, '../decks');
const read = (name: string): string => readFileSync(join(decks, `${name}.cir`), 'utf8');

async function dataset(text: string, kind: string) {
  const { analyses, diagnostics } = await simulate(text);
  expect(diagnostics).toEqual([]);
  const found = analyses.find((analysis) => analysis.kind === kind)!;
  expect(found.completed).toBe(true);
  return found.dataset;
}

it('a title that looks like an element is a title', async () => {
  const { circuit } = await simulate(read('pulse-corners'));
  expect(circuit?.title).toBe('r1 title line that looks like a resistor');
  expect(circuit?.instances.map(({ name }) => name)).not.toContain('r1');
});

describe('pulse', () => {
  it('with times left out: tstep for the edges, tstop for width and period', async () => {
    const d = await dataset(read('pulse-corners'), 'tran');
    expect(at(d, 'a', 0.1e-6)).toBeCloseTo(0.5, 9); // half of the rise of 0.2 us
    expect(at(d, 'a', 29e-6)).toBe(1);
  });

  it('with a dc value of its own: both count', async () => {
    const text = read('pulse-corners');
    expect(at(await dataset(text, 'op'), 'c', 0)).toBe(2);
    expect(at(await dataset(text, 'tran'), 'c', 0)).toBe(-1);
  });

  it('ends after its number of pulses', async () => {
    const d = await dataset(read('pulse-corners'), 'tran');
    // From 1 us, period 5 us, two pulses: the second is over at 10 us.
    expect([4, 9, 14, 19].map((us) => at(d, 'c', us * 1e-6 - 0.5e-6))).toEqual([1, 1, -1, -1]);
  });
});

it('units behind suffixes mean nothing', async () => {
  const d = await dataset(read('units'), 'op');
  // 5 V over 2.2 kohm and 1 Mohm parallel to 4.7 kohm.
  const load = 1 / (1 / 1e6 + 1 / 4.7e3);
  expect(at(d, 'a', 0)).toBeCloseTo((5 * load) / (2.2e3 + load), 9);
});

it('a ring oscillator starts from one displaced node', async () => {
  const file = join(import.meta.dirname, '../../circuits/digital/ring-oscillator.cir');
  const d = await dataset(readFileSync(file, 'utf8'), 'tran');
  const oscillation = oscillationOf(d.waveform('s9')!);
  expect(oscillation!.periods).toBeGreaterThanOrEqual(9);
});

// Period of the closed form in the deck's header.
it('a relaxation oscillator with a switch keeps its period', async () => {
  const d = await dataset(read('switch-hysteresis'), 'tran');
  const period = 10e-6 * Math.log(2) + closedSwitch() * Math.log((3 - final()) / (1 - final()));
  expect(oscillationOf(d.waveform('c')!)!.period / period).toBeCloseTo(1, 3);
  function closedSwitch(): number {
    return 1e-9 / (1 / 1e4 + 1 / 100.5);
  }
  function final(): number {
    return (5 * 100.5) / (1e4 + 100.5);
  }
});

// Van der Pol with mu = 1: the period of the deck's header.
it('a van der Pol oscillator keeps its period and its amplitude', async () => {
  const d = await dataset(read('van-der-pol'), 'tran');
  const { period, start } = oscillationOf(d.waveform('x')!)!;
  expect(period / 6.6632869e-6).toBeCloseTo(1, 3);
  expect(range(d, 'x', start, start + period)[1]).toBeCloseTo(2.00862, 2);
});

// Ramp of 0.1 V/us: 3.5 V at 35 us, 2.5 V at 75 us.
it('switches at the thresholds, not at the nearest time step', async () => {
  const d = await dataset(read('switch-ramp'), 'tran');
  const [closes, opens] = crossings(d.waveform('q')!, 2);
  expect(closes.x).toBeCloseTo(35e-6, 9);
  expect(opens.x).toBeCloseTo(75e-6, 9);
});

it('a diode bridge in the air is regular at t = 0', async () => {
  const d = await dataset(read('bridge-floating'), 'tran');
  expect(at(d, 'v(p,n)', 0)).toBeCloseTo(0, 6);
  expect(at(d, 'v(p,n)', 0.25e-3)).toBeGreaterThan(3.5); // 5 V peak less two drops
});

// After 100 rejected steps some simulators accept whatever comes: an edge of 500 V/V in 10 kHz.
it('error control holds at steep edges', async () => {
  const d = await dataset(read('comparator-limit'), 'tran');
  // r*c = 1 us: 5 us behind an edge, 1 - 2*exp(-5).
  for (const edge of [50e-6, 100e-6, 150e-6]) {
    const sign = edge === 100e-6 ? 1 : -1;
    expect(sign * at(d, 'a', edge + 5e-6)).toBeCloseTo(1 - 2 * Math.exp(-5), 2);
  }
});

// The trapezoidal rule is symplectic for a linear tank: its energy stays, its frequency is low.
it('an LC tank keeps its energy within 1e-3 over 1000 periods', async () => {
  const stop = 1000 * 2 * Math.PI * 1e-6;
  const text = read('lc-tank').replace('62.83185307u', `${stop * 1e6}u`);
  const d = await dataset(text, 'tran');
  const v = d.waveform('a')!.y;
  const i = d.waveform('i(l1)')!.y;
  const energy = v.map((volts, k) => (1e-9 * volts ** 2 + 1e-3 * i[k] ** 2) / 2);
  const worst = Math.max(...energy.map((value) => Math.abs(value / 0.5e-9 - 1)));
  expect(worst).toBeLessThan(1e-3);
});

it('a latch stands where the nodeset puts it', async () => {
  const text = read('latch');
  expect(at(await dataset(text, 'op'), 'q', 0)).toBeCloseTo(2, 3);
  const other = text.replace('v(q)=2 v(qb)=0', 'v(q)=0 v(qb)=2');
  expect(at(await dataset(other, 'op'), 'q', 0)).toBeCloseTo(0, 3);
});
