import { afterEach, describe, expect, test, vi } from 'vitest';
import type { BlockError, Training } from '../../../src/arch/index.js';
import { error } from '../../../src/base/index.js';
import { openCircuit, simulate, SteerableTransient } from '../../../src/solver/index.js';
import { finish, settingsOf, start, trainer } from './clouds.js';

interface Details {
  readonly states: readonly number[];
  readonly blocks: { readonly read: BlockError; readonly write: BlockError };
}
const detailsOf = (training: Training): Details => finish(training).details as unknown as Details;

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the circuit beside other levels', () => {
  test('equations are off by the transistors in series', () => {
    const { blocks } = detailsOf(start({ beside: 'ideal' }));
    // 3.8 kΩ of a transistor beside 100 kΩ take 4 % of the synapse's and of the reference's current:
    // of the differences that a read is made of, that is twice as much at most.
    expect(blocks.read.count).toBe(12 * 2);
    expect(blocks.read.rms).toBeLessThan(0.08 * blocks.read.scale);
    // A write is quadratic in the current over its threshold, i/1µA − 1, with i = 2 to 6 µA for most
    // of the inputs: 4 % of the current are 10 to 16 %, more where it is near the threshold.
    expect(blocks.write.count).toBe(12 * 6);
    expect(blocks.write.rms).toBeLessThan(0.2 * blocks.write.scale);
    expect(blocks.write.rms).toBeGreaterThan(0.01 * blocks.write.scale);
  });

  test('operating points are off by edges and tolerances only', () => {
    const { blocks } = detailsOf(start({ beside: 'quasi-static' }));
    // Ten times the tolerance of a node's voltage, 1 µV and 1e-3 of the signal.
    expect(blocks.read.rms).toBeLessThan(10e-6 + 1e-2 * blocks.read.scale);
    // Edges of 10 ns and the charge of 0.1 µs on the capacitor, in pulses of microseconds.
    expect(blocks.write.rms).toBeLessThan(0.03 * blocks.write.scale);
  });

  test('twenty times fewer iterations of Newton at operating points', () => {
    const cost = (grid: string): number => finish(start({ grid })).measures.iterationsPerSample;
    expect(cost('circuit') / cost('quasi-static')).toBeGreaterThan(20);
  });

  test('levels end in nearly the same states', () => {
    const circuit = detailsOf(start({ grid: 'circuit' })).states;
    const steady = detailsOf(start({ grid: 'quasi-static' })).states;
    const moved = Math.hypot(...circuit.map((s) => s - 0.5));
    const apart = Math.hypot(...circuit.map((s, k) => s - steady[k]));
    expect(moved).toBeGreaterThan(5e-3);
    expect(apart).toBeLessThan(0.03 * moved);
  });
});

test.each(['circuit', 'quasi-static'])('%s: a continuation ends with the same bits', (grid) => {
  const own = { grid, transistors: 'level1', inputNoise: 0.1, noiseTemperature: 90, judgeEvery: 3 };
  const whole = finish(start(own));
  const first = start(own);
  first.advance();
  first.advance();
  const second = start(own);
  second.restore(structuredClone(first.save()));
  expect(finish(second)).toEqual(whole);
});

test('circuit time is that of the samples, 15 µs each, and kept waveforms last one', () => {
  const training = start({ transistors: 'level1', keep: [2], exportDeck: 2 });
  const { files = [] } = training.advance();
  const kept = files.find(({ name }) => name === 'iteration-2');
  const { scale } = kept && 'dataset' in kept ? kept.dataset : { scale: undefined };
  expect(scale?.real[0]).toBeCloseTo(15e-6, 15);
  expect(scale?.real.at(-1)).toBeCloseTo(30e-6, 15);
  expect(finish(training).measures.circuitTime).toBeCloseTo(12 * 15e-6, 12);
});

test('a deck of the first iterations gives their states by itself', async () => {
  const training = start({ transistors: 'level1', samples: 2, exportDeck: 2, reportEvery: 2 });
  const { files = [] } = training.advance();
  const states = (training.finish().details as unknown as Details).states;
  const deck = files.find(({ name }) => name === '2-iterations.cir');
  const { analyses } = await simulate(deck && 'content' in deck ? String(deck.content) : '');
  const ends = ['1_1', '1_2', '1_3', '2_1', '2_2', '2_3'].map((place) => {
    const values = analyses[0].dataset.get(`@x${place}.xmem.nmem[s]`)!.real;
    return values[values.length - 1];
  });
  // Steps differ, as a deck by itself is not stopped to be read: the tolerance of a step, 1e-3 of
  // a move of 0.01.
  ends.forEach((s, k) => {
    expect(Math.abs(s - states[k])).toBeLessThan(1e-5);
  });
});

describe('a sample that cannot be simulated', () => {
  type AdvanceTo = SteerableTransient['advanceTo'];
  const failOnce = (): void => {
    const { prototype } = SteerableTransient;
    const real = Object.getOwnPropertyDescriptor(prototype, 'advanceTo')!.value as AdvanceTo;
    let calls = 0;
    vi.spyOn(prototype, 'advanceTo').mockImplementation(function (this: SteerableTransient, time) {
      // The write of the second sample.
      return ++calls === 4 ? error('S401', 'no convergence') : real.call(this, time);
    });
  };

  test('stops the training, with deck and state for a replay', () => {
    failOnce();
    const { stopped, files = [] } = start({ transistors: 'level1' }).advance();
    expect(stopped?.code).toBe('A464');
    expect(stopped?.message).toMatch(/sample 2 .*no convergence/);
    expect(files.map(({ name }) => name)).toEqual(['failure-2.cir', 'failure-2.json']);
    const [deck, state] = files.map((file) => ('content' in file ? String(file.content) : ''));
    const kept = JSON.parse(state) as { iteration: number; states: number[]; pulses: number[] };
    expect([kept.iteration, kept.states.length, kept.pulses.length]).toEqual([2, 6, 2]);
    expect(deck).toContain(`s0=${Number(kept.states[0].toPrecision(9))}`);
    expect(openCircuit(deck).diagnostics).toEqual([]);
  });

  test('is left out where training is to go on', () => {
    failOnce();
    const training = start({ transistors: 'level1', onFailure: 'continue' });
    const { diagnostics, stopped } = training.advance();
    expect(stopped).toBeUndefined();
    expect(diagnostics?.map(({ code }) => code)).toEqual(['A464']);
    vi.restoreAllMocks();
    const { measures } = finish(training);
    expect(measures.failed).toBe(1);
    expect(measures.circuitTime).toBeCloseTo(11 * 15e-6, 12);
  });
});

test('a level that lacks its characteristic says so', () => {
  expect(() => start({ grid: 'characteristic' })).toThrow(/A462/);
  expect(() => trainer.needs(settingsOf({ feedback: 'characteristic' }))).toThrow(/A465/);
});
