import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { capture, folderWith } from './captured-terminal.js';

const deck = (four: string, stop = '2.25m') => `squared sine
V1 a 0 sin(0.5 1 1k 0 0 30)
R1 a 0 1
B2 b 0 v=v(a)**2
.param gain=1
.tran 1u ${stop} 0 1u
.save i(v1)
.four ${four}
.end
`;

async function run(text: string) {
  const folder = folderWith({ 'deck.cir': text });
  const result = await capture(['run', join(folder, 'deck.cir')]);
  const read = () =>
    JSON.parse(readFileSync(join(folder, 'deck.out', 'deck.four.json'), 'utf8')) as {
      signals: {
        name: string;
        distortion: number;
        step?: Record<string, number>;
        harmonics: { magnitude: number; phase: number; relativePhase: number }[];
      }[];
    };
  return { ...result, read };
}

describe('.four', () => {
  test('writes harmonics of signals, saved or not, and of expressions', async () => {
    const { out, err, code, read } = await run(deck('1k v(b) {v(a)*2}'));
    expect([err, code]).toEqual(['', 0]);
    const [b, twice] = read().signals;
    expect([b.name, twice.name]).toEqual(['v(b)', '{v(a)*2}']);
    // (0.5 + sin)² has the mean 0.75, a fundamental of 1 V and 0.5 V at twice its frequency, as
    // ngspice 39 prints: 0.749984, 0.999996 at 120°, 0.500014 at 150°, distortion 50.0016 %.
    expect(b.harmonics[0].magnitude).toBeCloseTo(0.75, 4);
    expect(b.harmonics[1].magnitude).toBeCloseTo(1, 4);
    expect(b.harmonics[1].phase).toBeCloseTo(120, 2);
    expect(b.harmonics[2].phase).toBeCloseTo(150, 2);
    expect(b.harmonics[2].relativePhase).toBeCloseTo(30, 2);
    expect(b.distortion).toBeCloseTo(0.5, 4);
    expect(b.harmonics).toHaveLength(10);
    expect(twice.harmonics[1].magnitude).toBeCloseTo(2, 4);
    expect(out).toContain('v(b): distortion 50.00 %');
  });

  test("takes PSpice's number of harmonics, and follows steps", async () => {
    const { read } = await run(deck('1k 3 v(a)\n.step v1 list 0 1'));
    const { signals } = read();
    expect(signals.map(({ step }) => step)).toEqual([{ v1: 0 }, { v1: 1 }]);
    expect(signals[0].harmonics).toHaveLength(4);
  });

  test('takes the parameters of each step', async () => {
    const four = '{f} {v(a)*twice}\n.param f=1k twice={f/500}\n.step param f list 1k 2k';
    const { read } = await run(deck(four).replace('1 1k', '1 {f}'));
    // 1 V times f/500; what is between points, a microsecond apart, takes 1.3e-5 of it at most.
    const first = read().signals.map(({ harmonics }) => harmonics[1].magnitude);
    expect(first[0]).toBeCloseTo(2, 3);
    expect(first[1]).toBeCloseTo(4, 3);
  });

  test('says that a transient is too short', async () => {
    const { err, code } = await run(deck('1k v(a)', '0.9m'));
    expect(err).toContain('the transient is shorter than a period');
    expect(code).toBe(0);
  });
});
