import { describe, expect, it } from 'vitest';
import { runCards } from '../elements/run-cards.js';

async function transfer(...cards: string[]): Promise<number[][]> {
  const datasets = await runCards(...cards);
  return datasets.map(({ columns }) => columns.map(({ real }) => real[0]));
}

describe('.tf', () => {
  it('gives a divider its ratio, the sum and the parallel resistance', async () => {
    const [voltage, current] = await transfer(
      'v1 in 0 3',
      'r1 in out 1k',
      'r2 out 0 4k',
      'i1 0 out 1m',
      '.tf v(out) v1',
      '.tf v(in,out) i1',
    );
    expect(voltage[0]).toBeCloseTo(0.8, 12);
    expect(voltage[1]).toBeCloseTo(5e3, 8);
    expect(voltage[2]).toBeCloseTo(800, 8);
    // 1k ∥ 4k for the current, in all three.
    expect(current[0]).toBeCloseTo(-800, 8);
    expect(current[1]).toBeCloseTo(800, 8);
    expect(current[2]).toBeCloseTo(800, 8);
  });

  it('gives an inverting amplifier its gain and resistances with loop gain T', async () => {
    const [[gain, input, output]] = await transfer(
      'v1 in 0 0.1',
      'r1 in x 1k',
      'r2 x out 9k',
      'e1 e 0 0 x 1000',
      're e out 100',
      '.tf v(out) v1',
    );
    // Nodes x and out by hand: (x − in)/1k + (x − out)/9k = 0, (out + 1000·x)/100 + (out − x)/9k = 0.
    const x = 1e-3 + 1 / 9e3;
    const determinant = x * (1 / 100 + 1 / 9e3) + (1 / 9e3) * (10 - 1 / 9e3);
    expect(gain).toBeCloseTo((1e-3 * -(10 - 1 / 9e3)) / determinant, 9);
    // The virtual ground shows the feedback: i = (in − x)/1k.
    const atX = (1e-3 * (1 / 100 + 1 / 9e3)) / determinant;
    expect(input / (1e3 / (1 - atX))).toBeCloseTo(1, 9);
    // A current into out: out = x/determinant of the same equations.
    expect(output / (x / determinant)).toBeCloseTo(1, 9);
  });

  it('gives a current through a source, and the resistance in its branch', async () => {
    const [[transconductance, input, output]] = await transfer(
      'v1 in 0 1',
      'r1 in 0 2k',
      'g1 0 o in 0 3m',
      'r2 o s 1k',
      'vs s 0 0',
      'r3 o 0 1k',
      '.tf i(vs) v1',
    );
    // Half of the current goes through vs; r2 and r3 are in series for a voltage in its branch.
    expect(transconductance).toBeCloseTo(1.5e-3, 12);
    expect(input).toBeCloseTo(2e3, 8);
    expect(output).toBeCloseTo(2e3, 8);
  });

  it('calls what is infinite 1e20 ohms', async () => {
    const [[, input]] = await transfer('v1 in 0 1', 'e1 o 0 in 0 1', 'r1 o 0 1k', '.tf v(o) v1');
    expect(input).toBe(1e20); // as ngspice 39
  });
});
