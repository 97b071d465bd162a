import { describe, expect, test } from 'vitest';
import type { GateNetlist } from '../../bench/generators/gate-netlist.mjs';
import {
  arithmeticUnit,
  errorCorrector,
  interruptController,
  norMultiplier,
  patterns,
  sixNands,
} from '../../bench/generators/logic-circuits.mjs';
import { logicDeck, wrongOutputs } from '../../bench/generators/logic-deck.mjs';
import { simulate } from '../../src/solver/index.js';
import { interpolate } from '../../src/waveform/index.js';

/** Values of the lines `name0` …, the lowest bit first. */
function bits(name: string, count: number, value: number): Record<string, boolean> {
  const lines = Array.from({ length: count }, (_, k) => [`${name}${k}`, ((value >> k) & 1) === 1]);
  return Object.fromEntries(lines) as Record<string, boolean>;
}

function numberOf(outputs: Record<string, boolean>, name: string, count: number): number {
  return Array.from({ length: count }, (_, k) => Number(outputs[`${name}${k}`]) * 2 ** k).reduce(
    (sum, each) => sum + each,
  );
}

// Expected numbers are those of integer arithmetic.
describe('what the circuits compute', () => {
  test.each([
    [0, 0],
    [65535, 65535],
    [1, 32768],
    [21845, 3],
    [40503, 62091],
  ])('the multiplier of NOR gates: %i · %i', (a, b) => {
    const outputs = norMultiplier().evaluate({ ...bits('a', 16, a), ...bits('b', 16, b) });
    expect(numberOf(outputs, 'p', 32)).toBe(a * b);
  });

  test.each([
    [200, 99, false],
    [255, 0, true],
    [15, 240, true],
    [170, 85, false],
  ])('the arithmetic unit: %i, %i, carry %s', (a, b, cin) => {
    const net = arithmeticUnit();
    const of = (f: number, m: boolean): Record<string, boolean> =>
      net.evaluate({ ...bits('a', 8, a), ...bits('b', 8, b), ...bits('f', 2, f), m, cin });
    const sum = a + b + Number(cin);
    expect(numberOf(of(0, false), 'y', 8)).toBe(sum & 255);
    expect(of(0, false).carry).toBe(sum > 255);
    expect(numberOf(of(1, false), 'y', 8)).toBe(a & b);
    expect(numberOf(of(2, false), 'y', 8)).toBe(a | b);
    expect(numberOf(of(3, false), 'y', 8)).toBe(a ^ b);
    // Two's complement: a + not b + carry.
    expect(numberOf(of(0, true), 'y', 8)).toBe((a + 255 - b + Number(cin)) & 255);
    expect(of(3, false).zero).toBe((a ^ b) === 0);
  });

  test('the interrupt controller grants a before b before c, and the highest channel', () => {
    const net = interruptController();
    const granted = (a: number, b: number, c: number, e: number): unknown[] => {
      const request = { ...bits('a', 9, a), ...bits('b', 9, b), ...bits('c', 9, c) };
      const outputs = net.evaluate({ ...request, ...bits('e', 9, e) });
      const bus = ['pa', 'pb', 'pc'].filter((name) => outputs[name]);
      return [...bus, numberOf(outputs, 'ch', 4)];
    };
    expect(granted(0b000000101, 0b111111111, 0b1, 511)).toEqual(['pa', 3]);
    expect(granted(0b000000101, 0b100000000, 0, 0b111111010)).toEqual(['pb', 9]);
    expect(granted(0, 0, 0b10, 511)).toEqual(['pc', 2]);
    expect(granted(511, 511, 511, 0)).toEqual([0]);
  });

  test.each([16, 32])('the corrector of %i bits mends each single error', (width) => {
    const net = errorCorrector(width, true);
    const data = 0x5a96c3e1 >>> (32 - width);
    const checks = patterns(width).reduce(
      (code, each, i) => ((data >>> i) & 1 ? code ^ each : code),
      0,
    );
    const count = net.inputs.filter((name) => name.startsWith('c')).length;
    const even = (value: number): boolean => value.toString(2).replaceAll('0', '').length % 2 === 0;
    const p = even(data) !== even(checks);
    for (let wrong = -1; wrong < width; wrong++) {
      const received = wrong < 0 ? data : (data ^ (1 << wrong)) >>> 0;
      const lines = { ...bits('d', width, received), ...bits('c', count, checks) };
      const outputs = net.evaluate({ ...lines, r: true, p });
      expect(numberOf(outputs, 'q', width)).toBe(data);
      expect(outputs.two).toBe(false);
    }
    const lines = { ...bits('d', width, data ^ 5), ...bits('c', count, checks) };
    expect(net.evaluate({ ...lines, r: true, p }).two).toBe(true);
  });

  // Two transistors an input of each gate.
  test('they have between 24 and some ten thousand transistors', () => {
    const nets = [sixNands(), interruptController(), errorCorrector(32), norMultiplier()];
    expect(nets.map(({ transistors }) => transistors)).toEqual([24, 616, 2704, 9856]);
  });
});

describe.each(['bsim4', 'mos1'] as const)('c17 in %s cells', (technology) => {
  test('settles at what its gates say', async () => {
    const net: GateNetlist = sixNands();
    const vectors = [0, 31, 10, 21].map((value) =>
      Object.fromEntries(net.inputs.map((name, k) => [name, ((value >> k) & 1) === 1])),
    );
    const slot = 0.6e-9;
    const deck = logicDeck('c17', net, vectors, slot, technology);
    const { analyses, diagnostics } = await simulate(deck);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const { dataset } = analyses[0];
    const voltage = (node: string, time: number): number =>
      interpolate(dataset.waveform(`v(${node})`)!, Float64Array.of(time))[0];
    expect(wrongOutputs(net, vectors, slot, technology, voltage)).toEqual([]);
  });
});
