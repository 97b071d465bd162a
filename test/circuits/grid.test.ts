/**
 * What is asked of the grid of Rosenthal et al. (ISCAS 2016): reads near the loaded sum, writes by
 * the sign of u*y, and rest where nothing is selected. Times are those of the deck's header.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/solver/index.js';
import type { Dataset } from '../../src/waveform/index.js';
import { at } from './measure.js';

const deck = join(import.meta.dirname, '../../circuits/memristive/grid-2x2.cir');
const text = readFileSync(deck, 'utf8');
const [rout, rref, a] = [1e3, 100.05e3, 10];

async function run(in1: number, in2: number, source = text): Promise<Dataset> {
  const { analyses } = await simulate(source, { name: deck, parameters: { in1, in2 } });
  expect(analyses[0]?.completed).toBe(true);
  return analyses[0].dataset;
}

/** The states of a row's two synapses. */
function states(d: Dataset, row: number, time: number): number[] {
  return [1, 2].map((column) => at(d, `@x${row}${column}.nmem[s]`, time));
}

/** Equation (5) with the load of the row, for two synapses. */
function loadedSum(u: readonly number[], s: readonly number[]): number {
  const g = s.map((each) => 1 / (100 + 199900 * each));
  const sum = u.reduce((total, each, m) => total + each * (g[m] - 1 / rref), 0);
  return (rout * sum) / (1 + rout * (g[0] + g[1] + 2 / rref));
}

const inputs = [
  [0.6, -0.5],
  [0.6, 0.6],
  [-0.6, 0.3],
  [-0.5, -0.6],
];

describe.each(inputs)('u = %d V and %d V', (in1, in2) => {
  const dataset = run(in1, in2);

  it('reads within 2 % of full scale, before and after the write', async () => {
    const d = await dataset;
    const full = (rout / a / rref) * (Math.abs(in1) + Math.abs(in2));
    for (const row of [1, 2])
      for (const time of [5.5e-6, 21.5e-6]) {
        const expected = loadedSum([in1 / a, in2 / a], states(d, row, time));
        expect(Math.abs(at(d, `row${row}`, time) - expected)).toBeLessThan(0.02 * full);
      }
  });

  it('writes by the sign of u*y; a falling s is a rising weight', async () => {
    const d = await dataset;
    for (const [row, y] of [
      [1, 1],
      [2, -1],
    ]) {
      const [before, after] = [states(d, row, 5.9e-6), states(d, row, 16.9e-6)];
      [in1, in2].forEach((u, m) => {
        expect(Math.sign(before[m] - after[m])).toBe(Math.sign(u * y));
        expect(Math.abs(before[m] - after[m])).toBeGreaterThan(2e-4);
      });
    }
  });

  it('moves no state while it reads, nor where e is 0', async () => {
    const d = await dataset;
    for (const [row, from, to] of [
      [1, 0, 6e-6],
      [2, 0, 6e-6],
      [1, 16.5e-6, 23e-6],
      [2, 11.5e-6, 23e-6],
    ]) {
      const [before, after] = [states(d, row, from), states(d, row, to)];
      expect(Math.max(...before.map((s, m) => Math.abs(s - after[m])))).toBeLessThan(1e-9);
    }
  });
});

it('four weights of 0 read 0: the transistors of rref lose what the others lose', async () => {
  const d = await run(0.6, 0.6, text.replace(/synapse s0=\S+/g, 'synapse s0=0.5'));
  // 0.1 % of full scale, 1.2 mV.
  for (const row of ['row1', 'row2']) expect(Math.abs(at(d, row, 5.5e-6))).toBeLessThan(1.2e-6);
});

it('rref left on the row during the write would take from it what the memristors give', async () => {
  const on = text.replace(/^vrd .*\n\+.*/m, 'vrd rd 0 {vdd}');
  const [off, kept] = [await run(0.6, 0.6), await run(0.6, 0.6, on)];
  // -u through two rref: 2*0.6 V/100.05 kohm in parallel to rout, beside the loss in the transistors.
  const added = (at(kept, 'row1', 15e-6) - at(off, 'row1', 15e-6)) / rout;
  expect(added / ((-2 * 0.6) / rref)).toBeGreaterThan(0.9);
});
