import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  arrayMultiplier,
  productsOf,
  transistors,
} from '../../bench/generators/array-multiplier.mjs';
import { simulate } from '../../src/solver/index.js';
import { interpolate, readRaw, type Dataset } from '../../src/waveform/index.js';

/** Both neutral numbers, the longest carries, and patterns that set other bits. */
const pairs: [number, number][] = [
  [0, 0],
  [15, 15],
  [7, 9],
  [10, 13],
  [1, 15],
  [12, 5],
];
const slot = 3e-9;
// Integer multiplication.
const products = pairs.map(([a, b]) => a * b);

const hasNgspice = !spawnSync('ngspice', ['--version']).error;

test('the 4 x 4 array multiplier multiplies', async () => {
  const { analyses, diagnostics } = await simulate(arrayMultiplier(4, pairs, slot));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(multiplied(analyses[0].dataset)).toEqual(products);
});

test.skipIf(!hasNgspice)('and multiplies in ngspice', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oxspice-'));
  try {
    const [deck, raw] = [join(folder, 'deck.cir'), join(folder, 'out.raw')];
    writeFileSync(deck, arrayMultiplier(4, pairs, slot));
    expect(spawnSync('ngspice', ['-b', '-r', raw, deck]).status).toBe(0);
    expect(multiplied(readRaw(readFileSync(raw)).datasets[0])).toEqual(products);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

// 6 a partial product, 36 a full adder of nine NAND gates, 4 for both inverters of an input.
test('the 16 x 16 multiplier has about ten thousand transistors', () => {
  expect(transistors(16)).toBe(256 * 6 + 240 * 36 + 32 * 4);
  const deck = arrayMultiplier(16, [[0, 0]], slot);
  const gates = (cell: string): number => deck.split(`vdd ${cell}\n`).length - 1;
  expect([gates('and'), gates('fulladder'), gates('inverter')]).toEqual([256, 240, 64 + 1]);
});

function multiplied(dataset: Dataset): number[] {
  const voltage = (node: string, time: number): number =>
    interpolate(dataset.waveform(`v(${node})`)!, Float64Array.of(time))[0];
  return productsOf(4, pairs.length, slot, voltage);
}
