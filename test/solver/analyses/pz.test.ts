import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/solver/index.js';
import type { Dataset } from '../../../src/waveform/index.js';
import { runCards } from '../elements/run-cards.js';

/** Real and imaginary parts of the poles or zeros, by magnitude. */
function roots(dataset: Dataset, kind: 'pole' | 'zero'): [number, number][] {
  return dataset.columns
    .filter(({ name }) => name.startsWith(kind))
    .map(({ real, imaginary }) => [real[0], imaginary![0]]);
}

function expectRoots(found: [number, number][], expected: [number, number][]): void {
  expect(found).toHaveLength(expected.length);
  found.forEach(([re, im], k) => {
    const size = Math.hypot(...expected[k]);
    const apart = Math.hypot(re - expected[k][0], im - expected[k][1]);
    expect(apart / (size || 1), `${String(re)} + j ${String(im)}`).toBeLessThan(1e-9);
  });
}

describe('.pz', () => {
  it('finds 1/RC of every section of a buffered chain, over fifteen decades', async () => {
    const sections = Array.from({ length: 6 }, (_, k) => [
      `e${k} a${k} 0 b${k} 0 1`,
      `r${k} a${k} b${k + 1} 1k`,
      `c${k} b${k + 1} 0 1e-${k * 3}`,
    ]);
    const [dataset] = await runCards(
      'v1 b0 0 dc 1 ac 1',
      ...sections.flat(),
      '.pz b0 0 b6 0 vol pz',
    );
    const expected = Array.from({ length: 6 }, (_, k): [number, number] => [
      -(10 ** (k * 3 - 3)),
      0,
    ]);
    expectRoots(roots(dataset, 'pole'), expected);
    expect(roots(dataset, 'zero')).toEqual([]);
  });

  it('finds the pair of RLC, and the zeros of a notch on the imaginary axis', async () => {
    const [dataset] = await runCards(
      'v1 in 0 dc 0 ac 1',
      'r1 in out 100',
      'l1 out x 1m',
      'c1 x 0 1u',
      '.pz in 0 out 0 vol pz',
    );
    // H = (s²LC + 1)/(s²LC + sRC + 1)
    const [w2, half] = [1e9, 100 / 2e-3];
    const root = Math.sqrt(half * half - w2);
    expectRoots(roots(dataset, 'pole'), [
      [-half + root, 0],
      [-half - root, 0],
    ]);
    const w = Math.sqrt(w2);
    expectRoots(roots(dataset, 'zero'), [
      [0, w],
      [0, -w],
    ]);
  });

  it('leaves the input open for cur and shorts it for vol', async () => {
    const deck = ['r1 a 0 1k', 'c1 a 0 1n', 'r2 a b 1k', 'c2 b 0 1n'];
    const [open, shorted] = await runCards(...deck, '.pz a 0 b 0 cur pz', '.pz a 0 b 0 vol pz');
    // RC = 1 µs: x = s·RC; open: x² + 3x + 1 = 0, with r1 also (1 + x)(2 + x) − 1; shorted: 1 + x.
    expectRoots(roots(open, 'pole'), [
      [((-3 + Math.sqrt(5)) / 2) * 1e6, 0],
      [((-3 - Math.sqrt(5)) / 2) * 1e6, 0],
    ]);
    expectRoots(roots(shorted, 'pole'), [[-1e6, 0]]);
    expect(roots(shorted, 'zero')).toEqual([]);
  });

  it('finds double poles, poles at zero and those of loops and cutsets', async () => {
    const [double, integrator, loops] = await runCards(
      'v1 in 0 dc 0 ac 1',
      'r1 in a 1k',
      'c1 a 0 1n',
      'e1 b 0 a 0 1',
      'r2 b c 1k',
      'c2 c 0 1n',
      'g1 0 i c 0 1m',
      'c3 i 0 1u',
      '.options rshunt=1e30',
      'ca in d 1n',
      'cb d 0 3n',
      'rd d 0 1k',
      '.pz in 0 c 0 vol pol',
      '.pz c 0 i 0 cur pol',
      '.pz in 0 d 0 vol zer',
    );
    // −1/RC twice, an integrator at 0; the divider of capacitors at −1/(R·(Ca + Cb)).
    const expected: [number, number][] = [[-2.5e5, 0]];
    const poles = roots(double, 'pole');
    expect(poles).toHaveLength(4);
    expectRoots(poles.slice(1, 2), expected);
    for (const [re, im] of poles.slice(2)) expect(Math.hypot(re + 1e6, im)).toBeLessThan(20);
    expect(Math.hypot(...poles[0])).toBeLessThan(1e-9);
    expect(roots(integrator, 'pole').some(([re]) => Math.abs(re) < 1e-9)).toBe(true);
    // The divider begins at s = 0; what does not couple has its pole as zero too.
    const zeros = roots(loops, 'zero');
    expect(zeros.some(([re, im]) => Math.hypot(re, im) < 1e-9)).toBe(true);
  });

  it('is exact for a transistor: gm, gds and capacitances of the operating point', async () => {
    const [, dataset] = await runCards(
      'vdd vdd 0 5',
      'vb b 0 1.2',
      'rg g b 10k',
      'm1 d g 0 0 nm w=10u l=1u',
      'rd d vdd 10k',
      'cgd g d 1p',
      'cl d 0 10p',
      '.model nm nmos vto=0.6 kp=1e-4',
      '.op',
      '.pz g 0 d 0 cur zer',
    );
    // Right half plane: gm/Cgd; gm = kp·(w/l)·(vgs − vto).
    const gm = 1e-4 * 10 * (1.2 - 0.6);
    expect(roots(dataset, 'zero')[0][0] / (gm / 1e-12)).toBeCloseTo(1, 6);
  });

  it.each([
    ['.pz a 0 b 0 vol', 'S111'],
    ['.pz a 0 b 0 vol all', 'S111'],
    ['.pz a 0 b 0 power pz', 'S111'],
    ['.pz a 0 b', 'S111'],
    ['.pz a a b 0 vol pz', 'S111'],
    ['.pz a 0 x 0 vol pz', 'S123'],
    // Nothing reaches c, which nothing determines: no zeros.
    ['.pz a 0 c 0 vol zer', 'S119'],
  ])('refuses %s', async (card, code) => {
    const { diagnostics, analyses } = await simulate(
      ['title', 'r1 a 0 1k', 'r2 a b 1k', 'c1 b 0 1n', 'r3 c 0 1k', card, '.end'].join('\n'),
    );
    expect(diagnostics.map((each) => each.code)).toEqual([code]);
    expect(analyses.every(({ completed }) => !completed)).toBe(true);
  });

  it('refuses circuits that are too large, and says so', async () => {
    const ladder = Array.from(
      { length: 700 },
      (_, k) => `r${k} n${k} n${k + 1} 1\nc${k} n${k + 1} 0 1p`,
    );
    const { diagnostics } = await simulate(
      ['title', 'r 0 n0 1', ...ladder, '.pz n0 0 n9 0 cur pol', '.end'].join('\n'),
    );
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '.pz takes circuits of up to 600 unknowns; this one has 701',
    ]);
  });
});
