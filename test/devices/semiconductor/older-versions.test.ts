import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/solver/index.js';

/** A card of `circuits/models` with another version. */
function card(file: string, name: string, version: string): string {
  const text = readFileSync(
    new URL(`../../../circuits/models/${file}.lib`, import.meta.url),
    'utf8',
  );
  const cards = text
    .replaceAll(/^\*.*\n/gm, '')
    .replaceAll('\n+', ' ')
    .split('\n');
  const found = cards.find((line) => line.startsWith(`.model ${name} `))!;
  return found.replace(/version=\S+/, `version=${version}`);
}

// What must hold of older versions on the cards as they are is 1e-4 and 2e-12 A.
describe('cards of older versions', () => {
  it('have the junctions of their releases, as in ngspice', async () => {
    const { analyses } = await simulate(
      [
        'older versions',
        ...['v1 b1 0 0.4', 'v2 b2 0 0.4', 'v3 b3 0 -0.5', 'vd d 0 1.8'],
        'm1 0 0 0 b1 nmos90 l=0.1u w=1u',
        'm2 0 0 0 b2 nmos90 l=0.1u w=4u ad=1p as=1p pd=2u ps=2u',
        'm3 d 0 0 b3 nmos180 l=0.18u w=2u ad=1p as=1p pd=4u ps=4u',
        card('cmos-90nm', 'nmos90', '4.5'),
        card('cmos-180nm', 'nmos180', '3.1'),
        '.op',
        '.end',
      ].join('\n'),
    );
    // ngspice 39: a drain shared with a neighbour, whose area is none, has 1e-14 A; a side wall
    // shorter than the gate's width counts negative; gmin counts twice.
    const figures = { v1: -5.26366661e-8, v2: -4.99894406e-9, v3: 5.60000203e-12 };
    const { dataset } = analyses[0];
    for (const [source, amperes] of Object.entries(figures)) {
      const error = Math.abs(dataset.get(`i(${source})`)!.real[0] / amperes - 1);
      expect(error, source).toBeLessThan(1e-6);
    }
  });
});
